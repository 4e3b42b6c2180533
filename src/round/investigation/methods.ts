/** The ways to a cause, each with what it is good and bad at. */
export const methods = ['five-whys', 'history', 'root-cause', 'fishbone', 'elimination'] as const;
export type Method = (typeof methods)[number];

export interface MethodGuide {
	readonly method: Method;
	/** As the screen shows it. */
	readonly title: string;
	/** One line each, short enough to be compared at a glance. */
	readonly pros: string;
	readonly cons: string;
}

/** In the order of the screen; the drawbacks are those of the team's guide (seeds 003). */
export const methodGuides: readonly MethodGuide[] = [
	{
		method: 'five-whys',
		title: 'five whys',
		pros: 'quick, no preparation, ends at a cause you can fix',
		cons: 'follows one cause only, limited by what you know',
	},
	{
		method: 'history',
		title: 'history',
		pros: 'fast for repeat problems: the fix is known',
		cons: 'misses what is new, repeats old mistakes',
	},
	{
		method: 'root-cause',
		title: 'root-cause analysis',
		pros: 'thorough: compares actual with expected events',
		cons: 'slow, needs the facts and their times first',
	},
	{
		method: 'fishbone',
		title: 'fishbone',
		pros: 'wide: people, process, platform, code, data, outside',
		cons: 'lists causes without proving any of them',
	},
	{
		method: 'elimination',
		title: 'elimination',
		pros: 'rules causes out reliably, good at night',
		cons: 'takes long, may miss the real cause',
	},
];
