import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {sanitize} from '../../../src/base/terminal/sanitize.ts';
import {fit, pad, truncate, width} from '../../../src/base/terminal/width.ts';

const text = fc.oneof(fc.string(), fc.string({unit: 'grapheme'}), fc.stringMatching(/^[a-z東京😀é ]*$/u)).map(sanitize);

describe('width', () => {
	it.each([
		['abc', 3],
		['東京', 4],
		['e\u0301', 1],
		['😀', 2],
		['…', 1],
		['', 0],
	] as const)('%j takes %i', (text, columns) => {
		expect(width(text)).toBe(columns);
	});
});

describe('truncate', () => {
	it.each([
		['checkout', 8, 'checkout'],
		['checkout', 5, 'chec…'],
		['checkout', 1, '…'],
		['checkout', 0, ''],
		['東京都', 6, '東京都'],
		['東京都', 5, '東京…'],
		['東京都', 4, '東…'],
		['🇩🇪🇫🇷🇮🇹', 5, '🇩🇪🇫🇷…'],
	])('%j in %i columns is %j', (text, columns, expected) => {
		expect(truncate(text, columns)).toBe(expected);
	});

	it('never takes more than its columns and leaves fitting text alone', () => {
		fc.assert(
			fc.property(text, fc.nat(40), (text, columns) => {
				expect(width(truncate(text, columns))).toBeLessThanOrEqual(columns);
				expect(truncate(text, width(text))).toBe(text);
			}),
		);
	});

	it('reads only as far as it must', () => {
		expect(truncate('é'.repeat(5_000_000), 4)).toBe('ééé…');
	});
});

describe('pad and fit', () => {
	it('aligns by columns, not by characters', () => {
		expect(pad('東', 4)).toBe('東  ');
		expect(pad('1/2', 5, 'right')).toBe('  1/2');
		expect(pad('long', 2)).toBe('long');
	});

	it('fits exactly', () => {
		fc.assert(
			fc.property(text, fc.nat(30), fc.constantFrom('left' as const, 'right' as const), (text, columns, align) => {
				expect(width(fit(text, columns, align))).toBe(columns);
			}),
		);
	});
});
