/** The dialog on its way: what is asked of other systems between its stages, and the one place that sends. */
import {type Act, underReadOnly, type Values} from '../../src/round/outside/act.ts';
import {answered, back, begin, confirm, type Dialog, ended, named, openDialog, preview} from '../../src/outside/dialog.ts';
import {draftText, draftValues} from '../../src/outside/act-form.ts';
import {draftField} from '../../src/round/ledger.ts';
import type {TicketRequest} from '../../src/outside/ticket/ticket.ts';
import {isProduction} from '../../src/service/service.ts';
import {draftAt} from '../../src/round/draft-places.ts';
import type {Draft} from '../../src/round/round.ts';
import {SourceError} from '../../src/base/source-error.ts';
import {change, type Session} from '../session/session.ts';
import {openQuestion, openTriage} from '../session/triage-draft.ts';

/** For the answers that a form needs; the systems' own limits are shorter. */
const patienceMs = 30_000;

/** What was typed into the act's form before, by this hand or one before a crash. */
function kept({app}: Session, {step}: Dialog, act: Act): Values {
	const draft = draftAt(app.round.get(), {step, field: draftField(act.id)});
	return draft ? draftValues(draft.text) : {};
}

/** The draft of the form that is open; undefined where none is. */
export function formDraft({step, stage}: Dialog): Draft | undefined {
	return stage.kind === 'form' ? {field: draftField(stage.act.id), step, text: draftText(stage.form)} : undefined;
}

/** Shows the dialog at its new stage, and asks what that stage waits for. */
export function show(session: Session, dialog: Dialog | undefined): void {
	change(session, {outside: dialog, overlay: undefined});
	const {triage} = session.ui.get();
	// The ticket just written or linked answers the question that it was left at.
	if (!dialog && triage?.field.text === '' && openQuestion(session)?.question.id === 'ticket') openTriage(session, triage, 'ticket');
	if (dialog?.stage.kind === 'asking') ask(session, dialog, dialog.stage.act);
	if (dialog?.stage.kind === 'sending') send(session, dialog);
}

/** Goes on from `before`, unless the operator has gone elsewhere meanwhile. */
function goOn(session: Session, before: Dialog, next: Dialog): void {
	if (session.ui.get().outside?.stage === before.stage) show(session, next);
}

function ask(session: Session, dialog: Dialog, act: Act): void {
	act.prepare?.(AbortSignal.timeout(patienceMs)).then(
		(prepared) => goOn(session, dialog, answered(dialog, act, prepared, kept(session, dialog, act))),
		(error: unknown) => {
			const advice = error instanceof SourceError ? error.advice : undefined;
			const text = error instanceof Error ? error.message : String(error);
			goOn(session, dialog, {...dialog, stage: {kind: 'unanswered', act, text, ...(advice === undefined ? {} : {advice})}});
		},
	);
}

function send(session: Session, dialog: Dialog): void {
	const {app} = session;
	const {stage, step} = dialog;
	if (stage.kind !== 'sending') return;
	void app.outside.send(stage.write, step).then((outcome) => {
		goOn(session, dialog, ended(dialog, outcome));
		if (outcome.state === 'failed') return;
		app.refresh(step);
	});
}

/** Opens the dialog over whatever is on the screen: the menu, or the one thing there is to do. */
export function openOutside(session: Session, {acts, ...of}: Omit<Dialog, 'stage'>): void {
	show(session, openDialog({...of, acts: session.app.readOnly ? acts.map(underReadOnly) : acts}));
}

/** Opens the ticket form, filled in with what is known; its link goes onto the step. */
export function openTicket(session: Session, request: TicketRequest): void {
	const act = session.app.tickets.act(request);
	if (act.refusal === undefined) openOutside(session, {step: request.step, subject: request.problem, acts: [act]});
	else session.app.notice.set(act.refusal);
}

/** Begins the act of that place in the menu, or says why it cannot be done. */
export function beginAct(session: Session, dialog: Dialog, index: number): void {
	const act = dialog.acts[index];
	if (!act) session.app.notice.set(`there are only ${dialog.acts.length}`);
	else if (act.refusal !== undefined) session.app.notice.set(act.refusal);
	else show(session, begin(dialog, act));
}

/** One step back; out of the dialog from its first stage. */
export function goBackOutside(session: Session): void {
	const dialog = session.ui.get().outside;
	if (!dialog) return;
	const before = back(dialog);
	show(session, before);
	const {stage} = dialog;
	if (!before && stage.kind === 'form' && stage.act.left !== undefined) session.app.notice.set(stage.act.left);
}

/** The yes of the preview. */
export function confirmOutside(session: Session, dialog: Dialog): void {
	show(session, confirm(dialog, {production: isProduction(session.app.environment)}));
}

/** Enter where something is typed: from the form to the preview, or the service's name. */
export function keepOutside(session: Session, dialog: Dialog): void {
	const {app} = session;
	if (dialog.stage.kind === 'form') {
		const next = preview(dialog);
		if (next.stage.kind === 'form' && next.stage.form.problem !== undefined) app.notice.set(next.stage.form.problem);
		show(session, next);
		return;
	}
	const next = named(dialog, app.service.name);
	if (next) show(session, next);
	else app.notice.set(`that is not ${app.service.name}: nothing was sent`);
}

/** Puts a ticket that exists already onto the step. */
export function linkExisting(session: Session, {step, stage}: Dialog): void {
	if (stage.kind !== 'existing') return;
	const {app} = session;
	const ticket = stage.tickets[stage.selected];
	if (!ticket) return;
	app.dispatch({type: 'ticketed', step, ticket: {...ticket, at: app.clock.now(), operator: app.operator}});
	show(session, undefined);
	app.notice.set(`linked: ${ticket.url}`);
}
