/** The way from a key press to its effect, the same for every screen. */
import {bindingFor, bindingsIn} from '../../src/keys/keymap.ts';
import type {Binding} from '../../src/keys/binding.ts';
import type {Scope} from '../../src/keys/scopes.ts';
import type {Store} from '../../src/base/store.ts';
import {type Action, tell} from './action.ts';
import type {KeyPress} from '../kit/key-presses.ts';

/** What a keyboard needs of a screen's session. */
interface Listening {
	readonly app: {readonly notice: Store<string | undefined>};
}

export interface Keyboard<S> {
	/** Why the binding does nothing now; undefined where it works. */
	readonly whyNot: (session: S, binding: Binding) => string | undefined;
	/** One key press: the binding of the scope that holds now, or a letter of the text that is being typed. */
	readonly press: (session: S, key: KeyPress) => void;
	/** What the binding of that id does in that scope, as if its key were pressed. */
	readonly run: (session: S, id: string, at: {readonly scope: Scope; readonly key: string}) => void;
}

/** The keyboard of a screen: its handlers, where its keys hold, and what typing does. */
export function createKeyboard<S extends Listening>(
	actions: Readonly<Record<string, Action<S>>>,
	{
		scopeOf,
		typeText,
		refused,
	}: {
		readonly scopeOf: (session: S) => Scope;
		readonly typeText: (session: S, text: string) => boolean;
		/** What holds for every key: one sentence why it does nothing now. */
		readonly refused?: (session: S, binding: Binding) => string | undefined;
	},
): Keyboard<S> {
	const whyNot: Keyboard<S>['whyNot'] = (session, binding) =>
		refused?.(session, binding) ?? actions[binding.id]?.disabled?.(session, binding);
	function perform(session: S, binding: Binding, key: string): void {
		const reason = whyNot(session, binding);
		if (reason === undefined) actions[binding.id]?.run(session, key);
		else session.app.notice.set(reason);
	}
	return {
		whyNot,
		run(session, id, {scope, key}) {
			const binding = bindingsIn(scope).find((one) => one.id === id);
			if (binding) perform(session, binding, key);
		},
		press(session, {name, text}) {
			session.app.notice.set(undefined);
			try {
				const binding = bindingFor(name, scopeOf(session));
				if (binding) perform(session, binding, name);
				else if (text !== undefined) typeText(session, text);
			} catch (error) {
				// A full disk must not take the screen down with it: the operator is told, and nothing was promised.
				tell(session, error);
			}
		},
	};
}
