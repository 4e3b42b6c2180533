/** Line numbers kept in blocks, so that the oldest can be dropped, the newest added and any be counted up to quickly. */
import type {Moved} from '../log-lines.ts';

interface Block {
	/** The lines that were looked at, one block joining the next: from `from` up to, without, `to`. */
	from: number;
	to: number;
	/** How many of them are kept. */
	count: number;
	/** The kept ones, ascending, less `from`; undefined where all are. */
	list: Uint32Array | undefined;
}

export interface MatchBlocks {
	/** The lines looked at: from `from` up to, without, `to`. */
	readonly looked: () => {readonly from: number; readonly to: number};
	readonly count: () => number;
	/** Forgets all and begins anew with no line looked at, at this number. */
	readonly clear: (at: number) => void;
	/** The lines up to, without, `to` were looked at; `kept` are to be kept (ascending). */
	readonly append: (to: number, kept: readonly number[]) => void;
	/** As `append`, for the lines before all others, from `from` on. */
	readonly prepend: (from: number, kept: readonly number[]) => void;
	readonly dropBefore: (line: number) => void;
	readonly dropFrom: (line: number) => void;
	/** Takes over new numbers; `keeps` tells whether a line that was put in is kept. */
	readonly move: (change: Moved, keeps: (line: number) => boolean) => void;
	/** Whether a line that was looked at is kept has changed, or not. */
	readonly set: (line: number, kept: boolean) => void;
	readonly has: (line: number) => boolean;
	readonly next: (line: number) => number | undefined;
	readonly previous: (line: number) => number | undefined;
	/** How many kept lines have smaller numbers. */
	readonly rank: (line: number) => number;
	readonly at: (rank: number) => number | undefined;
}

const fullBlock = 8192;

