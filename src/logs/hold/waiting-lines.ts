/**
 * Lines that wait for their turn: copied into blocks, known by pieces. A piece is a run of one stream's lines that
 * arrived together and ascend by key; a stream's pieces are chained as long as they continue ascending, so that the
 * number of chains stays near that of the streams, and taking the least of all lines is a matter of their heads.
 */
import type {Block, Piece} from './piece-heap.ts';
import {copyFromBatch, createChunk, lineEnd, truncateChunk, type Taken} from './ring-chunk.ts';

/** What a stream's next lines are compared with. */
export interface Chain {
	/** The last piece, while lines of it wait. */
	tail: Piece | undefined;
	/** Key of the last line that came. */
	lastKey: number;
}

const blockBytes = 256 * 1024;
const linesExpected = 2048;
const sparesKept = 16;
/** What a waiting line takes next to its text. */
const overhead = 23;

export interface WaitingLines {
	/** Heads of the chains, in no order until they are made a heap. */
	readonly heads: Piece[];
	/** Bytes that wait, texts and index. */
	readonly bytes: () => number;
	/** Copies lines to wait; `keyOf` gives each line's key, once, in order, and may set its time. */
	readonly add: (
		taken: Taken,
		chain: Chain,
		options: {readonly now: number; readonly note: boolean; readonly keyOf: (block: Block, at: number) => number},
	) => void;
	/** The first lines of a piece, up to before `to`, leave; their bytes stay until `free`. */
	readonly leave: (piece: Piece, to: number) => void;
	/** The block is no longer needed for that many of its lines. */
	readonly free: (block: Block, lines: number) => void;
}

/** Makes an empty waiting room. */
export function createWaitingLines(): WaitingLines {
	const heads: Piece[] = [];
	const spares: Block[] = [];
	let current: Block | undefined;
	let bytes = 0;
	let order = 0;

	function open(length: number): Block {
		const spare = length < blockBytes ? spares.pop() : undefined;
		const chunk = () => createChunk(Buffer.allocUnsafeSlow(Math.max(blockBytes, length + 1)), linesExpected);
		current = spare ?? Object.assign(chunk(), {keys: new Float64Array(linesExpected), waiting: 0});
		return current;
	}

	return {
		heads,
		bytes: () => bytes,
		add(taken, chain, {now, note, keyOf}) {
			for (let at = 0; at < taken.to;) {
				const block = current ?? open(taken.ends[at]! - taken.starts[at]!);
				const from = block.count;
				const next = copyFromBatch(block, taken, at);
				if (next === at) {
					current = undefined;
					continue;
				}
				at = next;
				if (block.keys.length < block.starts.length) {
					const keys = new Float64Array(block.starts.length);
					keys.set(block.keys);
					block.keys = keys;
				}
				block.waiting += block.count - from;
				bytes += block.used - block.starts[from]! + (block.count - from) * overhead;
				for (let line = from; line < block.count; line++) {
					const key = keyOf(block, line);
					block.keys[line] = key;
					const {tail} = chain;
					const ascends = key >= chain.lastKey;
					chain.lastKey = key;
					if (tail && ascends && tail.block === block && tail.to === line && tail.arrivedAt === now && !tail.note && !note) {
						tail.to++;
						continue;
					}
					const piece: Piece = {
						block,
						at: line,
						to: line + 1,
						key,
						stream: taken.stream,
						order: order++,
						arrivedAt: now,
						note,
						next: undefined,
					};
					if (tail && ascends) tail.next = piece;
					else heads.push(piece);
					chain.tail = piece;
				}
			}
		},
		leave(piece, to) {
			const {block, at} = piece;
			bytes -= lineEnd(block, to - 1) + 1 - block.starts[at]! + (to - at) * overhead;
			piece.at = to;
			if (to < piece.to) piece.key = block.keys[to]!;
		},
		free(block, lines) {
			block.waiting -= lines;
			if (block.waiting > 0) return;
			truncateChunk(block, 0);
			if (block !== current && block.bytes.length === blockBytes && spares.length < sparesKept) spares.push(block);
		},
	};
}
