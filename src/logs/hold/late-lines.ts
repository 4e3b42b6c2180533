/** Where late lines belong among those that are in the ring already. */
import type {LineChunk} from '../log-lines.ts';

/** Lines to be put in, ascending by key and among equal keys in their order. */
export interface LateLines {
	/** Line k is line `at[k]` of `chunks[k]`, with the time, stream and flags that it has there. */
	readonly chunks: readonly LineChunk[];
	readonly at: readonly number[];
	/** Epoch milliseconds that line k is placed by: its time, as a rule. */
	readonly keys: readonly number[];
}

/** No late line is put further back than both allow: bytes and lines of the ring's newest part. */
export interface LateBound {
	readonly bytes: number;
	readonly lines: number;
}

/**
 * The number of the line that each late one is put before; `end` for those that come last. A late line is right
 * after the newest line that is not later than itself, or at the bound where all are later.
 */
export function placesOf(chunks: readonly LineChunk[], end: number, {keys}: LateLines, bound: LateBound): number[] {
	const places = Array.from<number>({length: keys.length}).fill(end);
	let chunk = chunks.length - 1;
	/** The line in question, within its chunk; all from number `candidate` on have been passed. */
	let at = (chunks[chunk]?.count ?? 0) - 1;
	let candidate = end;
	let place = end;
	let bytes = 0;
	for (let k = keys.length - 1; k >= 0; k--) {
		const key = keys[k]!;
		for (;;) {
			while (at < 0 && chunk > 0) at = chunks[--chunk]!.count - 1;
			const held = chunks[chunk];
			if (!held || at < 0) break;
			const after = at + 1 < held.count ? held.starts[at + 1]! : held.used;
			const size = after - held.starts[at]!;
			if (bytes + size > bound.bytes || end - candidate >= bound.lines) break;
			const time = held.times[at]!;
			if (time <= key) break;
			bytes += size;
			candidate--;
			at--;
			// A line without time is passed, but is no reason to be before it.
			if (time > key) place = candidate;
		}
		places[k] = place;
	}
	return places;
}
