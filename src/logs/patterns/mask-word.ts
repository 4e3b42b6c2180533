/**
 * Masking within one word: what looks like a value (a number, an id, an address, a path) becomes `<*>`, what looks
 * like a word stays. One set of rules for all logs. Reads character codes, not regular expressions: this is the hot path.
 */

/** What means a variable part in a template. */
export const wildcard = '<*>';

const kinds = {other: 0, digit: 1, letter: 2, delimiter: 3} as const;

/** Kind of each ASCII character; letters outside of ASCII count as letters. */
const kindOf = new Uint8Array(128);
/** 1 where the character is a hexadecimal digit. */
const hex = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
	const char = String.fromCharCode(code);
	if (/[0-9]/.test(char)) kindOf[code] = kinds.digit;
	else if (/[A-Za-z]/.test(char)) kindOf[code] = kinds.letter;
	else if ('=()[]{}<>"\'`,;|:?&!#'.includes(char)) kindOf[code] = kinds.delimiter;
	if (/[0-9A-Fa-f]/.test(char)) hex[code] = 1;
}

const kind = (code: number) => (code < 128 ? (kindOf[code] as number) : kinds.letter);

const [dot, slash, backslash, dash, underscore, at, star, equals, colon] = [46, 47, 92, 45, 95, 64, 42, 61, 58] as const;

/** Whole words that are values wherever they are. */
const valueWords = new Set(['true', 'false', 'True', 'False', 'TRUE', 'FALSE', 'null', 'NULL', 'nil', 'undefined', 'NaN']);
/** Ends of host names that have a single dot. */
const topLevel = new Set(['com', 'net', 'org', 'edu', 'gov', 'io', 'dev', 'cloud', 'local', 'internal', 'cluster', 'svc', 'lan']);
/** True for a word that is a value wherever it is. */
export const isValueWord = (word: string) => valueWords.has(word);

/** Lengths at which letters from a to f alone are taken for a hexadecimal id. */
const hexLengths = new Set([8, 12, 16, 24, 32, 40, 64]);

/** Whether that many letters from a to f are taken for a hexadecimal id. */
export const mayBeHex = (letters: number) => hexLengths.has(letters);

const lowerCase = (text: string, from: number, to: number) => {
	for (let at = from; at < to; at++) if (text.charCodeAt(at) < 97 || text.charCodeAt(at) > 122) return false;
	return to > from;
};

/** A host name, a file or a module: dots between labels, the last label short and in lower case. */
function looksDotted(text: string, to: number, dots: number): boolean {
	const last = text.lastIndexOf('.', to - 1) + 1;
	if (!lowerCase(text, last, to)) return false;
	return dots >= 2 ? to - last <= 10 : topLevel.has(text.slice(last, to));
}

/** Where the name ends that a value with digits carries in front: `blk_` of `blk_38865`, `node-` of `node-D1`; `from` for none. */
function nameEnd(text: string, from: number, to: number): number {
	let end = from;
	let at = from;
	while (at < to && kind(text.charCodeAt(at)) !== kinds.digit) {
		if (kind(text.charCodeAt(at)) !== kinds.letter) end = at + 1;
		at++;
	}
	// The sign of the number is no part of the name: `blk_-3` is `blk_<*>`.
	if (end > from + 1) return text.charCodeAt(end - 1) === dash && text.charCodeAt(end - 2) === underscore ? end - 1 : end;
	// Letters, then digits to the end: `storage442`. Letters again behind the digits make it an id.
	let digits = at;
	while (digits < to && kind(text.charCodeAt(digits)) === kinds.digit) digits++;
	const joined = digits === to || kind(text.charCodeAt(digits)) === kinds.other;
	return joined ? at : from;
}

/** The mask of a run of letters, digits and joiners (`.` `-` `_` `/` `\` `@` `+` `%` `~` `$` `*`) without delimiters. */
function maskRun(text: string, from: number, end: number, after: number): string {
	let to = end;
	while (to > from && text.charCodeAt(to - 1) === dot) to--;
	if (to === from) return text.slice(from, end);
	const tail = to === end ? '' : text.slice(to, end);
	let digits = 0;
	let letters = 0;
	let dots = 0;
	let slashes = 0;
	let ats = 0;
	let stars = 0;
	let hexOnly = true;
	for (let index = from; index < to; index++) {
		const code = text.charCodeAt(index);
		const what = kind(code);
		if (what === kinds.digit) digits++;
		else if (what === kinds.letter) {
			letters++;
			if (code > 127 || hex[code] === 0) hexOnly = false;
		} else if (code === dot) {
			if (index > from && text.charCodeAt(index - 1) !== dot && text.charCodeAt(index + 1) !== dot) dots++;
		} else if (code === slash || code === backslash) slashes++;
		else if (code === at) ats++;
		else if (code === star) stars++;
	}
	const first = text.charCodeAt(from);
	if (ats === 1 && dots > 0 && first !== at && text.charCodeAt(to - 1) !== at) return wildcard + tail;
	if (ats > 0) {
		const split = text.indexOf('@', from);
		return `${split > from ? maskRun(text, from, split, at) : ''}@${split + 1 < end ? maskRun(text, split + 1, end, after) : ''}`;
	}
	if (slashes > 0 && letters + digits > 0 && (slashes > 1 || digits > 0 || first === slash || first === backslash)) return wildcard + tail;
	if (digits === 0) {
		if (stars > 1 && stars === to - from) return wildcard + tail;
		if (letters === 0) return text.slice(from, end);
		// In front of `=` it is a key: `os.name=Linux`.
		if (dots > 0 && after !== equals && looksDotted(text, to, dots)) return wildcard + tail;
		if (hexOnly && letters === to - from && hexLengths.has(letters)) return wildcard + tail;
		return letters <= 9 && valueWords.has(text.slice(from, to)) ? wildcard + tail : text.slice(from, end);
	}
	if (letters === 0 || kind(first) === kinds.digit || dots > 1) return wildcard + tail;
	// A function's name keeps its digits: `jk2_init()`.
	if (after === 40 && text.charCodeAt(end + 1) === 41) return text.slice(from, end);
	// A short word with one digit behind it is a name (`ssh2`, `L3`, `eth0`) until it varies.
	if (digits === 1 && letters === to - from - 1 && kind(text.charCodeAt(to - 1)) === kinds.digit) return text.slice(from, end);
	if (hexOnly && (to - from >= 8 || (digits > 1 && letters + digits === to - from && to - from >= 6))) return wildcard + tail;
	const name = nameEnd(text, from, to);
	return text.slice(from, name) + wildcard + tail;
}

