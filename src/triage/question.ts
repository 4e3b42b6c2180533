/** One question of the investigation: what is asked, what was answered, and what a blank answer means. */
import {answerTo, type Investigation, type StepName} from '../round/investigation/investigation.ts';

export interface Choice {
	readonly id: string;
	readonly title: string;
	/** Shown beside or below the title. */
	readonly lines: readonly string[];
}

export interface Question {
	/** Stable: names the draft on disk. */
	readonly id: string;
	readonly step: StepName;
	/** A word or two, before the answer. */
	readonly name: string;
	readonly text: string;
	readonly hint?: string;
	/** Chosen from these instead of typed. */
	readonly choices?: readonly Choice[];
	readonly answer: string;
	/** It has its answer; a blank one where that will do. */
	readonly given: boolean;
	/** The way to the end leads over it; the others are for those who want to say more. */
	readonly asked: boolean;
	/** What stands in the field before anything is typed. */
	readonly proposal?: string;
	/** Why it cannot be left blank; absent where it can. */
	readonly refusal?: string;
	/** Keys of the evidence that the answer carries; absent where it can carry none. */
	readonly evidence?: readonly string[];
	/** One more answer to a list: a blank one ends the list. */
	readonly endsList?: true;
	/** How deep a why lies, from 1. */
	readonly level?: number;
	/** A suspect that is crossed out, by this. */
	readonly clearedBy?: string;
}

/** A question whose answer is kept by its id. */
export function textQuestion(
	investigation: Investigation,
	of: Pick<Question, 'id' | 'step' | 'name' | 'text'> & {
		readonly hint?: string;
		readonly proposal?: string;
		/** `asked` may be left blank; `aside` is not even asked. */
		readonly optional?: 'asked' | 'aside' | undefined;
		readonly refusal?: string;
	},
): Question {
	const {optional, refusal = 'This answer is required', ...question} = of;
	const answer = answerTo(investigation, of.id);
	const answered = investigation.answers?.[of.id] !== undefined;
	return {
		...question,
		answer,
		given: optional === undefined ? answer !== '' : optional === 'asked' ? answered : answer !== '',
		asked: optional !== 'aside',
		...(optional === undefined ? {refusal} : {}),
	};
}
