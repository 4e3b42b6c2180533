/**
 * Keeps V8's young generation small. Where objects are made without end it grows to 128 MB, and each collection of it
 * then copies what lived for a second: up to 30 ms in which no key is answered. A small one is collected more often, for
 * a millisecond or two.
 */
import {getHeapSpaceStatistics, setFlagsFromString} from 'node:v8';

/** How the young generation is measured and held. */
export interface YoungHeap {
	/** Bytes it takes now. */
	readonly size: () => number;
	/** Lets it grow no more. */
	readonly hold: () => void;
}

const thisProcess: YoungHeap = {
	size: () => getHeapSpaceStatistics().find(({space_name: name}) => name === 'new_space')?.space_size ?? 0,
	// V8 reads it whenever it would grow; the greatest size itself is read at the start of the program only.
	hold: () => setFlagsFromString('--semi-space-growth-factor=1'),
};

/** Enough for what one frame and one batch of lines make. Bytes. */
const enough = 16 * 1024 * 1024;
const everyMs = 50;

/** Looks until it is large enough, then holds it for good; keeps no process alive. Returns what ends the looking. */
export function holdYoungHeap(heap: YoungHeap = thisProcess): () => void {
	const timer = setInterval(() => {
		if (heap.size() < enough) return;
		heap.hold();
		clearInterval(timer);
	}, everyMs).unref();
	return () => clearInterval(timer);
}
