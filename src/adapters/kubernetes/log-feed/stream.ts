/**
 * One run of one container, followed without loss. Each session reads the log up to its end, which proves that nothing
 * is missing, and then follows it; whatever ends a session brings it back here, where the pod tells what comes next.
 */
import type {LogSink, StreamId} from '../../../logs/feed.ts';
import type {Clock} from '../../../ports.ts';
import {SourceError} from '../../../source-error.ts';
import type {Connection} from '../connection.ts';
import {statusCode} from '../errors.ts';
import {pauseAfter} from '../watch-pods.ts';
import {lateAfterMs} from './beginning.ts';
import {createCatchUp, type History} from './catch-up.ts';
import type {Places} from './places.ts';
import {askFate} from './ask-fate.ts';
import {oldestLine} from './oldest-line.ts';
import {type Part, readLog} from './read-log.ts';
import {createReceiver, type Receiver} from './receiver.ts';
import type {Fate, Run} from './runs.ts';

/** How a stream ended; `lost` says in words what cannot be known to be complete. */
export interface Ending {
	readonly why: string;
	readonly lost?: string | undefined;
}

export interface LogStream {
	readonly run: Run;
	readonly receiver: Receiver;
	/** Resolves when nothing more will come; rejects only where the signal aborts. */
	readonly done: Promise<Ending>;
	/** What the pod's watch says of the run; `isLeaving` where its log is about to end. */
	readonly tell: (fate: Fate, isLeaving: boolean) => void;
	/** The machine slept: an open connection is taken for dead. */
	readonly reconnect: () => void;
}

export interface StreamSettings {
	readonly connection: {readonly get: () => Promise<Connection>; readonly forget: () => void};
	readonly sink: LogSink;
	readonly places: Places;
	readonly clock: Clock;
	/** In [0, 1). */
	readonly random: () => number;
	readonly follow: boolean;
	/** The selection asks for the run before the present one. */
	readonly previous: boolean;
	/** Silence after which an open stream is asked whether it still lives. */
	readonly silenceMs: number;
	readonly signal: AbortSignal;
}

/** A follow that lived this long worked. */
const provenMs = 5000;
/** How long the server may take to end the stream of a container that ended. */
const graceMs = 10_000;
/** How long the pod's status may lag behind its container. */
const statusLagMs = 1000;
const statusAsks = 3;
/** A log may be rotated away or its pod deleted while we wait. */
const longestPauseMs = 5000;
const clockSkewMs = 5000;
/** After so many failures in a row others may have the place. */
const patience = 5;
/** So often a log that nobody can wait for any longer is asked for in vain. */
const mostRefusals = 5;

const beginsLate = 'the log begins only here, what was written before may have been rotated away';

/** `yields`: others may have the place meanwhile. */
type Outcome = {readonly ending: Ending} | {readonly pause: number; readonly yields?: boolean};

