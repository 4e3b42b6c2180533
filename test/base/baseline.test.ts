import {expect, test} from 'vitest';
import {baselineOf, isUnusual} from '../../src/base/baseline.ts';

test('median and spread of the past weeks', () => {
	expect(baselineOf([4, 1, 3, 2])).toEqual({known: true, median: 2.5, mad: 1, points: [4, 1, 3, 2]});
	expect(baselineOf([5, 1, 100])).toMatchObject({median: 5, mad: 4});
});

test.each([[[]], [[1, 2]], [[1, undefined, Number.NaN, Number.POSITIVE_INFINITY, 2]]])('%j is no history', (values) => {
	expect(baselineOf(values).known).toBe(false);
});

const rule = {spreads: 4, times: 3, floor: 10};
test.each([
	['above everything', 31, [10, 10, 10], true],
	['not three times', 30, [10, 10, 10], false],
	['three times but below the floor', 9, [1, 1, 1], false],
	['within a wide spread', 60, [1, 15, 30], false],
	['beyond a wide spread', 120, [1, 15, 30], true],
	['from nothing', 11, [0, 0, 0], true],
	['no history', 1000, [1, 1], undefined],
])('%s', (_, now, past, expected) => {
	expect(isUnusual(now, baselineOf(past), rule)).toBe(expected);
});
