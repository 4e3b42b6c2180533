/** Bytes in any portions into whole lines. Bytes stay bytes: nothing is decoded, nothing is thrown away. */
import type {LineBatch} from '../../ports/log-feed.ts';

/** Time that a line tells, epoch milliseconds with a fraction; NaN where it tells none. */
export type TimeOf = (bytes: Uint8Array, start: number, end: number) => number;

export interface SplitOptions {
	/** Every time is NaN where absent. */
	readonly timeOf?: TimeOf;
	/** Longer lines come in pieces of that many bytes, so that a source without line breaks cannot fill the memory; 16 MiB where absent. */
	readonly longest?: number;
}

export interface LineSplitter {
	/** The chunk may be used again once this returns. */
	readonly push: (chunk: Uint8Array) => void;
	/** Nothing more will come: what is after the last line break is a line too. */
	readonly end: () => void;
}

const newline = 10;
const carriageReturn = 13;
/** Bytes set aside for a line that has begun. */
const room = 16_384;

interface Index {
	readonly starts: Uint32Array;
	readonly ends: Uint32Array;
	readonly times: Float64Array;
}

function createIndex(capacity: number): Index {
	return {starts: new Uint32Array(capacity), ends: new Uint32Array(capacity), times: new Float64Array(capacity).fill(Number.NaN)};
}

function grown(index: Index): Index {
	const next = createIndex(index.starts.length * 2);
	next.starts.set(index.starts);
	next.ends.set(index.ends);
	next.times.set(index.times);
	return next;
}

/**
 * Lines end with `\n` or `\r\n`; a `\r` elsewhere belongs to the line. However the bytes are cut into chunks, the
 * lines are the same. The batch and its arrays (which may be longer than its count) hold only until `onBatch` returns.
 */
export function createLineSplitter(onBatch: (batch: LineBatch) => void, options: SplitOptions = {}): LineSplitter {
	const {timeOf, longest = 16 * 1024 * 1024} = options;
	let index = createIndex(256);
	let count = 0;
	/** The line that has begun; the room doubles, so that each of its bytes is copied a few times at most. */
	let begun = Buffer.alloc(room);
	let held = 0;

	const add = (bytes: Buffer, start: number, end: number): void => {
		if (count === index.starts.length) index = grown(index);
		index.starts[count] = start;
		index.ends[count] = end;
		if (timeOf) index.times[count] = timeOf(bytes, start, end);
		count += 1;
	};

	/** A line, in pieces where it is too long. */
	const addLine = (bytes: Buffer, start: number, end: number): void => {
		let from = start;
		for (; end - from > longest; from += longest) add(bytes, from, from + longest);
		add(bytes, from, end);
	};

	const addBroken = (bytes: Buffer, start: number, at: number): void =>
		addLine(bytes, start, at > start && bytes[at - 1] === carriageReturn ? at - 1 : at);

	const deliver = (bytes: Buffer): void => {
		if (count === 0) return;
		const batch = {bytes, count, ...index};
		count = 0;
		onBatch(batch);
	};

	const append = (bytes: Buffer, start: number, end: number): void => {
		const needed = held + end - start;
		if (needed > begun.length) {
			const wider = Buffer.alloc(Math.max(needed, begun.length * 2));
			begun.copy(wider, 0, 0, held);
			begun = wider;
		}
		bytes.copy(begun, held, start, end);
		held = needed;
	};

	/** The line that had begun is whole, or will never be: its index is made, so deliver it and begin anew. */
	const deliverBegun = (): void => {
		deliver(begun.subarray(0, held));
		held = 0;
		if (begun.length > 64 * room) begun = Buffer.alloc(room);
	};

	const keep = (bytes: Buffer, start: number): void => {
		append(bytes, start, bytes.length);
		let from = 0;
		// Two bytes more than a piece: a line break right behind the piece, `\r` and all, would make it the whole line.
		for (; held - from >= longest + 2; from += longest) add(begun, from, from + longest);
		if (from === 0) return;
		deliver(begun.subarray(0, held));
		begun.copyWithin(0, from, held);
		held -= from;
	};

	return {
		push: (chunk) => {
			const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
			let start = 0;
			let at = bytes.indexOf(newline);
			if (at >= 0 && held > 0) {
				append(bytes, 0, at);
				addBroken(begun, 0, held);
				deliverBegun();
				start = at + 1;
				at = bytes.indexOf(newline, start);
			}
			for (; at >= 0; at = bytes.indexOf(newline, start)) {
				addBroken(bytes, start, at);
				start = at + 1;
			}
			deliver(bytes);
			keep(bytes, start);
		},
		end: () => {
			if (held === 0) return;
			addLine(begun, 0, held);
			deliverBegun();
		},
	};
}
