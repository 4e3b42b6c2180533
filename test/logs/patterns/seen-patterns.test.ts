import {describe, expect, it} from 'vitest';
import {formatSeenPatterns, newSince, nothingSeen, parseSeenPatterns, remember} from '../../../src/logs/patterns/seen-patterns.ts';

const of = (...templates: readonly string[]) => templates.map((template) => ({template}));

describe('what is new since the last look', () => {
	const seen = remember(nothingSeen, ['order <*> accepted', 'user alice logged in'], 1000);

	it('is what no earlier look has seen', () => {
		expect(newSince(seen, of('order <*> accepted', 'payment <*> failed'))).toEqual(of('payment <*> failed'));
	});

	it('is nothing where there was no earlier look', () => {
		expect(newSince(nothingSeen, of('order <*> accepted'))).toEqual([]);
	});

	it('is not a pattern that has become more general, or was more general then', () => {
		expect(newSince(seen, of('user <*> logged in', 'order late accepted'))).toEqual([]);
		expect(newSince(seen, of('user <*> logged out'))).toEqual(of('user <*> logged out'));
	});
});

describe('remembering', () => {
	it('keeps when a template was seen first, and when last', () => {
		const twice = remember(remember(nothingSeen, ['a <*>'], 1000), ['a <*>', 'b'], 2000);
		expect(twice).toEqual({
			lookedAt: 2000,
			templates: [
				{template: 'a <*>', firstSeen: 1000, lastSeen: 2000},
				{template: 'b', firstSeen: 2000, lastSeen: 2000},
			],
		});
	});

	it('drops what was not seen for longest beyond ten thousand', () => {
		const old = remember(nothingSeen, ['the oldest'], 1);
		const full = remember(
			old,
			Array.from({length: 10_000}, (_, index) => `pattern ${index}`),
			2,
		);
		expect(full.templates).toHaveLength(10_000);
		expect(full.templates.some(({template}) => template === 'the oldest')).toBe(false);
	});
});

describe('the file', () => {
	it('comes back as it was written', () => {
		const seen = remember(nothingSeen, ['a "quoted" <*>', 'ünï'], 1000);
		expect(parseSeenPatterns(formatSeenPatterns(seen))).toEqual(seen);
		expect(parseSeenPatterns(formatSeenPatterns(nothingSeen))).toEqual(nothingSeen);
	});

	it.each([
		['', 'it is not JSON'],
		['{"version":1,"templa', 'it is not JSON'],
		['null', 'it is of another version'],
		['{"version":2,"templates":[]}', 'it is of another version'],
		['{"version":1}', 'it holds something else'],
		['{"version":1,"lookedAt":"today","templates":[]}', 'it holds something else'],
		['{"version":1,"templates":[{"template":7}]}', 'it holds something else'],
	])('%j is a problem in words', (text, problem) => {
		expect(parseSeenPatterns(text)).toEqual({problem});
	});
});
