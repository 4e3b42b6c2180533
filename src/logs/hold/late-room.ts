/** Late lines, gathered for a moment so that one rewriting of the ring's newest part serves many of them. */
import {lineFlags} from '../log-lines.ts';
import type {Ring} from './ring.ts';
import type {Block} from './piece-heap.ts';

export interface LateRoom {
	/** Lines of a block, of which none leaves it before they are placed; only lines are flagged, not the program's rows. */
	readonly add: (block: Block, from: number, to: number, flagged: boolean) => void;
	readonly count: () => number;
	/** Puts them into the ring, at most four times a second unless they are many or it must be now. */
	readonly place: (now: number, must: boolean) => void;
}

const pauseMs = 250;
const many = 4096;

/** Makes the room before a ring; `free` is told of each line placed. */
export function createLateRoom(ring: Ring, free: (block: Block, lines: number) => void): LateRoom {
	// Three lists instead of a list of objects: with a clock that runs ahead somewhere, most lines come by here.
	let blocks: Block[] = [];
	let at: number[] = [];
	let keys: number[] = [];
	let sorted = true;
	let placedAt = Number.NEGATIVE_INFINITY;

	const stream = (k: number) => blocks[k]!.streams[at[k]!]!;
	const compare = (a: number, b: number) => keys[a]! - keys[b]! || stream(a) - stream(b);

	function sort(): void {
		// Stable: lines of one stream with the same time keep their order.
		const order = keys.map((_, k) => k).sort(compare);
		[blocks, at, keys] = [order.map((k) => blocks[k]!), order.map((k) => at[k]!), order.map((k) => keys[k]!)];
	}

	return {
		add(block, from, to, flagged) {
			for (let line = from; line < to; line++) {
				const key = block.keys[line]!;
				sorted &&= key >= (keys.at(-1) ?? Number.NEGATIVE_INFINITY);
				blocks.push(block);
				at.push(line);
				keys.push(key);
				if (flagged) block.flags[line]! |= lineFlags.late;
			}
		},
		count: () => keys.length,
		place(now, must) {
			if (keys.length === 0 || (!must && keys.length < many && now - placedAt < pauseMs)) return;
			if (!sorted) sort();
			ring.insert({chunks: blocks, at, keys});
			for (const block of blocks) free(block, 1);
			[blocks, at, keys] = [[], [], []];
			sorted = true;
			placedAt = now;
		},
	};
}
