/** A table's visible part as lines. Only the rows on the screen are ever drawn, however many there are. */
import {sanitize} from '../../src/base/terminal/sanitize.ts';
import {truncate, width} from '../../src/base/terminal/width.ts';
import type {CellContext, Column, Pane} from './pane.ts';
import type {Tone} from './theme.ts';
import {cell, draw} from './line.ts';

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
/** Cursor and pin before each row. */
const margin = 3;

export interface PlacedColumn {
	readonly column: Column<unknown>;
	readonly width: number;
}

export interface Placement {
	readonly columns: readonly PlacedColumn[];
	/** Blanks between two columns. */
	readonly gap: number;
}

function taken(columns: readonly PlacedColumn[], gap: number): number {
	return columns.reduce((sum, {width}) => sum + width + gap, margin - gap);
}

/** Gives the spare columns to those that grow, by their shares, until each has its most. */
function widen(placed: readonly PlacedColumn[], spare: number): readonly PlacedColumn[] {
	const growing = placed.filter(({column, width}) => column.grow !== undefined && width < (column.max ?? Infinity));
	const shares = growing.reduce((sum, {column}) => sum + (column.grow ?? 0), 0);
	if (spare <= 0 || shares === 0) return placed;
	let left = spare;
	const wider = placed.map((one) => {
		const {column, width} = one;
		if (!growing.includes(one)) return one;
		const share = Math.max(1, Math.floor((spare * (column.grow ?? 0)) / shares));
		const more = Math.min(share, left, (column.max ?? Infinity) - width);
		left -= more;
		return {column, width: width + more};
	});
	return widen(wider, left);
}

/** Which columns are shown at this width and how wide: the same for every reading, so that nothing jumps. */
export function placeColumns(pane: Pane, columns: number): Placement {
	let placed: readonly PlacedColumn[] = pane.columns.map((column) => ({column, width: column.width}));
	const gap = taken(placed, 2) > columns ? 1 : 2;
	while (taken(placed, gap) > columns) {
		const worst = Math.max(...placed.map(({column}) => column.drop));
		if (worst === 0) break;
		placed = placed.filter(({column}) => column.drop !== worst);
	}
	return {columns: widen(placed, columns - taken(placed, gap)), gap};
}

/** The line of titles; the sorted column carries an arrow. */
export function headerLine(
	{columns: placed, gap}: Placement,
	context: CellContext,
	look: {readonly columns: number; readonly sorted: Column<unknown> | undefined; readonly reverse: boolean},
): string {
	const cells = placed.map(({column, width}) => {
		const arrow = column === look.sorted ? (look.reverse ? '^' : 'v') : '';
		return cell(context.theme, {text: column.title + arrow}, width, column.align);
	});
	const text = `${' '.repeat(margin)}${cells.join(' '.repeat(gap))}`.trimEnd();
	return draw(context.theme, [{text, tone: 'dim'}], look.columns);
}

/** `checkout-a…n4vkg`: both ends of a name that is too long. */
function cutMiddle({symbols}: CellContext['theme'], text: string, columns: number): string {
	if (columns < 9 || width(text) <= columns) return text;
	const tail = Array.from(graphemes.segment(sanitize(text)), ({segment}) => segment)
		.slice(-6)
		.join('');
	return truncate(sanitize(text), columns - width(tail), symbols.ellipsis) + tail;
}

/** One row. The selected one has the cursor before it, a pinned one a star: never colour alone. */
export function rowLine(
	{columns: placed, gap}: Placement,
	context: CellContext,
	row: {readonly item: unknown; readonly selected: boolean; readonly focused: boolean; readonly pinned: boolean; readonly columns: number},
): string {
	const {theme} = context;
	let text =
		theme.paint(row.focused ? 'strong' : 'dim', row.selected ? theme.symbols.cursor : ' ') + theme.paint('strong', row.pinned ? '*' : ' ');
	let used = 2;
	for (const {column, width} of placed) {
		const before = used === 2 ? 1 : gap;
		const room = Math.min(width, row.columns - used - before);
		if (room <= 0) break;
		const part = column.cell(row.item, context);
		const tone: Tone | undefined = row.selected && row.focused && (part.tone === undefined || part.tone === 'plain') ? 'strong' : part.tone;
		text +=
			' '.repeat(before) + cell(theme, {text: column.middle ? cutMiddle(theme, part.text, room) : part.text, tone}, room, column.align);
		used += before + room;
	}
	return text;
}

/** First row to show so that the selected one is on the screen, moving as little as possible from where it was. */
export function scrollTo(top: number, place: {readonly selected: number; readonly total: number; readonly rows: number}): number {
	const {selected, total, rows} = place;
	const last = Math.max(0, total - rows);
	const near = Math.min(Math.max(top, selected - rows + 1), Math.max(0, selected));
	return Math.max(0, Math.min(last, near));
}
