/** What follows an anomaly. Laid so that methods other than five whys find their place beside `whys`. */
import type {Evidence} from '../checks/check.ts';

/** The five outcomes of the team's guide (seeds 001), each with what it asks for. */
export const outcomes = ['not-enough-information', 'intermittent', 'serious', 'noise', 'undetermined'] as const;
export type Outcome = (typeof outcomes)[number];

export interface OutcomeGuide {
	readonly outcome: Outcome;
	/** As it stands on the screen. */
	readonly title: string;
	/** What to do with it, one sentence. */
	readonly action: string;
	/** The question the follow-up line answers. */
	readonly asks: string;
}

export const outcomeGuides: readonly OutcomeGuide[] = [
	{
		outcome: 'serious',
		title: 'serious',
		action: 'Users are hurt: find out which, how many and how; an outage is announced.',
		asks: 'Which users, how many, and what can they not do?',
	},
	{
		outcome: 'intermittent',
		title: 'intermittent',
		action: 'Nothing now; escalate when it occurs again.',
		asks: 'What would make it worth escalating?',
	},
	{
		outcome: 'not-enough-information',
		title: 'not enough information',
		action: 'Collect what was missing; write tickets, urgent ones first.',
		asks: 'What extra information must be collected?',
	},
	{
		outcome: 'noise',
		title: 'noise',
		action: 'Fix the code or the integration, and make sure a dashboard shows it.',
		asks: 'What is fixed, and on which dashboard is it?',
	},
	{
		outcome: 'undetermined',
		title: 'undetermined',
		action: 'Work with others until there is an outcome, then extend the guide.',
		asks: 'Who was asked?',
	},
];

export interface Investigation {
	readonly step: string;
	readonly openedAt: number;
	readonly closedAt?: number;
	/** The problem in one sentence. */
	readonly problem: string;
	readonly method: 'five-whys';
	/** One to five answers; the last one is the root as far as known. */
	readonly whys: readonly string[];
	/** No further why is to be asked. */
	readonly whysDone?: boolean;
	readonly outcome?: Outcome;
	/** The answer to the outcome's question. */
	readonly followUp?: string;
	readonly evidence: readonly Evidence[];
}
