/** The minimal triage of an anomaly: one question at a time, each answer a new investigation. Pure. */
import type {Evidence} from '../checks/check.ts';
import {type Investigation, type Outcome, outcomeGuides} from './investigation.ts';

export const mostWhys = 5;

export type Question =
	| {readonly kind: 'problem'; readonly text: string}
	/** `number` from 1; the first must be answered, the others may be left blank to stop. */
	| {readonly kind: 'why'; readonly number: number; readonly text: string; readonly optional: boolean}
	| {readonly kind: 'outcome'; readonly text: string}
	| {readonly kind: 'follow-up'; readonly text: string};

/** An investigation with nothing answered yet. */
export function startInvestigation(of: {
	readonly step: string;
	/** Epoch milliseconds. */
	readonly openedAt: number;
	readonly evidence?: readonly Evidence[];
}): Investigation {
	return {step: of.step, openedAt: of.openedAt, problem: '', method: 'five-whys', whys: [], evidence: of.evidence ?? []};
}

/** The question to ask now; undefined once all are answered. */
export function nextQuestion(investigation: Investigation): Question | undefined {
	const {problem, whys, whysDone, outcome, followUp} = investigation;
	if (problem === '') return {kind: 'problem', text: 'What is the problem, in one sentence?'};
	if (whys.length < mostWhys && (whys.length === 0 || !whysDone)) {
		const last = whys.at(-1);
		const text = last === undefined ? `Why: ${problem}?` : `Why: ${last}?`;
		return {kind: 'why', number: whys.length + 1, text, optional: whys.length > 0};
	}
	if (outcome === undefined) return {kind: 'outcome', text: 'What is the outcome?'};
	if (followUp === undefined) return {kind: 'follow-up', text: outcomeGuides.find((guide) => guide.outcome === outcome)?.asks ?? ''};
	return undefined;
}

/** True once every question has its answer; closing it is the operator's word. */
export function isComplete(investigation: Investigation): boolean {
	return nextQuestion(investigation) === undefined;
}

/** Says what the problem is; a blank answer changes nothing. */
export function answerProblem(investigation: Investigation, text: string): Investigation {
	const problem = text.trim();
	return problem === '' ? investigation : {...investigation, problem};
}

/**
 * Answers why `number` (from 1), or changes an earlier answer. A blank answer to the next one ends the whys,
 * unless it is the first, which every anomaly deserves. Numbers beyond the next, or beyond five, change nothing.
 */
export function answerWhy(investigation: Investigation, number: number, text: string): Investigation {
	const {whys} = investigation;
	const why = text.trim();
	if (!Number.isInteger(number) || number < 1 || number > Math.min(whys.length + 1, mostWhys)) return investigation;
	if (why !== '') return {...investigation, whys: whys.toSpliced(number - 1, 1, why)};
	return number === whys.length + 1 && whys.length > 0 ? {...investigation, whysDone: true} : investigation;
}

/** Chooses the outcome; another one asks its own follow-up anew. */
export function chooseOutcome(investigation: Investigation, outcome: Outcome): Investigation {
	if (investigation.outcome === outcome) return investigation;
	const {followUp: _, ...rest} = investigation;
	return {...rest, outcome, whysDone: true};
}

/** Answers the outcome's question; blank means there is nothing to follow up. */
export function answerFollowUp(investigation: Investigation, text: string): Investigation {
	return {...investigation, followUp: text.trim()};
}

/** The last why: the root as far as it is known. */
export function rootCause({whys}: Pick<Investigation, 'whys'>): string | undefined {
	return whys.at(-1);
}
