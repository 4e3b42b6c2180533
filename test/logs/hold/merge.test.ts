import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {lineFlags} from '../../../src/logs/log-lines.ts';
import {createMerge, type MergeOptions} from '../../../src/logs/hold/merge.ts';
import {createRing, type Ring} from '../../../src/logs/hold/ring.ts';
import {batchOf, lineBytes, textBatch, type TestLine} from './batches.ts';

/** A merge of so many pods' streams that have caught up, on a clock that is set by hand. */
function merging(streams: number, options: Partial<MergeOptions> = {}) {
	const ring = createRing({capacity: 64 * 2 ** 20});
	const clock = {now: 100_000};
	const merge = createMerge({ring, now: () => clock.now, ...options});
	for (let id = 0; id < streams; id++) {
		merge.open(id, true);
		merge.caughtUp(id);
	}
	clock.now++;
	return {
		ring,
		merge,
		/** Lets time pass as the tail does: the merge is called whenever it asks for it. */
		wait: (ms: number) => {
			const end = clock.now + ms;
			for (let wait = merge.release(); wait !== undefined && clock.now + wait <= end; wait = merge.release()) clock.now += wait;
			clock.now = end;
			merge.release();
		},
	};
}

const texts = (ring: Ring) => Array.from({length: ring.end() - ring.first()}, (_, k) => ring.text(ring.first() + k));
const times = (ring: Ring) => Array.from({length: ring.end() - ring.first()}, (_, k) => ring.time(ring.first() + k));
const flags = (ring: Ring) => Array.from({length: ring.end() - ring.first()}, (_, k) => ring.flags(ring.first() + k));

describe('many streams', () => {
	it('come out by timestamp, then stream, then sequence', () => {
		const {ring, merge, wait} = merging(3);
		merge.lines(2, textBatch(['c1', 'c2', 'c3'], [10, 20, 20]));
		merge.lines(0, textBatch(['a1', 'a2'], [20, 30]));
		wait(200);
		merge.lines(1, textBatch(['b1', 'b2'], [5, 20]));
		expect(texts(ring)).toEqual([]);
		wait(100);
		expect(texts(ring)).toEqual(['b1', 'c1', 'a1', 'b2', 'c2', 'c3', 'a2']);
		expect(flags(ring)).toEqual([0, 0, 0, 0, 0, 0, 0]);
	});

	it('are held back no longer than the window', () => {
		const {ring, merge, wait} = merging(2, {reorderMs: 50});
		merge.lines(0, textBatch(['a'], 1));
		wait(49);
		expect(texts(ring)).toEqual([]);
		wait(1);
		expect(texts(ring)).toEqual(['a']);
		expect(merge.release()).toBeUndefined();
	});

	it('give a line without time that of the line before it in its stream', () => {
		const {ring, merge} = merging(2);
		merge.lines(0, textBatch(['banner', 'start', '  at x', '  at y', 'next'], [Number.NaN, 10, Number.NaN, Number.NaN, 30]));
		merge.lines(1, textBatch(['other'], 20));
		merge.lines(0, textBatch(['  at z'], Number.NaN));
		merge.flush();
		expect(texts(ring)).toEqual(['banner', 'start', '  at x', '  at y', 'other', 'next', '  at z']);
		expect(times(ring)).toEqual([Number.NaN, 10, 10, 10, 20, 30, 30]);
	});
});

it('keeps lines of several megabytes byte for byte, among others, wherever they are', () => {
	const {ring, merge, wait} = merging(2);
	const long = (fill: string) => Buffer.alloc(3 * 2 ** 20, fill);
	merge.lines(
		0,
		batchOf([
			{bytes: Buffer.from('first'), time: 10},
			{bytes: long('a\0\r\u001b'), time: 30},
			{bytes: Buffer.from('last'), time: 40},
		]),
	);
	wait(300);
	merge.lines(1, batchOf([{bytes: long('b'), time: 35}]));
	wait(300);
	expect(times(ring)).toEqual([10, 30, 35, 40]);
	expect([1, 2].map((line) => Buffer.compare(ring.bytes(line), long(line === 1 ? 'a\0\r\u001b' : 'b')))).toEqual([0, 0]);
	expect([ring.text(0), ring.text(3)]).toEqual(['first', 'last']);
});

