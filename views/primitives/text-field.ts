/** A line of text being typed: state, what the keys do to it, and how it is drawn. */
import {sanitize} from '../../src/terminal/sanitize.ts';
import {width} from '../../src/terminal/width.ts';
import type {Theme} from '../theme.ts';

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

/** The field over as many lines as it needs, its cursor marked, each at most `columns` wide. */
export function drawField(theme: Theme, {text, cursor}: TextField, columns: number): readonly string[] {
	const lines: string[] = [];
	let line = '';
	let used = 0;
	const put = (shown: string, atCursor: boolean) => {
		const size = width(shown);
		if (used + size > columns) {
			lines.push(line);
			line = '';
			used = 0;
		}
		line += atCursor ? theme.paint('cursor', shown) : shown;
		used += size;
	};
	for (const {segment, index} of graphemes.segment(text)) put(sanitize(segment), index === cursor);
	if (cursor >= text.length) put(' ', true);
	return [...lines, line];
}
