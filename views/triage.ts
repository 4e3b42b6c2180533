/** The triage's order of answers: going back to one, on from one, and the draft that belongs to each. */
import type {Draft, RoundState} from '../src/round/round.ts';
import type {Investigation} from '../src/triage/investigation.ts';
import {isComplete, type Question} from '../src/triage/questions.ts';
import {emptyField, fieldOf, type TextField} from './primitives/text-field.ts';
import {change, type Revising, type Session, type Triage} from './session.ts';
import {questionOf} from './where.ts';

/** Everything that has its answer, in the order it is asked. */
export function answered({problem, whys, outcome, followUp}: Investigation): readonly Revising[] {
	return [
		...(problem === '' ? [] : [{kind: 'problem' as const}]),
		...whys.map((_why, index) => ({kind: 'why' as const, number: index + 1})),
		...(outcome === undefined ? [] : [{kind: 'outcome' as const}]),
		...(followUp === undefined ? [] : [{kind: 'follow-up' as const}]),
	];
}

function same(a: Revising, b: Revising): boolean {
	return a.kind === b.kind && (a.kind !== 'why' || b.kind !== 'why' || a.number === b.number);
}

/** Where the triage stands among the answers; their count where it asks something new. */
function position(investigation: Investigation, {revising}: Triage): number {
	const all = answered(investigation);
	const at = revising ? all.findIndex((one) => same(one, revising)) : -1;
	return at < 0 ? all.length : at;
}

/** The name a draft of this question has on disk; the outcome is chosen, not typed. */
export function draftField(question: Question): string {
	return question.kind === 'why' ? `investigation.why.${question.number}` : `investigation.${question.kind}`;
}

function answerOf(investigation: Investigation, question: Question): string {
	switch (question.kind) {
		case 'problem':
			return investigation.problem;
		case 'why':
			return investigation.whys[question.number - 1] ?? '';
		case 'follow-up':
			return investigation.followUp ?? '';
		default:
			return '';
	}
}

function startingText(round: RoundState, investigation: Investigation, question: Question): TextField {
	const {draft} = round;
	if (draft?.step === investigation.step && draft.field === draftField(question)) return fieldOf(draft.text);
	const answer = answerOf(investigation, question);
	if (answer !== '' || question.kind !== 'problem') return answer === '' ? emptyField : fieldOf(answer);
	const step = round.steps.find(({id}) => id === investigation.step);
	// The finding is the best first draft of the problem; enter keeps it as it is.
	return step?.verdict ? fieldOf(`${step.title}: ${step.verdict.finding.summary}`) : emptyField;
}

/** Shows the triage of a step at `revising`, or at the first question without an answer. */
export function openTriage(session: Session, step: string, revising?: Revising): void {
	const round = session.app.round.get();
	const investigation = round.steps.find(({id}) => id === step)?.investigation;
	if (!investigation) return;
	const first = revising ?? (isComplete(investigation) ? answered(investigation)[0] : undefined);
	const triage: Triage = {step, field: emptyField, selected: 0, ...(first ? {revising: first} : {})};
	const question = questionOf(round, triage);
	change(session, {triage: {...triage, field: question ? startingText(round, investigation, question) : emptyField}});
}

/** Keeps the changed investigation and goes on: to the next answer when one was changed, else to the next question. */
export function advance(session: Session, before: Triage, changed: Investigation): void {
	const {app} = session;
	const next = answered(changed)[position(changed, before) + 1];
	const revising = before.revising ? next : undefined;
	const finished = isComplete(changed) && revising === undefined;
	app.dispatch({
		type: 'investigated',
		step: before.step,
		investigation: finished ? {...changed, closedAt: app.clock.now()} : changed,
	});
	if (finished) change(session, {triage: undefined});
	else openTriage(session, before.step, revising);
}

/** The answer before the question that is asked; undefined at the first one. */
export function answerBefore(session: Session): Revising | undefined {
	const {triage} = session.ui.get();
	const investigation = session.app.round.get().steps.find(({id}) => id === triage?.step)?.investigation;
	return triage && investigation && answered(investigation)[position(investigation, triage) - 1];
}

/** Goes to the answer before this question, to change it. */
export function goBack(session: Session): void {
	const {triage} = session.ui.get();
	const before = answerBefore(session);
	if (triage && before) openTriage(session, triage.step, before);
}

/** The draft of what is typed in the triage. */
export function triageDraft(round: RoundState, triage: Triage): Draft | undefined {
	const question = questionOf(round, triage);
	return question && {field: draftField(question), step: triage.step, text: triage.field.text};
}
