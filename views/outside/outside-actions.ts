/** What the dialog's keys do, and the two that open it. */
import {readOnlyRefusal} from '../../src/round/outside/act.ts';
import {changeForm, changePreview, type Dialog, select, toForm} from '../../src/outside/dialog.ts';
import {moveField, moveIn} from '../../src/outside/act-form.ts';
import {sentLines} from '../../src/round/outside/outside-write.ts';
import {findInvestigation} from '../../src/round/investigations.ts';
import type {Action, Actions} from '../session/action.ts';
import {hold} from '../session/select-row.ts';
import {change, currentStep, type Session} from '../session/session.ts';
import {selectedItem} from '../session/table-view.ts';
import {announcementOfRow, openAnnouncing} from './announce-flow.ts';
import {lastTop, lookOf} from './dialog-lines.ts';
import {beginAct, confirmOutside, goBackOutside, linkExisting, openOutside, openTicket, show} from './dialog-flow.ts';
import {requestOf, requestOfTriage} from './ticket-request.ts';

function onDialog(
	act: (session: Session, dialog: Dialog, key: string) => void,
	disabled?: (session: Session, dialog: Dialog) => string | undefined,
): Action {
	return {
		run(session, key) {
			const {outside} = session.ui.get();
			if (outside) act(session, outside, key);
		},
		disabled(session) {
			const {outside} = session.ui.get();
			return outside && disabled?.(session, outside);
		},
	};
}

const changed = (of: (dialog: Dialog) => Dialog): Action => onDialog((session, dialog) => change(session, {outside: of(dialog)}));
const scroll = (by: number): Action =>
	onDialog((session, dialog) => {
		const most = dialog.stage.kind === 'preview' ? lastTop(lookOf(session), dialog.stage) : 0;
		const scrolled = changePreview(dialog, (stage) => ({...stage, top: Math.max(0, Math.min(most, stage.top + by))}));
		change(session, {outside: scrolled});
	});
const noChecks = (session: Session) => (currentStep(session) ? undefined : 'this round has no checks');
const noWrites = ({app}: Session) => (app.readOnly ? readOnlyRefusal : undefined);

/** The page of the ticket, or of the message. */
function pageUrl({stage}: Dialog): string | undefined {
	if (stage.kind === 'existing') return stage.tickets[stage.selected]?.url;
	if (stage.kind !== 'ended' || stage.outcome.state !== 'done') return undefined;
	return stage.outcome.ticket?.url ?? stage.outcome.post?.url;
}

const openPage = onDialog(
	({app}, dialog) => {
		const url = pageUrl(dialog);
		if (url !== undefined) app.open(url);
	},
	(_session, dialog) => (pageUrl(dialog) === undefined ? 'there is no page to open' : undefined),
);

export const outsideActions = {
	act: {
		run(session, key) {
			const request = requestOf(session);
			if (!request) return;
			hold.run(session, key);
			const {app} = session;
			const selected = selectedItem(session);
			const target = selected && selected.view.pane.outside?.(selected.item, selected.view.data);
			const announcement = announcementOfRow(session);
			const acts = [...app.outside.acts(target), app.tickets.act(request), ...(announcement ? app.announcements.acts(announcement) : [])];
			openOutside(session, {step: request.step, subject: request.problem, acts});
		},
		disabled: noChecks,
	},
	ticket: {
		run(session, key) {
			const request = requestOf(session);
			hold.run(session, key);
			if (request) openTicket(session, request);
		},
		disabled: (session) => noWrites(session) ?? noChecks(session),
	},
	'triage-ticket': {
		run(session) {
			const request = requestOfTriage(session);
			if (request) openTicket(session, request);
		},
		disabled: (session) =>
			noWrites(session) ?? (requestOfTriage(session) ? undefined : 'Answer the problem first. It becomes the ticket’s title.'),
	},
	'triage-announce': {
		run: openAnnouncing,
		disabled: (session) =>
			noWrites(session) ?? (findInvestigation(session.app.round.get(), session.ui.get().triage) ? undefined : 'nothing is investigated'),
	},
	'outside-down': changed((dialog) => select(dialog, 1)),
	'outside-up': changed((dialog) => select(dialog, -1)),
	'outside-choose': onDialog((session, dialog) => {
		if (dialog.stage.kind === 'menu') beginAct(session, dialog, dialog.stage.selected);
	}),
	'outside-number': onDialog((session, dialog, key) => beginAct(session, dialog, Number(key) - 1)),
	'existing-down': changed((dialog) => select(dialog, 1)),
	'existing-up': changed((dialog) => select(dialog, -1)),
	'existing-link': onDialog(linkExisting),
	'existing-none': onDialog((session, dialog) => {
		if (dialog.stage.kind === 'existing') show(session, toForm(dialog, dialog.stage.act, dialog.stage.prepared));
	}),
	'existing-open': openPage,
	'form-next': changed((dialog) => changeForm(dialog, (form) => moveField(form, 1))),
	'form-previous': changed((dialog) => changeForm(dialog, (form) => moveField(form, -1))),
	'form-down': changed((dialog) => changeForm(dialog, (form) => moveIn(form, 1))),
	'form-up': changed((dialog) => changeForm(dialog, (form) => moveIn(form, -1))),
	'outside-yes': onDialog(confirmOutside),
	'outside-no': onDialog((session) => {
		show(session, undefined);
		session.app.notice.set('nothing was sent');
	}),
	'outside-edit': onDialog(goBackOutside, (_session, {stage}) =>
		stage.kind === 'preview' && stage.form ? undefined : 'No actions for this row',
	),
	'outside-copy': onDialog(({app}, {stage}) => {
		if (stage.kind === 'preview') app.copy(stage.write.message ?? sentLines(stage.write.sent).join('\n'));
	}),
	'preview-down': scroll(3),
	'preview-up': scroll(-3),
	'ended-close': onDialog((session) => show(session, undefined)),
	'ended-again': onDialog(goBackOutside, (_session, {stage}) =>
		stage.kind === 'ended' && stage.outcome.state === 'done' ? 'it is done' : undefined,
	),
	'ended-open': openPage,
} as const satisfies Partial<Actions>;