it('takes many blocks of waiting lines in and out', () => {
	const {ring, merge, wait} = merging(2);
	for (let round = 0; round < 5; round++) {
		for (let k = 0; k < 5000; k++) merge.lines(k % 2, textBatch([`${round}/${k} ${'x'.repeat(120)}`], round * 5000 + k));
		wait(300);
	}
	wait(1000);
	expect(times(ring)).toEqual(Array.from({length: 25_000}, (_, k) => k));
	expect([ring.text(12_345).slice(0, 6), ring.text(24_999).slice(0, 6)]).toEqual(['2/2345', '4/4999']);
});

describe('histories', () => {
	it('wait for each other until all have come', () => {
		const {ring, merge, wait} = merging(0);
		for (const id of [0, 1, 2]) merge.open(id, true);
		merge.lines(0, textBatch(['a1', 'a3'], [10, 30]));
		merge.caughtUp(0);
		wait(900);
		merge.lines(1, textBatch(['b2', 'b5'], [20, 50]));
		merge.caughtUp(1);
		wait(900);
		expect(texts(ring)).toEqual([]);
		merge.lines(2, textBatch(['c0', 'c4'], [0, 40]));
		merge.caughtUp(2);
		wait(0);
		expect(texts(ring)).toEqual(['c0', 'a1', 'b2', 'a3', 'c4', 'b5']);
		expect(flags(ring)).toEqual([0, 0, 0, 0, 0, 0]);
	});

	it('flow up to where each of them has come', () => {
		const {ring, merge, wait} = merging(0);
		for (const id of [0, 1]) merge.open(id, true);
		merge.lines(0, textBatch(['a1', 'a3', 'a5'], [10, 30, 50]));
		merge.lines(1, textBatch(['b2', 'b4'], [20, 40]));
		wait(0);
		expect(texts(ring)).toEqual(['a1', 'b2', 'a3', 'b4']);
	});

	it('are not waited for longer than two seconds, nor where the stream is queued, denied or ended', () => {
		const silent = merging(1);
		silent.merge.open(1, true);
		silent.merge.lines(0, textBatch(['a'], 1));
		silent.wait(1999);
		expect(texts(silent.ring)).toEqual([]);
		silent.wait(1);
		expect(texts(silent.ring)).toEqual(['a']);
		const denied = merging(1);
		denied.merge.open(1, true);
		denied.merge.lines(0, textBatch(['a'], 1));
		denied.wait(500);
		expect(texts(denied.ring)).toEqual([]);
		denied.merge.expect(1, false);
		denied.wait(0);
		expect(texts(denied.ring)).toEqual(['a']);
	});

	it('do not wait in more memory than allowed', () => {
		const {ring, merge} = merging(1, {waitingBytes: 1000});
		merge.open(1, true);
		for (let k = 0; k < 100; k++) merge.lines(0, textBatch([`line ${k} ${'x'.repeat(50)}`], k));
		expect(ring.end()).toBeGreaterThan(80);
		merge.flush();
		expect(times(ring)).toEqual(Array.from({length: 100}, (_, k) => k));
	});
});

