/** The times of one stream's lines as far as their order needs them: lines without time, and the program's own rows. */
import type {LineBatch} from '../../ports/log-feed.ts';
import type {Block} from './piece-heap.ts';
import type {Chain} from './waiting-lines.ts';

export interface StreamTimes extends Chain {
	/** Of the last line that had one; NaN before the first. */
	lastTime: number;
	/** Key of the last note: no later line of the stream is before it. */
	floor: number;
	/** Key of the line before the last note. */
	keyBeforeNote: number;
}

/** A stream of which nothing has come. */
export const noTimes = (): StreamTimes => ({
	tail: undefined,
	lastKey: Number.NEGATIVE_INFINITY,
	lastTime: Number.NaN,
	floor: Number.NEGATIVE_INFINITY,
	keyBeforeNote: Number.NEGATIVE_INFINITY,
});

function firstTime({times, count}: LineBatch): number | undefined {
	for (let line = 0; line < count; line++) if (!Number.isNaN(times[line]!)) return times[line];
	return undefined;
}

/**
 * The key of each line of a batch, asked in order; a line without time is given that of the line before it in its
 * stream. Lines before the first time stand where the first timed line of the batch is, or where they arrive.
 */
export function lineKeys(batch: LineBatch, stream: StreamTimes, now: number): (block: Block, at: number) => number {
	const untimed = Number.isNaN(stream.lastTime) ? (firstTime(batch) ?? now) : now;
	return ({times}, at) => {
		let time = times[at]!;
		if (Number.isNaN(time)) {
			time = stream.lastTime;
			times[at] = time;
		} else {
			stream.lastTime = time;
		}
		const key = Number.isNaN(time) ? untimed : time;
		return key > stream.floor ? key : stream.floor;
	};
}

/** The key of a note, which is after all that its stream gave before. */
export function noteKey(stream: StreamTimes, to: number): number {
	stream.keyBeforeNote = stream.lastKey;
	stream.floor = Math.max(to, stream.lastKey);
	return stream.floor;
}

/**
 * Where what follows a waiting note bears an earlier time (two clocks, or a gap that ended before it was noticed), the
 * note moves to there: it says what lies before that line.
 */
export function lowerNote(stream: StreamTimes, batch: LineBatch): void {
	const {tail} = stream;
	if (!tail?.note) return;
	const key = Math.max(firstTime(batch) ?? Infinity, stream.keyBeforeNote);
	if (key >= tail.key) return;
	tail.key = key;
	tail.block.keys[tail.at] = key;
	tail.block.times[tail.at] = key;
	stream.lastKey = key;
	stream.floor = key;
}

/** A batch's times with those of lines without one filled in, and the least and the greatest of them. */
export function timesFilled({times, count}: LineBatch, stream: StreamTimes) {
	let filled = times;
	let last = stream.lastTime;
	let earliest = Infinity;
	let latest = Number.NEGATIVE_INFINITY;
	for (let line = 0; line < count; line++) {
		const time = times[line]!;
		if (Number.isNaN(time)) {
			if (Number.isNaN(last)) continue;
			if (filled === times) filled = times.slice(0, count);
			filled[line] = last;
		} else {
			last = time;
			if (time < earliest) earliest = time;
			if (time > latest) latest = time;
		}
	}
	return {times: filled, last, earliest, latest};
}
