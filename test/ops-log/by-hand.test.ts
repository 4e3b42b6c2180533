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
	[
		'2023-04-05 - Bob: checked the queue, payments webhooks stuck again, resent',
		{check: 'payments', problem: expect.stringMatching(/^checked the queue/)},
	],
	['| 05.04.2023 | Bob | disk full on db-1 |', {problem: expect.stringMatching(/^disk full on db-1/)}],
	['5 April 2023 @dan - rate limits: reset 9x, noise (a test)', {check: 'rate-limits', outcome: 'noise', cause: 'a test'}],
	['Pods: worker cannot be pulled', {check: 'pods', problem: 'Pods: worker cannot be pulled'}],
	['seriously slow since noon', {problem: 'seriously slow since noon', outcome: undefined}],
])('%s', (text, expected) => {
	expect(read(text)).toMatchObject(expected);
});

it.each(['- 2024-03-12 all ok', '2024-03-12: nothing to report', '- fine.', '- 2024-03-12', '---'])('%s is not an anomaly', (text) => {
	expect(read(text)).toBeUndefined();
});
