import {expect, test} from 'vitest';
import {quantityOf} from '../../../src/logs/formats/quantity.ts';

test.each([
	['500', 500],
	['-2.5', -2.5],
	['+3', 3],
	['.5', 0.5],
	['1e3', 1000],
	['1,204', 1204],
	['1,204,000.5', 1_204_000.5],
	['300ms', 300],
	['300 ms', 300],
	['1.2s', 1200],
	['1.1s', 1100],
	['250us', 0.25],
	['250µs', 0.25],
	['1500000ns', 1.5],
	['2m', 120_000],
	['1h2m3.5s', 3_723_500],
	['1d', 86_400_000],
	['-1.5s', -1500],
	['10B', 10],
	['10kB', 10_000],
	['10MB', 10_000_000],
	['512Mi', 512 * 2 ** 20],
	['1.5GiB', 1.5 * 2 ** 30],
	['12 %', 12],
	[' 7 ', 7],
])('%s is %d', (text, value) => {
	expect(quantityOf(text)).toBe(value);
});

test.each([
	'',
	'-',
	' ',
	'abc',
	'12 apples',
	'1.2.3',
	'10.0.0.1',
	'12,34',
	'0x10',
	'Infinity',
	'NaN',
	'5m later',
	'2026-11-20',
	'9'.repeat(50),
])('"%s" is no quantity', (text) => {
	expect(quantityOf(text)).toBeUndefined();
});