describe('a stream on its own', () => {
	it('is passed on at once, in its own order, with times filled in', () => {
		const {ring, merge} = merging(0);
		merge.open(0, false);
		merge.lines(0, textBatch(['one', 'two', 'three', 'four'], [30, 10, Number.NaN, 20]));
		merge.note(0, {kind: 'mark', from: 1, to: 40, text: 'rotated'});
		expect(texts(ring)).toEqual(['one', 'two', 'three', 'four', '1\trotated']);
		expect(times(ring)).toEqual([30, 10, 10, 20, 40]);
		expect(flags(ring)).toEqual([0, 0, 0, 0, lineFlags.mark]);
	});

	it('of a server that finds lines late has them put where their time says, and flagged', () => {
		const {ring, merge, wait} = merging(0);
		merge.open(0, false, true);
		merge.lines(0, textBatch(['one', 'three'], [10, 30]));
		expect(texts(ring)).toEqual(['one', 'three']);
		merge.lines(0, textBatch(['two', 'four'], [20, 40]));
		wait(300);
		expect(texts(ring)).toEqual(['one', 'two', 'three', 'four']);
		expect(flags(ring)).toEqual([0, lineFlags.late, 0, 0]);
	});

	it('is passed on once the others have ended, but not before what they left', () => {
		const {ring, merge, wait} = merging(2);
		merge.lines(0, textBatch(['last of a'], 20));
		merge.expect(0, false);
		merge.lines(1, textBatch(['b'], 10));
		expect(texts(ring)).toEqual([]);
		wait(300);
		merge.lines(1, textBatch(['more of b'], 30));
		expect(texts(ring)).toEqual(['b', 'last of a', 'more of b']);
		merge.lines(1, textBatch(['older'], 15));
		wait(300);
		expect(texts(ring)).toEqual(['b', 'older', 'last of a', 'more of b']);
	});

	it('waits for its history where others are likely to follow', () => {
		const {ring, merge, wait} = merging(0);
		merge.open(0, true);
		merge.lines(0, textBatch(['a2'], 20));
		expect(texts(ring)).toEqual([]);
		merge.open(1, true);
		merge.lines(1, textBatch(['b1'], 10));
		merge.caughtUp(0);
		merge.caughtUp(1);
		wait(0);
		expect(texts(ring)).toEqual(['b1', 'a2']);
	});
});

describe('late lines', () => {
	it('are put where they belong and flagged, many in one rewriting', () => {
		const {ring, merge, wait} = merging(3);
		const moves: (readonly number[])[] = [];
		ring.onMoved(({inserted}) => moves.push(inserted));
		merge.lines(0, textBatch(['a1', 'a3', 'a5', 'a7'], [10, 30, 50, 70]));
		wait(300);
		merge.lines(1, textBatch(['b2', 'b8'], [20, 80]));
		merge.lines(2, textBatch(['c2', 'c6'], [20, 60]));
		wait(300);
		expect(texts(ring)).toEqual(['a1', 'b2', 'c2', 'a3', 'a5', 'c6', 'a7', 'b8']);
		expect(flags(ring).map((flag) => flag === lineFlags.late)).toEqual([false, true, true, false, false, true, false, false]);
		expect(moves).toEqual([[1, 2, 5]]);
	});

	it('are told from those of the same delivery that are in time', () => {
		const {ring, merge, wait} = merging(2);
		merge.lines(0, textBatch(['a1', 'a5'], [10, 50]));
		wait(300);
		merge.lines(1, textBatch(['b2', 'b8'], [20, 80]));
		wait(300);
		expect(texts(ring)).toEqual(['a1', 'b2', 'a5', 'b8']);
		expect(flags(ring)).toEqual([0, lineFlags.late, 0, 0]);
	});

	it('are gathered: a stream that is always behind costs four rewritings a second', () => {
		const {ring, merge, wait} = merging(3);
		let moves = 0;
		ring.onMoved(() => moves++);
		for (let k = 0; k < 100; k++) {
			merge.lines(0, textBatch([`ahead ${k}`], 10_000 + k));
			merge.lines(1, textBatch([`behind ${k}`], 2 * k));
			merge.lines(2, textBatch([`far behind ${k}`], 2 * k - 101));
			wait(20);
		}
		wait(1000);
		expect(moves).toBeGreaterThan(4);
		expect(moves).toBeLessThanOrEqual(10);
		const expected = Array.from({length: 100}, (_, k) => [10_000 + k, 2 * k, 2 * k - 101]).flat();
		expect(times(ring)).toEqual(expected.sort((a, b) => a - b));
	});
});

