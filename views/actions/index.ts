/** Every binding's handler, complete by its type, and the way from a key press to its effect. */
import {bindingFor, type Binding, type BindingId, bindingsIn} from '../../src/keymap.ts';
import {typeText} from '../field.ts';
import {helpItems} from '../help-items.ts';
import type {KeyPress} from '../keys.ts';
import {change, moveTo, type Session} from '../session.ts';
import {scopeBelow, scopeOf} from '../where.ts';
import {type Action, type Actions, tell} from './action.ts';
import {closingActions} from './closing.ts';
import {globalActions} from './global.ts';
import {pageActions} from './pages.ts';
import {roundActions} from './round.ts';
import {tableActions} from './table.ts';
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
			if (item.kind === 'check') return moveTo(session, item.index);
			const binding = bindingsIn(scopeBelow(session)).find(({id}) => id === item.id);
			if (binding) perform(session, binding, item.key);
		},
	},
} as const satisfies Partial<Actions>;

export const actions: Actions = {
	...globalActions,
	...roundActions,
	...tableActions,
	...textActions,
	...closingActions,
	...pageActions,
	...helpActions,
};

/** Why the binding does nothing now; undefined where it works. */
export function whyNot(session: Session, binding: Binding & {readonly id: BindingId}): string | undefined {
	return actions[binding.id].disabled?.(session, binding);
}

function perform(session: Session, binding: Binding & {readonly id: BindingId}, key: string): void {
	const reason = whyNot(session, binding);
	if (reason === undefined) actions[binding.id].run(session, key);
	else session.app.notice.set(reason);
}

/** One key press: the binding of the scope that holds now, or a letter of the text that is being typed. */
export function press(session: Session, {name, text}: KeyPress): void {
	session.app.notice.set(undefined);
	try {
		const binding = bindingFor(name, scopeOf(session));
		if (binding) perform(session, binding, name);
		else if (text !== undefined) typeText(session, text);
	} catch (error) {
		// A full disk must not take the screen down with it: the operator is told, and nothing was promised.
		tell(session, error);
	}
}
