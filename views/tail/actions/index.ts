/** Every binding's handler on the log screen, complete by its type. */
import {createKeyboard} from '../../session/keyboard.ts';
import {emptyField} from '../../kit/text-field.ts';
import {tailHelpItems} from '../moves/help-rows.ts';
import {changeTail, type TailSession} from '../lines/tail-session.ts';
import {typeTailText} from '../moves/tail-typing.ts';
import {scopeBelow, tailScopeOf} from '../moves/tail-scope.ts';
import {histogramActions} from './histogram-actions.ts';
import {lineActions} from './line-actions.ts';
import {pageActions} from './details-actions.ts';
import {panelActions} from './panel-actions.ts';
import type {TailAction, TailActions} from './tail-action.ts';
import {textActions} from './text-actions.ts';

/** What esc would do now, one step at a time; undefined where there is nothing to go back from. */
function wayBack(session: TailSession): (() => void) | undefined {
	const {overlay, selectedFrom, search, panel, focus} = session.ui.get();
	if (overlay) return () => changeTail(session, {overlay: undefined});
	if (selectedFrom !== undefined) return () => changeTail(session, {selectedFrom: undefined});
	if (search) {
		return () => {
			session.seeking.stop();
			changeTail(session, {search: undefined});
		};
	}
	if (panel) return () => changeTail(session, {panel: undefined, focus: 'lines'});
	if (focus !== 'lines') return () => changeTail(session, {focus: 'lines'});
	return session.over === undefined ? undefined : session.exit;
}

const help: TailAction = {run: (session) => changeTail(session, {overlay: {kind: 'help', field: emptyField, selected: 0}})};

export const tailActions: TailActions = {
	...lineActions,
	...panelActions,
	...histogramActions,
	...pageActions,
	...textActions,
	'quit-now': {run: ({exit}) => exit()},
	quit: {run: ({exit}) => exit()},
	help,
	palette: help,
	'look-up': {
		run: ({lookUp}) => lookUp?.(),
		disabled: ({lookUp}) => (lookUp ? undefined : 'there are no runbooks here'),
	},
	back: {
		run: (session) => wayBack(session)?.(),
		disabled: (session) => (wayBack(session) ? undefined : 'Nothing to go back from. Press q to close.'),
	},
	'help-run': {
		run(session) {
			const {overlay} = session.ui.get();
			if (overlay?.kind !== 'help') return;
			const item = tailHelpItems(session, overlay)[overlay.selected];
			if (item?.kind !== 'binding') return;
			changeTail(session, {overlay: undefined});
			tailKeyboard.run(session, item.id, {scope: scopeBelow(session), key: item.key});
		},
	},
};

export const tailKeyboard = createKeyboard(tailActions, {scopeOf: tailScopeOf, typeText: typeTailText});
