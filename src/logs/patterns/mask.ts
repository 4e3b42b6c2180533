/** From a message to its shape: the words with the values masked, neighbouring values made one. */
import {isValueWord, maskWord, mayBeHex, wildcard} from './mask-word.ts';

/** 1 for letters: a word of these alone, with plain punctuation at its end, holds no value and is taken as it is. */
const plain = new Uint8Array(128);
for (let code = 0; code < 128; code++) if (/[A-Za-z]/.test(String.fromCharCode(code))) plain[code] = 1;

const months = new Set(['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']);
const days = new Set(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun', 'Mon,', 'Tue,', 'Wed,', 'Thu,', 'Fri,', 'Sat,', 'Sun,']);
/** Abbreviated units: `1.2 MB` and `300 KB` are the same kind of value. */
const units = new Set([
	'B',
	'kB',
	'KB',
	'MB',
	'GB',
	'TB',
	'KiB',
	'MiB',
	'GiB',
	'TiB',
	'ns',
	'us',
	'µs',
	'ms',
	's',
	'sec',
	'secs',
	'min',
	'mins',
	'hr',
	'hrs',
]);

/** The most words of a message that count; what follows is one value. Bounds the work on a line of megabytes. */
export const mostWords = 120;
/** The most characters of a message that are read. */
export const longestMessage = 4096;

const isSpace = (code: number) => code === 32 || (code >= 9 && code <= 13);

/** A list goes on behind it: `<*>`, `<*>,`, `name=<*>;`. */
function endsInValue(word: string): boolean {
	const last = word.charCodeAt(word.length - 1);
	const end = last === 44 || last === 59 ? word.length - 1 : word.length;
	return word.endsWith(wildcard, end);
}

const withoutListMark = (word: string) => (word.endsWith(wildcard) ? word : word.slice(0, -1));
const withoutMark = (word: string) => (word.endsWith(',') || word.endsWith(';') ? word.slice(0, -1) : word);

/** The word with its remaining digits masked: `r3=<*>` is `r<*>=<*>`. */
const kindOfWord = (word: string) => word.replaceAll(/\d+/g, wildcard);

/** Where the unit ends that the word begins with: `KB)` is 2; 0 where it is none. */
function unitEnd(word: string): number {
	if (word.length > 6) return 0;
	let end = word.length;
	while (end > 0 && ',;.)]}:'.includes(word[end - 1] as string)) end--;
	return units.has(word.slice(0, end)) ? end : 0;
}

/** Puts the next masked word at the end of the words, into the last one where the two are one value. */
function add(words: string[], word: string): void {
	const previous = words.at(-1);
	if (previous === undefined) {
		words.push(word);
		return;
	}
	const value = word.startsWith(wildcard);
	if (value && endsInValue(previous)) {
		words[words.length - 1] = withoutListMark(previous) + word.slice(wildcard.length);
		return;
	}
	// The same kind of thing again: `blk_<*> blk_<*> blk_<*>`, `r0=<*> r1=<*>`.
	if (!value && word.includes(wildcard) && previous.includes(wildcard)) {
		const kind = kindOfWord(word);
		if (withoutMark(kind) === withoutMark(kindOfWord(previous))) {
			words[words.length - 1] = kind;
			return;
		}
	}
	if (value && months.has(previous)) {
		words.pop();
		if (days.has(words.at(-1) ?? '')) words.pop();
		add(words, word);
		return;
	}
	if (value && days.has(previous)) {
		words[words.length - 1] = word;
		return;
	}
	// `<1 sec`
	if (word.startsWith('<<*>')) return add(words, word.slice(1));
	if (previous.endsWith(wildcard)) {
		const end = unitEnd(word);
		if (end > 0) {
			words[words.length - 1] = previous + word.slice(end);
			return;
		}
	}
	words.push(word);
}

/**
 * The shape of a message: its words joined by single spaces, every value as `<*>`. Messages of one log statement have
 * the same shape unless they differ in words.
 */
export function maskMessage(message: string): string {
	const text = message.length > longestMessage ? message.slice(0, longestMessage) : message;
	const words: string[] = [];
	let at = 0;
	while (at < text.length) {
		while (at < text.length && isSpace(text.charCodeAt(at))) at++;
		if (at === text.length) break;
		if (words.length === mostWords) {
			add(words, wildcard);
			break;
		}
		const from = at;
		let letters = true;
		for (; at < text.length; at++) {
			const code = text.charCodeAt(at);
			if (isSpace(code)) break;
			if (code > 127 || plain[code] === 0) letters = false;
		}
		const word = text.slice(from, at);
		add(words, letters && !isValueWord(word) && !mayBeHex(word.length) ? word : maskWord(text, from, at));
	}
	return words.join(' ');
}
