import {expect, it} from 'vitest';
import {handReader} from '../../src/ops-log/by-hand.ts';

const read = handReader([
	{id: 'pods', title: 'Pods'},
	{id: 'payments', title: 'Payments'},
	{id: 'rate-limits', title: 'Rate limits'},
]);

it.each([
	[
		'- 2024-03-12 api pods OOMKilled after 1.40.0, because of a cache without a bound',
		{check: 'pods', problem: 'api pods OOMKilled after 1.40.0', cause: 'a cache without a bound'},
	],
	[
		'* 2023-10-03 08:30: api CrashLoopBackOff → intermittent · node drained',
		{problem: 'api CrashLoopBackOff', outcome: 'intermittent', cause: 'node drained'},
	],
	[
		'12 webhooks stuck, payments late. Root cause: an expired certificate. Renewed it',
		{check: 'payments', cause: 'an expired certificate'},
	],
	['rate limits: reset 12x, noise (a test)', {check: 'rate-limits', outcome: 'noise', cause: 'a test'}],
	['disk full on db-1\nfreed 20 GB', {problem: 'disk full on db-1 freed 20 GB'}],
	['seriously slow since noon', {problem: 'seriously slow since noon', outcome: undefined}],
])('%s', (text, expected) => {
	expect(read(text)).toMatchObject(expected);
});

it.each(['- 2024-03-12 all ok', '2024-03-12: nothing to report', '- fine.', '- 2024-03-12', '---'])('%s tells of nothing', (text) => {
	expect(read(text)).toBeUndefined();
});
