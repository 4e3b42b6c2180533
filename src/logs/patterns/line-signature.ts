/**
 * A number that means a message's masked words without making them: the hot path. Words of letters and plain
 * numbers are told from their characters; only the others are masked.
 */
import {isValueWord, maskWord, mayBeHex, wildcard} from './mask-word.ts';
import {isShape} from './request-shape.ts';
import {longestMessage, mostWords, wordEnd} from './mask.ts';

const [letter, hexLetter, digit, joiner, delimiter, special, space] = [1, 2, 4, 8, 16, 32, 64] as const;

/** What each ASCII character is, one bit each. */
const bits = new Uint8Array(128).fill(special);
for (let code = 0; code < 128; code++) {
	const char = String.fromCharCode(code);
	if (code === 32 || (code >= 9 && code <= 13)) bits[code] = space;
	else if (/[A-Fa-f]/.test(char)) bits[code] = hexLetter;
	else if (/[G-Zg-z]/.test(char)) bits[code] = letter;
	else if (/\d/.test(char)) bits[code] = digit;
	else if (',.:;'.includes(char)) bits[code] = joiner;
	else if ('+-/'.includes(char)) bits[code] = joiner | delimiter;
}

const bitsOf = (code: number) => (code < 128 ? (bits[code] as number) : special);
/** The characters that may follow a word of letters, or a number. */
const endsWord = (code: number) => code === 44 || code === 46 || code === 58 || code === 59;
/** First letters of the words that are values: `true`, `False`, `null`, `NaN`, `undefined`. */
const beginsValue = new Uint8Array(128);
for (const char of 'tTfFnNu') beginsValue[char.charCodeAt(0)] = 1;

const [seedA, seedB] = [0x81_1c_9d_c5 | 0, 0x1b_87_35_93] as const;
const nextA = (sum: number, code: number) => Math.imul(sum ^ code, 0x01_00_01_93);
const nextB = (sum: number, code: number) => Math.imul(sum + code, 0x85_eb_ca_6b) ^ (sum >>> 15);

/** The two sums of a text; of the short ones that masking makes. */
function sumsOf(text: string): readonly [number, number] {
	let [a, b]: [number, number] = [seedA, seedB];
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		a = nextA(a, code);
		b = nextB(b, code);
	}
	return [a, b];
}

const [wildcardA, wildcardB] = sumsOf(wildcard);

/** What the characters of a word make of it: itself, a number with punctuation behind it, or neither is sure. */
function classify(text: string, from: number, to: number, seen: number): 'word' | 'number' | 'unsure' {
	if (seen >= special) return 'unsure';
	if ((seen & digit) !== 0) {
		if ((seen & (letter | hexLetter)) !== 0) return 'unsure';
		const first = text.charCodeAt(from);
		if ((bitsOf(first) & digit) !== 0) return 'number';
		// One sign or point before the digits; with more of them, what the mask leaves standing is not sure.
		const isSigned = (bitsOf(first) & delimiter) !== 0 || first === 46;
		return isSigned && to - from > 1 && (bitsOf(text.charCodeAt(from + 1)) & digit) !== 0 ? 'number' : 'unsure';
	}
	if ((seen & delimiter) !== 0) return 'unsure';
	let end = to;
	while (end > from && endsWord(text.charCodeAt(end - 1))) end--;
	if ((seen & joiner) !== 0) {
		for (let index = from; index < end; index++) if ((bitsOf(text.charCodeAt(index)) & joiner) !== 0) return 'unsure';
	}
	if ((seen & letter) === 0 && mayBeHex(end - from)) return 'unsure';
	return beginsValue[text.charCodeAt(from)] === 1 && end - from <= 9 && isValueWord(text.slice(from, end)) ? 'unsure' : 'word';
}

/** Words masked lately, by their own sums: most of them come again in the next line. */
const cacheSize = 8192;
const cache = {
	wordA: new Int32Array(cacheSize),
	wordB: new Int32Array(cacheSize),
	maskA: new Int32Array(cacheSize),
	maskB: new Int32Array(cacheSize),
};

/** Makes sure that the cache holds the sums of the masked word; gives their place. */
function maskedPlace(text: string, from: number, to: number, a: number, b: number): number {
	const place = (a ^ (a >>> 15)) & (cacheSize - 1);
	if (cache.wordA[place] === a && cache.wordB[place] === b) return place;
	const [maskA, maskB] = sumsOf(maskWord(text, from, to));
	cache.wordA[place] = a;
	cache.wordB[place] = b;
	cache.maskA[place] = maskA;
	cache.maskB[place] = maskB;
	return place;
}

const numberOf = (high: number, low: number) => (high >>> 0) * 0x10_00_00 + (low & 0xf_ff_ff);

/** A number for the message: the same for messages whose masked words are the same, another for others. */
export function signatureOf(message: string): number {
	if (isShape(message)) {
		const [a, b] = sumsOf(message);
		return numberOf(a, b);
	}
	const length = Math.min(message.length, longestMessage);
	let at = 0;
	let words = 0;
	let [high, low]: [number, number] = [seedA, seedB];
	while (at < length) {
		let code = message.charCodeAt(at);
		if (bitsOf(code) === space) {
			at++;
			continue;
		}
		let [a, b]: [number, number] = [seedA, seedB];
		const from = at;
		let seen = 0;
		if (words++ === mostWords) {
			[a, b] = [wildcardA, wildcardB];
			at = length;
		} else {
			for (;;) {
				seen |= bitsOf(code);
				a = nextA(a, code);
				b = nextB(b, code);
				if (++at === length) break;
				code = message.charCodeAt(at);
				if (bitsOf(code) !== space) continue;
				// Within quotes behind `=` a space ends no word.
				if (seen < special || wordEnd(message, from, length) === at) break;
			}
			const what = classify(message, from, at, seen);
			let end = at;
			if (what === 'number') while (endsWord(message.charCodeAt(end - 1))) end--;
			if (what === 'number' && (bitsOf(message.charCodeAt(end - 1)) & digit) !== 0) {
				a = wildcardA;
				b = wildcardB;
				for (; end < at; end++) {
					a = nextA(a, message.charCodeAt(end));
					b = nextB(b, message.charCodeAt(end));
				}
			} else if (what !== 'word') {
				const place = maskedPlace(message, from, at, a, b);
				a = cache.maskA[place] as number;
				b = cache.maskB[place] as number;
			}
		}
		high = nextA(high, a);
		low = nextB(low, b);
	}
	return numberOf(high, low);
}
