/**
 * The log of one run as it is received: up to its present end, or followed. The server gives it under the container's
 * name, whichever run has that name now; what is another run's is found out here.
 */
import type {LogSink, StreamId} from '../../../ports/log-feed.ts';
import type {SeenLines} from '../../../logs/hold/resume.ts';
import type {Clock} from '../../../ports/clock.ts';
import type {Connection} from '../client/connection.ts';
import {lateAfterMs} from './beginning.ts';
import {createCatchUp, type History} from './catch-up.ts';
import {oldestLine} from './oldest-line.ts';
import {type Part, type Read, readLog} from './read-pod-log.ts';
import {createReceiver} from './receiver.ts';
import type {Fate, Run} from './runs.ts';
import type {Telling} from './telling.ts';

export interface RunLogOptions {
	readonly id: StreamId;
	readonly run: Run;
	readonly sink: LogSink;
	readonly connection: {readonly get: () => Promise<Connection>};
	readonly clock: Clock;
	readonly follow: boolean;
	/** The selection asks for the run before the present one. */
	readonly previous: boolean;
	/** Silence after which an open answer is given up. */
	readonly silenceMs: number;
	readonly signal: AbortSignal;
	readonly history: History;
	/** The run began while we looked on: all of its log is wanted. */
	readonly isWhole: boolean;
}

/** How the server ended the answer that was followed last. */
export interface Parting {
	/** Our time. */
	readonly at: number;
	/** Receives the line that was not broken off. */
	readonly takeRest: () => void;
}

export interface RunLog {
	/** Reads up to the end; false where the run turned out to be another, or gone. Throws as `readLog` does. */
	readonly readToEnd: (session: AbortSignal) => Promise<boolean>;
	/** Follows from where it was read to. */
	readonly follow: (session: AbortSignal) => Promise<Read>;
	/** Undefined where another request was made since, or failed. */
	readonly parting: () => Parting | undefined;
	/** Up to when nothing is missing, epoch milliseconds; undefined where that is not known. */
	readonly lastAt: () => number | undefined;
	/** Once it is known when the run ended: leaves what another one wrote. */
	readonly partFromStrayed: () => void;
	/** The lines of the run after, begun at `startedAt` (epoch milliseconds), where they were received as if they were ours. */
	readonly strayed: (startedAt: number) => SeenLines | undefined;
	/** Those lines of this run have been received by the stream before. */
	readonly inherit: (seen: SeenLines) => void;
}

/** How long the pod's status may lag behind its container. */
const statusLagMs = 1000;
const statusAsks = 3;
const clockSkewMs = 5000;

const beginsLate = 'the log begins only here, what was written before may have been rotated away';
const cutMeanwhile = 'the log was cut or rotated meanwhile, lines may be missing';

/** Asks nothing yet. `fate` is what is known of the run, `knowFate` asks the pod. */
export function createRunLog(
	options: RunLogOptions & {readonly telling: Telling; readonly fate: () => Fate; readonly knowFate: () => Promise<void>},
): RunLog {
	const {id, run, sink, connection, clock, silenceMs, history, isWhole, telling, fate, knowFate} = options;
	const {gap} = telling;
	const openedAt = clock.now();
	let signal = options.signal;
	let firstReadAt: number | undefined;
	let parting: Parting | undefined;
	let strayed: SeenLines | undefined;
	let log = open();

	/** A log that could be read only some time after its start may have been rotated by then. */
	function tellLateBeginning(time: number): void {
		if (!isWhole) {
			const missing = log.catchUp.missingBefore(time);
			if (missing !== undefined) gap(missing, time, beginsLate);
			return;
		}
		if (run.startedAt === undefined || firstReadAt === undefined) return;
		// The watch may have told of the run late too; the cluster's clock is taken to be nearly ours.
		const lateMs = Math.max(firstReadAt - openedAt, firstReadAt - run.startedAt - clockSkewMs);
		if (lateMs < lateAfterMs || time - run.startedAt < lateAfterMs) return;
		gap(run.startedAt, time, `first read ${Math.round(lateMs / 1000)} s late, its beginning may have been rotated away`);
	}

	async function ask(part: Part): Promise<Read> {
		parting = undefined;
		const onLife = () => {
			firstReadAt ??= clock.now();
			telling.life();
		};
		const onEnd = (takeRest: () => void) => {
			if (part.follow) parting = {at: clock.now(), takeRest};
		};
		return readLog(await connection.get(), {run, part, receiver: log.receiver, silenceMs, onLife, onEnd, signal});
	}

	function open(seen?: SeenLines) {
		const receiver = createReceiver(
			{
				lines: (batch) => sink.lines(id, batch),
				first: seen ? () => {} : tellLateBeginning,
				gap: (from, to) => gap(from, to, cutMeanwhile),
			},
			seen,
		);
		const catchUp = createCatchUp({
			history,
			receiver,
			startedAt: run.startedAt,
			now: () => clock.now(),
			ask,
			askOldest: async ({previous}) => oldestLine(await connection.get(), {run, previous, silenceMs, signal}),
		});
		return {receiver, catchUp};
	}

	/** All that was received was written after the run's end: it was another's, and this one is still to be read. */
	function partFromStrayed(): void {
		const known = fate();
		const before = known.kind === 'running' ? undefined : known.before;
		if (before === undefined || (log.receiver.firstAt() ?? 0) < before) return;
		strayed = log.receiver.seen;
		log = open();
	}

	return {
		async readToEnd(session) {
			signal = AbortSignal.any([options.signal, session]);
			partFromStrayed();
			const known = fate();
			const how = {
				previous: options.previous || known.kind === 'replaced',
				isFinal: known.kind !== 'running' || !options.follow,
				before: 'before' in known ? known.before : undefined,
			};
			if (await log.catchUp.read({...how, overGaps: false})) {
				const missing = isWhole ? undefined : await log.catchUp.missingBeginning(how);
				if (missing) gap(missing.from, missing.to, beginsLate);
				return true;
			}
			// Another log under the same name, because the status is late? Then it will tell in a moment.
			for (let time = 0; time < statusAsks; time++) {
				await clock.sleep(statusLagMs, options.signal);
				await knowFate();
				const now = fate();
				if (now.kind !== known.kind || (now.kind === 'replaced' && !now.readable)) return false;
			}
			const last = log.receiver.lastAt();
			if (await log.catchUp.read({...how, overGaps: true})) return true;
			gap(last, undefined, cutMeanwhile);
			log.catchUp.giveUpJoining();
			return true;
		},
		follow(session) {
			signal = AbortSignal.any([options.signal, session]);
			log.receiver.begin(log.catchUp.reading());
			return ask({follow: true, previous: false, since: log.catchUp.since(), isFinal: false});
		},
		parting: () => parting,
		partFromStrayed,
		lastAt: () =>
			log.receiver.lastAt() ?? (isWhole || history.from === undefined ? run.startedAt : Math.max(history.from, run.startedAt ?? 0)),
		strayed(startedAt) {
			const first = log.receiver.firstAt();
			// The second of the start may be the second of the end before it.
			return strayed ?? (first !== undefined && first >= startedAt + 1000 ? log.receiver.seen : undefined);
		},
		inherit(seen) {
			log = open(seen);
		},
	};
}
