import {describe, expect, test} from 'vitest';
import type {Cadence} from '../../src/checks/kit/check.ts';
import {restingAtMost, restingNotice, splitByDue} from '../../src/round/due.ts';

const day = 86_400_000;
/** A Friday morning. */
const now = Date.UTC(2026, 10, 20, 8, 31);
const item = (id: string, cadence: Cadence) => ({id, title: id.toUpperCase(), cadence});
const checklist = [item('health', 'daily'), item('standard', 'weekly'), item('pods', 'daily'), item('licences', 'monthly')];

function due(made: Readonly<Record<string, number>>): readonly string[] {
	const ago = new Map(Object.entries(made).map(([id, days]) => [id, now - days * day]));
	return splitByDue(checklist, {made: ago, now}).due.map(({id}) => id);
}

test.each<[string, Readonly<Record<string, number>>, readonly string[]]>([
	['never made: all', {}, ['health', 'standard', 'pods', 'licences']],
	['daily is always due', {health: 0, pods: 0.1}, ['health', 'standard', 'pods', 'licences']],
	['made yesterday', {standard: 1, licences: 1}, ['health', 'pods']],
	['a week is six days and a half', {standard: 6.51, licences: 26.9}, ['health', 'standard', 'pods']],
	['and not less', {standard: 6.49, licences: 27.01}, ['health', 'pods', 'licences']],
])('%s', (_, made, expected) => {
	expect(due(made)).toEqual(expected);
});

test('runs every check when none is due', () => {
	const weekly = [item('standard', 'weekly')];
	expect(splitByDue(weekly, {made: new Map([['standard', now - day]]), now})).toEqual({due: weekly, resting: []});
});

describe('what rests', () => {
	const notice = (made: Readonly<Record<string, number>>) =>
		restingNotice(
			splitByDue(checklist, {made: new Map(Object.entries(made).map(([id, days]) => [id, now - days * day])), now}).resting,
			'UTC',
		);

	test('says until when', () => {
		expect(notice({standard: 0})).toBe('STANDARD is weekly: next due Fri 27 Nov');
		expect(notice({standard: 3, licences: 20})).toBe('STANDARD is weekly: next due Tue 24 Nov, LICENCES is monthly: next due Fri 27 Nov');
		expect(notice({})).toBeUndefined();
	});

	test('on the day it names it is due again at the same hour', () => {
		const [resting] = splitByDue(checklist, {made: new Map([['standard', now]]), now}).resting;
		const made = new Map([['standard', now]]);
		expect(splitByDue(checklist, {made, now: resting?.nextAt ?? 0}).resting).toEqual([]);
	});
});

test('asks for past rounds only as far back as a check rests', () => {
	expect(restingAtMost([item('health', 'daily')])).toBeUndefined();
	expect(restingAtMost([item('health', 'daily'), item('standard', 'weekly')])).toEqual({ids: ['standard'], ms: 6.5 * day});
	expect(restingAtMost(checklist)).toEqual({ids: ['standard', 'licences'], ms: 27 * day});
});
