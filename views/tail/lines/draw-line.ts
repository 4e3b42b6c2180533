/** One line of the log as rows of the screen, without the margin and the time, which change while it stays. Pure. */
import type {StreamId} from '../../../src/ports/log-feed.ts';
import {fieldOf} from '../../../src/logs/formats/fields.ts';
import {type Level, lineFlags, type LogLines} from '../../../src/logs/log-lines.ts';
import {sanitize} from '../../../src/base/terminal/sanitize.ts';
import {fit, truncate, width} from '../../../src/base/terminal/width.ts';
import {formatBytes, plural} from '../../../src/base/figures.ts';
import type {Theme, Tone} from '../../kit/theme.ts';
import {padded} from './padded.ts';
import {longestParsed, messageOf, parsedOrNot} from './message-spans.ts';
import {matchSpans, overlay, paintRows, paintWindow, type SpanText} from './spans.ts';

/** Everything that decides how a line is drawn, but the line. */
export interface LineLook {
	readonly theme: Theme;
	/** Columns of a row, without margin and time. */
	readonly columns: number;
	readonly left: number;
	readonly wrap: boolean;
	/** Blanks between two columns. */
	readonly gap: number;
	/** Columns of the stream's name; 0 where it is not shown. */
	readonly nameColumns: number;
	readonly level: boolean;
	readonly nameOf: (stream: StreamId) => string;
	readonly fields: readonly {readonly name: string; readonly columns: number}[];
	/** What the search finds. */
	readonly found: readonly RegExp[];
	/** What the filters want. */
	readonly wanted: readonly RegExp[];
}

export interface DrawnLine {
	/** At least one. */
	readonly rows: readonly string[];
	/** A row of our own: it takes the time column as well. */
	readonly note: boolean;
	readonly time: number;
}

/** A line never takes more of the screen than this when wrapped. */
const mostRows = 12;
const levelTones: Readonly<Record<Level, Tone>> = {debug: 'dim', info: 'dim', warn: 'amber', error: 'red', fatal: 'strong-red'};
export const levelColumns = 5;

/** Columns before the message, for the look that is asked for. */
export function headColumns(look: Pick<LineLook, 'nameColumns' | 'level' | 'gap' | 'fields'>): number {
	const {gap} = look;
	return (
		(look.nameColumns > 0 ? look.nameColumns + gap : 0) +
		(look.level ? levelColumns + gap : 0) +
		look.fields.reduce((sum, {columns}) => sum + columns + gap, 0)
	);
}

/** Bytes worth decoding: what may be in the window, whatever the characters. */
function bytesWanted(look: LineLook, length: number): number {
	if (length <= longestParsed) return length;
	return Math.min(length, (look.wrap ? look.columns * mostRows : look.left + look.columns) * 4 + 1024);
}

function withHighlights({text, spans}: SpanText, look: LineLook): SpanText {
	const found = matchSpans(text, look.found, 'cursor');
	const wanted = matchSpans(text, look.wanted, 'strong');
	return {text, spans: overlay(overlay(spans, wanted), found)};
}

/** The row with the sign at its right edge. */
function withSign(theme: Theme, row: string, {sign, columns}: {readonly sign: string; readonly columns: number}): string {
	return `${padded(row, columns - width(sign))}${theme.paint('dim', sign)}`;
}

/** Draws the line. It must be held. `hidden`: how many lines that continue with it the filters hide. */
export function drawLine(lines: LogLines, line: number, look: LineLook, hidden = 0): DrawnLine {
	const {theme} = look;
	const flags = lines.flags(line);
	const length = lines.length(line);
	const raw = lines.text(line, bytesWanted(look, length));
	const parsed = parsedOrNot(raw, length);
	const blank = ' '.repeat(look.gap);
	let head = '';
	if (look.nameColumns > 0) head += theme.paint('dim', fit(look.nameOf(lines.stream(line)), look.nameColumns)) + blank;
	if (look.level) {
		const level = lines.level(line);
		head += level === undefined ? ' '.repeat(levelColumns) : theme.paint(levelTones[level], fit(level.toUpperCase(), levelColumns));
		head += blank;
	}
	for (const {name, columns} of look.fields) {
		const value = parsed && fieldOf(parsed, name);
		head += (value === undefined ? theme.paint('dim', fit('-', columns)) : fit(sanitize(value), columns)) + blank;
	}
	const apart = new Set(look.fields.map(({name}) => name));
	const said = parsed ? messageOf(parsed, raw, apart) : {text: sanitize(raw), spans: []};
	const signs = [...((flags & lineFlags.late) === 0 ? [] : ['late']), ...(parsed ? [] : [formatBytes(length)])];
	const sign = signs.length === 0 ? '' : `${signs.join(' ')}  `;
	const before = headColumns(look) + width(sign);
	const more = hidden === 0 ? '' : `  +${plural(hidden, 'line')}`;
	const room = Math.max(8, look.columns - before - width(more));
	const message = withHighlights(said, look);
	const start = head + theme.paint('dim', sign);
	const indent = ' '.repeat(before);
	const rows = (look.wrap ? paintRows(theme, message, room, mostRows) : [paintWindow(theme, message, look.left, room)]).map(
		(row, index) => (index === 0 ? start : indent) + row,
	);
	if (more !== '') rows[0] = withSign(theme, rows[0] ?? '', {sign: more, columns: look.columns});
	return {rows, note: false, time: lines.time(line)};
}

/** A row of our own among the lines, across `columns`: a gap where lines may be missing, or a mark where none are. */
export function drawNote(
	lines: LogLines,
	line: number,
	{theme, columns, words}: {readonly theme: Theme; readonly columns: number; readonly words: string},
): DrawnLine {
	const dots = theme.symbols.rule === '-' ? '-' : '┈';
	const text = truncate(words === '' ? ` ${dots}${dots}` : ` ${dots}${dots} ${words}`, columns, theme.symbols.ellipsis);
	const rest = Math.min(6, columns - width(text) - 1);
	const tone: Tone = (lines.flags(line) & lineFlags.gap) === 0 ? 'dim' : 'amber';
	const filled = rest > 0 ? `${text} ${dots.repeat(rest)}` : text;
	return {rows: [theme.paint(tone, filled)], note: true, time: lines.time(line)};
}