describe('notes', () => {
	it('stand in their stream after what came before and before what comes after', () => {
		const {ring, merge} = merging(2);
		merge.lines(0, textBatch(['a1'], 10));
		merge.note(0, {kind: 'gap', from: 10, to: 1000, text: 'cut off'});
		merge.lines(0, textBatch(['a2', 'a3'], [30, 40]));
		merge.lines(1, textBatch(['b1', 'b2', 'b3'], [5, 20, 35]));
		merge.flush();
		expect(texts(ring)).toEqual(['b1', 'a1', 'b2', '10\tcut off', 'a2', 'b3', 'a3']);
		expect(times(ring)).toEqual([5, 10, 20, 30, 30, 35, 40]);
		expect(flags(ring)[3]).toBe(lineFlags.gap);
	});

	it('that are in the ring already stay before what comes after', () => {
		const {ring, merge, wait} = merging(2);
		merge.lines(0, textBatch(['a1'], 10));
		merge.note(0, {kind: 'gap', from: 10, to: 1000, text: 'cut off'});
		wait(300);
		merge.lines(0, textBatch(['a2'], 30));
		merge.lines(1, textBatch(['b1'], 40));
		wait(300);
		expect(texts(ring)).toEqual(['a1', '10\tcut off', 'b1', 'a2']);
		expect(times(ring)).toEqual([10, 1000, 40, 30]);
	});

	it('make no line late: their time is that of another clock', () => {
		const {ring, merge, wait} = merging(2);
		merge.note(0, {kind: 'mark', from: 0, to: 99_000, text: 'container restarted'});
		wait(300);
		merge.lines(1, textBatch(['b'], 50));
		wait(300);
		expect(flags(ring)).toEqual([lineFlags.mark, 0]);
	});
});

it('any interleaving gives every line once, by time, each stream in sequence, with the right flags and moves', () => {
	const line = fc.record({bytes: lineBytes, step: fc.integer({min: 0, max: 20})});
	const delivery = fc.record({
		stream: fc.nat(4),
		lines: fc.array(line, {maxLength: 8}),
		back: fc.integer({min: 0, max: 30}),
		wait: fc.nat(500),
	});
	fc.assert(
		fc.property(fc.array(delivery, {maxLength: 60}), fc.boolean(), (deliveries, history) => {
			const {ring, merge, wait} = merging(history ? 0 : 5);
			for (const id of history ? [0, 1, 2, 3, 4] : []) merge.open(id, true);
			/** What a reader has seen, kept up with what moved. */
			let seen: string[] = [];
			const flagged = new Set<string>();
			ring.onMoved(({moved, inserted, from}) => {
				const before = seen;
				seen = [];
				before.forEach((text, old) => (seen[moved(old)] = text));
				for (const number of inserted) {
					flagged.add(ring.text(number, Infinity));
					// What lies behind all that was seen is read in its turn.
					if (number < moved(before.length)) seen[number] = ring.text(number, Infinity);
				}
				expect(from).toBe(inserted[0]);
			});
			const read = () => {
				while (seen.length < ring.end()) seen.push(ring.text(seen.length, Infinity));
			};
			const sent: (TestLine & {stream: number; text: string; time: number})[] = [];
			let time = 1000;
			for (const {stream, lines, back, wait: ms} of deliveries) {
				let at = time - back;
				const batch = lines.map(({bytes, step}) => {
					at += step;
					const text = `${sent.length} `;
					const whole = Buffer.concat([Buffer.from(text), bytes]);
					const one = {bytes: whole, time: at, stream, text: whole.toString()};
					sent.push(one);
					return one;
				});
				time = Math.max(time, at);
				merge.lines(stream, batchOf(batch, stream % 2));
				read();
				wait(ms);
				read();
				expect(seen).toEqual(texts(ring));
			}
			merge.flush();
			read();
			expect(texts(ring)).toEqual(seen);
			expect(texts(ring).toSorted()).toEqual(sent.map(({text}) => text).toSorted());
			expect(times(ring)).toEqual(sent.map(({time}) => time).sort((a, b) => a - b));
			for (let id = 0; id < 5; id++) {
				const own = sent.filter(({stream}) => stream === id).sort((a, b) => a.time - b.time);
				expect(texts(ring).filter((_, number) => ring.stream(number) === id)).toEqual(own.map(({text}) => text));
			}
			for (let number = 0; number < ring.end(); number++) {
				expect(ring.flags(number)).toBe(flagged.has(ring.text(number, Infinity)) ? lineFlags.late : 0);
			}
		}),
	);
});
