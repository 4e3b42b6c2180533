import {expect, test} from 'vitest';
import {firstWords} from '../../src/triage/first-words.ts';

test.each([
	['api', 'is down', 'api is down'],
	[
		'api-54fb9-n4vkg',
		'CrashLoopBackOff, 14 restarts in the last hour, usual 0, last OOMKilled 39 s ago, memory 95 % of its limit 512Mi',
		'api-54fb9-n4vkg CrashLoopBackOff, 14 restarts in the last hour, usual 0, last OOMKilled',
	],
	['CheckoutDown', 'firing for 1 h 8 m, critical', 'CheckoutDown firing, critical'],
	['web-1', 'last OOMKilled 7 h 12 m ago', 'web-1 last OOMKilled'],
	['api-1', 'BackOff 3 times, the last 5 m ago: restarting', 'api-1 BackOff 3 times: restarting'],
	['orders', 'last on 2026-07-31, 112 days ago, overdue by 22 d', 'orders last on 2026-07-31, overdue by 22 d'],
	[
		'CheckoutSlowEndpoint',
		'firing for 1 h 37 m, warning, An endpoint of checkout has been slower than 1 s for an hour and a half',
		'CheckoutSlowEndpoint firing, warning, An endpoint of checkout has been slower than 1 s for an hour…',
	],
	['api', `${'long '.repeat(30)}and no comma`, `api ${'long '.repeat(19).trim()}…`],
	['a, b', 'x'.repeat(200), `a, b ${'x'.repeat(200)}`],
])('of %s, %s a sentence is left', (subject, text, words) => {
	expect(firstWords({subject, text})).toBe(words);
});
