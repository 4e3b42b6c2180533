/**
 * What the API server stores: the newest version of each object, and the changes that led there for those who watch.
 * A stored version never changes, so its JSON is made once, however many ask for it.
 */
import type {KubernetesObject, V1ObjectMeta} from '@kubernetes/client-node';

export interface Stored {
	readonly resource: string;
	/** Empty for what has no namespace. */
	readonly namespace: string;
	readonly name: string;
	readonly version: number;
	readonly object: KubernetesObject;
	/** JSON of the object without kind and apiVersion, as items of a list are sent. */
	readonly json: () => string;
	/** JSON of the metadata alone. */
	readonly metadataJson: () => string;
}

export interface Change {
	readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
	readonly stored: Stored;
	/** What was there before; absent for ADDED. */
	readonly previous?: Stored;
}

const serialise = (value: unknown): string => JSON.stringify(value).replaceAll('.000Z"', 'Z"');

const store = (resource: string, object: KubernetesObject, version: number): Stored => {
	const metadata: V1ObjectMeta = Object.assign({}, object.metadata, {resourceVersion: String(version)});
	let json: string | undefined;
	let metadataJson: string | undefined;
	const stored = {...object, metadata};
	return {
		resource,
		namespace: metadata.namespace ?? '',
		name: metadata.name ?? '',
		version,
		object: stored,
		json: () => (json ??= serialise(stored)),
		metadataJson: () => (metadataJson ??= serialise(metadata)),
	};
};

export interface Storage {
	readonly version: () => number;
	readonly put: (resource: string, object: KubernetesObject) => void;
	readonly remove: (resource: string, key: string) => void;
	readonly get: (resource: string, key: string) => Stored | undefined;
	/** Ordered by namespace and name, as etcd keeps them. */
	readonly list: (resource: string) => readonly Stored[];
	/** Changes after `version`, oldest first; undefined where some of them are forgotten. */
	readonly since: (version: number) => readonly Change[] | undefined;
	/** The oldest version from which one can still watch. */
	readonly oldestVersion: () => number;
	/** Calls back at each change until the returned function is called. */
	readonly subscribe: (listener: (change: Change) => void) => () => void;
}

export const keyOf = (metadata: {readonly namespace?: string; readonly name?: string} | undefined): string =>
	`${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;

/** `historyLength` is how many changes are remembered for watchers that come back. */
export const createStorage = (options: {readonly firstVersion: number; readonly historyLength: number}): Storage => {
	const objects = new Map<string, Map<string, Stored>>();
	const sorted = new Map<string, readonly string[]>();
	const listeners = new Set<(change: Change) => void>();
	let history: Change[] = [];
	let version = options.firstVersion;
	let forgotten = options.firstVersion;

	const of = (resource: string): Map<string, Stored> => {
		const found = objects.get(resource) ?? new Map<string, Stored>();
		objects.set(resource, found);
		return found;
	};
	const record = (change: Change): void => {
		history.push(change);
		if (history.length > 2 * options.historyLength) {
			const kept = history.slice(-options.historyLength);
			forgotten = (kept[0]?.stored.version ?? version) - 1;
			history = kept;
		}
		for (const listener of listeners) {
			listener(change);
		}
	};
	return {
		version: () => version,
		oldestVersion: () => forgotten,
		put: (resource, object) => {
			version += 1;
			const stored = store(resource, object, version);
			const all = of(resource);
			const key = keyOf(object.metadata);
			const previous = all.get(key);
			all.set(key, stored);
			if (!previous) {
				sorted.delete(resource);
			}
			record(previous ? {type: 'MODIFIED', stored, previous} : {type: 'ADDED', stored});
		},
		remove: (resource, key) => {
			const all = of(resource);
			const previous = all.get(key);
			if (previous) {
				version += 1;
				all.delete(key);
				sorted.delete(resource);
				record({type: 'DELETED', stored: store(resource, previous.object, version), previous});
			}
		},
		get: (resource, key) => of(resource).get(key),
		list: (resource) => {
			const all = of(resource);
			const keys = sorted.get(resource) ?? [...all.keys()].sort();
			sorted.set(resource, keys);
			return keys.flatMap((key) => all.get(key) ?? []);
		},
		since: (from) => {
			if (from < forgotten) {
				return undefined;
			}
			const index = history.findIndex((change) => change.stored.version > from);
			return index === -1 ? [] : history.slice(index);
		},
		subscribe: (listener) => {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
	};
};
