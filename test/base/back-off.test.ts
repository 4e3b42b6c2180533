import {expect, test} from 'vitest';
import {pauseAfter} from '../../src/base/back-off.ts';
import {SourceError, type SourceErrorKind} from '../../src/base/source-error.ts';

const backOff = {first: 1000, longest: 30_000, hopeless: 60_000};
const error = (kind: SourceErrorKind, retryAfterMs?: number) =>
	new SourceError({source: 'Sample', kind, message: 'no', ...(retryAfterMs === undefined ? {} : {retryAfterMs})});

test('doubles up to the longest pause when failures follow each other', () => {
	expect([0, 1, 2, 3, 6, 40].map((failures) => pauseAfter(failures, error('timeout'), backOff, () => 0))).toEqual([
		0, 1000, 2000, 4000, 30_000, 30_000,
	]);
});

test('waits as long as the server asks when that is longer', () => {
	expect(pauseAfter(1, error('rate-limited', 45_000), backOff, () => 0)).toBe(45_000);
	expect(pauseAfter(5, error('rate-limited', 2000), backOff, () => 0)).toBe(16_000);
	expect(pauseAfter(5, error('rate-limited', 0), backOff, () => 0)).toBe(16_000);
});

test('asks rarely when the error does not pass by itself', () => {
	expect(pauseAfter(1, error('forbidden'), backOff, () => 0)).toBe(60_000);
	expect(pauseAfter(1, error('forbidden', 90_000), backOff, () => 0)).toBe(90_000);
	expect(pauseAfter(1, error('forbidden'), {first: 1000, longest: 5000}, () => 0)).toBe(1000);
});

test('adds up to a quarter at random and never takes anything away', () => {
	const pauses = [0, 0.5, 0.999].map((random) => pauseAfter(3, new Error('no SourceError'), backOff, () => random));
	expect(pauses).toEqual([4000, 4500, 4999]);
});
