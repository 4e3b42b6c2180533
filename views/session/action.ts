import type {RoundBindingId} from '../../src/keys/keymap.ts';
import type {Binding} from '../../src/keys/binding.ts';
import type {Session} from './session.ts';

/** What a key does on the screen that the session `S` belongs to. */
export interface Action<S = Session> {
	/** @param key The key's name, for bindings of several keys that mean different things. */
	readonly run: (session: S, key: string) => void;
	/** One sentence why it does nothing now; absent or undefined where it works. Keeps it out of the footer. */
	readonly disabled?: (session: S, binding: Binding) => string | undefined;
}

/** Handlers of some rows of the key table. */
export type Actions<Ids extends string = RoundBindingId, S = Session> = Readonly<Record<Ids, Action<S>>>;

/** Says what went wrong where the operator looks. */
export function tell({app}: Pick<Session, 'app'> | {readonly app: Pick<Session['app'], 'notice'>}, error: unknown): void {
	app.notice.set(error instanceof Error ? error.message : String(error));
}
