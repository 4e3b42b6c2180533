/** One question of the investigation: its text, its answer, and the meaning of an empty answer. */
import {answerTo, type Investigation, type StepName} from '../round/investigation/investigation.ts';

export interface Choice {
	readonly id: string;
	readonly title: string;
	/** Shown next to or below the title. */
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
	/** It is answered; an empty answer counts if it is optional. */
	readonly given: boolean;
	/** It is asked automatically. The others are for operators who want to add details. */
	readonly asked: boolean;
	/** The initial text of the field. */
	readonly proposal?: string;
	/** Why an empty answer is refused; absent if it is accepted. */
	readonly refusal?: string;
	/** Keys of the evidence linked to the answer; absent if it cannot have evidence. */
	readonly evidence?: readonly string[];
	/** A list: an empty answer ends it. */
	readonly endsList?: true;
	/** The level of a why, from 1. */
	readonly level?: number;
	/** What ruled out this suspect. */
	readonly clearedBy?: string;
}

/** A question whose answer is stored under its id. */
export function textQuestion(
	investigation: Investigation,
	of: Pick<Question, 'id' | 'step' | 'name' | 'text'> & {
		readonly hint?: string;
		readonly proposal?: string;
		/** `asked`: may be empty. `aside`: not asked automatically. */
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
