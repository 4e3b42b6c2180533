/** The order of waiting lines: by time, then stream, then sequence; kept with a heap over the heads of the chains. */
import type {StreamId} from '../../ports/log-feed.ts';
import type {Chunk} from './ring-chunk.ts';

/** A chunk of waiting lines, of any streams. */
export interface Block extends Chunk {
	/** Epoch milliseconds that each line is ordered by. */
	keys: Float64Array;
	/** Lines that have not left yet. */
	waiting: number;
}

/** Lines `at` to before `to` of a block: of one stream, ascending by key. */
export interface Piece {
	readonly block: Block;
	at: number;
	to: number;
	/** Key of line `at`. */
	key: number;
	readonly stream: StreamId;
	/** Pieces count up as they come. */
	readonly order: number;
	/** Epoch milliseconds of our clock. */
	readonly arrivedAt: number;
	/** A row of the program's own; such a piece is one line long. */
	readonly note: boolean;
	/** What the stream continues with once this piece is empty. */
	next: Piece | undefined;
}

/** Whether a line with that key of piece `a`'s stream comes before the first of `b`. */
export const comesBefore = (key: number, a: Piece, b: Piece) =>
	key < b.key || (key === b.key && (a.stream < b.stream || (a.stream === b.stream && a.order < b.order)));

function siftDown(heap: Piece[], from: number): void {
	const piece = heap[from]!;
	let at = from;
	for (;;) {
		let child = 2 * at + 1;
		if (child >= heap.length) break;
		if (child + 1 < heap.length && comesBefore(heap[child + 1]!.key, heap[child + 1]!, heap[child]!)) child++;
		if (!comesBefore(heap[child]!.key, heap[child]!, piece)) break;
		heap[at] = heap[child]!;
		at = child;
	}
	heap[at] = piece;
}

/** Makes any list of heads a heap. */
export function heapify(heads: Piece[]): void {
	for (let at = (heads.length >> 1) - 1; at >= 0; at--) siftDown(heads, at);
}

/** Puts the first piece where it belongs after lines of it left; an empty one makes way for what its stream continues with. */
export function settleFirst(heap: Piece[]): void {
	const piece = heap[0]!;
	if (piece.at === piece.to) {
		const last = heap.length - 1;
		const instead = piece.next ?? heap[last]!;
		if (!piece.next) heap.length = last;
		if (heap.length === 0) return;
		heap[0] = instead;
	}
	siftDown(heap, 0);
}

/** The head that comes next after the first one. */
export function secondOf(heap: readonly Piece[]): Piece | undefined {
	const left = heap[1];
	const right = heap[2];
	return left && right && comesBefore(right.key, right, left) ? right : left;
}
