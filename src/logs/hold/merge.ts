/**
 * Puts the lines of many streams into the ring in the order of (timestamp, stream, sequence). What arrives waits a
 * moment for what is on its way from elsewhere; histories wait for each other, within bounds of time and memory. What
 * comes too late even so is put where it belongs, and flagged. A stream on its own does not wait.
 */
import type {LineBatch, StreamId, StreamNote} from '../../ports/log-feed.ts';
import {createLateRoom} from './late-room.ts';
import {lineFlags} from '../log-lines.ts';
import {noteText} from './note-text.ts';
import {lineKeys, lowerNote, noteKey, noTimes, timesFilled, type StreamTimes} from './line-keys.ts';
import {comesBefore, heapify, secondOf, settleFirst, type Piece} from './piece-heap.ts';
import {takenFrom} from './ring-chunk.ts';
import type {Ring} from './ring.ts';
import {createWaitingLines} from './waiting-lines.ts';

export interface MergeOptions {
	readonly ring: Ring;
	/** Our clock, epoch milliseconds. */
	readonly now: () => number;
	/** How long a line waits for others; 300 ms where absent. */
	readonly reorderMs?: number;
	/** How long a line waits while a stream still delivers its history; 2 s where absent. */
	readonly historyMs?: number;
	/** Bytes that may wait; 32 MiB where absent. */
	readonly waitingBytes?: number;
}

export interface Merge {
	/**
	 * Makes a stream known: 0, 1, 2, …. `crowd` tells that others are likely to follow it (the pods of a cluster), so
	 * that even the first one waits until its history is complete; `isByTime` that its own late lines belong where their
	 * time says (a file on its own stays as it was written).
	 */
	readonly open: (stream: StreamId, crowd: boolean, isByTime?: boolean) => void;
	readonly lines: (stream: StreamId, batch: LineBatch) => void;
	readonly note: (stream: StreamId, note: StreamNote) => void;
	readonly caughtUp: (stream: StreamId) => void;
	/** Whether lines are to be expected of the stream; no one waits for one that is queued, denied or ended. */
	readonly expect: (stream: StreamId, expected: boolean) => void;
	/** Puts into the ring what has waited enough, a few milliseconds' worth. Returns after how many ms to call again; undefined: when something comes. */
	readonly release: () => number | undefined;
	/** Puts everything into the ring. */
	readonly flush: () => void;
}

interface MergeStream extends StreamTimes {
	readonly crowd: boolean;
	readonly isByTime: boolean;
	/** All of its history has been delivered. */
	caughtUp: boolean;
	/** Epoch milliseconds of our clock when it was opened or last gave lines. */
	activeAt: number;
}

const linesPerRelease = 4096;
const tickMs = 40;