/** Starts at once. `after` is the stream of the run before, which is read to its end first. */
export function followStream(
	options: StreamSettings & {
		readonly id: StreamId;
		readonly run: Run;
		readonly fate: Fate;
		readonly history: History;
		/** The run began while we looked on: all of its log is wanted. */
		readonly isWhole: boolean;
		readonly after?: LogStream | undefined;
	},
): LogStream {
	const {connection, sink, places, clock, random, follow, silenceMs, signal, id, run, after} = options;
	const openedAt = clock.now();
	let fate = options.fate;
	let isLeaving = false;
	let mustAsk = false;
	let failures = 0;
	let refusals = 0;
	let shortLives = 0;
	/** Where the last answer was read to an end that the server made: receives a line that it did not break off. */
	let takeRest: (() => void) | undefined;
	let hasCaughtUp = false;
	let provedAt = Number.NEGATIVE_INFINITY;
	let lostAt: number | undefined;
	let ended: {readonly at: number} | undefined;
	let session = new AbortController();
	let pausing = new AbortController();
	const queueing = new AbortController();

	const gap = (from: number | undefined, to: number | undefined, text: string) => {
		const end = to ?? clock.now();
		sink.note(id, {kind: 'gap', from: Math.min(from ?? run.startedAt ?? end, end), to: end, text});
	};
	/** A log that could be read only some time after its start may have been rotated by then. */
	function tellLateBeginning(time: number): void {
		if (!options.isWhole) {
			const missing = catchUp.missingBefore(time);
			if (missing !== undefined) gap(missing, time, beginsLate);
			return;
		}
		if (run.startedAt === undefined) return;
		// The watch may have told of the run late too; the cluster's clock is taken to be nearly ours.
		const lateMs = Math.max(clock.now() - openedAt, clock.now() - run.startedAt - clockSkewMs);
		if (lateMs < lateAfterMs || time - run.startedAt < lateAfterMs) return;
		gap(run.startedAt, time, `first read ${Math.round(lateMs / 1000)} s late, its beginning may have been rotated away`);
	}
	// Where the status was late, the lines of this run may have been taken for those of the one before.
	const first = after?.receiver.firstAt();
	const inherits = first !== undefined && run.startedAt !== undefined && first >= run.startedAt + 1000;
	const receiver = createReceiver(
		{
			lines: (batch) => sink.lines(id, batch),
			first: tellLateBeginning,
			gap: (from, to) => gap(from, to, 'the log was cut or rotated meanwhile, lines may be missing'),
		},
		inherits ? after?.receiver.seen : undefined,
	);

	function onLife(): void {
		const now = clock.now();
		if (lostAt === undefined && now - provedAt < 1000) return;
		provedAt = now;
		lostAt = undefined;
		sink.state(id, {kind: 'live', since: now});
	}

	async function ask(part: Part) {
		takeRest = undefined;
		const onEnd = (take: () => void) => {
			takeRest = take;
		};
		const open = AbortSignal.any([signal, session.signal]);
		return readLog(await connection.get(), {run, part, receiver, silenceMs, onLife, onEnd, signal: open});
	}

	const catchUp = createCatchUp({
		history: options.history,
		receiver,
		startedAt: run.startedAt,
		now: () => clock.now(),
		ask,
		askOldest: async ({previous}) =>
			oldestLine(await connection.get(), {run, previous, silenceMs, signal: AbortSignal.any([signal, session.signal])}),
	});

	async function knowFate(): Promise<void> {
		mustAsk = false;
		const asked = await askFate(await connection.get(), {run, fallback: fate, signal});
		// A run that ended never runs again; the watch may have told so meanwhile.
		if (fate.kind === 'running' || asked.kind !== 'running') fate = asked;
	}

	/** Reads up to the end; false where the run turned out to be another, or gone. */
	async function readToEnd(): Promise<boolean> {
		const {kind} = fate;
		const how = {previous: options.previous || kind === 'replaced', isFinal: kind !== 'running' || !follow};
		if (await catchUp.read({...how, overGaps: false})) {
			const missing = options.isWhole ? undefined : await catchUp.missingBeginning(how);
			if (missing) gap(missing.from, missing.to, beginsLate);
			return true;
		}
		// Another log under the same name, because the status is late? Then it will tell in a moment.
		for (let time = 0; time < statusAsks; time++) {
			await clock.sleep(statusLagMs, signal);
			await knowFate();
			if (fate.kind !== kind || (fate.kind === 'replaced' && !fate.readable)) return false;
		}
		const last = receiver.seen.lastAt();
		if (await catchUp.read({...how, overGaps: true})) return true;
		gap(last, undefined, 'the log was cut or rotated meanwhile, lines may be missing');
		catchUp.giveUpJoining();
		return true;
	}

	async function goneEnding(): Promise<Ending> {
		// Its labels may have changed: then the watch tells the same.
		if ((await askFate(await connection.get(), {run, fallback: fate, signal})).kind !== 'gone') return {why: 'no longer selected'};
		if (takeRest && isLeaving) {
			takeRest();
			return {why: 'pod deleted'};
		}
		const lost = hasCaughtUp
			? 'the pod was deleted before its last lines could be read'
			: 'the pod was deleted before its log could be read';
		gap(receiver.seen.lastAt(), undefined, lost);
		return {why: 'pod deleted', lost};
	}

	const replaced = (lost?: string): Outcome => ({ending: {why: 'container restarted', lost}});

	async function once(): Promise<Outcome> {
		session = new AbortController();
		if (mustAsk && fate.kind === 'running') await knowFate();
		if (fate.kind === 'gone') return {ending: await goneEnding()};
		if (fate.kind === 'replaced' && !fate.readable) return replaced('the last lines of the run before can no longer be read');
		if (!(await readToEnd())) return {pause: 0};
		if (!hasCaughtUp) sink.caughtUp(id);
		hasCaughtUp = true;
		if (fate.kind === 'replaced') return replaced();
		if (fate.kind === 'exited') return {ending: {why: fate.why}};
		if (!follow) return {ending: {why: options.previous ? 'end of the previous run' : 'end of the log'}};
		const followedAt = clock.now();
		receiver.begin(catchUp.reading());
		const read = await ask({follow: true, previous: false, since: catchUp.since(), isFinal: false});
		if (read === 'silent' || clock.now() - followedAt >= provenMs) failures = shortLives = 0;
		if (read === 'silent') return {pause: 0, yields: true};
		mustAsk = true;
		const pause = shortLives === 0 ? 0 : Math.min(250 * 2 ** shortLives, longestPauseMs);
		shortLives++;
		if (pause > 0) tellTrouble('the server ended the stream', pause);
		return {pause};
	}

	function tellTrouble(error: string, pause: number): void {
		const now = clock.now();
		lostAt ??= now;
		sink.state(id, {kind: 'reconnecting', since: lostAt, retryAt: now + pause, error});
	}

	function failed(error: unknown): Outcome {
		signal.throwIfAborted();
		mustAsk = true;
		takeRest = undefined;
		if (session.signal.aborted) return {pause: 0};
		if (!(error instanceof SourceError)) throw error;
		const status = statusCode(error);
		if (error.kind === 'unauthorized') connection.forget();
		failures++;
		refusals += [400, 404, 500].includes(status ?? 0) ? 1 : 0;
		const isOver = fate.kind !== 'running' || !follow;
		if (error.kind === 'forbidden') {
			sink.state(id, {kind: 'denied', error: error.message});
			return isOver ? {ending: {why: 'denied', lost: error.message}} : {pause: pauseAfter(failures, error), yields: true};
		}
		if (fate.kind === 'replaced' && (status === 400 || status === 404))
			return replaced('the last lines of the run before can no longer be read');
		if (isOver && (refusals >= mostRefusals || (!follow && failures >= mostRefusals))) {
			const lost = `the log could not be read: ${error.message}`;
			gap(receiver.seen.lastAt(), undefined, lost);
			return {ending: {why: 'could not be read', lost}};
		}
		// A container that is about to start, or a pod that is about to go, is no missing permission: it is asked again soon.
		const isPassing = error.passing || status === 400 || status === 404;
		const wanted = isPassing
			? Math.max(error.retryAfterMs ?? 0, Math.min(pauseAfter(failures, undefined), longestPauseMs))
			: pauseAfter(failures, error);
		const pause = (1 + random() / 4) * wanted;
		tellTrouble(error.message, pause);
		return {pause, yields: failures >= patience};
	}

	async function rest(ms: number): Promise<void> {
		pausing = new AbortController();
		await clock.sleep(ms, AbortSignal.any([signal, pausing.signal])).catch(() => signal.throwIfAborted());
	}

	function tellPredecessor({lost}: Ending): void {
		const at = run.startedAt ?? clock.now();
		if (lost === undefined) sink.note(id, {kind: 'mark', from: at, to: at, text: 'restarted, stream reopened, no line lost'});
		else gap(after?.receiver.seen.lastAt() ?? after?.run.startedAt, at, `restarted, ${lost}`);
	}

	/** Resolves without a place where the pod went meanwhile: then there is nothing to read. */
	async function takePlace(): Promise<(() => void) | undefined> {
		let waited = false;
		const waits = () => {
			waited = true;
			sink.state(id, {kind: 'queued'});
		};
		try {
			// What is about to be gone does not queue behind what goes on.
			const leave = await places.take({
				signal: AbortSignal.any([signal, queueing.signal]),
				first: after !== undefined || fate.kind !== 'running',
				waits,
			});
			if (waited) sink.state(id, {kind: 'connecting'});
			return leave;
		} catch {
			signal.throwIfAborted();
			return undefined;
		}
	}

	async function follows(): Promise<Ending> {
		if (after) tellPredecessor(await after.done);
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
		if (ending.why !== 'denied') sink.state(id, {kind: 'ended', at: ended.at, why: ending.why});
		return ending;
	});
	done.catch(() => {});

	return {
		run,
		receiver,
		done,
		tell(next, leaving) {
			isLeaving = leaving;
			if (ended) {
				if (next.kind === 'replaced' && fate.kind === 'exited') sink.state(id, {kind: 'ended', at: ended.at, why: 'container restarted'});
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
