/** The investigation: opening one, answering, choosing, and the way between its questions. */
import {allInvestigations} from '../../../src/round/investigations.ts';
import {guideOf, idOf, type Investigation} from '../../../src/round/investigation/investigation.ts';
import {
	answer,
	attach,
	besideWhy,
	carrierAt,
	endList,
	isComplete,
	nextQuestion,
	questionAt,
	questionsOf,
} from '../../../src/triage/questions.ts';
import {withEarlier} from '../../../src/triage/recurrence.ts';
import {stamped} from '../../../src/triage/steps.ts';
import {following, questionBefore, questionBehind} from '../../../src/triage/way.ts';
import type {LogLook} from '../../../src/apps/tail-app.ts';
import {giveVerdict} from '../../session/decide.ts';
import {openLogsOver} from '../../runbook/book/logs-over-round.ts';
import {leadIntoAnnouncing} from '../../outside/announce-flow.ts';
import {openRunbook} from '../../runbook/book/open-book.ts';
import {change, currentStep, moveTo, type Session} from '../../session/session.ts';
import {viewOf} from '../../session/table-view.ts';
import {beginTriage, meantBy} from '../../session/begin-triage.ts';
import {leaveTriage, openQuestion, openTriage} from '../../session/triage-draft.ts';
import {type Action, type Actions, tell} from '../../session/action.ts';

/** Puts the changed investigation on disk; closed only as long as nothing is asked any more. */
export function keepChanged(session: Session, changed: Investigation, field?: string): Investigation {
	const {app} = session;
	const now = app.clock.now();
	// A record that was written tells of the answers before.
	const {record: _, closedAt, ...rest} = withEarlier(changed, app.memory.get().past, now);
	const current = stamped(rest, now);
	const kept = closedAt !== undefined && isComplete(current) ? {...current, closedAt} : current;
	app.dispatch({type: 'investigated', step: kept.step, investigation: kept, ...(field === undefined ? {} : {field})});
	return kept;
}

/** The next check without a verdict, where the one under the cursor has its own. */
function moveOn(session: Session): void {
	const {steps, cursor} = session.app.round.get();
	if (!steps[cursor]?.verdict) return;
	const order = steps.map((_step, ahead) => (cursor + 1 + ahead) % steps.length);
	const next = order.find((index) => !steps[index]?.verdict);
	if (next !== undefined) moveTo(session, next);
}

/** What was learned for the guide goes into the guide. */
function extendGuide(session: Session, {step, outcome, answers}: Investigation): void {
	const guide = outcome === 'undetermined' ? answers?.['undetermined.guide'] : undefined;
	if (guide === undefined) return;
	session.app.addTip(step, guide).then(
		(where) => session.app.notice.set(`the tip is in ${where}`),
		(error: unknown) => tell(session, error),
	);
}

/** Closes it: its check is an anomaly by that. */
function finish(session: Session, investigation: Investigation): void {
	const {app} = session;
	if (investigation.closedAt === undefined) {
		app.dispatch({type: 'investigated', step: investigation.step, investigation: {...investigation, closedAt: app.clock.now()}});
		extendGuide(session, investigation);
	}
	leaveTriage(session);
	const step = app.round.get().steps.find(({id}) => id === investigation.step);
	if (step && step.verdict?.kind !== 'anomaly') giveVerdict(session, step, {kind: 'anomaly'});
	moveOn(session);
	change(session, {focus: 'checklist', runbookTop: 0});
	// The screen has moved on, which must not go unseen.
	const outcome = guideOf(investigation.outcome)?.title;
	if (step && outcome) session.app.notice.set(`the triage of ${step.title.toLowerCase()} is closed: ${outcome}. Press I to list all.`);
	leadIntoAnnouncing(session, investigation);
}

/** Keeps the answer and continues to the question after it. */
function advance(session: Session, before: Investigation, {id, after}: {readonly id: string; readonly after: Investigation}): void {
	const kept = keepChanged(session, after, `investigation.${id}`);
	const next = following(before, kept, id);
	if (next === undefined) finish(session, kept);
	else openTriage(session, {step: kept.step, id: idOf(kept)}, next);
}

/** Keeps what is typed at the question that is asked. */
export function keepAnswer(session: Session): void {
	const open = openQuestion(session);
	if (!open || open.question.choices) return;
	const {triage, investigation, question} = open;
	const {text} = triage.field;
	if (text.trim() === '' && question.refusal !== undefined) {
		session.app.notice.set(question.refusal);
		return;
	}
	advance(session, investigation, {id: question.id, after: answer(investigation, question.id, text)});
}

function goTo(session: Session, at: string | undefined): void {
	const open = openQuestion(session);
	if (open && at !== undefined) openTriage(session, open.triage, at);
}

const moving = (find: (investigation: Investigation, id: string) => string | undefined, otherwise: string): Action => ({
	run(session) {
		const open = openQuestion(session);
		if (open) goTo(session, find(open.investigation, open.question.id));
	},
	disabled(session) {
		const open = openQuestion(session);
		return open && find(open.investigation, open.question.id) !== undefined ? undefined : otherwise;
	},
});

