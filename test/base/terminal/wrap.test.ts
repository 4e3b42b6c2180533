import {describe, expect, it} from 'vitest';
import {wrapAtMost, wrapWords} from '../../../src/base/terminal/wrap.ts';

describe('wrapWords', () => {
	it.each([
		['5xx 1.9 % of requests', 8, ['5xx', '1.9 % of', 'requests']],
		['last OOMKilled 7 h 12 m ago', 18, ['last OOMKilled 7 h', '12 m ago']],
		['it took (247 ms), usual 90', 12, ['it took', '(247 ms),', 'usual 90']],
		['failed: EUR 149.00, JPY 12,000', 13, ['failed:', 'EUR 149.00,', 'JPY 12,000']],
		['1 payment failed (USD 59.00)', 23, ['1 payment failed', '(USD 59.00)']],
		['usual 14 in an hour', 8, ['usual 14', 'in an', 'hour']],
		['all of 512 MiB', 4, ['all', 'of', '512', 'MiB']],
	])('breaks %s at %i columns with each figure next to its unit', (text, columns, lines) => {
		expect(wrapWords(text, columns)).toEqual(lines);
	});

	it('cuts a word that is wider than the line, and keeps every blank line a line', () => {
		expect(wrapWords('abcdefg h', 3)).toEqual(['abc', 'def', 'g h']);
		expect(wrapWords('', 3)).toEqual(['']);
	});
});

describe('wrapAtMost', () => {
	it('shows that the last line is cut', () => {
		expect(wrapAtMost('one two three four', 5, 2)).toEqual(['one', 'two …']);
	});
});
