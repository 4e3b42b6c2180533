/** The ways to a cause, each with what it is good and bad at. */
export const methods = ['five-whys', 'history', 'root-cause', 'fishbone', 'elimination'] as const;
export type Method = (typeof methods)[number];

export interface MethodGuide {
	readonly method: Method;
	/** As it stands on the screen. */
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
		pros: 'quick, no preparation, ends at what can be changed',
		cons: 'one chain only, no deeper than what you know',
	},
	{
		method: 'history',
		title: 'history',
		pros: 'quickest if seen before: the fix is known',
		cons: 'blind to what is new, repeats an old misjudgement',
	},
	{
		method: 'root-cause',
		title: 'root-cause analysis',
		pros: 'thorough: what happened against what should have',
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
		pros: 'certain about what it is not, good at night',
		cons: 'takes long, may miss the culprit',
	},
];
