import {describe, expect, it} from 'vitest';
import {didYouMean, editDistance, nearest} from '../../src/base/nearest.ts';

describe('editDistance', () => {
	it.each([
		['', '', 0],
		['', 'abc', 3],
		['kitten', 'sitting', 3],
		['pods', 'pods', 0],
		['podz', 'pods', 1],
	])('of %j and %j is %i, either way round', (a, b, distance) => {
		expect(editDistance(a, b)).toBe(distance);
		expect(editDistance(b, a)).toBe(distance);
	});
});

describe('nearest', () => {
	const names = ['kubernetes', 'prometheus', 'alertmanager', 'sentry'];

	it('finds the name behind a typo, whatever its case', () => {
		expect(nearest('promtheus', names)).toBe('prometheus');
		expect(nearest('Kubernetse', names)).toBe('kubernetes');
	});

	it('says nothing where nothing is near', () => {
		expect(nearest('datadog', names)).toBeUndefined();
		expect(didYouMean('datadog', names)).toBe('');
	});
});
