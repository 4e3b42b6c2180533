/**
 * One run of one container, followed without loss. Each session reads the log up to its end, which proves that nothing
 * is missing, and then follows it; whatever ends a session brings it back here, where the pod tells what comes next.
 */
import {pauseAfter} from '../../../base/back-off.ts';
import {SourceError} from '../../../base/source-error.ts';
import type {Connection} from '../client/connection.ts';
import {askFate} from './ask-fate.ts';
import {isRefusal, meaningOf, shortLifeBackOff} from './failure.ts';
import type {Places} from './places.ts';
import {createRunLog, type RunLog, type RunLogOptions} from './run-log.ts';
import type {Fate, Run} from './runs.ts';
import {createTelling} from './telling.ts';

/** How a stream ended; `lost` says in words what cannot be known to be complete. */
export interface Ending {
	readonly why: string;
	readonly lost?: string | undefined;
}

export interface LogStream {
	readonly run: Run;
	/** Resolves when nothing more will come; rejects only where the signal aborts. */
	readonly done: Promise<Ending>;
	readonly log: Pick<RunLog, 'lastAt' | 'strayed'>;
	/** What the pod's watch says of the run; `isLeaving` where its log is about to end. */
	readonly tell: (fate: Fate, isLeaving: boolean) => void;
	/** The machine slept: an open connection is taken for dead. */
	readonly reconnect: () => void;
}

/** What all streams of a cluster have in common. */
export interface StreamSettings extends Omit<RunLogOptions, 'id' | 'run' | 'history' | 'isWhole' | 'connection'> {
	readonly connection: {readonly get: () => Promise<Connection>; readonly forget: () => void};
	readonly places: Places;
	/** In [0, 1). */
	readonly random: () => number;
}

/** A follow that lived this long worked. */
const provenMs = 5000;
/** How long the server may take to end the stream of a container that ended. */
const graceMs = 10_000;
/** After so many failures in a row others may have the place. */
const patience = 5;
/** A pod is gone so soon after the end of its log that the end of the stream was the log's own. */
const partingMs = 3000;

const unreadable = 'the last lines of the run before can no longer be read';

/** `yields`: others may have the place meanwhile. */
type Outcome = {readonly ending: Ending} | {readonly pause: number; readonly yields?: boolean};

