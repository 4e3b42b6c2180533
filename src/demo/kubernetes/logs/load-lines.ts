/**
 * The lines of one pod of the load, by their sequence numbers. Nothing is kept: a line's time and text follow from the
 * seed, the pod and its number, so that what is served and the ground truth are the same thing told twice.
 */
import {stampOf} from './demo-log-lines.ts';
import type {Texts} from './load-text.ts';
import {mix} from '../plan/random.ts';
import type {LoadLines} from '../plan/load-log.ts';

/** How the lines lie in time: evenly; many at one instant; many a nanosecond apart. */
export type Manner = 'even' | 'same-instant' | 'nanoseconds';

/** Numbers have nine digits from the first on. */
const firstSequence = 100_000_000;

/** So many lines share an instant, or follow one another by a nanosecond. */
const burst = 25;

const stampLength = 30;

interface Second {
	readonly second: number;
	readonly timestamps: boolean;
	readonly first: number;
	readonly bytes: Buffer;
	/** Where line i begins; one more than there are lines. */
	readonly starts: Uint32Array;
}

const writeDigits = (bytes: Buffer, value: number, at: number, digits: number): void => {
	let left = value;
	for (let index = at + digits - 1; index >= at; index -= 1) {
		const tenth = Math.floor(left / 10);
		bytes[index] = 48 + left - tenth * 10;
		left = tenth;
	}
};

/** `baseSecond` (epoch seconds) is when line number 0 of the pod would have been written; `perSecond` may have a fraction. */
export const createLoadLines = (options: {
	readonly key: number;
	readonly baseSecond: number;
	readonly perSecond: number;
	readonly manner: Manner;
	readonly texts: Texts;
}): LoadLines => {
	const {key, baseSecond, perSecond, manner, texts} = options;
	const firstOf = (second: number): number => firstSequence + Math.floor((second - baseSecond) * perSecond);
	const nanosOf = (index: number, count: number): number => {
		const width = 1e9 / count;
		if (manner === 'even') {
			return Math.floor(width * (index + 0.9 * (mix(key, index) / 2 ** 32)));
		}
		const within = index % burst;
		return Math.floor(width * (index - within)) + (manner === 'nanoseconds' ? within : 0);
	};
	const secondOf = (sequence: number): number => {
		let second = baseSecond + Math.floor((sequence - firstSequence) / perSecond);
		while (firstOf(second + 1) <= sequence) second += 1;
		while (firstOf(second) > sequence) second -= 1;
		return second;
	};
	const generate = (second: number, timestamps: boolean): Second => {
		const first = firstOf(second);
		const count = firstOf(second + 1) - first;
		const lines = Array.from({length: count}, (_, index) => texts.of(key, first + index));
		const before = timestamps ? stampLength + 1 : 0;
		const bytes = Buffer.allocUnsafeSlow(lines.reduce((sum, line) => sum + line.bytes.length + before + 1, 0));
		const starts = new Uint32Array(count + 1);
		const stamp = Buffer.from(stampOf({second, nanos: 0}).slice(0, 20));
		let at = 0;
		for (const [index, line] of lines.entries()) {
			const nanos = nanosOf(index, count);
			if (timestamps) {
				bytes.set(stamp, at);
				writeDigits(bytes, nanos, at + 20, 9);
				bytes[at + 29] = 0x5a;
				bytes[at + 30] = 0x20;
				at += stampLength + 1;
			}
			bytes.set(line.bytes, at);
			if (line.timeAt >= 0) {
				bytes.set(stamp, at + line.timeAt);
				writeDigits(bytes, Math.floor(nanos / 1e6), at + line.timeAt + 20, 3);
			}
			writeDigits(bytes, first + index, at + line.sequenceAt, 9);
			at += line.bytes.length;
			bytes[at] = 0x0a;
			at += 1;
			starts[index + 1] = at;
		}
		return {second, timestamps, first, bytes, starts};
	};
	// Whoever follows asks for the same second ten times.
	const recent: [Second | undefined, Second | undefined] = [undefined, undefined];
	const told = (second: number, timestamps: boolean): Second => {
		const slot = timestamps ? 1 : 0;
		const kept = recent[slot];
		return kept?.second === second ? kept : (recent[slot] = generate(second, timestamps));
	};
	return {
		sequenceAt: ({second, nanos}) => {
			const first = firstOf(second);
			const count = firstOf(second + 1) - first;
			let [low, high] = [0, count];
			while (low < high) {
				const middle = (low + high) >> 1;
				if (nanosOf(middle, count) < nanos) low = middle + 1;
				else high = middle;
			}
			return first + low;
		},
		timeOf: (sequence) => {
			const second = secondOf(sequence);
			const first = firstOf(second);
			return {second, nanos: nanosOf(sequence - first, firstOf(second + 1) - first)};
		},
		bytes: (from, to, timestamps) => {
			const parts: Buffer[] = [];
			for (let next = from; next < to;) {
				const {first, bytes, starts} = told(secondOf(next), timestamps);
				const end = Math.min(to, first + starts.length - 1);
				parts.push(bytes.subarray(starts[next - first], starts[end - first]));
				next = end;
			}
			const [only, second] = parts;
			return only && !second ? only : Buffer.concat(parts);
		},
	};
};
