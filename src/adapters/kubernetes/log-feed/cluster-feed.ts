/** One cluster's part of a feed: its scopes, followed, and the streams of their pods. */
import type {LogSink} from '../../../ports/log-feed.ts';
import type {Clock} from '../../../ports/clock.ts';
import {pauseAfter} from '../../../base/back-off.ts';
import {SourceError} from '../../../base/source-error.ts';
import {clusterBackOff} from '../client/cluster-back-off.ts';
import type {Connection} from '../client/connection.ts';
import {allNamespaces} from '../client/namespace-scope.ts';
import type {WirePod} from '../client/wire.ts';
import type {Choice} from './choice.ts';
import type {History} from './catch-up.ts';
import {createPlaces} from './places.ts';
import {createPodFollower, type PodFollower} from './pod-follower.ts';
import {createRegistry, type Registry} from './stream-registry.ts';
import {type PodScope, resolveScopes} from './feed-scopes.ts';

export interface ClusterOptions {
	readonly connection: {readonly get: () => Promise<Connection>; readonly forget: () => void};
	/** Namespaces, or the one entry `allNamespaces`. */
	readonly namespaces: readonly string[];
	readonly selector: string | undefined;
	readonly choice: Choice;
	readonly history: History;
	readonly follow: boolean;
	readonly previous: boolean;
	readonly clock: Clock;
	readonly random: () => number;
	/** Streams at once. */
	readonly limit: number;
	readonly silenceMs: number;
	readonly signal: AbortSignal;
	readonly sink: LogSink;
	/** What there is to say has changed. */
	readonly onChange: () => void;
}

export interface ClusterFeed {
	/** Resolves once the first lists are in or failed for now; throws what can never work. `missing`: workloads that are not there. */
	readonly start: () => Promise<{readonly missing: readonly string[]}>;
	/** Sentences for the notice. */
	readonly says: () => readonly string[];
	/** Resolves when all streams have ended; without follow only. */
	readonly settled: () => Promise<void>;
	readonly reconnect: () => void;
}

const count = (many: number, one: string, more: string) => `${many} ${many === 1 ? one : more}`;

/** `leftOut`: what the containers of the selected pods are called, where it is them that no name fits. */
function nothingSelected({follow, previous}: Pick<ClusterOptions, 'follow' | 'previous'>, leftOut: readonly string[]): string {
	const yet = follow ? ' yet' : '';
	if (leftOut.length > 0) {
		const names = [...leftOut.slice(0, 8), ...(leftOut.length > 8 ? [`${leftOut.length - 8} more`] : [])];
		return `no container of that name in the selected pods${yet}: they have ${names.join(', ')}`;
	}
	if (previous) return 'no container that has run before is selected: kubectl get pods has the names and the restarts';
	return `no container with a log is selected${follow ? yet : ': kubectl get pods has the names, -A looks in every namespace'}`;
}

const inNamespace = (namespace: string) => (namespace === allNamespaces ? 'all namespaces' : namespace);

