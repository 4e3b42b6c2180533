/** Finds keys in the bytes of a JSON object without parsing it: a level or a time is needed of millions of lines. */

/** Told of each key of the outermost object; true ends the search. The key is without its quotes; the value begins at `value`. */
export type KeyVisitor = (keyStart: number, keyEnd: number, value: number) => boolean;

const [quote, backslash, colon, space, tab] = [34, 92, 58, 32, 9];

/** Where the string that begins after `at` (a quote) ends: the place of its closing quote, or `end`. */
export function closingQuote(bytes: Uint8Array, at: number, end: number): number {
	for (let next = at + 1; next < end; next++) {
		const byte = bytes[next];
		if (byte === quote) return next;
		if (byte === backslash) next += 1;
	}
	return end;
}

/**
 * Walks the object that begins at `start` (with `{`), broken or cut off as it may be.
 * @returns Whether the visitor ended it.
 */
export function visitKeys(bytes: Uint8Array, start: number, end: number, visit: KeyVisitor): boolean {
	let depth = 0;
	for (let at = start; at < end; at++) {
		const byte = bytes[at];
		if (byte === quote) {
			const close = closingQuote(bytes, at, end);
			let next = close + 1;
			while (next < end && (bytes[next] === space || bytes[next] === tab)) next += 1;
			// Only a key is followed by a colon.
			if (depth === 1 && next < end && bytes[next] === colon) {
				next += 1;
				while (next < end && (bytes[next] === space || bytes[next] === tab)) next += 1;
				if (visit(at + 1, close, next)) return true;
				at = next - 1;
			} else at = close;
		} else if (byte === 123 || byte === 91) depth += 1;
		else if (byte === 125 || byte === 93) {
			depth -= 1;
			if (depth === 0) return false;
		}
	}
	return false;
}
