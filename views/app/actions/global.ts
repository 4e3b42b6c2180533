import {goBackOutside} from '../../outside/dialog-flow.ts';
import {emptyField} from '../../kit/text-field.ts';
import {change, changeTable, currentStep, freshClosing, type Session, tableOf} from '../../session/session.ts';
import {leaveTriage, openTriage} from '../../session/triage-draft.ts';
import {openLookUp} from '../../runbook/book/open-book.ts';
import {screenOf} from '../../session/screen-of.ts';
import type {Action, Actions} from '../../session/action.ts';
import {backToQuestion} from '../../triage/actions/investigation-actions.ts';

function screen({ui, app}: Session) {
	return screenOf(ui.get(), app.round.get(), app.openRounds.get().length);
}

/** What esc would do now; undefined where there is nothing to go back from. */
function wayBack(session: Session): (() => void) | undefined {
	const {ui} = session;
	const {overlay, focus, triage, closing} = ui.get();
	if (overlay) return () => change(session, {overlay: undefined});
	switch (screen(session)) {
		case 'outside':
			return ui.get().outside?.stage.kind === 'sending' ? undefined : () => goBackOutside(session);
		case 'triage':
			return backToQuestion(session) ?? (() => leaveTriage(session));
		case 'closing': {
			const {entry} = closing.answers;
			if (entry === 'writing' || (typeof entry === 'object' && entry.done)) return undefined;
			return () => {
				session.app.dispatch({type: 'reopened'});
				change(session, {closing: freshClosing});
			};
		}
		case 'round': {
			if (triage) return () => openTriage(session, triage, triage.at);
			const check = currentStep(session)?.id;
			if (check !== undefined && tableOf(session.ui.get(), check).filter !== '') return () => changeTable(session, check, {filter: ''});
			return focus === 'checklist' ? undefined : () => change(session, {focus: 'checklist'});
		}
		default:
			return undefined;
	}
}

const help: Action = {run: (session) => change(session, {overlay: {kind: 'help', field: emptyField, selected: 0}})};

export const globalActions = {
	'quit-now': {run: ({exit}) => exit()},
	quit: {run: ({exit}) => exit()},
	help,
	'triage-help': help,
	'look-up': {run: openLookUp},
	palette: {run: (session) => change(session, {overlay: {kind: 'palette', field: emptyField, selected: 0}})},
	back: {
		run: (session) => wayBack(session)?.(),
		disabled(session) {
			if (wayBack(session)) return undefined;
			if (screen(session) === 'outside') return 'Sending…';
			return screen(session) === 'closing'
				? 'The entry is written. Answer the rest, or press q to quit.'
				: 'Nothing to go back from. Press q to quit (the round stays saved).';
		},
	},
} as const satisfies Partial<Actions>;
