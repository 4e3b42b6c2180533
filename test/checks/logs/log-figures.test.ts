import {expect, test} from 'vitest';
import {percentile} from '../../../src/checks/logs/log-figures.ts';

test('percentiles by nearest rank', () => {
	expect(percentile([], 0.95)).toBeUndefined();
	expect(percentile([5], 0.95)).toBe(5);
	expect(
		percentile(
			Array.from({length: 100}, (_, index) => 100 - index),
			0.95,
		),
	).toBe(95);
});
