/** An investigation of an anomaly or of a suspicious row: evidence, questions, answers and outcome. */
import type {Evidence} from '../../checks/kit/check.ts';
import type {Method} from './methods.ts';
import type {WhyAnswer} from './why-answer.ts';

/** The five outcomes of the team's guide (seeds 001), each with what it asks for before it can be closed. */
export const outcomes = ['not-enough-information', 'intermittent', 'serious', 'noise', 'undetermined'] as const;
export type Outcome = (typeof outcomes)[number];

/** A question that an outcome asks. */
export interface Ask {
	/** The first one of every outcome is `follow-up`. */
	readonly id: string;
	/** A word or two, before the answer. */
	readonly name: string;
	readonly text: string;
	/** May be left blank. */
	readonly optional?: true;
	/** Chosen from these instead of typed. */
	readonly choices?: readonly {readonly id: string; readonly title: string; readonly lines: readonly string[]}[];
}

export interface OutcomeGuide {
	readonly outcome: Outcome;
	/** As the screen shows it. */
	readonly title: string;
	/** What to do next, in one sentence. */
	readonly action: string;
	readonly asks: readonly Ask[];
}

const ticket = (urgent: string): Ask => ({id: 'ticket', name: 'ticket', text: `Which ticket${urgent}?`, optional: true});

/** Whether a serious problem is an outage: then the announcement comes next (seeds 001). */
export const outageAsk = {
	id: 'serious.outage',
	yes: 'outage',
	name: 'outage',
	text: 'Is it an outage?',
	choices: [
		{id: 'outage', title: 'an outage now', lines: ['Next: the announcement, filled in from your answers']},
		{id: 'no-outage', title: 'users affected, no outage', lines: ['Not announced. Press alt-a to announce later.']},
	],
} as const satisfies Ask & {readonly yes: string};

export const outcomeGuides: readonly OutcomeGuide[] = [
	{
		outcome: 'serious',
		title: 'serious',
		action: 'Users are affected. Find out which, how many and how. Announce an outage.',
		asks: [
			{id: 'follow-up', name: 'users', text: 'Which users are affected?'},
			{id: 'serious.how-many', name: 'how many', text: 'How many users?'},
			{id: 'serious.how', name: 'how', text: 'What can users not do?'},
			outageAsk,
		],
	},
	{
		outcome: 'intermittent',
		title: 'intermittent',
		action: 'Nothing now. Escalate when it occurs again.',
		asks: [{id: 'follow-up', name: 'watch for', text: 'When should it be escalated?', optional: true}],
	},
	{
		outcome: 'not-enough-information',
		title: 'not enough information',
		action: 'Collect what was missing. Write tickets, urgent ones first.',
		asks: [{id: 'follow-up', name: 'to collect', text: 'What extra information must be collected?'}, ticket(', and is it urgent')],
	},
	{
		outcome: 'noise',
		title: 'noise',
		action: 'Fix the code or the integration, and make sure a dashboard shows it.',
		asks: [
			{id: 'follow-up', name: 'fix', text: 'What do you fix in the code or the integration?'},
			{id: 'noise.dashboard', name: 'dashboard', text: 'Which dashboard shows it?'},
			ticket(''),
		],
	},
	{
		outcome: 'undetermined',
		title: 'undetermined',
		action: 'Work with others until there is an outcome, then extend the guide.',
		asks: [
			{id: 'follow-up', name: 'asked', text: 'Who was asked?'},
			{id: 'undetermined.guide', name: 'guide', text: 'What should the guide say next time?'},
		],
	},
];

/** Its guide; undefined for none. */
export function guideOf(outcome: Outcome | undefined): OutcomeGuide | undefined {
	return outcomeGuides.find((guide) => guide.outcome === outcome);
}

/** The steps of the team's guide (seeds 003), in order. */
export const stepNames = ['acknowledge', 'understand', 'cause', 'resolve', 'outcome'] as const;
export type StepName = (typeof stepNames)[number];

/** The branches of the fishbone. */
export const bones = ['people', 'process', 'platform', 'code', 'data', 'outside'] as const;
export type Bone = (typeof bones)[number];

/** One cause on the fishbone. */
export interface BoneCause {
	readonly bone: Bone;
	readonly text: string;
	readonly evidence?: readonly string[];
}

/** One suspect of the elimination. */
export interface Suspect {
	readonly text: string;
	/** What rules it out; empty if nothing does, absent if this was not asked yet. */
	readonly clearedBy?: string;
	readonly evidence?: readonly string[];
}

export interface Investigation {
	readonly step: string;
	/** Distinguishes it from others of the same check; absent for the first one. */
	readonly id?: string;
	readonly openedAt: number;
	readonly closedAt?: number;
	/** What the check said about the row where it began: the first draft of the problem. */
	readonly said?: string;
	/** The problem in one sentence. */
	readonly problem: string;
	readonly method: Method;
	/** The chain of one to five whys. The last answer is the root cause as far as it is known. */
	readonly whys: readonly string[];
	/** No further why is to be asked. */
	readonly whysDone?: boolean;
	/** Every answer to every why, if a why has several answers or an answer has evidence. Otherwise `whys` is complete. */
	readonly answered?: readonly WhyAnswer[];
	readonly bones?: readonly BoneCause[];
	readonly suspects?: readonly Suspect[];
	/** Lists that nothing more is to be added to: `suspects`, `bone.people`, … */
	readonly ended?: readonly string[];
	/** Every other answer, by the id of its question; empty if the question was left blank. */
	readonly answers?: Readonly<Record<string, string>>;
	readonly outcome?: Outcome;
	/** The answer to the outcome's first question. */
	readonly followUp?: string;
	/** When others like it were called intermittent lately, epoch milliseconds, oldest first. */
	readonly earlier?: readonly number[];
	/** When each step was first done, epoch milliseconds; acknowledged is `openedAt`. */
	readonly times?: Readonly<Partial<Record<StepName, number>>>;
	readonly evidence: readonly Evidence[];
	/** Link from the ops log to its record; absent until the record is written. */
	readonly record?: string;
}

/** Distinguishes the investigations of one check. */
export function idOf({id, step}: Pick<Investigation, 'id' | 'step'>): string {
	return id ?? step;
}

/** What answers refer to a piece of evidence by. */
export function evidenceKey({check, id}: Pick<Evidence, 'check' | 'id'>): string {
	return `${check} ${id}`;
}

/** An investigation with nothing answered yet. */
export function startInvestigation(of: {
	readonly step: string;
	/** Needed for a second one of the same check. */
	readonly id?: string | undefined;
	/** Epoch milliseconds. */
	readonly openedAt: number;
	readonly evidence?: readonly Evidence[];
	readonly said?: string | undefined;
}): Investigation {
	const {step, id, openedAt, evidence = [], said} = of;
	return {
		step,
		...(id === undefined ? {} : {id}),
		openedAt,
		...(said === undefined ? {} : {said}),
		problem: '',
		method: 'five-whys',
		whys: [],
		evidence,
	};
}

/** With the evidence, once. */
export function addEvidence(investigation: Investigation, evidence: Evidence): Investigation {
	const key = evidenceKey(evidence);
	if (investigation.evidence.some((one) => evidenceKey(one) === key)) return investigation;
	return {...investigation, evidence: [...investigation.evidence, evidence]};
}

/** The answer that is stored under the question's id; empty if there is none. */
export function answerTo({answers}: Pick<Investigation, 'answers'>, id: string): string {
	return answers?.[id] ?? '';
}
