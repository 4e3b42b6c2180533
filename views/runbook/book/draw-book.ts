/** The body of a runbook's screen as lines. Pure but for what it reads of the session. */
import type {RoundState} from '../../../src/round/round.ts';
import {formatNumber} from '../../../src/base/figures.ts';
import {clockTimeOf, dayOf} from '../../../src/base/times.ts';
import {sanitize} from '../../../src/base/terminal/sanitize.ts';
import {width} from '../../../src/base/terminal/width.ts';
import {draw, type Part, spread} from '../../kit/line.ts';
import type {PagePart} from '../../kit/markdown.ts';
import {belowLines, runHead} from './below.ts';
import {type BookSession, shown, textColumns} from './book-session.ts';
import type {Page, Row, StopPlace} from './book-page.ts';
import {reviewPart} from './book-head.ts';
import {bookLayout} from './book-scope.ts';

/** A box as the round knows it. */
function boxParts(part: PagePart, ticks: RoundState['ticks'], runbook: string): PagePart {
	const {mark} = part;
	if (mark?.kind !== 'task' || !/^\[[ x]\] $/.test(part.text)) return part;
	const ticked = ticks?.some((tick) => tick.runbook === runbook && tick.task === mark.key);
	return ticked ? {...part, text: '[x] ', tone: 'green'} : part;
}

/** Who ticked it and when, at the end of its line. */
function tickWords({parts}: Row, ticks: RoundState['ticks'], runbook: string): string {
	const task = parts.map(({mark}) => mark).find((mark) => mark?.kind === 'task');
	const tick = task?.kind === 'task' ? ticks?.find((one) => one.runbook === runbook && one.task === task.key) : undefined;
	const box = parts.some(({text}) => /^\[[ x]\] $/.test(text));
	return tick && box ? `${clockTimeOf(tick.at)} ${tick.operator}` : '';
}

export interface RowLook {
	readonly page: Page;
	readonly runbook: string;
	readonly selected?: StopPlace | undefined;
	readonly found?: {readonly section: number; readonly line: number} | undefined;
}

/** One line of the text with its selection, its ticks and the mark of the search before it. */
function rowLine({theme, roundApp}: BookSession, row: Row, {page, runbook, selected, found}: RowLook, columns: number): string {
	const ticks = roundApp?.round.get().ticks;
	const stop = selected && selected.section === row.section ? page.stops(selected.section)[selected.index]?.stop : undefined;
	const isFound = found?.section === row.section && found.line === row.line;
	const code = stop?.kind === 'code' && row.parts.some(({mark}) => mark === stop);
	const parts = row.parts.map((part, index): Part => {
		const shown = boxParts(part, ticks, runbook);
		if (stop === undefined || part.mark !== stop) return shown;
		if (!code) return {...shown, tone: 'cursor'};
		return index === row.parts.findIndex(({mark}) => mark === stop) && part.tone === 'dim'
			? {text: `${theme.symbols.cursor} `, tone: 'strong'}
			: shown;
	});
	const words = tickWords(row, ticks, runbook);
	const used = row.parts.reduce((sum, {text}) => sum + width(text), 0);
	const room = columns - used - words.length;
	const told: readonly Part[] = words !== '' && room >= 2 ? [{text: ' '.repeat(Math.min(room, 3))}, {text: words, tone: 'dim'}] : [];
	return draw(theme, [{text: isFound ? `${theme.symbols.cursor} ` : '  ', tone: 'strong'}, ...parts, ...told], columns + 2);
}

function titleLine(book: BookSession, rows: number, columns: number): string {
	const {theme, app} = book;
	const open = shown(book);
	if (!open) return spread(theme, {left: [{text: ' Runbooks', tone: 'dim'}], right: []}, columns);
	const {runbook, page, visit} = open;
	const {visits, at} = book.ui.get();
	const review = reviewPart(runbook, dayOf(app.clock.now()));
	const badge: readonly Part[] = review.tone === 'amber' ? [review, {text: '   '}] : [];
	const pages = visits.length > 1 ? `   page ${at + 1} of ${visits.length}` : '';
	// At the top the title is right below.
	const title = visit.top.section === 0 && visit.top.line === 0 ? 'Runbook' : sanitize(runbook.title);
	return spread(
		theme,
		{
			left: [{text: ` ${title}`, tone: 'dim'}],
			right: [...badge, {text: `${page.position(visit.top, rows)}${pages} `, tone: 'dim'}],
		},
		columns,
	);
}

/** The whole output over the body. */
function outputScreen(
	book: BookSession,
	top: number | undefined,
	{columns, bodyRows}: {readonly columns: number; readonly bodyRows: number},
): readonly string[] {
	const {theme} = book;
	const running = book.running.get();
	if (!running) return [draw(theme, [{text: ' nothing has run yet', tone: 'dim'}], columns)];
	const lines = running.output.lines();
	const rows = bodyRows - 2;
	const from = outputTop(lines.length, rows, top);
	const dropped = running.output.dropped();
	const where = `${from + 1} to ${Math.min(lines.length, from + rows)} of ${formatNumber(lines.length)} lines${dropped > 0 ? `, ${formatNumber(dropped)} before them left out` : ''}`;
	return [
		runHead(book, running, columns),
		...lines.slice(from, from + rows).map((line) => draw(theme, [` ${line}`], columns)),
		...Array.from({length: Math.max(0, rows - lines.length)}, () => ''),
		draw(theme, [{text: lines.length === 0 ? ' nothing printed' : ` ${where}`, tone: 'dim'}], columns),
	];
}

/** The first line shown: the newest where nothing else was asked for. */
export function outputTop(total: number, rows: number, top: number | undefined): number {
	const last = Math.max(0, total - rows);
	return top === undefined ? last : Math.max(0, Math.min(last, top));
}

/** The question at the end stays whole; what has no room above it is said. */
function cutMiddle({theme}: BookSession, lines: readonly string[], rows: number, columns: number): readonly string[] {
	if (lines.length <= rows) return lines;
	const end = Math.min(3, rows - 3);
	const start = Math.max(1, rows - end - 1);
	const left = lines.length - start - end;
	const more = draw(
		theme,
		[{text: `   ${theme.symbols.ellipsis} ${left} more lines, all of them in the block above`, tone: 'amber'}],
		columns,
	);
	return [...lines.slice(0, start), more, ...lines.slice(lines.length - end)];
}

/** Exactly as many lines as the body has rows. */
export function bookLines(book: BookSession): readonly string[] {
	const {overlay} = book.ui.get();
	const columns = book.session.ui.get().columns;
	const below = belowLines(book, columns);
	const {bodyRows, textRows, belowRows} = bookLayout(book, below.length);
	if (overlay?.kind === 'output') return outputScreen(book, overlay.top, {columns, bodyRows});
	const open = shown(book);
	const none = draw(book.theme, [{text: '   This runbook is gone. Press K to find another.', tone: 'dim'}], columns);
	const text = open
		? open.page
				.rows(open.visit.top, textRows)
				.map((row) =>
					rowLine(
						book,
						row,
						{page: open.page, runbook: open.runbook.id, selected: open.visit.selected, found: open.visit.found},
						textColumns(book),
					),
				)
		: [none];
	const blank = Array.from({length: Math.max(0, textRows - text.length)}, () => '');
	return [titleLine(book, textRows, columns), '', ...text, ...blank, ...cutMiddle(book, below, belowRows, columns)];
}

/** Rows the text has now. */
export function textRowsOf(book: BookSession): number {
	return bookLayout(book, belowLines(book, book.session.ui.get().columns).length).textRows;
}
