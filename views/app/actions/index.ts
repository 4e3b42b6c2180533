/** Every binding's handler on the round's screens, complete by its type. */
import {helpItems} from '../../session/help-items.ts';
import {createKeyboard} from '../../session/keyboard.ts';
import {typeText} from '../../round/shared/typed-field.ts';
import {refusedInReplay} from '../../session/replay-keys.ts';
import {openRunbookAt} from '../../runbook/book/open-book.ts';
import {change, moveTo} from '../../session/session.ts';
import {scopeBelow, scopeOf} from '../../session/screen-of.ts';
import type {Action, Actions} from '../../session/action.ts';
import {outsideActions} from '../../outside/outside-actions.ts';
import {closingActions} from '../../round/actions/closing-actions.ts';
import {globalActions} from './global.ts';
import {investigationActions} from '../../triage/actions/investigation-actions.ts';
import {newRunbookActions} from '../../triage/actions/new-runbook.ts';
import {pageActions} from '../../round/actions/page-actions.ts';
import {roundActions} from '../../round/actions/round-actions.ts';
import {sameAsBeforeActions} from '../../triage/actions/same-as-before.ts';
import {tableActions} from '../../round/actions/table-actions.ts';
import {textActions} from './text.ts';

function selectHelp(by: number): Action {
	return {
		run(session) {
			const {overlay} = session.ui.get();
			if (overlay?.kind !== 'help' && overlay?.kind !== 'palette') return;
			const last = helpItems(session, overlay).length - 1;
			change(session, {overlay: {...overlay, selected: Math.max(0, Math.min(last, overlay.selected + by))}});
		},
	};
}

const helpActions = {
	'help-down': selectHelp(1),
	'help-up': selectHelp(-1),
	'help-close': {run: (session) => change(session, {overlay: undefined})},
	'help-run': {
		run(session) {
			const {overlay} = session.ui.get();
			if (overlay?.kind !== 'help' && overlay?.kind !== 'palette') return;
			const item = helpItems(session, overlay)[overlay.selected];
			if (!item) return;
			change(session, {overlay: undefined});
			if (item.kind === 'check') moveTo(session, item.index);
			else if (item.kind === 'runbook') openRunbookAt(session, item.path);
			else keyboard.run(session, item.id, {scope: scopeBelow(session), key: item.key});
		},
	},
} as const satisfies Partial<Actions>;

export const actions: Actions = {
	...globalActions,
	...roundActions,
	...tableActions,
	...textActions,
	...investigationActions,
	...sameAsBeforeActions,
	...newRunbookActions,
	...outsideActions,
	...closingActions,
	...pageActions,
	...helpActions,
};

const keyboard = createKeyboard(actions, {scopeOf, typeText, refused: refusedInReplay});
export const {whyNot, press} = keyboard;
