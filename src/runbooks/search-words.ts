/** Where a typed word is in a text: as a word, as the beginning of one, within one, or with one letter wrong. Pure. */

/** How well a word is met, 0 for not at all. */
export const quality = {none: 0, near: 0.4, inside: 0.5, prefix: 0.8, whole: 1} as const;

/** Shorter words with one letter wrong are other words. */
const longEnough = 5;
/** Places of one word in one text that are looked at; a page says no more with its hundredth. */
const enough = 50;

/** A letter that is two in lower case stays as it is. */
function sameLength(letter: string): string {
	const lower = letter.toLowerCase();
	return lower.length === letter.length ? lower : letter;
}

/** The text in lower case, without accents where that keeps every position: `Größe` is `große`. */
export function fold(text: string): string {
	const plain = text.replaceAll(/[\u00C0-\u024F\u1E00-\u1EFF]/g, (letter) => letter.normalize('NFD')[0] ?? letter);
	const lower = plain.toLowerCase();
	return lower.length === plain.length ? lower : plain.replaceAll(/\p{Lu}/gu, sameLength);
}

/** The words of what was typed, folded, without the ending of a plural, each once. */
export function wordsOf(query: string): readonly string[] {
	const words = fold(query.normalize('NFC')).match(/[\p{L}\p{N}]+/gu) ?? [];
	return [...new Set(words.map((word) => (/^\p{L}{2,}[^s\d]s$/u.test(word) ? word.slice(0, -1) : word)))];
}

/** Words that say nothing by themselves; where a question cannot be met whole, the others decide. */
const filling = new Set(
	'a an and are as at be but by can do doe for from how i in into is it my no not of off on or our so than that the then thi to we what when where which who why with you your'.split(
		' ',
	),
);

/** The words of a query that say something; all of them where none does. Expects what `wordsOf` gives. */
export function tellingWords<T extends {readonly word: string}>(words: readonly T[]): readonly T[] {
	const telling = words.filter(({word}) => !filling.has(word));
	return telling.length > 0 ? telling : words;
}

function isLetter(code: number): boolean {
	if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
	return /[\p{L}\p{N}]/u.test(String.fromCharCode(code));
}

/** True where `a` becomes `b` by at most one letter more, less or other, or by two neighbours changing places. */
export function withinOneLetter(a: string, b: string): boolean {
	if (Math.abs(a.length - b.length) > 1) return false;
	let from = 0;
	while (from < a.length && a[from] === b[from]) from++;
	let [endA, endB] = [a.length, b.length];
	while (endA > from && endB > from && a[endA - 1] === b[endB - 1]) {
		endA--;
		endB--;
	}
	const [leftA, leftB] = [endA - from, endB - from];
	if (leftA <= 1 && leftB <= 1) return true;
	return leftA === 2 && leftB === 2 && a[from] === b[from + 1] && a[from + 1] === b[from];
}

export interface Met {
	readonly quality: number;
	/** How often, at most 50. */
	readonly count: number;
}

const notMet: Met = {quality: quality.none, count: 0};

/** How the folded word is in the folded text, letter by letter; with the `s` of a plural it is still the whole word. */
export function meet(text: string, word: string): Met {
	let best: number = quality.none;
	let count = 0;
	for (let at = text.indexOf(word); at >= 0 && count < enough; at = text.indexOf(word, at + word.length)) {
		count++;
		if (best === quality.whole) continue;
		const begins = at === 0 || !isLetter(text.charCodeAt(at - 1));
		const to = at + word.length;
		const end = text[to] === 's' ? to + 1 : to;
		const ends = end >= text.length || !isLetter(text.charCodeAt(end));
		best = Math.max(best, begins ? (ends ? quality.whole : quality.prefix) : quality.inside);
	}
	return count === 0 ? notMet : {quality: best, count};
}

/** The word around a place of the text, cut to what a word of this length can be compared with. */
function wordAround(text: string, at: number, most: number): string {
	let from = at;
	while (from > 0 && at - from <= most && isLetter(text.charCodeAt(from - 1))) from--;
	let to = at;
	while (to < text.length && to - from <= most && isLetter(text.charCodeAt(to))) to++;
	return text.slice(from, to);
}

/**
 * As `meet`, for a word of which one letter may be wrong. One wrong letter leaves one half of the word as it is, two
 * neighbours that change places across the middle leave the changed word: so only the places of these are looked at.
 */
export function meetNearly(text: string, word: string): Met {
	if (word.length < longEnough) return notMet;
	const middle = word.length >> 1;
	const swapped = word.slice(0, middle - 1) + word[middle] + word[middle - 1] + word.slice(middle + 1);
	for (const part of [swapped, word.slice(0, middle), word.slice(middle)]) {
		for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
			const around = wordAround(text, at, word.length + 1);
			const lengths = [word.length - 1, word.length, word.length + 1];
			if (lengths.some((length) => withinOneLetter(word, around.slice(0, length)))) return {quality: quality.near, count: 1};
		}
	}
	return notMet;
}
