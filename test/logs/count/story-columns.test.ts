import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createHistogram} from '../../../src/logs/count/histogram.ts';
import {storyColumns} from '../../../src/logs/count/story-columns.ts';
import {createFakeLines} from '../fake-lines.ts';

const now = Date.UTC(2026, 10, 20, 8, 33);
const minute = 60_000;

/** A histogram of lines at those times, in milliseconds before now. */
function histogramOf(ages: readonly number[]) {
	const lines = createFakeLines(1000);
	for (const age of ages) lines.add({text: 'line', time: now - age});
	const histogram = createHistogram();
	for (const line of ages.keys()) histogram.look(lines, line);
	return histogram;
}
const every = (ms: number, {from, to}: {from: number; to: number}) =>
	Array.from({length: Math.floor((from - to) / ms)}, (_, k) => from - k * ms);

describe('the bars over the lines', () => {
	test('reach over all of them where they came evenly', () => {
		const ages = every(5000, {from: 60 * minute, to: 0});
		const {bars, older} = storyColumns(histogramOf(ages), 60);
		expect(older).toBe(0);
		expect(bars[0]?.from).toBeLessThanOrEqual(now - 60 * minute);
	});

	test('tell the newest minutes, where a few lines of quiet streams are days old', () => {
		const quiet = every(minute, {from: 5 * 24 * 60 * minute, to: 5 * 24 * 60 * minute - 100 * minute});
		const busy = every(500, {from: 10 * minute, to: 0});
		const {bars, older} = storyColumns(histogramOf([...quiet, ...busy]), 65);
		expect(older).toBe(100);
		expect(now - (bars[0]?.from ?? 0)).toBeLessThan(40 * minute);
		expect(bars.filter(({total}) => total > 0).length).toBeGreaterThanOrEqual(10);
	});

	test('show what was before a burst as long as the burst', () => {
		const usual = every(2000, {from: 6 * 60 * minute, to: 4 * minute});
		const burst = every(5, {from: 4 * minute, to: 0});
		const {bars} = storyColumns(histogramOf([...usual, ...burst]), 65);
		expect(bars[0]?.from).toBeLessThan(now - 6 * minute);
		expect(bars.filter(({total, from}) => from < now - 4 * minute && total > 0).length).toBeGreaterThanOrEqual(10);
	});

	test('leave no line uncounted, and end with the newest', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(10 ** 9), {minLength: 1, maxLength: 80}), fc.integer({min: 20, max: 150}), (ages, count) => {
				const {bars, older} = storyColumns(histogramOf(ages), count);
				expect(bars).toHaveLength(count);
				expect(older + bars.reduce((sum, {total}) => sum + total, 0)).toBe(ages.length);
				expect(older).toBeLessThanOrEqual(ages.length / 4);
				expect(bars.at(-1)?.total).toBeGreaterThan(0);
			}),
		);
	});

	test('are none where no line tells a time', () => {
		expect(storyColumns(histogramOf([Number.NaN]), 20)).toEqual({bars: [], older: 0});
	});
});