function choose(session: Session, index: number): void {
	const open = openQuestion(session);
	const chosen = open?.question.choices?.[index];
	if (!open || !chosen) return;
	const {triage, investigation, question} = open;
	if (triage.attaching === undefined) {
		advance(session, investigation, {id: question.id, after: answer(investigation, question.id, chosen.id)});
		return;
	}
	const carried = question.evidence ?? [];
	const evidence = carried.includes(chosen.id) ? carried.filter((key) => key !== chosen.id) : [...carried, chosen.id];
	keepChanged(session, attach(investigation, triage.attaching, evidence), '');
	change(session, {triage: {...triage, selected: index}});
}

function selectChoice(by: number): Action {
	return {
		run(session) {
			const open = openQuestion(session);
			const last = (open?.question.choices?.length ?? 0) - 1;
			if (open) change(session, {triage: {...open.triage, selected: Math.max(0, Math.min(last, open.triage.selected + by))}});
		},
	};
}

/** Keeps a typed answer without leaving the question's place; its text, or the investigation as it was. */
function keepTyped(session: Session): Investigation | undefined {
	const open = openQuestion(session);
	if (!open) return undefined;
	const {triage, investigation, question} = open;
	if (triage.field.text.trim() === '' || question.choices) return investigation;
	return keepChanged(session, answer(investigation, question.id, triage.field.text), `investigation.${question.id}`);
}

/** Id of the answer that was typed just now and was none before. */
function added({investigation, question, triage}: NonNullable<ReturnType<typeof openQuestion>>, kept: Investigation): string | undefined {
	const typed = question.given || kept === investigation ? '' : triage.field.text.trim();
	return typed === '' ? undefined : questionsOf(kept).findLast(({step, answer}) => step === 'cause' && answer === typed)?.id;
}

function chooseEvidence(session: Session): void {
	const open = openQuestion(session);
	const kept = keepTyped(session);
	if (!open || !kept) return;
	const attaching = added(open, kept) ?? carrierAt(kept, open.question.id);
	if (attaching === undefined) return;
	openTriage(session, open.triage, following(open.investigation, kept, open.question.id));
	const {triage} = session.ui.get();
	if (triage) change(session, {triage: {...triage, attaching, selected: 0}});
}

/** Back to the question that was left for this choice; undefined where the choice is the question itself. */
export function backToQuestion(session: Session): (() => void) | undefined {
	const open = openQuestion(session);
	if (!open) return undefined;
	const {triage, investigation, question} = open;
	if (triage.attaching !== undefined) return () => openTriage(session, triage, triage.at);
	if (question.id !== 'method') return undefined;
	return () => openTriage(session, triage, isComplete(investigation) ? 'problem' : undefined);
}

function backFromChoice(session: Session): void {
	const open = openQuestion(session);
	if (!open) return;
	const back = backToQuestion(session);
	if (back) back();
	else goTo(session, questionBefore(open.investigation, open.question.id));
}

function openSelected(session: Session, index: number): void {
	const found = allInvestigations(session.app.round.get())[index];
	if (found) openTriage(session, {step: found.step, id: idOf(found)});
}

function selectedInvestigation(session: Session): Investigation | undefined {
	const {overlay} = session.ui.get();
	return overlay?.kind === 'investigations' ? allInvestigations(session.app.round.get())[overlay.selected] : undefined;
}

function selectInvestigation(by: number): Action {
	return {
		run(session) {
			const {overlay} = session.ui.get();
			if (overlay?.kind !== 'investigations') return;
			const last = allInvestigations(session.app.round.get()).length - 1;
			change(session, {overlay: {...overlay, selected: Math.max(0, Math.min(last, overlay.selected + by))}});
		},
	};
}

/** The panes, at the check that is investigated. */
function look(session: Session): void {
	const open = openQuestion(session);
	if (!open) return;
	const index = session.app.round.get().steps.findIndex(({id}) => id === open.triage.step);
	if (index >= 0) moveTo(session, index);
	change(session, {triage: {...open.triage, looking: true}, focus: 'table'});
}

/** The logs of the first evidence that has some; told by a pod's own name where its row is not read yet. */
function lookOf(session: Session, {step, evidence}: Investigation): LogLook {
	const view = viewOf(session, step);
	for (const {id} of evidence) {
		const item = view?.items.find((item) => view.pane.id(item) === id);
		const look = item === undefined ? undefined : view?.pane.logs?.(item, view.data);
		const [, namespace, name] = /^pod:([^/]+)\/(.+)$/.exec(id) ?? [];
		if (look) return look;
		if (namespace !== undefined && name !== undefined) return {selection: {podNames: [name], namespaces: [namespace]}};
	}
	return {selection: {}};
}

function openLogs(session: Session): void {
	const open = openQuestion(session);
	const {app} = session;
	if (open && app.openLogs) openLogsOver(session, app.openLogs(lookOf(session, open.investigation), open.triage.step));
}

