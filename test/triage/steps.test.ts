import {expect, it} from 'vitest';
import {startInvestigation} from '../../src/round/investigation/investigation.ts';
import {earlierAlike, isAlike} from '../../src/triage/recurrence.ts';
import {stamped, stepsOf} from '../../src/triage/steps.ts';
import {following, questionBefore, questionBehind} from '../../src/triage/way.ts';
import {investigated} from './answered.ts';

it('keeps the time when a step was first done', () => {
	const stated = stamped(investigated({problem: 'api dies'}), 100);
	const found = stamped(investigated({'why.1': 'memory', 'why.2': ''}, stated), 200);
	const fixed = stamped(investigated({fix: 'rolled back'}, found), 300);
	const closed = stamped(
		investigated({problem: 'api died', outcome: 'noise', 'follow-up': 'it', 'noise.dashboard': 'q', ticket: ''}, fixed),
		400,
	);
	expect(stepsOf(closed, 'outcome')).toEqual([
		{name: 'acknowledge', at: 1, now: false},
		{name: 'understand', at: 100, now: false},
		{name: 'cause', at: 200, now: false},
		{name: 'resolve', at: 300, now: false},
		{name: 'outcome', at: 400, now: true},
	]);
	expect(stamped(closed, 500)).toBe(closed);
});

it('moves to the next question after an answer, and to the following one after a change', () => {
	const two = investigated({problem: 'p', 'why.1': 'a', 'why.2': 'b'});
	expect(following(investigated({problem: 'p'}), investigated({'why.1': 'a'}, investigated({problem: 'p'})), 'why.1')).toBe('why.2');
	expect(following(two, investigated({problem: 'other'}, two), 'problem')).toBe('why.1');
	expect(following(two, two, 'why.2')).toBe('why.3');
	expect(following(two, investigated({who: 'all'}, two), 'who')).toBe('what');
	expect(following(two, investigated({method: 'history'}, two), 'method')).toBe('history.before');
	expect(questionBefore(two, 'why.3')).toBe('why.2');
	expect(questionBefore(two, 'problem')).toBeUndefined();
	expect(questionBehind(two, 'problem')).toBe('who');
	expect(questionBehind(two, 'type')).toBe('why.1');
});

it.each([
	['api-54fb9-n4vkg is killed 14 times', 'api-6b9f8-kkzzq is killed 3 times', true],
	['2 of 38 failing, 1 restarts too often', '3 of 40 failing, 2 restarts too often', true],
	['5xx 1.9 % on POST /pay', 'disk of orders-db is full', false],
	['', 'api is killed', false],
])('%j and %j: %s', (a, b, alike) => {
	expect(isAlike(a, b)).toBe(alike);
	expect(isAlike(b, a)).toBe(alike);
});

it('counts only problems of the same check', () => {
	const past = [
		{at: 1, check: 'pods', problem: 'api is killed'},
		{at: 2, check: 'logs', problem: 'api is killed'},
		{at: 3, check: 'pods', problem: 'api is killed'},
	];
	const {step} = startInvestigation({step: 'pods', openedAt: 9});
	expect(earlierAlike(past, {step, problem: 'Pods: api is killed'}).map(({at}) => at)).toEqual([3, 1]);
});
