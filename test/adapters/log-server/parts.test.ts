import fc from 'fast-check';
import {expect, it} from 'vitest';
import {createSuffix} from '../../../src/adapters/log-files/held-lines.ts';
import {batchOf} from '../../../src/adapters/log-server/line-batch.ts';
import {fromIso, isoOf, millisecondsOf, nanosecondsOf} from '../../../src/adapters/log-server/nanoseconds.ts';
import {createSeen} from '../../../src/adapters/log-server/seen-lines.ts';
import type {LineBatch} from '../../../src/ports/log-feed.ts';

function textsOf({bytes, count, starts, ends}: LineBatch): readonly string[] {
	return Array.from({length: count}, (_, index) => Buffer.from(bytes.subarray(starts[index], ends[index])).toString());
}

it('writes times so that a server reads the same nanosecond', () => {
	fc.assert(
		fc.property(fc.bigInt(0n, 4_000_000_000_000_000_000n), (ns) => {
			expect(fromIso(isoOf(ns))).toBe(ns);
			expect(Math.abs(millisecondsOf(ns) - Number(ns) / 1e6)).toBeLessThan(0.001);
		}),
	);
	expect(fromIso('2026-11-20T09:00:00.5+01:00')).toBe(nanosecondsOf(Date.UTC(2026, 10, 20, 8) + 500));
	expect(fromIso('yesterday')).toBeUndefined();
	expect(isoOf(nanosecondsOf(0))).toBe('1970-01-01T00:00:00.000Z');
});

it('makes lines of texts, whatever is in them', () => {
	const batch = batchOf([
		{time: 1, text: 'ä\r\nb\n'},
		{time: 2, text: ''},
		{time: 3, text: 'c\rd'},
	]);
	expect(textsOf(batch)).toEqual(['ä', 'b', '', 'c\rd']);
	expect([...batch.times]).toEqual([1, 1, 2, 3]);
});

it('knows what was delivered, however pages overlap', () => {
	const entry = fc.record({at: fc.bigInt(0n, 20n), key: fc.constantFrom('a', 'b', 'c'.repeat(100))});
	fc.assert(
		fc.property(fc.array(entry, {maxLength: 60}), fc.array(fc.tuple(fc.nat(20), fc.nat(20)), {maxLength: 10}), (all, ranges) => {
			const seen = createSeen(1000);
			const delivered = [...ranges, [0, 20] as const].flatMap(([from, to]) =>
				// A page is everything in its range, as a server gives it.
				seen.fresh(all.filter(({at}) => at >= BigInt(from) && at <= BigInt(to))),
			);
			const sorted = (list: typeof all) => list.map(({at, key}) => `${at}${key}`).toSorted();
			expect(sorted(delivered)).toEqual(sorted(all));
		}),
	);
});

it('forgets the oldest where there are too many, and says how far back it reaches', () => {
	const seen = createSeen(100);
	const page = Array.from({length: 150}, (_, index) => ({at: BigInt(index), key: 'x'}));
	seen.fresh(page);
	expect(seen.forgetBefore(10n)).toBe(100n);
	expect(seen.fresh(page.slice(100))).toEqual([]);
});

it('shows of lines that can only be read forwards what reading backwards would', () => {
	const options = fc.record({
		times: fc.array(fc.nat(100), {maxLength: 80}),
		sizes: fc.array(fc.integer({min: 1, max: 10}), {minLength: 1, maxLength: 20}),
		from: fc.option(fc.nat(110), {nil: undefined}),
		newest: fc.option(fc.nat(90), {nil: undefined}),
	});
	fc.assert(
		fc.property(options, ({times, sizes, from, newest}) => {
			const sorted = times.toSorted((a, b) => a - b);
			const suffix = createSuffix({from, newest});
			const got: string[] = [];
			for (let at = 0, turn = 0; at < sorted.length; turn++) {
				const size = sizes[turn % sizes.length] ?? 1;
				const lines = sorted.slice(at, at + size).map((time, index) => ({time, text: String(at + index)}));
				for (const batch of suffix.add(batchOf(lines))) got.push(...textsOf(batch));
				at += size;
			}
			for (const batch of suffix.end()) got.push(...textsOf(batch));
			const recent = from === undefined ? (newest === undefined ? sorted.length : 0) : sorted.filter((time) => time >= from).length;
			const wanted = Math.min(sorted.length, Math.max(recent, newest ?? 0));
			expect(got).toEqual(sorted.map((_, index) => String(index)).slice(sorted.length - wanted));
		}),
	);
});
