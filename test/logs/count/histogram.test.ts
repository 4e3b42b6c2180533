import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createHistogram, type Histogram} from '../../../src/logs/count/histogram.ts';
import {type Level, levels} from '../../../src/logs/log-lines.ts';
import {bucketWidths} from '../../../src/logs/count/time-buckets.ts';
import {createFakeLines} from '../fake-lines.ts';

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];
const at = Date.UTC(2026, 10, 20, 8, 31);

function counted(lines: readonly {readonly time: number; readonly level?: Level | undefined}[], histogram = createHistogram()): Histogram {
	const held = createFakeLines();
	held.add(...lines.map(({time, level}) => ({text: 'x', time, ...(level === undefined ? {} : {level})})));
	lines.forEach((_, line) => histogram.look(held, line));
	return histogram;
}

it('gives bars side by side with the counts of each level', () => {
	const histogram = counted([
		{time: at, level: 'info'},
		{time: at + 900, level: 'error'},
		{time: at + 1000},
		{time: at + 3500, level: 'fatal'},
	]);
	const columns = histogram.columns(at, at + 3999, 4);
	expect(columns.map(({from, to}) => [from - at, to - at])).toEqual([
		[0, 1000],
		[1000, 2000],
		[2000, 3000],
		[3000, 4000],
	]);
	expect(columns.map(({total}) => total)).toEqual([2, 1, 0, 1]);
	expect(columns[0]?.counts).toEqual({none: 0, debug: 0, info: 1, warn: 0, error: 1, fatal: 0});
	expect(columns[1]?.counts.none).toBe(1);
	expect(columns[3]?.counts.fatal).toBe(1);
});

it('counts the levels of all lines with a time, wherever they are', () => {
	const histogram = counted([
		{time: at, level: 'error'},
		{time: at - 90 * day, level: 'error'},
		{time: at},
		{time: Number.NaN, level: 'error'},
	]);
	expect(histogram.counts()).toEqual({none: 1, debug: 0, info: 0, warn: 0, error: 2, fatal: 0});
	histogram.reset();
	expect(histogram.counts().error).toBe(0);
});

it('counts lines without time apart', () => {
	const histogram = counted([{time: Number.NaN, level: 'error'}, {time: at}]);
	expect([histogram.total(), histogram.withoutTime(), histogram.span()]).toEqual([2, 1, {from: at, to: at}]);
});

describe('widths that people know', () => {
	it.each([
		[59 * second, 60, second],
		[61 * second, 60, 2 * second],
		[41 * minute, 65, minute],
		[24 * hour, 48, hour],
		[20 * day, 60, 12 * hour],
		[100 * day, 60, 2 * day],
	])('%s ms in %s bars: %s ms', (span, count, width) => {
		const columns = createHistogram().columns(at, at + span, count);
		expect(columns).toHaveLength(count);
		expect((columns[0]?.to ?? 0) - (columns[0]?.from ?? 0)).toBe(width);
		expect(columns[0]?.from).toBeLessThanOrEqual(at);
		expect(columns.at(-1)?.to).toBeGreaterThan(at + span);
		expect((columns[0]?.from ?? 1) % width).toBe(0);
	});
});

it('loses no line, however far the times lie apart and however the bars are cut', () => {
	const time = fc.oneof(fc.integer({min: 0, max: 200 * second}), fc.integer({min: 0, max: 40 * day}), fc.constantFrom(0, 400 * day));
	const line = fc.record({time: time.map((ms) => at + ms), level: fc.constantFrom(undefined, ...levels)});
	fc.assert(
		fc.property(fc.array(line, {minLength: 1, maxLength: 60}), fc.integer({min: 1, max: 120}), (lines, count) => {
			const histogram = counted(lines);
			const {from, to} = histogram.span() ?? {from: 0, to: 0};
			const columns = histogram.columns(from, to, count);
			expect(columns).toHaveLength(count);
			const width = (columns[0]?.to ?? 0) - (columns[0]?.from ?? 0);
			expect(bucketWidths.includes(width) || width % day === 0).toBe(true);
			for (const column of columns) {
				const inside = lines.filter((other) => other.time >= column.from && other.time < column.to);
				expect(column.total).toBe(inside.length);
				for (const level of levels) expect(column.counts[level]).toBe(inside.filter((other) => other.level === level).length);
			}
			expect(columns.reduce((sum, {total}) => sum + total, 0)).toBe(lines.length);
		}),
	);
});

it('holds a long time in bounded memory by wider moments, and still counts every line', () => {
	const lines = Array.from({length: 40_000}, (_, k) => ({time: at + k * 7 * second, level: 'info' as const}));
	const histogram = counted(lines);
	const {from, to} = histogram.span()!;
	const columns = histogram.columns(from, to, 100);
	expect(columns.reduce((sum, {total}) => sum + total, 0)).toBe(40_000);
	const narrow = histogram.columns(from, from + 10 * second, 10);
	// Seconds are no longer distinguished: the bars are as wide as what is known.
	expect((narrow[0]?.to ?? 0) - (narrow[0]?.from ?? 0)).toBeGreaterThan(7 * second);
});

it('forgets all when it begins anew', () => {
	const histogram = counted([{time: at}]);
	histogram.reset();
	expect([histogram.total(), histogram.span(), histogram.columns(at, at, 1)[0]?.total]).toEqual([0, undefined, 0]);
	expect(counted([{time: at}], histogram).columns(at, at, 1)[0]?.total).toBe(1);
});
