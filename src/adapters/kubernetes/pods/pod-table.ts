/** The pods a watch holds: converts only what changed, and gives a fresh array in kubectl's order. */
import type {Pod} from '../../../ports/pod-source.ts';
import {convertPod, withUsage, type PodUsage} from './convert-pod.ts';
import {byName} from './pod-list.ts';
import type {WirePod} from '../client/wire.ts';

interface Row {
	version: string;
	pod: Pod;
}

export interface PodTable {
	/** Takes a pod in; what has the version we know already costs nothing. */
	readonly put: (pod: WirePod) => void;
	readonly remove: (pod: WirePod) => void;
	/** Drops every pod that is not among these uids: those deleted while no one was listening. */
	readonly keep: (uids: ReadonlySet<string>) => void;
	readonly setUsage: (byPod: ReadonlyMap<string, PodUsage>) => void;
	/** A new array, sorted by name; unchanged pods are the same objects as before. */
	readonly snapshot: () => readonly Pod[];
}

/** Makes an empty table. */
export function createPodTable(): PodTable {
	const rows = new Map<string, Row>();
	let usage: ReadonlyMap<string, PodUsage> = new Map();
	let order: readonly Row[] | undefined;

	return {
		put(wire) {
			const uid = wire.metadata?.uid ?? '';
			const version = wire.metadata?.resourceVersion ?? '';
			const row = rows.get(uid);
			if (row && row.version === version && version !== '') return;
			const converted = convertPod(wire);
			const pod = withUsage(converted, usage.get(converted.name));
			// A pod never changes its name: it stays where it is.
			if (row) Object.assign(row, {version, pod});
			else {
				rows.set(uid, {version, pod});
				order = undefined;
			}
		},
		remove(wire) {
			if (rows.delete(wire.metadata?.uid ?? '')) order = undefined;
		},
		keep(uids) {
			for (const uid of rows.keys()) if (!uids.has(uid)) rows.delete(uid);
			order = undefined;
		},
		setUsage(byPod) {
			usage = byPod;
			for (const row of rows.values()) row.pod = withUsage(row.pod, byPod.get(row.pod.name));
		},
		snapshot() {
			order ??= [...rows.values()].sort((a, b) => byName(a.pod, b.pod));
			return order.map(({pod}) => pod);
		},
	};
}