/** A list that tab ends, or an answer of one. */
function endable(session: Session): boolean {
	const open = openQuestion(session);
	if (!open) return false;
	const {question, triage} = open;
	return question.endsList === true || (/^(?:why|bone|suspect)\./.test(question.id) && triage.field.text.trim() !== '');
}

export const investigationActions = {
	investigate: {
		run(session) {
			const {triage} = session.ui.get();
			const step = currentStep(session);
			if (triage?.looking) openTriage(session, triage, triage.at);
			else if (step) {
				const found = meantBy(session, step);
				if (found) openTriage(session, {step: step.id, id: idOf(found)});
				else beginTriage(session, step);
			}
		},
		disabled: (session) => (currentStep(session) ? undefined : 'this round has no checks'),
	},
	investigations: {
		run: (session) => change(session, {overlay: {kind: 'investigations', selected: 0}}),
		disabled: ({app}) =>
			allInvestigations(app.round.get()).length > 0 ? undefined : 'Nothing is investigated yet. Press i to start with the selected row.',
	},
	'investigations-down': selectInvestigation(1),
	'investigations-up': selectInvestigation(-1),
	'investigations-open': {
		run(session) {
			const {overlay} = session.ui.get();
			if (overlay?.kind === 'investigations') openSelected(session, overlay.selected);
		},
	},
	'investigations-number': {run: (session, key) => openSelected(session, Number(key) - 1)},
	'investigations-drop': {
		run(session) {
			const found = selectedInvestigation(session);
			if (!found) return;
			session.app.dispatch({type: 'investigation-dropped', step: found.step, id: idOf(found)});
			const left = allInvestigations(session.app.round.get()).length;
			change(session, {overlay: left === 0 ? undefined : {kind: 'investigations', selected: 0}});
		},
		disabled(session) {
			const found = selectedInvestigation(session);
			return found && found.problem === '' ? undefined : 'something is answered there already: it stays in the record';
		},
	},
	'triage-method': {
		run: (session) => goTo(session, 'method'),
		disabled(session) {
			const open = openQuestion(session);
			return open && questionAt(open.investigation, 'method') ? undefined : 'Problem is required, then choose the method';
		},
	},
	'triage-look': {run: look},
	'triage-logs': {
		run: openLogs,
		disabled: ({app}) => (app.openLogs ? undefined : 'no cluster is configured: set kubernetes: under sources: in rounds.yaml'),
	},
	'triage-runbook': {
		run(session) {
			const {triage} = session.ui.get();
			const index = session.app.round.get().steps.findIndex(({id}) => id === triage?.step);
			if (index >= 0) moveTo(session, index);
			// Without a runbook there are still the check's tips.
			if (!openRunbook(session)) change(session, {overlay: {kind: 'page', page: 'runbook', top: 0}});
		},
	},
	'why-done': {
		run(session) {
			const open = openQuestion(session);
			const kept = keepTyped(session);
			if (!open || !kept) return;
			// The answer just typed is the cause; without one, the answer that was asked on.
			const ended = keepChanged(session, endList(kept, added(open, kept) ?? open.question.id));
			const next = nextQuestion(ended)?.id;
			if (next === undefined) finish(session, ended);
			else openTriage(session, open.triage, next);
		},
		disabled: (session) => (endable(session) ? undefined : 'This answer is required'),
	},
	'why-beside': {
		run(session) {
			const open = openQuestion(session);
			const beside = open && besideWhy(open.investigation, open.question.id);
			keepTyped(session);
			goTo(session, beside);
		},
		disabled(session) {
			const open = openQuestion(session);
			const isWhy = open && besideWhy(open.investigation, open.question.id) !== undefined;
			if (!isWhy) return 'only a why has several answers';
			return open.question.given || open.triage.field.text.trim() !== '' ? undefined : 'give this why its first answer, then another';
		},
	},
	'why-evidence': {
		run: chooseEvidence,
		disabled(session) {
			const open = openQuestion(session);
			if (!open) return 'nothing is investigated';
			if (open.investigation.evidence.length === 0) return 'Nothing is pinned yet. Press ctrl-g for the rows, then b to pin one.';
			const typed = open.triage.field.text.trim() !== '' && /^(?:why|bone|suspect)\./.test(open.question.id);
			return typed || carrierAt(open.investigation, open.question.id) !== undefined
				? undefined
				: 'no cause is named yet that it could speak for';
		},
	},
	'question-back': moving(questionBefore, 'this is the first question'),
	'question-on': moving(questionBehind, 'this is the last question'),
	'choice-down': selectChoice(1),
	'choice-up': selectChoice(-1),
	'choice-back': {run: backFromChoice},
	'choice-choose': {run: (session) => choose(session, session.ui.get().triage?.selected ?? 0)},
	'choice-number': {run: (session, key) => choose(session, Number(key) - 1)},
} as const satisfies Partial<Actions>;
