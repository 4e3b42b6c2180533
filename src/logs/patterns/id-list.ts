/** One id per line until the patterns have settled: four bytes each. */

export interface IdList {
	readonly push: (id: number) => void;
	/** So many lines are held that they should be taken. */
	readonly full: () => boolean;
	/** Texts of some thousand lines, one id each, as `idOf` calls it now; the list is empty after the last. */
	readonly take: (idOf: (id: number) => number) => Generator<string>;
}

const blockLines = 65_536;

/** @param mostLines Held at most, give or take a chunk: 32 million (128 MB) where absent. */
export function createIdList(mostLines = 32 * 1024 * 1024): IdList {
	let blocks: Int32Array[] = [];
	let count = 0;
	return {
		push(id) {
			const at = count % blockLines;
			if (at === 0) blocks.push(new Int32Array(blockLines));
			(blocks[blocks.length - 1] as Int32Array)[at] = id;
			count++;
		},
		full: () => count >= mostLines,
		*take(idOf) {
			const known = new Map<number, string>();
			const [held, lines] = [blocks, count];
			blocks = [];
			count = 0;
			for (const [index, block] of held.entries()) {
				let text = '';
				for (const id of block.subarray(0, Math.min(blockLines, lines - index * blockLines))) {
					let row = known.get(id);
					if (row === undefined) known.set(id, (row = `${idOf(id)}\n`));
					text += row;
				}
				yield text;
			}
		},
	};
}
