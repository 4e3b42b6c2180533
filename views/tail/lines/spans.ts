/** One text with tones and highlights, of which a window of columns is painted. Pure. */
import {truncate} from '../../../src/base/terminal/width.ts';
import type {Theme, Tone} from '../../kit/theme.ts';

export interface Span {
	readonly start: number;
	readonly end: number;
	readonly tone: Tone;
}

/** Sanitised text; spans in ascending order, none over another. */
export interface SpanText {
	readonly text: string;
	readonly spans: readonly Span[];
}

const ascii = /^[ -~]*$/;

/** Code units that fit into `columns`, from `start` on; never half a character. */
export function indexAfter(text: string, start: number, columns: number): number {
	if (columns <= 0) return start;
	const rest = text.slice(start, start + columns * 4 + 16);
	if (ascii.test(rest)) return Math.min(text.length, start + columns);
	return start + truncate(rest, columns, '').length;
}

/** The parts of `spans` that lie beneath none of `over`, and `over`, in order. */
export function overlay(spans: readonly Span[], over: readonly Span[]): readonly Span[] {
	if (over.length === 0) return spans;
	const result: Span[] = [...over];
	for (const span of spans) {
		let start = span.start;
		for (const {start: from, end: to} of over) {
			if (to <= start || from >= span.end) continue;
			if (from > start) result.push({start, end: from, tone: span.tone});
			start = Math.max(start, to);
		}
		if (start < span.end) result.push({start, end: span.end, tone: span.tone});
	}
	return result.sort((a, b) => a.start - b.start);
}

/** Where the patterns match, as spans of that tone; overlapping ones become one. At most two hundred. */
export function matchSpans(text: string, patterns: readonly RegExp[], tone: Tone): readonly Span[] {
	const found: {start: number; end: number}[] = [];
	for (const pattern of patterns) {
		for (const match of text.matchAll(pattern)) {
			if (match[0] !== '') found.push({start: match.index, end: match.index + match[0].length});
			if (found.length >= 200) break;
		}
	}
	found.sort((a, b) => a.start - b.start);
	const spans: Span[] = [];
	for (const {start, end} of found) {
		const last = spans.at(-1);
		if (last && start <= last.end) spans[spans.length - 1] = {...last, end: Math.max(last.end, end)};
		else spans.push({start, end, tone});
	}
	return spans;
}

/** Paints the text between two indices; what no span covers stays plain. */
export function paintSlice(theme: Theme, {text, spans}: SpanText, from: number, to: number): string {
	let painted = '';
	let at = from;
	for (const {start, end, tone} of spans) {
		if (end <= at) continue;
		if (start >= to) break;
		if (start > at) painted += text.slice(at, start);
		const begin = Math.max(at, start);
		const stop = Math.min(end, to);
		painted += theme.paint(tone, text.slice(begin, stop));
		at = stop;
	}
	return at < to ? painted + text.slice(at, to) : painted;
}

/** The columns from `left` on, `columns` of them at most; an ellipsis at either end tells that there is more. */
export function paintWindow(theme: Theme, spanned: SpanText, left: number, columns: number): string {
	const {text} = spanned;
	const from = indexAfter(text, 0, left);
	const before = left > 0 && text.length > 0 ? theme.paint('dim', theme.symbols.ellipsis) : '';
	const room = columns - (before === '' ? 0 : 1);
	if (room <= 0) return before;
	const end = indexAfter(text, from, room);
	if (end >= text.length) return before + paintSlice(theme, spanned, from, text.length);
	return before + paintSlice(theme, spanned, from, indexAfter(text, from, room - 1)) + theme.paint('dim', theme.symbols.ellipsis);
}

/** Where a row that reaches to `end` is best cut: at a blank, unless that would leave a third of it empty. */
function wordEnd(text: string, at: number, end: number): number {
	if (end >= text.length || text[end] === ' ') return end;
	let blank = text.lastIndexOf(' ', end - 1);
	while (text[blank - 1] === ' ') blank -= 1;
	return blank - at > ((end - at) * 2) / 3 ? blank : end;
}

/** The text over rows of `columns`, at most `most` rows; the last one ends in an ellipsis where there is more. */
export function paintRows(theme: Theme, spanned: SpanText, columns: number, most: number): readonly string[] {
	const {text} = spanned;
	const rows: string[] = [];
	let at = 0;
	do {
		const isLast = rows.length === most - 1;
		let end = indexAfter(text, at, columns);
		// A wide character that fits into no row at all must not hold the loop.
		if (end === at && at < text.length) end = text.length;
		if (isLast && end < text.length) {
			rows.push(paintSlice(theme, spanned, at, indexAfter(text, at, columns - 1)) + theme.paint('dim', theme.symbols.ellipsis));
			break;
		}
		const cut = wordEnd(text, at, end);
		rows.push(paintSlice(theme, spanned, at, cut));
		at = cut;
		// One or two blanks at the cut would indent the next row.
		if (at < text.length && /\S/.test(text.slice(at, at + 3))) while (text[at] === ' ') at += 1;
	} while (at < text.length);
	return rows;
}
