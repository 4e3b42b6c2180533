/** A line of text being typed: state, what the keys do to it, and how it is drawn. */
import {sanitize} from '../../src/base/terminal/sanitize.ts';
import {width} from '../../src/base/terminal/width.ts';
import type {Theme} from './theme.ts';

export interface TextField {
	readonly text: string;
	/** Code units before the cursor; always at the edge of a character. */
	readonly cursor: number;
}

export const emptyField: TextField = {text: '', cursor: 0};

/** A field that holds the text, the cursor at its end. */
export function fieldOf(text: string): TextField {
	return {text, cursor: text.length};
}

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

function before({text, cursor}: TextField): number {
	let start = 0;
	for (const {index} of graphemes.segment(text.slice(0, cursor))) start = index;
	return start;
}

function after({text, cursor}: TextField): number {
	for (const {segment} of graphemes.segment(text.slice(cursor))) return cursor + segment.length;
	return cursor;
}

function wordBefore({text, cursor}: TextField): number {
	return /\S*\s*$/u.exec(text.slice(0, cursor))?.index ?? 0;
}

function wordAfter({text, cursor}: TextField): number {
	return cursor + (/^\s*\S*/u.exec(text.slice(cursor))?.[0].length ?? 0);
}

function cutOut({text}: TextField, from: number, to: number): TextField {
	return {text: text.slice(0, from) + text.slice(to), cursor: from};
}

/** Puts text in at the cursor; line breaks become spaces, for a field is one line. */
export function insert(field: TextField, text: string): TextField {
	const clean = sanitize(text);
	return {text: field.text.slice(0, field.cursor) + clean + field.text.slice(field.cursor), cursor: field.cursor + clean.length};
}

/** What each editing key does. */
export const edits = {
	left: (field) => ({...field, cursor: before(field)}),
	right: (field) => ({...field, cursor: after(field)}),
	'word-left': (field) => ({...field, cursor: wordBefore(field)}),
	'word-right': (field) => ({...field, cursor: wordAfter(field)}),
	start: (field) => ({...field, cursor: 0}),
	end: (field) => ({...field, cursor: field.text.length}),
	backspace: (field) => cutOut(field, before(field), field.cursor),
	delete: (field) => cutOut(field, field.cursor, after(field)),
	'delete-word': (field) => cutOut(field, wordBefore(field), field.cursor),
	'delete-start': (field) => cutOut(field, 0, field.cursor),
	'delete-end': (field) => cutOut(field, field.cursor, field.text.length),
} as const satisfies Record<string, (field: TextField) => TextField>;

export interface DrawnField {
	/** As many as it needs, each at most `columns` wide and broken between words. */
	readonly lines: readonly string[];
	/** Index of the line in which the cursor is. */
	readonly row: number;
}

/** The field with its cursor marked, and where that is. */
export function fieldLines(theme: Theme, {text, cursor}: TextField, columns: number): DrawnField {
	const lines: string[] = [];
	let line: string[] = [];
	let used = 0;
	/** Where the word began that is being put: behind the last blank of the line, and what is there takes so much room. */
	let word = {at: 0, used: 0};
	let marked = {row: 0, at: 0};
	const breakAt = ({at, used: taken}: typeof word) => {
		if (marked.row === lines.length && marked.at >= at) marked = {row: lines.length + 1, at: marked.at - at};
		lines.push(line.slice(0, at).join(''));
		line = line.slice(at);
		used -= taken;
		word = {at: 0, used: 0};
	};
	const put = (shown: string, atCursor: boolean) => {
		const size = width(shown);
		const blank = shown === ' ';
		// The last column is kept for the blank behind a word, and for the cursor.
		if (used + size > (blank ? columns : columns - 1) && used > 0) breakAt(blank || word.at === 0 ? {at: line.length, used} : word);
		if (atCursor) marked = {row: lines.length, at: line.length};
		line.push(atCursor ? theme.paint('cursor', shown) : shown);
		used += size;
		if (blank) word = {at: line.length, used};
	};
	for (const {segment, index} of graphemes.segment(text)) put(sanitize(segment), index === cursor);
	if (cursor >= text.length) put(' ', true);
	return {lines: [...lines, line.join('')], row: marked.row};
}

/** The lines alone; at most so many of them, where `most` is given: those around the cursor. */
export function drawField(theme: Theme, field: TextField, columns: number, most = Number.POSITIVE_INFINITY): readonly string[] {
	const {lines, row} = fieldLines(theme, field, columns);
	const top = Math.max(0, Math.min(row - most + 1, lines.length - most));
	return lines.slice(top, top + most);
}
