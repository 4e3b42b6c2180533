/** The feed of a selection over one or several clusters. */
import type {LogFeed, LogSelection, LogSink} from '../../../ports/log-feed.ts';
import type {Clock} from '../../../ports/clock.ts';
import {exitCodes, UserError} from '../../../base/user-error.ts';
import type {Connection} from '../client/connection.ts';
import {allNamespaces} from '../client/namespace-scope.ts';
import {chooseOf, titleOf} from './choice.ts';
import {type ClusterFeed, createClusterFeed} from './cluster-feed.ts';

export interface FeedOptions {
	readonly selection: LogSelection;
	/** The environment's own namespace and label selector. */
	readonly namespace: string;
	readonly selector: string | undefined;
	/** The connections to a context; the environment's own where undefined. */
	readonly connectionOf: (context: string | undefined) => {readonly get: () => Promise<Connection>; readonly forget: () => void};
	readonly clock: Clock;
	/** In [0, 1); for the jitter of pauses. */
	readonly random: () => number;
	/** Streams at once per cluster; 50 where absent. */
	readonly limit?: number;
	/** Silence after which a stream is asked whether it still lives, milliseconds; 30 s where absent. */
	readonly silenceMs?: number;
}

/** So often the clock is looked at; where it jumped by more than the tolerance, the machine slept. */
const wakeEveryMs = 5000;
const wakeToleranceMs = 10_000;

/** The environment's selector holds for its own namespace, as long as nothing is named more exactly. */
function selectorOf({selection, selector}: FeedOptions): string | undefined {
	const {namespaces, podNames = [], workloads} = selection;
	const isOwn = namespaces !== 'all' && namespaces.length === 0 && podNames.length === 0 && workloads.length === 0;
	return selection.selector ?? (isOwn ? selector : undefined);
}

/** Nothing is read or asked before `start`. */
export function createLogFeed(options: FeedOptions): LogFeed {
	const {selection, namespace, connectionOf, clock, random, limit = 50, silenceMs = 30_000} = options;
	const title = titleOf(selection, namespace);
	const {from, newest, previous} = selection;
	const follow = selection.follow && !previous;
	const namespaces =
		selection.namespaces === 'all' ? [allNamespaces] : selection.namespaces.length === 0 ? [namespace] : selection.namespaces;
	const contexts = selection.contexts.length === 0 ? [undefined] : selection.contexts;
	const stopping = new AbortController();
	const {signal} = stopping;
	const finished = Promise.withResolvers<void>();
	let clusters: readonly ClusterFeed[] = [];
	let told: string | undefined;

	function tellNotice(sink: LogSink): void {
		const text = clusters.flatMap((cluster) => cluster.says()).join('; ') || undefined;
		if (text === told || signal.aborted) return;
		told = text;
		sink.notice(text);
	}

	/** A laptop that slept has dead connections that say nothing. */
	async function watchForSleep(): Promise<void> {
		for (;;) {
			const before = clock.now();
			await clock.sleep(wakeEveryMs, signal);
			if (clock.now() - before > wakeEveryMs + wakeToleranceMs) for (const cluster of clusters) cluster.reconnect();
		}
	}

	return {
		title,
		finished: finished.promise,
		async start(sink) {
			const choice = chooseOf(selection);
			clusters = contexts.map((context) =>
				createClusterFeed({
					connection: connectionOf(context),
					namespaces,
					selector: selectorOf(options),
					choice,
					history: {from, newest},
					follow,
					previous,
					clock,
					random,
					limit,
					silenceMs,
					signal,
					sink,
					onChange: () => tellNotice(sink),
				}),
			);
			try {
				const answers = await Promise.all(clusters.map((cluster) => cluster.start()));
				const missing = selection.workloads.filter((text) => answers.every((answer) => answer.missing.includes(text)));
				if (missing.length > 0)
					throw new UserError(`there is no ${missing.join(', ')} in ${title.split(' in ').at(-1)}`, exitCodes.noInput);
			} catch (error) {
				stopping.abort(error);
				throw error;
			}
			tellNotice(sink);
			if (follow) {
				watchForSleep().catch(() => {});
				return;
			}
			Promise.all(clusters.map((cluster) => cluster.settled())).then(
				() => {
					tellNotice(sink);
					finished.resolve();
				},
				() => {},
			);
		},
		stop() {
			stopping.abort(new Error('the feed was stopped'));
			return Promise.resolve();
		},
	};
}