/** Makes a merge into the ring, which no one else writes to. */
export function createMerge({ring, now, reorderMs = 300, historyMs = 2000, waitingBytes = 32 * 2 ** 20}: MergeOptions): Merge {
	const streams: MergeStream[] = [];
	const waiting = createWaitingLines();
	const {heads} = waiting;
	const late = createLateRoom(ring, waiting.free);
	/** Time of the newest line in the ring: what is older is late. */
	let newest = Number.NEGATIVE_INFINITY;
	/** What arrived up to then need not wait: all histories were complete. */
	let completeAt = Number.NEGATIVE_INFINITY;

	/** Streams that lines are to be expected of, and those among them whose history is not complete. */
	const expected = new Set<MergeStream>();
	const catchingUp = new Set<MergeStream>();

	/** Streams that are still delivering their history. */
	const delivering = (at: number) => [...catchingUp].filter(({activeAt}) => at - activeAt < historyMs);

	function historyEnded(stream: MergeStream): void {
		if (catchingUp.delete(stream) && delivering(now()).length === 0) completeAt = now();
	}

	/** Whether the stream's lines need not wait for anybody's. */
	function isAlone(stream: MergeStream): boolean {
		if (heads.length > 0 || late.count() > 0 || (stream.crowd && !stream.caughtUp)) return false;
		return expected.size === 0 || (expected.size === 1 && expected.has(stream));
	}

	/** Straight into the ring, unless lines of earlier streams are newer. */
	function passedOn(id: StreamId, stream: MergeStream, batch: LineBatch): boolean {
		const {times, last, earliest, latest} = timesFilled(batch, stream);
		if ((streams.length > 1 || stream.isByTime) && earliest < newest) return false;
		ring.append(batch, id, {times});
		stream.lastTime = last;
		stream.lastKey = Math.max(stream.lastKey, latest);
		newest = Math.max(newest, latest);
		return true;
	}

	/** How many pieces have waited enough. */
	function piecesSince(arrivedAt: number): number {
		let due = 0;
		for (const head of heads) for (let piece: Piece | undefined = head; piece && piece.arrivedAt <= arrivedAt; piece = piece.next) due++;
		return due;
	}

	/** Where the run that begins with the first waiting line ends: before another stream's turn, and all of it late or none. */
	function runEnd(piece: Piece, upTo: number, longest: number): number {
		const {keys} = piece.block;
		const second = secondOf(heads);
		const before = piece.key < newest ? newest : Infinity;
		const limit = Math.min(piece.to, piece.at + longest);
		let to = piece.at + 1;
		for (; to < limit; to++) {
			const key = keys[to]!;
			if (key > upTo || key >= before || (second && !comesBefore(key, piece, second))) break;
		}
		return to;
	}

	/** The first waiting line goes, with those of its stream that are due before another's; returns how many went. */
	function releaseFirst(upTo: number, longest: number): number {
		const piece = heads[0]!;
		const {block, at, note} = piece;
		const to = runEnd(piece, upTo, longest);
		const isLate = piece.key < newest;
		if (isLate) late.add(block, at, to, !note);
		else ring.appendFrom(block, at, to);
		// A note bears our own clock's time, which says nothing about lines.
		if (!note && block.times[to - 1]! > newest) newest = block.times[to - 1]!;
		waiting.leave(piece, to);
		if (!isLate) waiting.free(block, to - at);
		const stream = streams[piece.stream]!;
		if (piece.at === piece.to && stream.tail === piece) stream.tail = undefined;
		settleFirst(heads);
		return to - at;
	}

	function release(): number | undefined {
		if (heads.length === 0 && late.count() === 0) return undefined;
		const at = now();
		const histories = delivering(at);
		const enough = histories.length > 0 ? at - historyMs : Math.max(at - reorderMs, completeAt);
		// Up to that key every history has come.
		const upTo = histories.reduce((least, {lastKey}) => Math.min(least, lastKey), histories.length > 0 ? Infinity : -Infinity);
		heapify(heads);
		let due = piecesSince(enough);
		let left = linesPerRelease;
		for (let first = heads[0]; first && left > 0; first = heads[0]) {
			const must = due > 0 || waiting.bytes() > waitingBytes;
			if (!must && first.key > upTo) break;
			left -= releaseFirst(must ? Infinity : upTo, left);
			if (first.at === first.to && first.arrivedAt <= enough) due--;
		}
		late.place(at, false);
		if (heads.length === 0 && late.count() === 0) return undefined;
		return left > 0 ? tickMs : 0;
	}

	function known(id: StreamId): MergeStream {
		const stream = streams[id];
		if (!stream) throw new RangeError(`stream ${id} was not opened`);
		return stream;
	}

	return {
		open(id, crowd, isByTime = false) {
			const stream = {...noTimes(), crowd, isByTime, caughtUp: false, activeAt: now()};
			streams[id] = stream;
			expected.add(stream);
			catchingUp.add(stream);
		},
		lines(id, batch) {
			const stream = known(id);
			const at = now();
			stream.activeAt = at;
			if (isAlone(stream) && passedOn(id, stream, batch)) return;
			lowerNote(stream, batch);
			waiting.add(takenFrom(batch, {stream: id}), stream, {now: at, note: false, keyOf: lineKeys(batch, stream, at)});
			if (waiting.bytes() > waitingBytes) release();
		},
		note(id, {kind, from, to, text}) {
			const stream = known(id);
			const bytes = Buffer.from(noteText({from, to, text}));
			const flags = lineFlags[kind];
			const batch = {bytes, count: 1, starts: Uint32Array.of(0), ends: Uint32Array.of(bytes.length), times: Float64Array.of(to)};
			if (isAlone(stream)) {
				ring.append(batch, id, {flags});
				return;
			}
			const key = noteKey(stream, to);
			waiting.add(takenFrom(batch, {stream: id, flags}), stream, {now: now(), note: true, keyOf: () => key});
		},
		caughtUp(id) {
			const stream = known(id);
			stream.caughtUp = true;
			historyEnded(stream);
		},
		expect(id, isExpected) {
			const stream = known(id);
			if (!isExpected) {
				expected.delete(stream);
				historyEnded(stream);
			} else if (!expected.has(stream)) {
				stream.activeAt = now();
				expected.add(stream);
				if (!stream.caughtUp) catchingUp.add(stream);
			}
		},
		release,
		flush() {
			heapify(heads);
			while (heads.length > 0) releaseFirst(Infinity, Infinity);
			late.place(now(), true);
		},
	};
}
