/** Styled text broken at spaces into lines, each part keeping its tone and what it means. Pure. */
import {width} from '../../src/base/terminal/width.ts';
import type {Part} from './line.ts';

/** Text that leads somewhere or can be acted on keeps that with it, on however many lines it is. */
export interface FlowPart<Mark> extends Part {
	readonly mark?: Mark | undefined;
}

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** The text in pieces of at most `columns`; a character wider than that is alone. */
export function cutToWidth(text: string, columns: number): readonly string[] {
	if (width(text) <= columns) return [text];
	const pieces: string[] = [];
	let piece = '';
	let used = 0;
	for (const {segment} of graphemes.segment(text)) {
		const size = width(segment);
		if (used + size > columns && piece !== '') {
			pieces.push(piece);
			piece = '';
			used = 0;
		}
		piece += segment;
		used += size;
	}
	return piece === '' ? pieces : [...pieces, piece];
}

/** As `cutToWidth`, but after a blank where one is near: what a command is made of stays whole. No character is lost. */
export function cutAtBlanks(text: string, columns: number): readonly string[] {
	const pieces: string[] = [];
	let rest = text;
	while (width(rest) > columns) {
		const [piece = ''] = cutToWidth(rest, columns);
		const blank = piece.lastIndexOf(' ') + 1;
		const taken = blank > piece.length / 2 ? piece.slice(0, blank) : piece;
		pieces.push(taken);
		rest = rest.slice(taken.length);
	}
	return rest === '' && pieces.length > 0 ? pieces : [...pieces, rest];
}

/**
 * Lines of at most `columns`, at least one. Parts hold sanitised text in which only `\n` breaks a line; runs of
 * spaces become one. Words too wide are cut.
 */
export function flow<Mark>(parts: readonly FlowPart<Mark>[], columns: number): readonly (readonly FlowPart<Mark>[])[] {
	const room = Math.max(1, columns);
	const lines: FlowPart<Mark>[][] = [];
	let line: FlowPart<Mark>[] = [];
	let used = 0;
	/** The word that is being put together: it may begin in one part and end in another. */
	let word: FlowPart<Mark>[] = [];
	let wordWidth = 0;
	let gap: FlowPart<Mark> | undefined;

	const put = (part: FlowPart<Mark>) => {
		const last = line.at(-1);
		if (last && last.tone === part.tone && last.mark === part.mark) line[line.length - 1] = {...last, text: last.text + part.text};
		else line.push(part);
		used += width(part.text);
	};
	const endLine = () => {
		lines.push(line);
		line = [];
		used = 0;
	};
	const endWord = () => {
		if (word.length === 0) return;
		if (used > 0 && used + (gap ? 1 : 0) + wordWidth > room) endLine();
		else if (used > 0 && gap) put(gap);
		gap = undefined;
		for (const part of word) {
			if (used + width(part.text) <= room) put(part);
			else {
				if (wordWidth <= room && used > 0) endLine();
				for (const piece of cutToWidth(part.text, room)) {
					if (used > 0 && used + width(piece) > room) endLine();
					put({...part, text: piece});
				}
			}
		}
		word = [];
		wordWidth = 0;
	};

	for (const part of parts) {
		for (const token of part.text.split(/(\n| +)/)) {
			if (token === '') continue;
			if (token === '\n') {
				endWord();
				gap = undefined;
				endLine();
			} else if (token.startsWith(' ')) {
				endWord();
				gap = {...part, text: ' '};
			} else {
				word.push({...part, text: token});
				wordWidth += width(token);
			}
		}
	}
	endWord();
	endLine();
	return lines;
}