/** What is around an address: brackets, quotes, a comma. */
const isBracket = (code: number) => code === 91 || code === 93 || code === 40 || code === 41 || code === 34 || code === 39 || code === 44;

/** True for a host's or card's hardware address and for IPv6: groups of hexadecimal digits between colons. */
function looksLikeColonAddress(text: string, from: number, to: number): boolean {
	let colons = 0;
	let digits = 0;
	let group = 0;
	for (let index = from; index < to; index++) {
		const code = text.charCodeAt(index);
		if (code === colon) {
			colons++;
			group = 0;
		} else if (code > 127 || hex[code] === 0 || ++group > 4) return false;
		else if (kindOf[code] === kinds.digit) digits++;
	}
	return colons >= 2 && digits > 0;
}

/** Where the address ends that has `://` at `at`: at a quote, a bracket or the word's end, without trailing punctuation. */
function urlEnd(text: string, at: number, to: number): number {
	let end = at;
	while (end < to && !'"\'`<>)]}|'.includes(text[end] as string)) end++;
	while (end > at && ',;:.!?'.includes(text[end - 1] as string)) end--;
	return end;
}

/** What may be between two values that are one: `10.0.0.1:80`, `2026-11-20,08`, `6993##548365`. */
const isJoiner = (code: number) =>
	code === 44 ||
	code === 59 ||
	code === colon ||
	code === 35 ||
	code === 46 ||
	code === 43 ||
	code === dash ||
	code === slash ||
	code === underscore ||
	code === 124 ||
	code === 120 ||
	code === at;

/** Values that are next to each other in one word become one. */
function joinValues(masked: string): string {
	let found = masked.indexOf(wildcard);
	let text = masked;
	while (found !== -1) {
		let next = found + wildcard.length;
		while (next < text.length && isJoiner(text.charCodeAt(next))) next++;
		if (text.startsWith(wildcard, next)) text = text.slice(0, found) + text.slice(next);
		else found = text.indexOf(wildcard, found + wildcard.length);
	}
	return text;
}

/**
 * The mask of the word at `from` up to `to` of the text: `blk_38865` is `blk_<*>`, `10.0.0.1:80` is `<*>`, `uid=0` is
 * `uid=<*>`, `(403)` is `(<*>)`; words without a value come back as they are.
 */
export function maskWord(text: string, from: number, to: number): string {
	let [inner, outer] = [from, to];
	while (inner < to && isBracket(text.charCodeAt(inner))) inner++;
	while (outer > inner && isBracket(text.charCodeAt(outer - 1))) outer--;
	if (looksLikeColonAddress(text, inner, outer)) return text.slice(from, inner) + wildcard + text.slice(outer, to);
	let masked = '';
	let run = from;
	for (let index = from; index < to; index++) {
		const code = text.charCodeAt(index);
		if (kind(code) !== kinds.delimiter) continue;
		if (code === colon && index > run && text.charCodeAt(index + 1) === slash && text.charCodeAt(index + 2) === slash) {
			const end = urlEnd(text, index, to);
			masked += wildcard;
			run = end;
			index = end - 1;
			continue;
		}
		// A drive's letter belongs to its path.
		if (code === colon && index === run + 1 && text.charCodeAt(index + 1) === backslash && index + 1 < to) {
			run = index + 1;
			continue;
		}
		if (index > run) masked += maskRun(text, run, index, code);
		// The query of an address belongs to it.
		const query = code === 63 && masked.endsWith(wildcard) ? urlEnd(text, index, to) : index;
		if (query > index + 1) {
			run = query;
			index = query - 1;
			continue;
		}
		masked += text[index];
		run = index + 1;
	}
	if (to > run) masked += maskRun(text, run, to, 0);
	// `logname=` is `logname=root` without a value today.
	if (to - from > 1 && text.charCodeAt(to - 1) === equals && kind(text.charCodeAt(to - 2)) === kinds.letter)
		return joinValues(masked + wildcard);
	return masked.indexOf(wildcard) === masked.lastIndexOf(wildcard) ? masked : joinValues(masked);
}