/** Starts at once. `after` is the stream of the run before, or of a pod of the same name, which is read to its end first. */
export function followStream(
	options: StreamSettings & RunLogOptions & {readonly fate: Fate; readonly after?: LogStream | undefined},
): LogStream {
	const {connection, sink, places, clock, random, follow, signal, id, run, after} = options;
	const telling = createTelling(options);
	const {gap} = telling;
	let fate = options.fate;
	let isLeaving = false;
	let mustAsk = false;
	let failures = 0;
	let refusals = 0;
	let shortLives = 0;
	let hasCaughtUp = false;
	let ended: {readonly at: number} | undefined;
	let session = new AbortController();
	let pausing = new AbortController();
	const queueing = new AbortController();

	async function knowFate(): Promise<void> {
		mustAsk = false;
		const asked = await askFate(await connection.get(), {run, fallback: fate, signal});
		// A run that ended never runs again; the watch may have told so meanwhile.
		if (fate.kind === 'running' || asked.kind !== 'running') fate = asked;
	}

	const log = createRunLog({...options, telling, fate: () => fate, knowFate});

	async function goneEnding(): Promise<Ending> {
		const parting = log.parting();
		const asked = await askFate(await connection.get(), {run, fallback: fate, signal});
		// Its labels may have changed: then the watch tells the same.
		if (asked.kind !== 'gone') return {why: 'no longer selected'};
		fate = asked;
		log.partFromStrayed();
		if (parting && isLeaving && clock.now() - parting.at < partingMs) {
			parting.takeRest();
			return {why: 'pod deleted'};
		}
		const wasRead = hasCaughtUp && log.strayed(Infinity) === undefined;
		const lost = wasRead ? 'the pod was deleted before its last lines could be read' : 'the pod was deleted before its log could be read';
		gap(log.lastAt(), undefined, lost);
		return {why: 'pod deleted', lost};
	}

	const replaced = (lost?: string): Outcome => ({ending: {why: 'container restarted', lost}});

	const mayHaveEnded = () => fate.kind !== 'running';

	async function once(): Promise<Outcome> {
		session = new AbortController();
		if (mustAsk && fate.kind !== 'gone') await knowFate();
		if (fate.kind === 'gone') return {ending: await goneEnding()};
		if (fate.kind === 'replaced' && !fate.readable) return replaced(unreadable);
		const asOf = fate;
		if (!(await log.readToEnd(session.signal))) return {pause: 0};
		if (!hasCaughtUp) sink.caughtUp(id);
		hasCaughtUp = true;
		if (asOf.kind === 'replaced') return replaced();
		if (asOf.kind === 'exited') return {ending: {why: asOf.why}};
		// It ended while it was read: then there may be more.
		if (mayHaveEnded()) return {pause: 0};
		if (!follow) return {ending: {why: options.previous ? 'end of the previous run' : 'end of the log'}};
		const followedAt = clock.now();
		const read = await log.follow(session.signal);
		if (read === 'silent' || clock.now() - followedAt >= provenMs) failures = shortLives = 0;
		if (read === 'silent') return {pause: 0, yields: true};
		mustAsk = true;
		const pause = pauseAfter(shortLives++, undefined, shortLifeBackOff, random);
		if (pause > 0) telling.trouble('the server ended the stream', pause);
		return {pause};
	}

	function failed(error: unknown): Outcome {
		signal.throwIfAborted();
		mustAsk = true;
		if (session.signal.aborted) return {pause: 0};
		if (!(error instanceof SourceError)) throw error;
		if (error.kind === 'unauthorized') connection.forget();
		failures++;
		if (isRefusal(error)) refusals++;
		const meaning = meaningOf(error, {fate, follow, failures, refusals, random});
		switch (meaning.kind) {
			case 'denied for good':
				telling.denied(error.message);
				return {ending: {why: 'denied', lost: error.message}};
			case 'denied':
				telling.denied(error.message);
				return {pause: meaning.ms, yields: true};
			case 'gone':
				return replaced(unreadable);
			case 'given up': {
				const lost = `the log could not be read: ${error.message}`;
				gap(log.lastAt(), undefined, lost);
				return {ending: {why: 'could not be read', lost}};
			}
			case 'pause':
				telling.trouble(error.message, meaning.ms);
				return {pause: meaning.ms, yields: failures >= patience};
			default:
				return meaning satisfies never;
		}
	}

	async function rest(ms: number): Promise<void> {
		pausing = new AbortController();
		await clock.sleep(ms, AbortSignal.any([signal, pausing.signal])).catch(() => signal.throwIfAborted());
	}

	/** The run before, or the pod of the same name, is read to its end; where the status was late, it has taken lines of this one. */
	async function comeAfter(before: LogStream): Promise<void> {
		const {lost} = await before.done;
		const isSamePod = before.run.uid === run.uid;
		if (isSamePod && lost === undefined) telling.restarted();
		else if (isSamePod) gap(before.log.lastAt(), run.startedAt, `restarted, ${lost}`);
		const taken = run.startedAt === undefined ? undefined : before.log.strayed(run.startedAt);
		if (taken) log.inherit(taken);
	}

	/** Resolves without a place where the pod went meanwhile: then there is nothing to read. */
	async function takePlace(): Promise<(() => void) | undefined> {
		let waited = false;
		const waits = () => {
			waited = true;
			telling.queued();
		};
		try {
			// What is about to be gone does not queue behind what continues.
			const leave = await places.take({
				signal: AbortSignal.any([signal, queueing.signal]),
				first: after !== undefined || fate.kind !== 'running',
				waits,
			});
			if (waited) telling.connecting();
			return leave;
		} catch {
			signal.throwIfAborted();
			return undefined;
		}
	}

	async function follows(): Promise<Ending> {
		if (after) await comeAfter(after);
		let leave: (() => void) | undefined;
		try {
			for (;;) {
				if (fate.kind !== 'gone') leave ??= await takePlace();
				const outcome = await once().catch(failed);
				if ('ending' in outcome) return outcome.ending;
				if (outcome.yields && places.waiting() > 0) {
					leave?.();
					leave = undefined;
				}
				if (outcome.pause > 0) await rest(outcome.pause);
			}
		} finally {
			leave?.();
		}
	}

	const done = follows().then((ending) => {
		ended = {at: clock.now()};
		if (ending.why !== 'denied') telling.ended(ended.at, ending.why);
		return ending;
	});
	done.catch(() => {});

	return {
		run,
		done,
		log,
		tell(next, leaving) {
			isLeaving = leaving;
			if (ended) {
				if (next.kind === 'replaced' && fate.kind === 'exited') telling.ended(ended.at, 'container restarted');
				fate = next;
				return;
			}
			if (next.kind === 'running') return;
			if (next.kind === 'gone') queueing.abort();
			const wasRunning = fate.kind === 'running';
			fate = next;
			if (!wasRunning) return;
			pausing.abort();
			const opened = session;
			clock.sleep(graceMs, signal).then(
				() => opened.abort(),
				() => {},
			);
		},
		reconnect() {
			pausing.abort();
			session.abort();
		},
	};
}
