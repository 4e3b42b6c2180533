/** Pods into streams: opens one for each run of a chosen container, and tells each what becomes of its run. */
import type {LogSink} from '../../../ports/log-feed.ts';
import type {WirePod} from '../client/wire.ts';
import type {History} from './catch-up.ts';
import type {Choice} from './choice.ts';
import {currentRun, fateOf, isLeaving, previousRun, type Run, statusesOf, waitsToStart} from './runs.ts';
import {followStream, type LogStream, type StreamSettings} from './stream.ts';

export interface Registry {
	/** A pod of the selection came or changed. `isNew`: it joined later, so that its whole log is of interest. */
	readonly put: (pod: WirePod, isNew: boolean) => void;
	readonly remove: (pod: WirePod) => void;
	readonly reconnect: () => void;
	/** Streams ever opened. */
	readonly opened: () => number;
	/** Why containers wait that never started: `ContainerCreating`, once for each. */
	readonly waiting: () => readonly string[];
	/** Names of the containers of those pods that are not chosen, sorted. */
	readonly leftOut: () => readonly string[];
	/** Resolves once all streams opened so far have ended. */
	readonly settled: () => Promise<void>;
}

const nameOf = ({namespace, pod, container}: Run) => `${namespace}/${pod}/${container}`;

/** The streams of one cluster. */
export function createRegistry(
	settings: StreamSettings & {readonly context: string; readonly sink: LogSink; readonly choice: Choice; readonly history: History},
): Registry {
	const {context, sink, choice, history} = settings;
	/** By pod UID, then by container. */
	const pods = new Map<string, Map<string, LogStream>>();
	/** By namespace, pod name and container: whoever has that name next may have been read under it already. */
	const named = new Map<string, LogStream>();
	const waits = new Map<string, readonly string[]>();
	const others = new Map<string, readonly string[]>();
	const all = new Set<Promise<unknown>>();
	let opened = 0;

	function open(run: Run, pod: WirePod, more: {readonly isWhole: boolean; readonly after?: LogStream | undefined}): LogStream {
		const {namespace, uid, pod: name, container, id} = run;
		const stream = sink.open({key: [context, namespace, uid, container, id].join('/'), name, context, namespace, pod: name, container});
		const fate = settings.previous ? ({kind: 'running'} as const) : fateOf(pod, run);
		const following = followStream({...settings, ...more, history: more.isWhole ? {} : history, id: stream, run, fate});
		opened++;
		all.add(following.done);
		const nameKey = nameOf(run);
		named.set(nameKey, following);
		// Thousands of jobs may come and go while someone follows.
		const forget = () => {
			all.delete(following.done);
			if (named.get(nameKey) === following && following.log.strayed(Infinity) === undefined) named.delete(nameKey);
		};
		following.done.then(forget, forget);
		return following;
	}

	function putContainer(
		pod: WirePod,
		status: ReturnType<typeof statusesOf>[number],
		{streams, isNew}: {streams: Map<string, LogStream>; isNew: boolean},
	): void {
		const run = settings.previous ? previousRun(pod, status) : currentRun(pod, status);
		const before = streams.get(status.name);
		if (!run) return;
		if (before?.run.id === run.id) return before.tell(fateOf(pod, run), isLeaving(pod, status.name));
		if (!before) {
			streams.set(status.name, open(run, pod, {isWhole: isNew, after: named.get(nameOf(run))}));
			return;
		}
		if (settings.previous) return;
		before.tell(fateOf(pod, before.run), true);
		// It restarted more than once since we looked: the run in between can still be read, as the previous one.
		const between = previousRun(pod, status);
		const isBetween = between && between.id !== before.run.id && between.id !== run.id;
		const after = isBetween ? open(between, pod, {isWhole: true, after: before}) : before;
		streams.set(status.name, open(run, pod, {isWhole: true, after}));
	}

	return {
		put(pod, isNew) {
			const uid = pod.metadata?.uid ?? '';
			const streams = pods.get(uid) ?? new Map<string, LogStream>();
			pods.set(uid, streams);
			const statuses = statusesOf(pod).filter(({name}) => choice.takesContainer(name));
			others.set(
				uid,
				statusesOf(pod).flatMap(({name}) => (choice.takesContainer(name) ? [] : [name])),
			);
			for (const status of statuses) putContainer(pod, status, {streams, isNew});
			waits.set(
				uid,
				statuses.flatMap((status) => waitsToStart(status) ?? []),
			);
		},
		remove(pod) {
			const uid = pod.metadata?.uid ?? '';
			for (const [container, stream] of pods.get(uid) ?? []) stream.tell({kind: 'gone'}, isLeaving(pod, container));
			pods.delete(uid);
			waits.delete(uid);
			others.delete(uid);
		},
		reconnect() {
			for (const streams of pods.values()) for (const stream of streams.values()) stream.reconnect();
		},
		opened: () => opened,
		waiting: () => [...waits.values()].flat(),
		leftOut: () => [...new Set([...others.values()].flat())].toSorted(),
		async settled() {
			await Promise.all(all);
		},
	};
}