export function createClusterFeed(options: ClusterOptions): ClusterFeed {
	const {connection, clock, random, follow, limit, signal, sink, onChange} = options;
	const troubles = new Map<string, string>();
	const followers: PodFollower[] = [];
	const deciding = new Set<Promise<void>>();
	let registry: Registry | undefined;
	let isListed = false;
	const places = createPlaces(limit, onChange);

	/** What concerns a namespace as a whole is told on a stream of its own. */
	const openNamespace = (context: string, namespace: string) =>
		sink.open({key: `${context}/${namespace}`, name: inNamespace(namespace), context, namespace});

	function deny(context: string, namespace: string, error: string): void {
		sink.state(openNamespace(context, namespace), {kind: 'denied', error});
	}

	function tellBlind(context: string, namespace: string, {from, to}: {readonly from: number; readonly to: number}): void {
		const id = openNamespace(context, namespace);
		sink.note(id, {kind: 'gap', from, to, text: 'pods could not be listed, those that came and went meanwhile are not known'});
		sink.state(id, {kind: 'ended', at: to, why: 'pods are listed again'});
	}

	/** Follows one scope; resolves at its first list, or the first failure that may pass. */
	function followScope(streams: Registry, context: string, scope: PodScope): Promise<void> {
		const {namespace, selector, takes} = scope;
		const key = inNamespace(namespace);
		/** The newest of each pod whose owner is being asked for; `undefined` once it went. */
		const undecided = new Map<string, WirePod>();
		const taken = new Set<string>();
		let first = true;
		let wasDenied = false;

		function put(pod: WirePod): void {
			const uid = pod.metadata?.uid ?? '';
			const isNew = !first;
			if (taken.has(uid)) return streams.put(pod, isNew);
			const isAsked = undecided.has(uid);
			const verdict = isAsked || takes(pod);
			if (verdict === false) return;
			if (verdict === true && !isAsked) {
				taken.add(uid);
				return streams.put(pod, isNew);
			}
			undecided.set(uid, pod);
			if (verdict === true) return;
			const task = verdict.then((isTaken) => {
				const newest = undecided.get(uid);
				undecided.delete(uid);
				deciding.delete(task);
				if (!isTaken || !newest || signal.aborted) return;
				taken.add(uid);
				streams.put(newest, isNew);
				onChange();
			});
			deciding.add(task);
		}

		const listed = Promise.withResolvers<void>();
		const follower = createPodFollower({
			connection,
			namespace,
			selector,
			follow,
			random,
			clock,
			signal,
			handlers: {
				onPod(pod) {
					put(pod);
					if (!first) onChange();
				},
				onGone(pod) {
					const uid = pod.metadata?.uid ?? '';
					undecided.delete(uid);
					if (taken.delete(uid)) streams.remove(pod);
					onChange();
				},
				onBlind: (from, to) => tellBlind(context, namespace, {from, to}),
				onListed() {
					first = false;
					isListed = true;
					onChange();
					listed.resolve();
				},
				onTrouble(error, retryAt) {
					// A missing permission may be given; a selector that cannot be read, or a namespace that is not there, is a slip.
					if (first && ['bad-request', 'not-found', 'missing-credential'].includes(error.kind)) listed.reject(error);
					if (error.kind === 'forbidden') {
						if (!wasDenied) deny(context, namespace, error.message);
						wasDenied = true;
					} else {
						const seconds = Math.max(1, Math.round((retryAt - clock.now()) / 1000));
						troubles.set(key, `pods of ${key} cannot be followed: ${error.message}. Retrying in ${seconds} s`);
					}
					onChange();
					listed.resolve();
				},
				onFollowing() {
					if (wasDenied)
						sink.state(sink.open({key: `${context}/${namespace}`, name: key, context, namespace}), {
							kind: 'ended',
							at: clock.now(),
							why: 'allowed again',
						});
					wasDenied = false;
					if (troubles.delete(key)) onChange();
				},
			},
		});
		followers.push(follower);
		follower.run().then(listed.resolve, (error: unknown) => {
			if (signal.aborted) return listed.resolve();
			if (error instanceof SourceError && error.kind === 'forbidden' && !follow) {
				deny(context, namespace, error.message);
				return listed.resolve();
			}
			return listed.reject(error);
		});
		return listed.promise;
	}

	async function begin(): Promise<{readonly missing: readonly string[]}> {
		const connected = await connection.get();
		const {context} = connected;
		const {scopes, missing, denied} = await resolveScopes(connected, options);
		for (const {namespace, error} of denied) deny(context, namespace, error);
		const streams = createRegistry({...options, context, places});
		registry = streams;
		await Promise.all(scopes.map((scope) => followScope(streams, context, scope)));
		await Promise.all(deciding);
		return {missing};
	}

	/** The cluster did not answer: begins again until it does. What is wrong then can only be told. */
	async function beginLater(failure: SourceError): Promise<void> {
		let error: unknown = failure;
		for (let failures = 1; error instanceof SourceError; failures++) {
			const pause = pauseAfter(failures, error, clusterBackOff, random);
			troubles.set('', `${error.source}: ${error.message}. Retrying in ${Math.round(pause / 1000)} s`);
			onChange();
			await clock.sleep(pause, signal);
			try {
				const {missing} = await begin();
				troubles.delete('');
				for (const text of missing) troubles.set(text, `there is no ${text}`);
				onChange();
				return;
			} catch (next) {
				error = next;
			}
		}
		troubles.set('', error instanceof Error ? error.message : String(error));
		onChange();
	}

	return {
		async start() {
			try {
				return await begin();
			} catch (error) {
				if (signal.aborted || !follow || !(error instanceof SourceError) || (!error.passing && error.kind !== 'unauthorized')) throw error;
				// Only stopping ends it.
				beginLater(error).catch(() => {});
				return {missing: []};
			}
		},
		says() {
			const waiting = places.waiting();
			const starting = registry?.waiting() ?? [];
			return [
				...troubles.values(),
				...(waiting > 0 ? [`${count(waiting, 'stream waits', 'streams wait')} for a place: at most ${limit} are open at once`] : []),
				...(starting.length > 0
					? [`${count(starting.length, 'container waits', 'containers wait')} to start: ${[...new Set(starting)].join(', ')}`]
					: []),
				...(isListed && registry?.opened() === 0 && starting.length === 0 && troubles.size === 0
					? [nothingSelected(options, registry.leftOut())]
					: []),
			];
		},
		settled: async () => registry?.settled(),
		reconnect() {
			for (const follower of followers) follower.reconnect();
			registry?.reconnect();
		},
	};
}
