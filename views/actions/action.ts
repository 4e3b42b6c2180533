import type {Binding, BindingId} from '../../src/keymap.ts';
import type {Session} from '../session.ts';

/** What a key does. */
export interface Action {
	/** @param key The key's name, for bindings of several keys that mean different things. */
	readonly run: (session: Session, key: string) => void;
	/** One sentence why it does nothing now; absent or undefined where it works. Keeps it out of the footer. */
	readonly disabled?: (session: Session, binding: Binding) => string | undefined;
}

/** Handlers of some rows of the key table. */
export type Actions<Ids extends BindingId = BindingId> = Readonly<Record<Ids, Action>>;

/** Says what went wrong where the operator looks. */
export function tell(session: Session, error: unknown): void {
	session.app.notice.set(error instanceof Error ? error.message : String(error));
}
