import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {sanitize, sanitizeMultiline} from '../../../src/base/terminal/sanitize.ts';

/** Checked code point by code point, so that it shares nothing with the expression under test. */
function harmful(text: string): string[] {
	const found: string[] = [];
	for (const character of text) {
		const code = character.codePointAt(0) ?? 0;
		const control = code < 0x20 || (code >= 0x7f && code <= 0x9f);
		const bidi =
			code === 0x061c || code === 0x200e || code === 0x200f || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
		const invisible = (code >= 0x200b && code <= 0x200d) || code === 0xfeff || code === 0x2060 || code === 0x00ad || code === 0x3164;
		const separator = code === 0x2028 || code === 0x2029;
		const surrogate = code >= 0xd800 && code <= 0xdfff;
		const tag = code >= 0xe0000 && code <= 0xe007f;
		if (control || bidi || invisible || separator || surrogate || tag) found.push(code.toString(16));
	}
	return found;
}

const hostile = fc
	.array(
		fc.constantFrom(
			'\u001B',
			'[',
			']',
			'0;',
			'31',
			'm',
			'\u0007',
			'\u009B',
			'\u009D',
			'\u009C',
			'\\',
			'P',
			'\n',
			'\r',
			'\t',
			'a',
			' ',
			'\u202E',
			'\u2066',
			'\uD83D',
			'😀',
			'\u200B',
			'\u0301',
		),
		{maxLength: 40},
	)
	.map((parts) => parts.join(''));

describe('sanitize', () => {
	it('lets nothing through from any bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array({maxLength: 200}), (bytes) => {
				expect(harmful(sanitize(Buffer.from(bytes).toString('utf8')))).toEqual([]);
				expect(harmful(sanitize(Buffer.from(bytes).toString('latin1')))).toEqual([]);
			}),
			{numRuns: 500},
		);
	});

	it('lets nothing through from any mixture of escapes and text', () => {
		fc.assert(
			fc.property(fc.oneof(hostile, fc.string({unit: 'binary'})), (text) => {
				expect(harmful(sanitize(text))).toEqual([]);
				expect(harmful(sanitizeMultiline(text).replaceAll('\n', ''))).toEqual([]);
			}),
			{numRuns: 500},
		);
	});

	it('says the same twice', () => {
		fc.assert(
			fc.property(hostile, (text) => {
				expect(sanitize(sanitize(text))).toBe(sanitize(text));
			}),
		);
	});

	it.each([
		['\u001B[31mred\u001B[0m', 'red'],
		['\u001B]0;owned\u0007title', 'title'],
		['\u001B]8;;https://evil.example\u001B\\click\u001B]8;;\u001B\\', 'click'],
		['\u001BP1;2|payload\u001B\\after', 'after'],
		['\u009B2Jc1', 'c1'],
		['\u001Bcreset', 'reset'],
		['a\tb\r\nc\nd', 'a  b c d'],
		['user\u202Egnp.exe', 'usergnp.exe'],
		['pa\u200Byment', 'payment'],
		['\u001B]0;never ended', ']0;never ended'],
		['a\uD83Db', 'ab'],
	])('%j becomes %j', (text, expected) => {
		expect(sanitize(text)).toBe(expected);
	});

	it('keeps what people write', () => {
		for (const text of ['checkout · 5xx 1.9 %', 'Grüße, 東京 😀', 'naïve', 'Привет', '']) expect(sanitize(text)).toBe(text);
	});

	it('keeps at most four marks on a letter', () => {
		expect(sanitize(`z${'\u0301'.repeat(500)}`)).toBe(`z${'\u0301'.repeat(4)}`);
	});

	it('keeps the lines of a text', () => {
		expect(sanitizeMultiline('one\r\n\ttwo\u001B[1m\rthree\n')).toBe('one\n    two\nthree\n');
	});

	it('takes a megabyte of unended sequences without choking', () => {
		const started = performance.now();
		expect(harmful(sanitize('\u001B]'.repeat(500_000)))).toEqual([]);
		expect(harmful(sanitize('\u009D'.repeat(500_000)))).toEqual([]);
		expect(performance.now() - started).toBeLessThan(10_000);
	});
});
