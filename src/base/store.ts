/** A value that others watch: one per source, so that a change redraws only those who read it. */
export interface Store<T> {
	/** The current value; the same reference until it changes (what `useSyncExternalStore` needs). */
	readonly get: () => T;
	readonly set: (value: T) => void;
	readonly update: (change: (value: T) => T) => void;
	/** Calls `listener` after each change; returns the function that ends it. */
	readonly subscribe: (listener: () => void) => () => void;
}

/** Makes a store; setting the identical value tells no one. */
export function createStore<T>(initial: T): Store<T> {
	let current = initial;
	const listeners = new Set<() => void>();
	const set = (value: T) => {
		if (Object.is(value, current)) return;
		current = value;
		for (const listener of listeners) listener();
	};
	return {
		get: () => current,
		set,
		update: (change) => set(change(current)),
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
	};
}
