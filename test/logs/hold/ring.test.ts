import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {lineFlags, type Level, type Moved} from '../../../src/logs/log-lines.ts';
import {createRing, type Ring} from '../../../src/logs/hold/ring.ts';
import {createChunk, takenFrom, copyFromBatch} from '../../../src/logs/hold/ring-chunk.ts';
import {batchOf, lineBytes, textBatch, type TestLine} from './batches.ts';

interface ModelLine extends TestLine {
	readonly stream: number;
	readonly flags: number;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const plain = ({bytes, time, stream, flags}: ModelLine) => ({bytes: hex(bytes), time, stream, flags});

/** What the ring holds, read line by line. */
function held(ring: Ring) {
	const lines = [];
	for (let line = ring.first(); line < ring.end(); line++) {
		lines.push(plain({bytes: ring.bytes(line), time: ring.time(line), stream: ring.stream(line), flags: ring.flags(line)}));
	}
	return lines;
}

/** What the ring holds, read through its chunks as a scan does. */
function scanned(ring: Ring) {
	return ring.chunks().flatMap((chunk) =>
		Array.from({length: chunk.count}, (_, k) => {
			const end = (k + 1 < chunk.count ? chunk.starts[k + 1]! : chunk.used) - 1;
			expect(chunk.bytes[end]).toBe(0x0a);
			expect(ring.chunkOf(chunk.first + k)).toBe(chunk);
			return hex(chunk.bytes.subarray(chunk.starts[k], end));
		}),
	);
}

/** What the ring tells about times, against a look at each line. */
function expectTimes(ring: Ring, lines: readonly {readonly time: number}[]) {
	expect(ring.reachesBackTo()).toBe(lines.find(({time}) => !Number.isNaN(time))?.time);
	for (const at of [-1, 0, 25, 50, 51]) {
		const first = lines.findIndex(({time}) => time >= at);
		expect(ring.lineAt(at)).toBe(first < 0 ? ring.end() : ring.first() + first);
	}
}

/** Puts lines into a ring as the merge does: from a chunk of its own. */
function insert(ring: Ring, lines: readonly ModelLine[]) {
	const chunk = createChunk(Buffer.alloc(lines.reduce((sum, {bytes}) => sum + bytes.length + 1, 1)), 1);
	for (const {stream, flags, ...line} of lines) copyFromBatch(chunk, takenFrom(batchOf([line]), {stream, flags}), 0);
	ring.insert({chunks: lines.map(() => chunk), at: lines.map((_, k) => k), keys: lines.map(({time}) => time)});
}

const time = fc.oneof(fc.integer({min: 0, max: 50}), fc.constant(Number.NaN));
const stream = fc.integer({min: 0, max: 65_535});
const testLine = fc.record({bytes: lineBytes, time});

it('gives lines back that no one reads again, but not those that late ones may be put among', () => {
	const ring = createRing({capacity: 64 * 1024, lateBound: {bytes: 8 * 1024, lines: 1000}});
	for (let k = 0; k < 500; k++) ring.append(textBatch([`line ${k} ${'x'.repeat(50)}`], k), 0);
	const before = ring.bytesHeld();
	ring.forget(100);
	expect(ring.first()).toBeGreaterThan(0);
	expect(ring.first()).toBeLessThanOrEqual(100);
	expect(ring.bytesHeld()).toBeLessThan(before);
	ring.forget(500);
	expect(ring.bytesHeld()).toBeGreaterThanOrEqual(8 * 1024);
	expect(ring.wrapped()).toBe(false);
	const lines = held(ring);
	expect(lines.at(-1)?.time).toBe(499);
	expect(lines).toHaveLength(500 - ring.first());
	insert(ring, [{bytes: Buffer.from('late'), time: 495, stream: 1, flags: 0}]);
	expect(
		held(ring)
			.map(({time}) => time)
			.slice(-6),
	).toEqual([495, 495, 496, 497, 498, 499]);
});

describe('the ring against a plain array', () => {
	it('holds the newest lines of any batches byte for byte', () => {
		const append = fc.record({
			lines: fc.array(testLine, {maxLength: 30}),
			stream,
			prefix: fc.nat(2),
			separator: fc.constantFrom(0x0a, 0),
			flags: fc.constantFrom(0, 0x20),
		});
		fc.assert(
			fc.property(fc.array(append, {maxLength: 40}), fc.integer({min: 600, max: 60_000}), (appends, capacity) => {
				const ring = createRing({capacity});
				const model: ModelLine[] = [];
				for (const {lines, stream, prefix, separator, flags} of appends) {
					ring.append(batchOf(lines, prefix, separator), stream, {flags});
					model.push(...lines.map((line) => ({...line, stream, flags})));
					expect(ring.end()).toBe(model.length);
					// A single line may be larger than all that may be held; it is then held alone.
					expect(ring.chunks().length === 1 || ring.bytesHeld() <= capacity).toBe(true);
				}
				const expected = model.slice(ring.first()).map(plain);
				expect(held(ring)).toEqual(expected);
				expect(scanned(ring)).toEqual(expected.map(({bytes}) => bytes));
				expect(ring.wrapped()).toBe(ring.first() > 0);
				expectTimes(ring, expected);
			}),
		);
	});

	it('puts late lines where they belong, no further back than the bound, and tells what moved', () => {
		const step = fc.record({
			lines: fc.array(testLine, {maxLength: 20}),
			stream,
			late: fc.array(fc.record({bytes: lineBytes, time: fc.integer({min: 0, max: 50}), stream, flags: fc.constant(lineFlags.late)}), {
				maxLength: 5,
			}),
		});
		const bounds = fc.record({bytes: fc.integer({min: 1, max: 8000}), lines: fc.integer({min: 1, max: 60})});
		fc.assert(
			fc.property(fc.array(step, {maxLength: 20}), bounds, fc.integer({min: 600, max: 60_000}), (steps, lateBound, capacity) => {
				const ring = createRing({capacity, lateBound});
				const model: ModelLine[] = [];
				const changes: Moved[] = [];
				ring.onMoved((change) => changes.push(change));
				for (const {lines, stream, late} of steps) {
					ring.append(batchOf(lines), stream);
					model.push(...lines.map((line) => ({...line, stream, flags: 0})));
					const before = [...model];
					expectTimes(ring, model.slice(ring.first()));
					const sorted = late.toSorted((a, b) => a.time - b.time);
					const oldest = lowestPlace(model, lateBound, ring.first());
					for (const line of sorted) model.splice(placeFor(model, line.time, before, oldest), 0, line);
					changes.length = 0;
					insert(ring, sorted);
					expect(held(ring)).toEqual(model.slice(ring.first()).map(plain));
					expect(scanned(ring)).toEqual(model.slice(ring.first()).map(({bytes}) => hex(bytes)));
					expectTimes(ring, model.slice(ring.first()));
					const shown = before.findIndex((line, number) => model[number] !== line);
					expect(changes).toHaveLength(shown < 0 ? 0 : 1);
					for (const {from, moved, inserted} of changes) {
						expect(from).toBe(shown);
						expect(before.map((_, old) => model[moved(old)])).toEqual(before);
						expect(inserted.map((number) => model[number])).toEqual(sorted);
					}
				}
			}),
		);
	});
});

/** The first place that the bound still allows. */
function lowestPlace(model: readonly ModelLine[], bound: {readonly bytes: number; readonly lines: number}, first: number): number {
	let bytes = 0;
	let place = model.length;
	while (place > first && model.length - place < bound.lines) {
		bytes += model[place - 1]!.bytes.length + 1;
		if (bytes > bound.bytes) break;
		place--;
	}
	return place;
}

/** After the newest line that is not later, among those that may be passed; a line without time is passed only for a later one before it. */
function placeFor(model: readonly ModelLine[], time: number, before: readonly ModelLine[], oldest: number): number {
	const fixed = new Set(before.slice(0, oldest));
	let place = model.length;
	for (let at = model.length - 1; at >= 0 && !fixed.has(model[at]!) && !(model[at]!.time <= time); at--) {
		if (model[at]!.time > time) place = at;
	}
	return place;
}

describe('one line', () => {
	it('is kept whole when it is longer than a chunk, and its neighbours too', () => {
		const ring = createRing({capacity: 32 * 2 ** 20});
		const long = Buffer.alloc(5 * 2 ** 20, 'long \0\u001b[31m');
		ring.append(
			batchOf([
				{bytes: Buffer.from('before'), time: 1},
				{bytes: long, time: 2},
				{bytes: Buffer.from('after'), time: 3},
			]),
			0,
		);
		expect(ring.end()).toBe(3);
		expect(ring.text(0)).toBe('before');
		expect(Buffer.compare(ring.bytes(1), long)).toBe(0);
		expect(ring.text(2)).toBe('after');
		expect(ring.wrapped()).toBe(false);
	});

	it('is held alone when it is longer than the capacity', () => {
		const ring = createRing({capacity: 2 ** 20});
		ring.append(textBatch(['small', 'x'.repeat(2 ** 21)]), 0);
		expect([ring.first(), ring.end(), ring.length(1)]).toEqual([1, 2, 2 ** 21]);
		ring.append(textBatch(['next']), 0);
		expect([ring.first(), ring.end(), ring.text(2)]).toEqual([2, 3, 'next']);
	});

	it('is decoded with U+FFFD for invalid bytes and cut between characters', () => {
		const ring = createRing({capacity: 2 ** 20});
		ring.append(
			batchOf([
				{bytes: Uint8Array.of(0x61, 0xff, 0x62), time: 1},
				{bytes: Buffer.from('häuser €'), time: 2},
			]),
			0,
		);
		expect(ring.text(0)).toBe('a\uFFFDb');
		expect(ring.text(1)).toBe('häuser €');
		expect(ring.text(1, 2)).toBe('h');
		expect(ring.text(1, 3)).toBe('hä');
		expect(ring.text(1, 9)).toBe('häuser ');
	});

	it('that is not held is refused by its number', () => {
		const ring = createRing({capacity: 2 ** 20});
		expect(() => ring.text(0)).toThrow('line 0 is not held');
		expect(ring.chunkOf(0)).toBeUndefined();
		expect([ring.lineAt(0), ring.reachesBackTo(), ring.bytesHeld()]).toEqual([0, undefined, 0]);
	});
});

describe('levels', () => {
	it('are looked for once, in the line alone, and survive a late line before them', () => {
		const asked: string[] = [];
		const levelIn = (bytes: Uint8Array, start: number, end: number): Level | undefined => {
			const text = Buffer.from(bytes.subarray(start, end)).toString();
			asked.push(text);
			return text.startsWith('E') ? 'error' : undefined;
		};
		const ring = createRing({capacity: 2 ** 20, levelIn});
		ring.append(textBatch(['one', 'E two', 'three'], [1, 2, 3]), 0);
		ring.append(textBatch(['E cut off'], 4), 0, {flags: lineFlags.gap});
		const levels = () => [0, 1, 2, 3].map((line) => ring.level(line));
		expect(levels()).toEqual([undefined, 'error', undefined, undefined]);
		expect(levels()).toEqual([undefined, 'error', undefined, undefined]);
		expect(asked).toEqual(['one', 'E two', 'three']);
		insert(ring, [{bytes: Buffer.from('late'), time: 1.5, stream: 1, flags: lineFlags.late}]);
		expect([ring.text(1), ring.text(2), ring.level(2)]).toEqual(['late', 'E two', 'error']);
		expect(asked).toHaveLength(3);
		expect(ring.flags(1)).toBe(lineFlags.late);
	});
});

it('forgets a line with its chunk, even the one that was read last', () => {
	const ring = createRing({capacity: 16 * 1024});
	ring.append(textBatch(['first']), 0);
	expect(ring.text(0)).toBe('first');
	for (let k = 0; !ring.wrapped(); k++) ring.append(textBatch([`line ${k}`]), 0);
	expect(ring.first()).toBeGreaterThan(0);
	expect(ring.chunkOf(0)).toBeUndefined();
	expect(() => ring.text(0)).toThrow('line 0 is not held');
});

it('uses the memory of dropped chunks again', () => {
	const ring = createRing({capacity: 16 * 1024});
	const buffers = new Set<Buffer>();
	for (let k = 0; k < 3000; k++) {
		ring.append(textBatch([`line ${k} ${'x'.repeat(100)}`]), 0);
		buffers.add(ring.chunkOf(ring.end() - 1)!.bytes);
	}
	expect(ring.first()).toBeGreaterThan(2000);
	expect(buffers.size).toBeLessThan(20);
});
