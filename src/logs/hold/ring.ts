/**
 * The log lines that are held: a ring of byte chunks bounded by memory. Lines are read by their number; the oldest
 * chunk makes room for a new one and its memory is used again, so that a long tail leaves the garbage collector alone.
 */
import type {LineBatch, StreamId} from '../../ports/log-feed.ts';
import {levels, lineFlags, type Level, type LineChunk, type LogLines, type Moved} from '../log-lines.ts';
import {placesOf, type LateBound, type LateLines} from './late-lines.ts';
import {
	chunkSize,
	copyFromBatch,
	copyFromChunk,
	createChunk,
	indexBytesPerLine,
	latestTime,
	lineEnd,
	resizeIndex,
	reuseChunk,
	takenFrom,
	truncateChunk,
	type Chunk,
	type Taken,
} from './ring-chunk.ts';

/** The level told by the line `bytes[start]` up to, without, `bytes[end]`. */
export type LevelIn = (bytes: Uint8Array, start: number, end: number) => Level | undefined;

export interface RingOptions {
	/** Bytes that may be held, texts and index; a single line longer than that is held alone. */
	readonly capacity: number;
	/** How a line's level is found; no line has one where absent. */
	readonly levelIn?: LevelIn;
	/** How far back late lines are put; 4 MiB (a quarter of the capacity where that is less) and 50,000 lines where absent. */
	readonly lateBound?: LateBound;
}

/** Which lines of a batch are added, and how; all of them, with their own times and no flags, where absent. */
export type AppendOptions = Partial<Pick<Taken, 'to' | 'times' | 'flags'>> & {readonly from?: number};

export interface Ring extends LogLines {
	readonly append: (batch: LineBatch, stream: StreamId, options?: AppendOptions) => void;
	/** Adds lines of a chunk from `from` to before `to`, with their times, streams and flags. */
	readonly appendFrom: (chunk: LineChunk, from: number, to: number) => void;
	/** Puts late lines where they belong by their times, all in one rewriting of the newest part. */
	readonly insert: (late: LateLines) => void;
	/** No one reads the lines before that number again: their memory is used for others, all but what late lines may be put into. */
	readonly forget: (before: number) => void;
}

/** How lines of a source come into a chunk. */
interface Filling<Source> {
	readonly lengthOf: (source: Source, at: number) => number;
	/** Copies from line `at` on what fits; returns the first line not copied. */
	readonly copy: (chunk: Chunk, source: Source, at: number, to: number) => number;
}

const ofChunk: Filling<LineChunk> = {
	lengthOf: (source, at) => lineEnd(source, at) - source.starts[at]!,
	copy: copyFromChunk,
};
const ofBatch: Filling<Taken> = {
	lengthOf: ({starts, ends}, at) => ends[at]! - starts[at]!,
	copy: copyFromBatch,
};

const fullChunk = 2 ** 20;
const smallestChunk = 256;
const sparesKept = 6;

