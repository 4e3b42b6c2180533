/**
 * Takes a line apart into cells as Ink does, many times quicker where it holds nothing but colours and characters that are
 * one column each and join nothing: Ink asks a segmenter of Unicode text about every character of every frame. Whatever
 * else a line holds, Ink's own way is asked. The build puts this before it.
 */

import {narrow} from './narrow.ts';

/** A cell as Ink's output has it; no one writes into one, so that lines share them. */
export interface Cell<Style> {
	readonly type: 'char';
	readonly value: string;
	readonly fullWidth: boolean;
	readonly styles: readonly Style[];
}

// oxlint-disable-next-line no-control-regex -- colours begin so
const colour = /\u001B\[[0-9;]*m/g;
/** So many ways to be coloured are kept. */
const mostStyles = 500;

/** @param whole Ink's own way: the cells of any line. The cells are undefined for a line that only it can take apart. */
export function createQuickCells<Style>(
	whole: (line: string) => readonly Cell<Style>[],
): (line: string) => readonly Cell<Style>[] | undefined {
	/** By the colours since the line's beginning: the cells made so far, by character code. */
	const known = new Map<string, Map<number, Cell<Style>>>();

	function cellsOf(colours: string): Map<number, Cell<Style>> {
		let cells = known.get(colours);
		if (!cells) {
			if (known.size >= mostStyles) known.clear();
			cells = new Map(whole(`${colours} `).map((cell) => [32, cell]));
			known.set(colours, cells);
		}
		return cells;
	}

	return (line) => {
		if (!narrow.test(line.replace(colour, ''))) return undefined;
		const found: Cell<Style>[] = [];
		let colours = '';
		let from = 0;
		const take = (to: number) => {
			if (from === to) return;
			const cells = cellsOf(colours);
			const styles = cells.get(32)?.styles ?? [];
			for (; from < to; from++) {
				const code = line.charCodeAt(from);
				let cell = cells.get(code);
				if (!cell) cells.set(code, (cell = {type: 'char', value: line.charAt(from), fullWidth: false, styles}));
				found.push(cell);
			}
		};
		for (const match of line.matchAll(colour)) {
			take(match.index);
			colours += match[0];
			from = match.index + match[0].length;
		}
		take(line.length);
		return found;
	};
}
