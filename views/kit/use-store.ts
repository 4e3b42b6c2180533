import {useSyncExternalStore} from 'react';
import type {Store} from '../../src/base/store.ts';

/** The store's value, redrawing on each change. */
export function useStore<T>(store: Pick<Store<T>, 'get' | 'subscribe'>): T {
	return useSyncExternalStore(store.subscribe, store.get);
}

/** Part of the store's value, redrawing only when that part changes; `select` must return stable references. */
export function useSelected<T, S>(store: Store<T>, select: (value: T) => S): S {
	return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
