/** What makes a search for bytes quick: the right part of them, and not asking twice. */
import type {LineChunk} from '../log-lines.ts';

/** Shorter parts are found too often, longer ones are slower to compare. */
const [shortest, longest] = [4, 6] as const;

/** How often each byte is in the sample. */
function frequencies(sample: Uint8Array): Uint32Array {
	const counts = new Uint32Array(256);
	for (const byte of sample) counts[byte]!++;
	return counts;
}

/**
 * The part of the bytes to look for first: the search runs from one occurrence of its first byte to the next, so that it
 * should begin with the one that is rarest in the sample. Bytes that are few already come back as they are.
 */
export function quickestPart(wanted: Buffer, sample: Uint8Array): Buffer {
	if (wanted.length <= shortest) return wanted;
	const counts = frequencies(sample);
	let best = 0;
	for (let at = 1; at <= wanted.length - shortest; at++) if (counts[wanted[at]!]! < counts[wanted[best]!]!) best = at;
	return wanted.subarray(best, best + longest);
}

interface Looked {
	edits: number;
	/** No escape is before this byte. */
	cleanTo: number;
}

const looked = new WeakMap<LineChunk, Looked>();
const escape = 0x1b;

/** Whether an escape character is in the chunk before the byte: chunks without any are looked through once. */
export function hasEscape(chunk: LineChunk, before: number): boolean {
	let known = looked.get(chunk);
	if (known?.edits !== chunk.edits) looked.set(chunk, (known = {edits: chunk.edits, cleanTo: 0}));
	if (before <= known.cleanTo) return false;
	const found = chunk.bytes.subarray(known.cleanTo, chunk.used).indexOf(escape);
	known.cleanTo = found < 0 ? chunk.used : known.cleanTo + found;
	return before > known.cleanTo;
}
