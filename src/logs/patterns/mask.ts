/** From a message to its shape: the words with the values masked, neighbouring values made one. */
import {maskWord, wildcard} from './mask-word.ts';
import {isShape, wordsOfShape} from './request-shape.ts';

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
export const mostWords = 48;
/** The most characters of a message that are read. */
export const longestMessage = 4096;

const isSpace = (code: number) => code === 32 || (code >= 9 && code <= 13);

/** A list continues behind it: `<*>`, `<*>,`, `name=<*>;`. */
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

/** The longest quoted value that counts as one word. */
const longestQuoted = 256;

/** Where the word ends that begins at `from`: at the next space, but not within the quotes of `key="two words"`. */
export function wordEnd(text: string, from: number, length: number): number {
	for (let at = from; at < length; at++) {
		const code = text.charCodeAt(at);
		if (isSpace(code)) return at;
		if (code === 34 && at > from && text.charCodeAt(at - 1) === 61) {
			const close = text.indexOf('"', at + 1);
			if (close > at && close < length && close - at <= longestQuoted) at = close;
		}
	}
	return length;
}

/**
 * The shape of a message: its words with every value as `<*>`, values that belong together as one. Messages of one log
 * statement have the same shape unless they differ in words.
 */
export function maskMessage(message: string): readonly string[] {
	if (isShape(message)) return wordsOfShape(message);
	const length = Math.min(message.length, longestMessage);
	const words: string[] = [];
	let count = 0;
	let at = 0;
	while (at < length) {
		if (isSpace(message.charCodeAt(at))) {
			at++;
			continue;
		}
		if (count++ === mostWords) {
			add(words, wildcard);
			break;
		}
		const from = at;
		at = wordEnd(message, from, length);
		add(words, maskWord(message, from, at));
	}
	return words;
}
