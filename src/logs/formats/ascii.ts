/** Small tests on bytes, for those that read lines without decoding them. */

const [digit, upper, lower, blank, inWord] = [1, 2, 4, 8, 16];
/** One look-up tells a byte's kinds: these questions are asked of every byte of every line. */
const kinds = Uint8Array.from({length: 256}, (_, byte) => {
	if (byte >= 48 && byte <= 57) return digit | inWord;
	if (byte >= 65 && byte <= 90) return upper | inWord;
	if (byte >= 97 && byte <= 122) return lower | inWord;
	if (byte === 32 || byte === 9) return blank;
	return byte === 95 || byte >= 128 ? inWord : 0;
});
const has = (byte: number, wanted: number): boolean => ((kinds[byte] ?? 0) & wanted) !== 0;

export const isDigit = (byte: number): boolean => has(byte, digit);
export const isUpper = (byte: number): boolean => has(byte, upper);
export const isLetter = (byte: number): boolean => has(byte, upper | lower);
export const isBlank = (byte: number): boolean => has(byte, blank);
/** What a time in a line can begin with. */
export const isDigitOrUpper = (byte: number): boolean => has(byte, digit | upper);
/** Letters, digits, `_` and all that is not ASCII: what may be inside a word. */
export const isWordByte = (byte: number): boolean => has(byte, inWord);

/** Whether the bytes are that word, which is given in lower case, in any case. */
export function isWord(bytes: Uint8Array, start: number, end: number, word: string): boolean {
	if (end - start !== word.length) return false;
	for (let at = 0; at < word.length; at++) {
		const byte = bytes[start + at] ?? 0;
		if ((isUpper(byte) ? byte | 32 : byte) !== word.charCodeAt(at)) return false;
	}
	return true;
}

/** Whether the text is at that place, before `end`. */
export function standsAt(bytes: Uint8Array, start: number, end: number, text: string): boolean {
	if (start + text.length > end) return false;
	for (let at = 0; at < text.length; at++) if (bytes[start + at] !== text.charCodeAt(at)) return false;
	return true;
}

/** Where the terminal escape sequence that begins at `at` (with ESC) ends; one byte on where it is none that colours text. */
export function afterEscape(bytes: Uint8Array, at: number, end: number): number {
	if (bytes[at + 1] !== 91) return at + 1;
	for (let next = at + 2; next < end; next++) {
		const byte = bytes[next] ?? 0;
		if (byte >= 64 && byte <= 126) return next + 1;
		if (byte < 32) return next;
	}
	return end;
}

/** A set of words in lower case that bytes are looked up in, by length first: most bytes are none of them. */
export function createWords(words: readonly string[]): (bytes: Uint8Array, start: number, end: number) => boolean {
	const byLength: string[][] = [];
	for (const word of words) (byLength[word.length] ??= []).push(word);
	return (bytes, start, end) => {
		const candidates = byLength[end - start];
		if (candidates === undefined) return false;
		for (const word of candidates) if (isWord(bytes, start, end, word)) return true;
		return false;
	};
}
