/** A table of a page that fits its width: cells wrap, narrow columns keep their words, wide ones give way. Pure. */
import type {Symbols} from '../../src/base/terminal/locale.ts';
import {width} from '../../src/base/terminal/width.ts';
import {flow, type FlowPart} from './text-flow.ts';

/** Blanks between two columns. */
const gap = 2;
/** A column is not made narrower than this while there is another way. */
const narrowest = 3;

type Cell<Mark> = readonly FlowPart<Mark>[];

const textOf = (cell: Cell<unknown>) => cell.map(({text}) => text).join('');

/** Columns of each: what it needs where that fits; else the widest are cut down to a common width first. */
export function columnWidths(needed: readonly number[], room: number): readonly number[] {
	let sizes = needed.map((size) => Math.max(1, size));
	let over = sizes.reduce((sum, size) => sum + size, 0) - room;
	while (over > 0) {
		const widest = Math.max(...sizes);
		if (widest <= narrowest) break;
		const next = Math.max(narrowest, ...sizes.filter((size) => size < widest));
		const count = sizes.filter((size) => size === widest).length;
		// Down to the next narrower ones, or by what is missing, whichever is less.
		const by = Math.max(1, Math.min(widest - next, Math.ceil(over / count)));
		let left = over;
		sizes = sizes.map((size) => {
			if (size !== widest || left <= 0) return size;
			const less = Math.min(by, left);
			left -= less;
			return size - less;
		});
		over = left;
	}
	return sizes;
}

/** Rows as blocks of `name: value` where there is no room for columns. */
function stacked<Mark>(rows: readonly (readonly Cell<Mark>[])[], columns: number): readonly (readonly FlowPart<Mark>[])[] {
	const [header = [], ...body] = rows;
	return body.flatMap((row, index) => [
		...(index > 0 ? [[]] : []),
		...row.flatMap((cell, at) => flow([{text: `${textOf(header[at] ?? [])}: `, tone: 'dim' as const}, ...cell], columns)),
	]);
}

/** @param rows The header first; each row as many cells as the header. */
export function layTable<Mark>(
	rows: readonly (readonly Cell<Mark>[])[],
	{
		columns,
		symbols,
		right = [],
	}: {readonly columns: number; readonly symbols: Symbols; /** Columns of figures. */ readonly right?: readonly boolean[]},
): readonly (readonly FlowPart<Mark>[])[] {
	const [header = []] = rows;
	const count = header.length;
	const room = columns - (count - 1) * gap;
	if (count === 0) return [];
	if (room < count * narrowest) return stacked(rows, columns);
	const needed = header.map((_cell, index) =>
		Math.max(
			narrowest,
			...rows.map((row) =>
				Math.max(
					...textOf(row[index] ?? [])
						.split('\n')
						.map((line) => width(line)),
				),
			),
		),
	);
	const sizes = columnWidths(needed, room);
	const line = (parts: readonly (readonly FlowPart<Mark>[])[], strong: boolean): readonly FlowPart<Mark>[] =>
		parts.flatMap((cell, at) => {
			const used = cell.reduce((sum, {text}) => sum + width(text), 0);
			const missing = Math.max(0, (sizes[at] ?? 0) - used);
			const before = right[at] ? missing : 0;
			const blank = at < count - 1 ? missing - before + gap : 0;
			const toned = strong ? cell.map((part) => ({...part, tone: part.tone ?? ('strong' as const)})) : cell;
			return [...(before > 0 ? [{text: ' '.repeat(before)}] : []), ...toned, ...(blank > 0 ? [{text: ' '.repeat(blank)}] : [])];
		});
	return rows.flatMap((row, index) => {
		const wrapped = header.map((_cell, at) => flow(row[at] ?? [], sizes[at] ?? narrowest));
		const height = Math.max(...wrapped.map((lines) => lines.length));
		const drawn = Array.from({length: height}, (_line, at) =>
			line(
				wrapped.map((lines) => lines[at] ?? []),
				index === 0,
			),
		);
		if (index > 0) return drawn;
		const total = sizes.reduce((sum, size) => sum + size, (count - 1) * gap);
		return [...drawn, [{text: symbols.rule.repeat(Math.min(columns, total)), tone: 'dim' as const}]];
	});
}
