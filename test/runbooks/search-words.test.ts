import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {editDistance} from '../../src/base/nearest.ts';
import {fold, meet, meetNearly, quality, withinOneLetter, wordsOf} from '../../src/runbooks/search-words.ts';

const word = fc.string({unit: fc.constantFrom('a', 'b', 'c', 'd', 'e'), minLength: 1, maxLength: 9});

describe('words of a query', () => {
	test.each([
		['  Stuck  webhooks ', ['stuck', 'webhook']],
		['image-pull 5xx', ['image', 'pull', '5xx']],
		['status dns class', ['statu', 'dns', 'class']],
		['Größe größe', ['große']],
		['Gro\u0308ße', ['große']],
		['*** …', []],
	])('%j', (query, expected) => {
		expect(wordsOf(query)).toEqual(expected);
	});
});

test('folding keeps every position', () => {
	fc.assert(
		fc.property(fc.string({unit: 'grapheme'}), (text) => {
			expect(fold(text)).toHaveLength(text.length);
		}),
	);
	expect(fold('İSTANBUL 𐐀 Ä')).toBe('istanbul 𐐨 a');
});

describe('how a word is in a text', () => {
	test.each([
		['a pod dies', 'pod', quality.whole],
		['two pods die', 'pod', quality.whole],
		['the podium', 'pod', quality.prefix],
		['tripod', 'pod', quality.inside],
		['tripod podium pod', 'pod', quality.whole],
		['http 500,', '500', quality.whole],
		['caféx', 'caf', quality.prefix],
		['nothing', 'pod', quality.none],
	])('%j: %s', (text, word, expected) => {
		expect(meet(text, word).quality).toBe(expected);
	});

	test('counts no further than a page says more with', () => {
		expect(meet('pod '.repeat(10_000), 'pod')).toEqual({quality: quality.whole, count: 50});
	});
});

describe('one wrong letter', () => {
	test('is one insertion, deletion or replacement, or two neighbours changing places', () => {
		fc.assert(
			fc.property(word, word, (a, b) => {
				const swaps = Array.from({length: a.length - 1}, (_, at) => a.slice(0, at) + a[at + 1] + a[at] + a.slice(at + 2));
				expect(withinOneLetter(a, b)).toBe(editDistance(a, b) <= 1 || swaps.includes(b));
			}),
			{numRuns: 2000},
		);
	});

	test('is met wherever a plain comparison with every word and every beginning meets it', () => {
		const text = fc.array(word, {maxLength: 6}).map((words) => words.join(' '));
		fc.assert(
			fc.property(
				text,
				word.filter(({length}) => length >= 5),
				(text, typed) => {
					const plain = text
						.split(' ')
						.some((one) =>
							[one, ...[-1, 0, 1].map((more) => one.slice(0, typed.length + more))].some((part) => withinOneLetter(typed, part)),
						);
					expect(meetNearly(text, typed).count > 0).toBe(plain);
				},
			),
			{numRuns: 5000},
		);
	});

	test('short words with a wrong letter are other words', () => {
		expect(meetNearly('a pod', 'pad').count).toBe(0);
	});
});
