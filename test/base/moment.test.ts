import {describe, expect, test} from 'vitest';
import {parseMoment, parseNearestMoment} from '../../src/base/moment.ts';

describe('a time as typed', () => {
	const now = Date.UTC(2026, 10, 20, 8, 33, 7);
	const near = Date.UTC(2026, 10, 20, 8, 30);
	const read = (text: string) => parseMoment(text, {now, near, utc: true});

	test.each([
		['08:12', '2026-11-20T08:12:00.000Z'],
		['08:12:30.5', '2026-11-20T08:12:30.500Z'],
		['23:50', '2026-11-19T23:50:00.000Z'],
		['2026-11-19T08:33', '2026-11-19T08:33:00.000Z'],
		['2026-11-19 08:33:01+01:00', '2026-11-19T07:33:01.000Z'],
		['2026-11-19', '2026-11-19T00:00:00.000Z'],
		['10m ago', '2026-11-20T08:23:07.000Z'],
		['90s', '2026-11-20T08:31:37.000Z'],
		['2 hours ago', '2026-11-20T06:33:07.000Z'],
	])('%s', (text, iso) => {
		const at = read(text);
		expect(typeof at === 'number' ? new Date(at).toISOString() : at.problem).toBe(iso);
	});

	test.each(['', '25:00', '08:61', 'soon', '2026-13-40'])('%j is none', (text) => {
		expect(read(text)).toEqual({problem: expect.any(String)});
	});

	test('the end of a range is the nearest such time, though it may lie ahead', () => {
		const nearest = (text: string, around = near) => parseNearestMoment(text, {now, near: around, utc: true});
		expect(nearest('09:00')).toBe(Date.UTC(2026, 10, 20, 9));
		expect(nearest('08:00')).toBe(Date.UTC(2026, 10, 20, 8));
		expect(nearest('23:50', Date.UTC(2026, 10, 20, 0, 10))).toBe(Date.UTC(2026, 10, 19, 23, 50));
		expect(nearest('10m ago')).toBe(now - 600_000);
	});
});
