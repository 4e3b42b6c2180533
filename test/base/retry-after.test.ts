import {expect, test} from 'vitest';
import {retryAfterMs, waitAskedFor} from '../../src/base/retry-after.ts';

const now = Date.parse('2026-11-20T08:00:00Z');

test.each([
	['7', 7000],
	[' 1.5 ', 1500],
	[3, 3000],
	['0', 0],
	['Fri, 20 Nov 2026 08:01:30 GMT', 90_000],
	['Friday, 20-Nov-26 08:01:30 GMT', 90_000],
	['Fri Nov 20 08:01:30 2026', 90_000],
	['Fri, 20 Nov 2026 07:00:00 GMT', 0],
	['999999999', 24 * 3_600_000],
	['-5', undefined],
	['2026', 2_026_000],
	['2026-11-20T08:01:30Z', undefined],
	['Fri, soon', undefined],
	['soon', undefined],
	['', undefined],
	[null, undefined],
	[undefined, undefined],
])('reads %o as %o ms when it is the value of Retry-After', (value, expected) => {
	expect(retryAfterMs(value, now)).toBe(expected);
});

test('reads the reset time of Sentry when no request remains and Retry-After is absent', () => {
	const reset = {'x-sentry-rate-limit-reset': String(now / 1000 + 45)};
	const wait = (headers: Readonly<Record<string, string>>) => waitAskedFor(new Headers(headers), now);
	expect(wait({...reset, 'x-sentry-rate-limit-remaining': '0'})).toBe(45_000);
	expect(wait(reset)).toBe(45_000);
	expect(wait({...reset, 'x-sentry-rate-limit-remaining': '12'})).toBeUndefined();
	expect(wait({...reset, 'retry-after': '7'})).toBe(7000);
	expect(wait({})).toBeUndefined();
});
