/** Text broken into lines of the terminal's columns. Pure. */
import {sanitize} from './sanitize.ts';
import {truncate, width} from './width.ts';

/** Made at the first word that needs one; see width.ts. */
let graphemes: Intl.Segmenter | undefined;

/** The pieces of a word that is wider than a line. */
function pieces(word: string, columns: number): readonly string[] {
	if (width(word) <= columns) return [word];
	const result: string[] = [];
	let piece = '';
	graphemes ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'});
	for (const {segment} of graphemes.segment(word)) {
		if (width(piece + segment) > columns && piece !== '') {
			result.push(piece);
			piece = '';
		}
		piece += segment;
	}
	return [...result, piece];
}

const figure = /^[(±<>≤≥~]*[-+]?\d[\d.,]*$/;
const unit = /^(?:%|ns|µs|ms|s|m|h|d|w|B|[kKMGT]i?B?)[).,;:]*$/;
const currency = /^\(?[A-Z]{3}$/;
const amount = /^\d[\d.,]*\)*[.,;:]*$/;

/** The words; a figure and its unit, or its currency, are one where a line has room for both. */
function wordsOf(text: string, columns: number): readonly string[] {
	const words: string[] = [];
	let before = '';
	for (const word of text.split(' ')) {
		const last = words.at(-1);
		const belongs = (figure.test(before) && unit.test(word)) || (currency.test(before) && amount.test(word));
		if (belongs && last !== undefined && width(last) + 1 + width(word) <= columns) words[words.length - 1] = `${last} ${word}`;
		else words.push(word);
		before = word;
	}
	return words;
}

/** Text broken at spaces into lines of at most `columns`, a figure never from its unit; words too wide are cut. At least one line. */
export function wrapWords(text: string, columns: number): readonly string[] {
	const room = Math.max(1, columns);
	const lines: string[] = [];
	let line = '';
	for (const word of wordsOf(sanitize(text), room).flatMap((one) => pieces(one, room))) {
		if (line !== '' && width(line) + 1 + width(word) > room) {
			lines.push(line);
			line = word;
		} else {
			line = line === '' ? word : `${line} ${word}`;
		}
	}
	return [...lines, line];
}

/** The same in at most so many lines; where more would be needed, the last one shows that it is cut. */
export function wrapAtMost(text: string, columns: number, most: number): readonly string[] {
	const lines = wrapWords(text, columns);
	return lines.length <= most ? lines : [...lines.slice(0, most - 1), truncate(lines.slice(most - 1).join(' '), columns)];
}
