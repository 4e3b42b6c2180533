/** Where the operator is in an investigation: opening it, going to a question, and the draft that belongs to each. */
import {draftAt} from '../../src/round/draft-places.ts';
import {findInvestigation, ticketsOf} from '../../src/round/investigations.ts';
import type {InvestigationRef} from '../../src/round/investigation/investigation-ref.ts';
import type {Draft, RoundState} from '../../src/round/round.ts';
import {firstWords} from '../../src/triage/first-words.ts';
import type {Investigation} from '../../src/round/investigation/investigation.ts';
import type {Question} from '../../src/triage/question.ts';
import {isComplete, questionAt} from '../../src/triage/questions.ts';
import {emptyField, fieldOf, type TextField} from '../kit/text-field.ts';
import {change, type Session, type Triage} from './session.ts';
import {pastWords, seenAtTriage} from './seen.ts';
import {questionOf} from './screen-of.ts';

/** The name a draft of this question has on disk. */
export function draftField({id}: Pick<Question, 'id'>): string {
	return `investigation.${id}`;
}

function placeOf({step, id}: Investigation, question: Pick<Question, 'id'>): Omit<Draft, 'text'> {
	return {field: draftField(question), step, ...(id === undefined ? {} : {investigation: id})};
}

/** What the problem is called before anybody said it: the finding, what it says of the row it began with, or that row. */
function firstProblem(round: RoundState, {step: id, id: further, evidence, said}: Investigation): string {
	const step = round.steps.find((step) => step.id === id);
	if (step?.verdict?.kind === 'anomaly' && further === undefined) {
		const {summary, reasons} = step.verdict.finding;
		const gravest = reasons.find(({status}) => status !== 'ok');
		// A reason says what it is, a summary only how many: the same trouble is known again by its words, and by no count.
		return `${step.title}: ${gravest ? firstWords(gravest) : summary}`;
	}
	return said ?? evidence[0]?.text ?? step?.title ?? '';
}

/** What the field holds before anything is typed: the best first draft, which enter keeps as it is. */
function proposalOf(session: Session, investigation: Investigation, {id, proposal = ''}: Question): string {
	const round = session.app.round.get();
	if (id === 'problem') return firstProblem(round, investigation);
	const step = round.steps.find((step) => step.id === investigation.step);
	if (id === 'ticket' && step)
		return ticketsOf(step, investigation)
			.map(({url}) => url)
			.join(', ');
	const [past] = id === 'history.before' ? seenAtTriage(session, investigation) : [];
	return past ? pastWords(past) : proposal;
}

function startingText(session: Session, investigation: Investigation, question: Question): TextField {
	const round = session.app.round.get();
	const draft = draftAt(round, placeOf(investigation, question));
	if (draft) return fieldOf(draft.text);
	if (question.answer !== '') return fieldOf(question.answer);
	const proposal = proposalOf(session, investigation, question);
	return proposal === '' ? emptyField : fieldOf(proposal);
}

/** The question at which something is typed that was not kept. */
function typedAt(round: RoundState, investigation: Investigation): string | undefined {
	const {id: further, step} = investigation;
	return [round.draft, ...(round.laidAside ?? [])]
		.filter((draft) => draft?.step === step && draft.investigation === further && draft.text !== '')
		.map((draft) => draft?.field.slice('investigation.'.length) ?? '')
		.find((id) => questionAt(investigation, id) !== undefined);
}

/** Shows the investigation at the question of that id; else where something is typed, or at the first question without an answer. */
export function openTriage(session: Session, ref: InvestigationRef, at?: string): void {
	const {app} = session;
	const {step, id} = ref;
	app.dispatch({type: 'investigating', open: {step, id}});
	const round = app.round.get();
	const investigation = findInvestigation(round, ref);
	if (!investigation) return;
	const there = at ?? typedAt(round, investigation) ?? (isComplete(investigation) ? 'problem' : undefined);
	const triage: Triage = {step, id, field: emptyField, selected: 0, ...(there === undefined ? {} : {at: there})};
	const question = questionOf(round, triage);
	const selected = question?.choices?.findIndex(({id, title}) => question.answer === id || question.answer === title) ?? 0;
	change(session, {
		overlay: undefined,
		triage: {
			...triage,
			selected: Math.max(0, selected),
			field: question && !question.choices ? startingText(session, investigation, question) : emptyField,
		},
	});
}

/** Back to the panes; what is typed stays as a draft. */
export function leaveTriage(session: Session): void {
	session.app.dispatch({type: 'investigating', open: undefined});
	change(session, {triage: undefined});
}

/** The investigation on the screen with the question that is asked; undefined where none is open. */
export function openQuestion(
	session: Session,
): {readonly triage: Triage; readonly investigation: Investigation; readonly question: Question} | undefined {
	const {triage} = session.ui.get();
	const round = session.app.round.get();
	const investigation = findInvestigation(round, triage);
	const question = triage && questionOf(round, triage);
	return triage && investigation && question && {triage, investigation, question};
}

/** The draft of what is typed in the triage. */
export function triageDraft(round: RoundState, triage: Triage): Draft | undefined {
	const investigation = findInvestigation(round, triage);
	const question = questionOf(round, triage);
	return investigation && question && {...placeOf(investigation, question), text: triage.field.text};
}

/** Tells the investigation of a draft. */
export function refOf({step, investigation}: Draft): InvestigationRef | undefined {
	return step === undefined ? undefined : {step, id: investigation ?? step};
}
