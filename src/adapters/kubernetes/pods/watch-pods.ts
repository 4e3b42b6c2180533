/**
 * Pods followed live: lists page by page, then watches from the list's version. One loop does both, so that two lists
 * never run side by side; whatever ends a watch brings it back here, where the next step is decided.
 */
import type {PodSource} from '../../../ports/pod-source.ts';
import type {Clock} from '../../../ports/clock.ts';
import {pauseAfter} from '../../../base/back-off.ts';
import {SourceError} from '../../../base/source-error.ts';
import {clusterBackOff} from '../client/cluster-back-off.ts';
import type {Connection} from '../client/connection.ts';
import {isGone} from '../client/cluster-errors.ts';
import {readWarnings, type Warnings} from './pod-events.ts';
import {readUsage, type Usage} from './pod-metrics.ts';
import {joinList, podPages} from './pod-list.ts';
import {createPodTable} from './pod-table.ts';
import {followPods, type PodEvent} from './watch-stream.ts';

/** Pause between two pictures: ten a second, fewer where the list is so long that each costs more than the eye gains. */
const paintPause = (pods: number) => Math.max(100, pods / 20);
/** Ten thousand pods' metrics are 2 MB to read: once a minute is as fresh as the server keeps them. */
const metricsEveryMs = (pods: number) => Math.max(15_000, pods * 6);
const eventsEveryMs = () => 10_000;
/** A watch that lived this long worked; one that ends sooner without an event did not. */
const provenMs = 5000;

function endsAtOnce({source, host}: Connection): SourceError {
	return new SourceError({source, kind: 'server-error', message: `${host} ends every watch at once`});
}

/** What comes after `task`'s failure is silence: only stopping ends these tasks. */
function detach(task: Promise<unknown>): void {
	task.catch(() => {});
}

/** Starts following; every failure is told through the handlers, and tried again until `stop`. */
export function watchPods(options: {
	readonly connection: {readonly get: () => Promise<Connection>; readonly forget: () => void};
	readonly namespace: string;
	readonly selector?: string | undefined;
	readonly clock: Clock;
	/** In [0, 1). */
	readonly random: () => number;
	readonly handlers: Parameters<PodSource['watch']>[0];
}): {readonly stop: () => void} {
	const {connection, clock, random, handlers} = options;
	const stopping = new AbortController();
	const {signal} = stopping;
	const scope = {namespace: options.namespace, selector: options.selector, signal};
	const table = createPodTable();

	let context: Pick<Connection, 'context'> = {context: ''};
	let usage: Usage | undefined;
	let warnings: Warnings | undefined;
	let version: string | undefined;
	let complete = false;
	let paintPending = false;
	let painted = {at: Number.NEGATIVE_INFINITY, pods: 0};
	let sidesStarted = false;
	let failures = 0;
	/** When what we show stopped being fresh; undefined while it is. */
	let lostAt: number | undefined = clock.now();
	let toldError = false;

	function paint(): void {
		paintPending = false;
		if (signal.aborted) return;
		const pods = table.snapshot();
		painted = {at: clock.now(), pods: pods.length};
		handlers.onList(joinList({connection: context, scope, pods, complete, usage, warnings}));
	}

	function changed(): void {
		if (paintPending || signal.aborted) return;
		const wait = painted.at + paintPause(painted.pods) - clock.now();
		if (wait <= 0) return paint();
		paintPending = true;
		detach(clock.sleep(wait, signal).then(paint));
	}

	function live(): void {
		if (lostAt === undefined) return;
		lostAt = undefined;
		handlers.onLiveness({state: 'live', since: clock.now()});
		// The reader may be showing the error: the list is good again even if nothing in it changed.
		if (toldError) changed();
		toldError = false;
	}

	async function repeat(everyMs: (pods: number) => number, read: (connected: Connection) => Promise<void>): Promise<void> {
		for (;;) {
			try {
				await read(await connection.get());
				changed();
			} catch (error) {
				if (signal.aborted) return;
				// The pods' own loop meets the same fault and tells it.
				if (!(error instanceof SourceError)) throw error;
			}
			await clock.sleep(everyMs(painted.pods), signal);
		}
	}

	/** Metrics and events wait for the first page of pods: that is what the operator waits for. */
	function startSides(): void {
		if (sidesStarted) return;
		sidesStarted = true;
		detach(
			repeat(metricsEveryMs, async (connected) => {
				usage = await readUsage(connected, scope);
				table.setUsage(usage.byPod);
			}),
		);
		detach(
			repeat(eventsEveryMs, async (connected) => {
				warnings = await readWarnings(connected, scope);
			}),
		);
	}

	async function list(connected: Connection): Promise<string> {
		const seen = new Set<string>();
		let resourceVersion = '';
		for await (const page of podPages(connected, scope)) {
			if (page.isFirst) seen.clear();
			for (const pod of page.items) {
				seen.add(pod.metadata?.uid ?? '');
				table.put(pod);
			}
			({resourceVersion} = page);
			if (page.isLast) {
				table.keep(seen);
				complete = true;
				// The whole list is what the operator waits for: it does not wait for the next picture.
				paint();
			} else changed();
			startSides();
		}
		return resourceVersion;
	}

	function take(events: readonly PodEvent[]): void {
		let isChanged = false;
		for (const {type, object} of events) {
			failures = 0;
			version = object.metadata?.resourceVersion ?? version;
			if (type === 'BOOKMARK') continue;
			if (type === 'DELETED') table.remove(object);
			else table.put(object);
			isChanged = true;
		}
		if (isChanged) changed();
	}

	/** Lists where needed, then watches until the watch ends. */
	async function once(): Promise<void> {
		const connected = await connection.get();
		context = connected;
		if (version === undefined) {
			version = await list(connected);
			live();
		}
		let openedAt = Number.POSITIVE_INFINITY;
		const onOpen = () => {
			openedAt = clock.now();
			live();
		};
		try {
			await followPods({connection: connected, scope, resourceVersion: version, onOpen, onEvents: take, now: clock.now});
		} finally {
			if (clock.now() - openedAt >= provenMs) failures = 0;
		}
		if (clock.now() - openedAt >= provenMs) return;
		if (failures > 0) throw endsAtOnce(connected);
		failures++;
	}

	async function recover(error: unknown): Promise<void> {
		if (isGone(error)) {
			version = undefined;
			// Falling behind is part of a watch's life: list again at once, unless that keeps happening.
			if (failures++ === 0) return;
		} else failures++;
		if (error instanceof SourceError && error.kind === 'unauthorized') connection.forget();
		const failure = error instanceof Error ? error : new Error(String(error));
		lostAt ??= clock.now();
		const pause = pauseAfter(failures, error, clusterBackOff, random);
		const isPassing = error instanceof SourceError && error.passing;
		// With a whole list on the screen a passing fault is only a matter of its age.
		if (!complete || !isPassing) {
			toldError = true;
			handlers.onError(failure);
		}
		handlers.onLiveness({state: 'reconnecting', since: lostAt, retryAt: clock.now() + pause, error: failure.message});
		await clock.sleep(pause, signal);
	}

	async function run(): Promise<void> {
		handlers.onLiveness({state: 'connecting'});
		while (!signal.aborted) {
			try {
				await once();
			} catch (error) {
				if (signal.aborted) return;
				await recover(error);
			}
		}
	}

	detach(run());
	return {stop: () => stopping.abort(new Error('the watch was stopped'))};
}
