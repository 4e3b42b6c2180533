import {createStore, type Store} from '../../src/base/store.ts';
import type {Session} from './session.ts';

/**
 * A place for what lies over the round: the logs, a runbook. The folder that knows its type makes it, so that the
 * session knows none of them.
 */
export function createSlot<T>(): (session: Session) => Store<T | undefined> {
	const stores = new WeakMap<Session, Store<T | undefined>>();
	return (session) => {
		const store = stores.get(session) ?? createStore<T | undefined>(undefined);
		stores.set(session, store);
		return store;
	};
}