/** How many of the first `count` numbers are less than the value. */
export function countBelow(list: Uint32Array | readonly number[], count: number, value: number): number {
	let low = 0;
	let high = count;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((list[middle] ?? 0) < value) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** How many kept lines of the block have smaller numbers. */
const rankIn = ({from, count, list}: Block, line: number) =>
	list ? countBelow(list, count, line - from) : Math.max(0, Math.min(count, line - from));
const lineIn = ({from, list}: Block, place: number) => from + (list ? (list[place] ?? 0) : place);

function blockOf(from: number, to: number, kept: readonly number[]): Block {
	const list = kept.length === to - from ? undefined : Uint32Array.from(kept, (line) => line - from);
	return {from, to, count: kept.length, list};
}

/** Adds to a block that has room; its list grows by doubling. */
function extend(block: Block, to: number, kept: readonly number[]): void {
	const total = block.count + kept.length;
	if (block.list || total < to - block.from) {
		const size = block.list?.length ?? 0;
		if (size < total) {
			const list = new Uint32Array(Math.min(fullBlock, Math.max(total, 2 * size, 16)));
			if (block.list) list.set(block.list.subarray(0, block.count));
			else for (let place = 0; place < block.count; place++) list[place] = place;
			block.list = list;
		}
		for (let place = 0; place < kept.length; place++) block.list![block.count + place] = (kept[place] ?? 0) - block.from;
	}
	block.count = total;
	block.to = to;
}

/** Keeps of the block only what is within the bounds. */
function cut(block: Block, from: number, to: number): Block {
	const [low, high] = [rankIn(block, from), rankIn(block, to)];
	return {from, to, count: high - low, list: block.list?.slice(low, high).map((offset) => offset - (from - block.from))};
}

/** Makes blocks with no line looked at. Every question takes O(log n). */
export function createMatchBlocks(): MatchBlocks {
	let start = 0;
	let blocks: Block[] = [];
	/** How many are kept before each block; made anew when asked for after a change. */
	let sums: number[] | undefined;

	const looked = () => ({from: start, to: blocks.at(-1)?.to ?? start});
	/** The place of the block that holds the line, or of the next one. */
	function blockAt(line: number): number {
		let low = 0;
		let high = blocks.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((blocks[middle]?.to ?? 0) <= line) low = middle + 1;
			else high = middle;
		}
		return low;
	}
	function sumsOf(): readonly number[] {
		if (sums) return sums;
		let sum = 0;
		sums = [0];
		for (const block of blocks) sums.push((sum += block.count));
		return sums;
	}
	function rank(line: number): number {
		const place = blockAt(line);
		const block = blocks[place];
		return (sumsOf()[place] ?? 0) + (block ? rankIn(block, line) : 0);
	}
	const count = () => sumsOf()[blocks.length] ?? 0;
	function at(wanted: number): number | undefined {
		if (!(wanted >= 0) || wanted >= count()) return undefined;
		const place = countBelow(sumsOf(), blocks.length + 1, wanted + 1) - 1;
		const block = blocks[place];
		return block && lineIn(block, wanted - (sumsOf()[place] ?? 0));
	}

	/** The block under its new numbers, with what was put in before its lines since the block before ended. */
	function moveBlock(block: Block, from: number, {change, keeps}: {change: Moved; keeps: (line: number) => boolean}): Block {
		const {inserted, moved} = change;
		const to = moved(block.to - 1) + 1;
		if (to - from === block.to - block.from) return {...block, from, to};
		const kept: number[] = [];
		let put = countBelow(inserted, inserted.length, from);
		const putBefore = (line: number) => {
			for (; put < inserted.length && (inserted[put] ?? 0) < line; put++) {
				const late = inserted[put] ?? 0;
				if (keeps(late)) kept.push(late);
			}
		};
		for (let place = 0; place < block.count; place++) {
			const line = moved(lineIn(block, place));
			putBefore(line);
			kept.push(line);
		}
		putBefore(to);
		return blockOf(from, to, kept);
	}

	function has(line: number): boolean {
		const block = blocks[blockAt(line)];
		if (!block || line < block.from) return false;
		const place = rankIn(block, line);
		return place < block.count && lineIn(block, place) === line;
	}

	return {
		looked,
		count,
		set(line, kept) {
			const place = blockAt(line);
			const block = blocks[place];
			if (!block || line < block.from || has(line) === kept) return;
			const others = Array.from({length: block.count}, (_, at) => lineIn(block, at)).filter((one) => one !== line);
			const before = countBelow(others, others.length, line);
			blocks[place] = blockOf(block.from, block.to, kept ? others.toSpliced(before, 0, line) : others);
			sums = undefined;
		},
		clear(line) {
			start = line;
			blocks = [];
			sums = undefined;
		},
		append(to, kept) {
			const last = blocks.at(-1);
			if (last && to - last.from <= fullBlock) extend(last, to, kept);
			else blocks.push(blockOf(last?.to ?? start, to, kept));
			sums = undefined;
		},
		prepend(from, kept) {
			blocks.unshift(blockOf(from, start, kept));
			start = from;
			sums = undefined;
		},
		dropBefore(line) {
			if (line <= start) return;
			const gone = blockAt(line);
			blocks.splice(0, gone);
			const [first] = blocks;
			if (first && first.from < line) blocks[0] = cut(first, line, first.to);
			start = line;
			sums = undefined;
		},
		dropFrom(line) {
			if (line >= looked().to) return;
			const place = blockAt(line);
			const last = blocks[place];
			blocks.length = place;
			if (last && last.from < line) blocks.push(cut(last, last.from, line));
			sums = undefined;
		},
		move(change, keeps) {
			const [first] = blocks;
			if (first) {
				let from = (start = change.moved(first.from));
				blocks = blocks.map((block) => {
					if (block.to <= change.from) {
						from = block.to;
						return block;
					}
					const moved = moveBlock(block, from, {change, keeps});
					from = moved.to;
					return moved;
				});
			}
			sums = undefined;
		},
		has,
		next: (line) => at(rank(line + 1)),
		previous(line) {
			const before = rank(line);
			return before > 0 ? at(before - 1) : undefined;
		},
		rank,
		at,
	};
}