/** Makes an empty ring. Nothing is allocated before the first line comes. */
export function createRing({capacity, levelIn, lateBound}: RingOptions): Ring {
	const chunkBytes = Math.max(smallestChunk, Math.min(fullChunk, Math.floor(capacity / 16)));
	const bound = lateBound ?? {bytes: Math.min(4 * fullChunk, Math.floor(capacity / 4)), lines: 50_000};
	const chunks: Chunk[] = [];
	const spares: Chunk[] = [];
	const listeners = new Set<(change: Moved) => void>();
	let held = 0;
	let next = 0;
	let wrapped = false;
	/** What a chunk's index begins with: as many lines as the chunk before took. */
	let linesExpected = Math.ceil(chunkBytes / 128);
	/** No line before this one tells a time, and late lines are put before lines with a time only. */
	let timelessBefore = 0;
	let lastFound: Chunk | undefined;

	function spare(chunk: Chunk): void {
		if (chunk.bytes.length === chunkBytes && spares.length < sparesKept) spares.push(chunk);
	}

	function makeRoom(needed: number, keep: number): void {
		while (chunks.length > keep && held + needed > capacity) {
			const oldest = chunks.shift()!;
			held -= chunkSize(oldest);
			if (lastFound === oldest) lastFound = undefined;
			spare(oldest);
			wrapped = true;
		}
	}

	/** Gives back the index's unused end, and remembers how long it had to be. */
	function seal(chunk: Chunk): void {
		if (chunk.bytes.length === chunkBytes && chunk.used > chunkBytes / 2) linesExpected = chunk.count + (chunk.count >> 5) + 8;
		if (chunk.starts.length - chunk.count <= chunk.count / 8 + 8) return;
		held -= chunkSize(chunk);
		resizeIndex(chunk, Math.max(1, chunk.count));
		held += chunkSize(chunk);
	}

	/** A new last chunk in which a line of `length` bytes has room. */
	function open(length: number): Chunk {
		const before = chunks.at(-1);
		if (before) seal(before);
		const long = length + 1 > chunkBytes;
		const size = long ? length + 1 : chunkBytes;
		const lines = long ? 1 : linesExpected;
		makeRoom(size + lines * indexBytesPerLine, 0);
		const used = long ? undefined : spares.pop();
		const chunk = used ? reuseChunk(used, next) : createChunk(Buffer.allocUnsafeSlow(size), lines, next);
		if (chunk.starts.length < lines || chunk.starts.length > 2 * lines + 64) resizeIndex(chunk, lines);
		held += chunkSize(chunk);
		chunks.push(chunk);
		// Memory used again may have brought a longer index.
		makeRoom(0, 1);
		return chunk;
	}

	/** Copies lines of a source, chunk by chunk, until none is left. Called for every line or two, it makes no closures. */
	function fill<Source>(source: Source, from: number, to: number, {lengthOf, copy}: Filling<Source>): void {
		let chunk = chunks.at(-1);
		for (let at = from; at < to;) {
			const size = chunk ? chunk.starts.length : 0;
			const done = chunk ? copy(chunk, source, at, to) : at;
			if (chunk && chunk.starts.length !== size) {
				held += (chunk.starts.length - size) * indexBytesPerLine;
				makeRoom(0, 1);
			}
			if (done === at) chunk = open(lengthOf(source, at));
			next += done - at;
			at = done;
		}
	}

	const appendFrom = (source: LineChunk, from: number, to: number): void => fill(source, from, to, ofChunk);

	/** Place in `chunks` of the one that holds the line. */
	function placeOf(line: number): number {
		let low = 0;
		let high = chunks.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if (chunks[middle]!.first <= line) low = middle;
			else high = middle - 1;
		}
		return low;
	}

	function chunkOf(line: number): Chunk | undefined {
		if (lastFound && line >= lastFound.first && line < lastFound.first + lastFound.count) return lastFound;
		if (!(line >= first() && line < next)) return undefined;
		lastFound = chunks[placeOf(line)];
		return lastFound;
	}

	function holding(line: number): Chunk {
		const chunk = chunkOf(line);
		if (!chunk) throw new RangeError(`line ${line} is not held: ${first()} to ${next - 1} are`);
		return chunk;
	}

	function first(): number {
		return chunks[0]?.first ?? next;
	}

	function insert(late: LateLines): void {
		const places = placesOf(chunks, next, late, bound);
		const from = places[0] ?? next;
		const tail: Chunk[] = [];
		if (from < next) {
			const place = placeOf(from);
			const cut = chunks[place]!;
			const kept = from - cut.first;
			const whole = chunks.splice(kept > 0 ? place + 1 : place);
			for (const chunk of whole) held -= chunkSize(chunk);
			if (kept > 0) {
				// The part that stays is written on: what follows it must be read from somewhere else.
				const rest = createChunk(Buffer.allocUnsafeSlow(cut.used - cut.starts[kept]!), cut.count - kept, from);
				copyFromChunk(rest, cut, kept, cut.count);
				truncateChunk(cut, kept);
				tail.push(rest);
			}
			tail.push(...whole);
		}
		lastFound = undefined;
		const end = next;
		next = from;
		let put = 0;
		const putBefore = (old: number) => {
			for (; put < places.length && places[put]! <= old; put++) appendFrom(late.chunks[put]!, late.at[put]!, late.at[put]! + 1);
		};
		for (const chunk of tail) {
			for (let at = 0; at < chunk.count;) {
				putBefore(chunk.first + at);
				const to = Math.min(chunk.count, (places[put] ?? end) - chunk.first);
				appendFrom(chunk, at, to);
				at = to;
			}
		}
		putBefore(end);
		tail.forEach(spare);
		if (from === end) return;
		const inserted = places.map((place, k) => place + k);
		const change: Moved = {from, inserted, moved: (old) => old + countUpTo(places, old)};
		for (const listener of listeners) listener(change);
	}

	return {
		first,
		end: () => next,
		bytesHeld: () => held,
		capacity: () => capacity,
		wrapped: () => wrapped,
		reachesBackTo() {
			timelessBefore = Math.max(timelessBefore, first());
			for (; timelessBefore < next; timelessBefore++) {
				const chunk = holding(timelessBefore);
				const time = chunk.times[timelessBefore - chunk.first]!;
				if (!Number.isNaN(time)) return time;
			}
			return undefined;
		},
		text(line, longest = 65_536) {
			const chunk = holding(line);
			const start = chunk.starts[line - chunk.first]!;
			let end = lineEnd(chunk, line - chunk.first);
			if (end - start > longest) {
				end = start + longest;
				// Not in the middle of a character.
				for (let back = 0; back < 3 && end > start && (chunk.bytes[end]! & 0xc0) === 0x80; back++) end--;
			}
			return chunk.bytes.toString('utf8', start, end);
		},
		bytes(line) {
			const chunk = holding(line);
			return chunk.bytes.subarray(chunk.starts[line - chunk.first], lineEnd(chunk, line - chunk.first));
		},
		length(line) {
			const chunk = holding(line);
			return lineEnd(chunk, line - chunk.first) - chunk.starts[line - chunk.first]!;
		},
		time(line) {
			const chunk = holding(line);
			return chunk.times[line - chunk.first]!;
		},
		stream(line) {
			const chunk = holding(line);
			return chunk.streams[line - chunk.first]!;
		},
		flags(line) {
			const chunk = holding(line);
			return chunk.flags[line - chunk.first]!;
		},
		level(line) {
			const chunk = holding(line);
			const at = line - chunk.first;
			const flags = chunk.flags[at]!;
			const known = flags & lineFlags.level;
			if (known > 0) return levels[known - 2];
			if (flags & (lineFlags.gap | lineFlags.mark)) return undefined;
			const level = levelIn?.(chunk.bytes, chunk.starts[at]!, lineEnd(chunk, at));
			chunk.flags[at] = flags | (level === undefined ? 1 : levels.indexOf(level) + 2);
			return level;
		},
		chunkOf,
		chunks: () => chunks,
		lineAt(at) {
			const chunk = chunks.find((chunk) => latestTime(chunk) >= at);
			if (!chunk) return next;
			let k = 0;
			while (!(chunk.times[k]! >= at)) k++;
			return chunk.first + k;
		},
		onMoved(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		append(batch, stream, {from = 0, to = batch.count, times = batch.times, flags = 0} = {}) {
			fill(takenFrom(batch, {stream, to, times, flags}), from, to, ofBatch);
		},
		appendFrom,
		insert,
		forget(before) {
			for (let [oldest] = chunks; oldest; [oldest] = chunks) {
				const size = chunkSize(oldest);
				if (oldest.first + oldest.count > before || held - size < bound.bytes) return;
				chunks.shift();
				held -= size;
				if (lastFound === oldest) lastFound = undefined;
				spare(oldest);
			}
		},
	};
}

/** How many of the ascending numbers are at most `limit`. */
function countUpTo(numbers: readonly number[], limit: number): number {
	let low = 0;
	let high = numbers.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (numbers[middle]! <= limit) low = middle + 1;
		else high = middle;
	}
	return low;
}
