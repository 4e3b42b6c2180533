/** Pods as they come, change and go, for whoever opens their logs: no pictures, no metrics, every change at once. */
import type {Clock} from '../../../ports/clock.ts';
import {pauseAfter} from '../../../base/back-off.ts';
import {SourceError} from '../../../base/source-error.ts';
import {clusterBackOff} from '../client/cluster-back-off.ts';
import type {Connection} from '../client/connection.ts';
import {isGone} from '../client/cluster-errors.ts';
import {podPages} from '../pods/pod-list.ts';
import {followPods, type PodEvent} from '../pods/watch-stream.ts';
import type {WirePod} from '../client/wire.ts';

export interface PodHandlers {
	readonly onPod: (pod: WirePod) => void;
	/** `pod` is the last that was known of it. */
	readonly onGone: (pod: WirePod) => void;
	/** A whole list has been told. */
	readonly onListed: () => void;
	/** Between these times (epoch milliseconds) nothing was known of the pods: whatever came and went meanwhile never will be. */
	readonly onBlind: (from: number, to: number) => void;
	/** The pods cannot be followed, until `onFollowing`; asked again at `retryAt` (epoch milliseconds). */
	readonly onTrouble: (error: SourceError, retryAt: number) => void;
	readonly onFollowing: () => void;
}

export interface PodFollower {
	/** Lists, and with `follow` continues until the signal; rejects only where the signal aborts, or the first list can never work. */
	readonly run: () => Promise<void>;
	/** The machine slept: whatever is open is taken for dead. */
	readonly reconnect: () => void;
}

/** What takes longer is worth saying: pods may have come and gone. */
const blindMs = 5000;
/** A watch that lived this long worked. */
const provenMs = 5000;

/** Follows the pods of a scope. Without `follow` it lists once; a list that fails then is thrown. */
export function createPodFollower(options: {
	readonly connection: {readonly get: () => Promise<Connection>; readonly forget: () => void};
	readonly namespace: string;
	readonly selector: string | undefined;
	readonly follow: boolean;
	readonly clock: Clock;
	/** In [0, 1). */
	readonly random: () => number;
	readonly signal: AbortSignal;
	readonly handlers: PodHandlers;
}): PodFollower {
	const {connection, namespace, selector, follow, clock, random, signal, handlers} = options;
	const known = new Map<string, WirePod>();
	let version: string | undefined;
	let failures = 0;
	/** Up to when all that happened to the pods is known, or will be by watching on. */
	let knownAt = clock.now();
	let reopen = new AbortController();

	function put(pod: WirePod): void {
		known.set(pod.metadata?.uid ?? '', pod);
		handlers.onPod(pod);
	}

	function remove(uid: string, pod: WirePod): void {
		if (known.delete(uid)) handlers.onGone(pod);
	}

	async function list(connected: Connection): Promise<void> {
		const seen = new Map<string, WirePod>();
		for await (const page of podPages(connected, {namespace, selector, signal})) {
			if (page.isFirst) seen.clear();
			for (const pod of page.items) seen.set(pod.metadata?.uid ?? '', pod);
			version = page.resourceVersion;
		}
		for (const [uid, pod] of known) if (!seen.has(uid)) remove(uid, pod);
		for (const pod of seen.values()) put(pod);
		if (follow && clock.now() - knownAt >= blindMs) handlers.onBlind(knownAt, clock.now());
		handlers.onListed();
	}

	function take(events: readonly PodEvent[]): void {
		for (const {type, object} of events) {
			failures = 0;
			version = object.metadata?.resourceVersion ?? version;
			if (type === 'DELETED') remove(object.metadata?.uid ?? '', object);
			else if (type !== 'BOOKMARK') put(object);
		}
	}

	async function watch(connected: Connection): Promise<void> {
		reopen = new AbortController();
		const openedAt = clock.now();
		let isOpen = false;
		try {
			await followPods({
				connection: connected,
				scope: {namespace, selector, signal: AbortSignal.any([signal, reopen.signal])},
				resourceVersion: version ?? '',
				onOpen() {
					isOpen = true;
					handlers.onFollowing();
				},
				onEvents: take,
				now: clock.now,
			});
		} finally {
			if (isOpen) knownAt = clock.now();
		}
		if (clock.now() - openedAt >= provenMs) failures = 0;
		else if (failures++ > 0) await clock.sleep(pauseAfter(failures, undefined, clusterBackOff, random), signal);
	}

	async function recover(error: unknown): Promise<void> {
		if (signal.aborted) throw signal.reason;
		if (reopen.signal.aborted) {
			reopen = new AbortController();
			return;
		}
		if (!(error instanceof SourceError)) throw error;
		failures++;
		if (isGone(error)) {
			version = undefined;
			if (failures === 1) return;
		}
		if (error.kind === 'unauthorized') connection.forget();
		const pause = pauseAfter(failures, error, clusterBackOff, random);
		handlers.onTrouble(error, clock.now() + pause);
		await clock.sleep(pause, signal);
	}

	async function run(): Promise<void> {
		for (;;) {
			try {
				const connected = await connection.get();
				if (version === undefined) await list(connected);
				if (!follow) return;
				await watch(connected);
			} catch (error) {
				if (!follow) throw error;
				await recover(error);
			}
		}
	}

	return {run, reconnect: () => reopen.abort(new Error('the machine slept'))};
}
