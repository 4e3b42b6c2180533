/**
 * One piece of the ring: texts in a buffer, a line break after each, and an index of typed arrays over them. The ring
 * drops, reuses and trims whole chunks; the merge holds its waiting lines in the same form.
 */
import type {LineBatch, StreamId} from '../../ports/log-feed.ts';
import type {LineChunk} from '../log-lines.ts';

export interface Chunk extends LineChunk {
	first: number;
	count: number;
	used: number;
	starts: Uint32Array;
	times: Float64Array;
	streams: Uint16Array;
	flags: Uint8Array;
	edits: number;
	/** The latest time among the first `seen` lines. */
	latest: number;
	seen: number;
}

/** What the index takes for each line: a start, a time, a stream, the flags. */
export const indexBytesPerLine = 15;
const runWorthSetting = 24;

function createIndex(lines: number): Pick<Chunk, 'starts' | 'times' | 'streams' | 'flags'> {
	const memory = new ArrayBuffer(lines * indexBytesPerLine);
	return {
		times: new Float64Array(memory, 0, lines),
		starts: new Uint32Array(memory, lines * 8, lines),
		streams: new Uint16Array(memory, lines * 12, lines),
		flags: new Uint8Array(memory, lines * 14, lines),
	};
}

/** An empty chunk in the given buffer, with an index for `lines` lines that grows when it must. */
export function createChunk(bytes: Buffer, lines: number, first = 0): Chunk {
	return {first, count: 0, bytes, used: 0, ...createIndex(Math.max(1, lines)), edits: 0, latest: Number.NEGATIVE_INFINITY, seen: 0};
}

/** An empty chunk in the memory of one that is no longer needed. */
export function reuseChunk({bytes, starts, times, streams, flags}: Chunk, first = 0): Chunk {
	return {first, count: 0, bytes, used: 0, starts, times, streams, flags, edits: 0, latest: Number.NEGATIVE_INFINITY, seen: 0};
}

/** Bytes the chunk takes, texts and index. */
export const chunkSize = (chunk: Chunk) => chunk.bytes.length + chunk.starts.length * indexBytesPerLine;

/** Where line `at` of the chunk ends: its line break is there. */
export const lineEnd = (chunk: LineChunk, at: number) => (at + 1 < chunk.count ? chunk.starts[at + 1]! : chunk.used) - 1;

/** Gives the index room for exactly `lines` lines, at least those that it holds. */
export function resizeIndex(chunk: Chunk, lines: number): void {
	const {starts, times, streams, flags, count} = chunk;
	Object.assign(chunk, createIndex(lines));
	chunk.starts.set(starts.subarray(0, count));
	chunk.times.set(times.subarray(0, count));
	chunk.streams.set(streams.subarray(0, count));
	chunk.flags.set(flags.subarray(0, count));
}

function growIndex(chunk: Chunk): void {
	if (chunk.count === chunk.starts.length) resizeIndex(chunk, chunk.count + Math.max(16, chunk.count >> 1));
}

/** Takes all lines from `at` on away again. */
export function truncateChunk(chunk: Chunk, at: number): void {
	if (at < chunk.count) chunk.used = chunk.starts[at]!;
	chunk.edits++;
	chunk.count = at;
	if (chunk.seen > at) {
		chunk.latest = Number.NEGATIVE_INFINITY;
		chunk.seen = 0;
	}
}

/** The latest time among the chunk's lines, epoch milliseconds; -Infinity where none tells a time. */
export function latestTime(chunk: Chunk): number {
	const {times, count} = chunk;
	let {latest, seen} = chunk;
	// A comparison with NaN is false: lines without time do not count.
	for (; seen < count; seen++) if (times[seen]! > latest) latest = times[seen]!;
	chunk.latest = latest;
	chunk.seen = seen;
	return latest;
}

/** What is taken from a batch: its lines to before `to`, all of one stream. */
export interface Taken {
	readonly bytes: Buffer;
	readonly starts: Uint32Array;
	readonly ends: Uint32Array;
	/** The batch's own, or others in their place. */
	readonly times: Float64Array;
	readonly to: number;
	readonly stream: StreamId;
	readonly flags: number;
}

/** All lines of a batch, or those that `rest` names. */
export function takenFrom({bytes, starts, ends, times, count}: LineBatch, rest: Pick<Taken, 'stream'> & Partial<Taken>): Taken {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return {bytes: buffer, starts, ends, times, to: count, flags: 0, ...rest};
}

/**
 * Copies a batch's lines from `at` on, as many as lie one after the other with nothing but a line break between, and
 * fit. Returns the first line not copied; `at` itself where not even that one fits.
 */
export function copyFromBatch(chunk: Chunk, {bytes, starts, ends, times, to, stream, flags}: Taken, at: number): number {
	const base = starts[at]!;
	const shift = chunk.used - base;
	const limit = chunk.bytes.length - 1 - shift;
	let end = ends[at]!;
	if (end > limit) return at;
	growIndex(chunk);
	const {count} = chunk;
	const into = chunk.starts;
	const last = Math.min(to, at + into.length - count);
	let next = at;
	do {
		into[count + next - at] = starts[next]! + shift;
		end = ends[next]!;
		next++;
	} while (next < last && starts[next] === end + 1 && bytes[end] === 10 && ends[next]! <= limit);
	const run = next - at;
	// A buffer's own copy makes no view: many runs are one line long.
	bytes.copy(chunk.bytes, chunk.used, base, end);
	chunk.bytes[end + shift] = 10;
	if (run < runWorthSetting) {
		for (let k = 0; k < run; k++) {
			chunk.times[count + k] = times[at + k]!;
			chunk.streams[count + k] = stream;
			chunk.flags[count + k] = flags;
		}
	} else {
		chunk.times.set(times.subarray(at, next), count);
		chunk.streams.fill(stream, count, count + run);
		chunk.flags.fill(flags, count, count + run);
	}
	chunk.used = end + shift + 1;
	chunk.count = count + run;
	return next;
}

/** Copies lines of another chunk with all that is known of them, from `at` to before `to`, as many as fit; returns the first not copied. */
export function copyFromChunk(chunk: Chunk, source: LineChunk, at: number, to: number): number {
	const base = source.starts[at]!;
	const shift = chunk.used - base;
	const limit = chunk.bytes.length - 1 - shift;
	if (lineEnd(source, at) > limit) return at;
	growIndex(chunk);
	const {count} = chunk;
	const last = Math.min(to, at + chunk.starts.length - count);
	let next = at;
	for (; next < last && lineEnd(source, next) <= limit; next++) {
		const k = count + next - at;
		chunk.starts[k] = source.starts[next]! + shift;
		chunk.times[k] = source.times[next]!;
		chunk.streams[k] = source.streams[next]!;
		chunk.flags[k] = source.flags[next]!;
	}
	const end = lineEnd(source, next - 1) + 1;
	source.bytes.copy(chunk.bytes, chunk.used, base, end);
	chunk.used = end + shift;
	chunk.count = count + next - at;
	return next;
}
