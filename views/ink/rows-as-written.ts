/**
 * Rows of a frame that are as they were written. Ink takes every line apart into cells, lays them into a grid and joins
 * them again, with colours worked out anew, although nothing overlaps: that is most of what a frame costs. A row whose
 * parts lie next to each other, hold only characters of one column and end the colours they begin is the same without all
 * that. Whatever else a row holds is left to Ink. quick-ink.ts gives this to Ink.
 */
import {isNarrow} from './narrow.ts';

export interface Write {
	readonly type: 'write';
	readonly x: number;
	readonly y: number;
	readonly text: string;
	readonly transformers: readonly ((line: string, index: number) => string)[];
}

/** Half-open; a bound that is left out does not bound. */
export interface Clip {
	readonly x1?: number | undefined;
	readonly x2?: number | undefined;
	readonly y1?: number | undefined;
	readonly y2?: number | undefined;
}

export type Operation = Write | {readonly type: 'clip'; readonly clip: Clip} | {readonly type: 'unclip'};

interface Piece {
	readonly x: number;
	/** The first column after it. */
	readonly end: number;
	readonly line: string;
}

const [escape, bracket, semicolon, letterM] = [0x1b, 0x5b, 0x3b, 0x6d];

/** Where the colour that begins at `at` ends, and its first number; undefined where that is no colour. */
function colourAt(line: string, at: number): {readonly end: number; readonly first: number} | undefined {
	if (line.charCodeAt(at + 1) !== bracket) return undefined;
	let first = 0;
	let isFirst = true;
	for (let end = at + 2; end < line.length; end++) {
		const code = line.charCodeAt(end);
		if (code === letterM) return {end, first};
		if (code === semicolon) isFirst = false;
		else if (code < 0x30 || code > 0x39) return undefined;
		else if (isFirst) first = first * 10 + code - 0x30;
	}
	return undefined;
}

/**
 * Columns the line takes; undefined where only Ink can tell, or where a colour that it begins continues after it. Every row
 * of every frame comes by here, so that it is one walk over the characters.
 */
function columnsOf(line: string): number | undefined {
	let columns = 0;
	let open = 0;
	for (let at = 0; at < line.length; at++) {
		const code = line.charCodeAt(at);
		if (code !== escape) {
			if (!isNarrow(code)) return undefined;
			columns++;
			continue;
		}
		const colour = colourAt(line, at);
		if (!colour) return undefined;
		const {end, first} = colour;
		if (first === 0) open = 0;
		else open += (first >= 22 && first <= 29) || first === 39 || first === 49 ? -1 : 1;
		at = end;
	}
	return open === 0 ? columns : undefined;
}

/** One line of a write as it will be; undefined where a clip may cut it, and for what only Ink can tell. */
function pieceOf({x, y, text, transformers}: Write, raw: string, index: number, count: number, clips: readonly Clip[]): Piece | undefined {
	// A colour may continue over the end of a line.
	if (x < 0 || (count > 1 && text.includes('\u001B'))) return undefined;
	const before = columnsOf(raw);
	if (before === undefined) return undefined;
	for (const {x1 = 0, y1 = 0, x2 = Infinity, y2 = Infinity} of clips)
		if (x < x1 || y < y1 || x + before > x2 || y + count > y2) return undefined;
	let line = raw;
	for (const transform of transformers) line = transform(line, index);
	const columns = columnsOf(line);
	return columns === undefined ? undefined : {x, end: x + columns, line};
}

/** The pieces next to each other as one row; undefined where they overlap. */
function joined(pieces: readonly Piece[]): string | undefined {
	let row = '';
	let at = 0;
	for (const {x, end, line} of pieces.length > 1 ? pieces.toSorted((a, b) => a.x - b.x) : pieces) {
		if (x < at) return undefined;
		row += ' '.repeat(x - at) + line;
		at = end;
	}
	return row.trimEnd();
}

/**
 * What each row of a frame of that size reads, undefined for the rows that Ink must put together, and the operations it
 * needs for those.
 */
export function rowsAsWritten(
	operations: readonly Operation[],
	width: number,
	height: number,
): {readonly rows: readonly (string | undefined)[]; readonly rest: readonly Operation[]} {
	const pieces: (Piece[] | undefined)[] = Array.from({length: height}, () => []);
	const counts = new Map<Operation, number>();
	const clips: Clip[] = [];
	for (const operation of operations) {
		if (operation.type === 'clip') clips.push(operation.clip);
		else if (operation.type === 'unclip') clips.pop();
		else {
			const lines = operation.text.split('\n');
			counts.set(operation, lines.length);
			for (const [index, raw] of lines.entries()) {
				const at = operation.y + index;
				const row = pieces[at];
				if (!row) continue;
				const piece = pieceOf(operation, raw, index, lines.length, clips);
				if (!piece || piece.end > width) pieces[at] = undefined;
				else if (piece.end > piece.x) row.push(piece);
			}
		}
	}
	const rows = pieces.map((row) => row && joined(row));
	if (!rows.includes(undefined)) return {rows, rest: []};
	const rest = operations.filter((operation) => {
		if (operation.type !== 'write') return true;
		const below = operation.y + (counts.get(operation) ?? 0);
		return rows.slice(Math.max(0, operation.y), Math.max(0, below)).includes(undefined);
	});
	return {rows, rest};
}
