/** From the server's stamped lines to batches without stamps, without what was seen before. */
import type {LineBatch} from '../../../ports/log-feed.ts';
import {createSeenLines, lineHash, type Replay, type SeenLines} from '../../../logs/hold/resume.ts';
import {createStampReader} from './stamp.ts';

/** How one answer of the server is to be read. */
export interface Reading {
	/** Lines before it only count as seen: no one wants them, but whoever asks again must know where it stood; epoch milliseconds. */
	readonly notBefore?: number;
	/** The same of all lines. */
	readonly silently?: boolean;
	/** What was cut out is known to be lost: continues behind it, after a gap. */
	readonly overGaps?: boolean;
	/** The answer has an end, and only there it is known whether it joins on to what was seen. */
	readonly untilEnd?: boolean;
	/** Nothing of the answer is delivered unless its first line is older than this; epoch milliseconds. */
	readonly onlyIfBefore?: number;
}

export interface Receiver {
	/** Before the first line of an answer. */
	readonly begin: (reading: Reading) => void;
	readonly receive: (batch: LineBatch) => void;
	/** After the whole answer to a request without follow: true where it joined on to what was seen. */
	readonly joined: () => boolean;
	/** True where lines came that do not join on to what was seen, or were not old enough; nothing of that answer is delivered. */
	readonly isRefused: () => boolean;
	readonly seen: SeenLines;
	/** Up to when nothing is missing: the newest line's time, or from when on lines are wanted; epoch milliseconds. */
	readonly lastAt: () => number | undefined;
	/** Time of the present answer's first line, wanted or not; epoch milliseconds. */
	readonly answerFrom: () => number | undefined;
	/** Lines delivered so far. */
	readonly delivered: () => number;
	/** Time of the first line ever delivered, epoch milliseconds. */
	readonly firstAt: () => number | undefined;
}

/** One stream's receiver. The arrays of a delivered batch are used again for the next. */
export function createReceiver(
	to: {
		readonly lines: (batch: LineBatch) => void;
		/** Before the first line ever is delivered; its time in epoch milliseconds. */
		readonly first: (time: number) => void;
		/** Between the last line delivered and the next something is missing; times in epoch milliseconds. */
		readonly gap: (from: number, to: number) => void;
	},
	seen: SeenLines = createSeenLines(),
): Receiver {
	const stamp = createStampReader();
	let replay: Replay | undefined;
	let reading: Reading = {};
	let refused = false;
	/** Whether a stamp came before in this answer: a line without one belongs to the line before. */
	let stamped = false;
	let answerFrom: number | undefined;
	let delivered = 0;
	let second = 0;
	let nanos = 0;
	let firstAt: number | undefined;
	let starts = new Uint32Array(256);
	let ends = new Uint32Array(256);
	let times = new Float64Array(256);

	function reserve(count: number): void {
		if (starts.length >= count) return;
		const size = 2 ** Math.ceil(Math.log2(count));
		[starts, ends, times] = [new Uint32Array(size), new Uint32Array(size), new Float64Array(size)];
	}

	function lastAt(): number | undefined {
		const last = seen.lastAt();
		return last === undefined ? undefined : Math.max(last, reading.notBefore ?? last);
	}

	/** Whether the line is new; may find that the answer is strange. */
	function isNew(hash: number): boolean {
		const verdict = replay?.judge(second, nanos, hash) ?? 'new';
		if (verdict === 'seen') return false;
		if (verdict === 'strange') {
			if (!reading.overGaps) {
				refused = !reading.untilEnd;
				return false;
			}
			const time = second * 1000 + nanos / 1e6;
			if (time > (reading.notBefore ?? Number.NEGATIVE_INFINITY)) to.gap(lastAt() ?? Number.NaN, time);
			seen.forget();
		}
		replay = undefined;
		return true;
	}

	function receive(batch: LineBatch): void {
		if (refused) return;
		reserve(batch.count);
		const {bytes} = batch;
		let count = 0;
		for (let line = 0; line < batch.count && !refused; line++) {
			let start = batch.starts[line] as number;
			const end = batch.ends[line] as number;
			if (stamp.read(bytes, start, end)) {
				({second, nanos} = stamp);
				start = stamp.textStart;
				stamped = true;
			} else if (!stamped && seen.lastAt() !== undefined) continue; // The rest of a line that began before the time asked for.
			if (stamped) {
				const hash = lineHash(bytes, start, end);
				if (replay && !isNew(hash)) continue;
				const time = second * 1000 + nanos / 1e6;
				if (answerFrom === undefined && reading.onlyIfBefore !== undefined && time >= reading.onlyIfBefore) {
					refused = true;
					return;
				}
				answerFrom ??= time;
				seen.add(second, nanos, hash);
				if (reading.silently || (reading.notBefore !== undefined && time < reading.notBefore)) continue;
				if (firstAt === undefined) to.first(time);
				firstAt ??= time;
				times[count] = time;
			} else times[count] = Number.NaN;
			starts[count] = start;
			ends[count] = end;
			count++;
		}
		if (count === 0) return;
		delivered += count;
		to.lines({bytes, count, starts, ends, times});
	}

	return {
		begin(next) {
			reading = next;
			refused = false;
			stamped = false;
			answerFrom = undefined;
			replay = seen.lastAt() === undefined ? undefined : seen.replay();
		},
		receive,
		joined: () => !refused && (replay?.joined() ?? true),
		isRefused: () => refused,
		seen,
		lastAt,
		answerFrom: () => answerFrom,
		delivered: () => delivered,
		firstAt: () => firstAt,
	};
}
