import {describe, expect, test} from 'vitest';
import {errors} from '../../../src/checks/errors/index.ts';
import {orderIssues, spikeOf} from '../../../src/checks/errors/issue-triage.ts';
import type {Issue} from '../../../src/ports/issue-source.ts';
import {SourceError} from '../../../src/base/source-error.ts';
import {day, issue, judging, now, optionsOf, reading} from '../fixtures.ts';

const rule = optionsOf('errors');
const flat = (value: number, last: number, filling = 0) => [...Array.from({length: 22}, () => value), last, filling];
const judge = (issues: readonly Issue[], truncated = false) =>
	errors.judge(
		{issues: issues.map((one) => ({...one, severity: 'medium' as const})), truncated, url: 'https://sentry.example.com'},
		judging('errors'),
	);

describe('judging errors', () => {
	test.each<[string, readonly Issue[], string, string, string]>([
		['nothing unresolved', [], 'ok', 'errors all triaged', 'nothing unresolved in 24 h'],
		['one new', [issue()], 'warning', 'errors 1 new', '1 untriaged: 1 new'],
		['new and fatal', [issue({level: 'fatal'})], 'critical', 'errors 1 new, 1 critical', 'critical'],
		['escalating', [issue({substatus: 'escalating'})], 'critical', 'errors 1 critical', 'escalating'],
		['spiking', [issue({hourly: flat(8, 412)})], 'critical', 'errors 1 new, 1 critical', '412 in the last full hour, usual 8'],
		['regressed', [issue({substatus: 'regressed'})], 'warning', 'errors 1 regressed', 'high, regressed'],
		['high priority and many users', [issue({priority: 'high', users: 240})], 'critical', 'errors 1 new, 1 critical', '240 users'],
		['reviewed long ago', [issue({substatus: 'ongoing'})], 'ok', 'errors all triaged', 'all 1 triaged'],
		['reviewed today', [issue({substatus: 'escalating', forReview: false})], 'warning', 'errors all triaged', 'all 1 triaged'],
		['for review', [issue({substatus: 'escalating', forReview: true})], 'critical', 'errors 1 critical', 'escalating'],
		['somebody has it', [issue({assignee: 'alice'})], 'ok', 'errors all triaged', 'with alice'],
		[
			'somebody has it and it burns',
			[issue({assignee: 'alice', hourly: flat(8, 412)})],
			'warning',
			'errors all triaged, 1 spiking',
			'1 spiking',
		],
		['noise is still to be triaged', [issue({level: 'info', priority: 'low'})], 'warning', 'errors 1 new', 'low, new'],
		[
			'untriaged without a word from Sentry',
			[issue({substatus: undefined, firstSeen: now - 3 * day})],
			'warning',
			'errors 1 untriaged',
			'unresolved',
		],
	])('%s', (_, issues, status, short, text) => {
		const finding = judge(issues);
		expect(finding.status).toBe(status);
		expect(finding.short).toBe(short);
		expect([finding.summary, ...finding.reasons.map((reason) => reason.text)].join('\n')).toContain(text);
	});

	test('more issues than were read is said', () => {
		expect(judge([issue({assignee: 'alice'})], true)).toMatchObject({status: 'warning', reasons: [{subject: 'Sentry'}, {}]});
	});

	test('the sketch’s line', () => {
		expect(judge([issue(), issue({id: '2'}), issue({id: '3', level: 'fatal'})]).short).toBe('errors 3 new, 1 critical');
	});
});

test('untriaged first, then severity, then users', () => {
	const order = orderIssues(
		[
			issue({id: 'taken', assignee: 'bob', level: 'fatal'}),
			issue({id: 'low', level: 'warning'}),
			issue({id: 'few', users: 1}),
			issue({id: 'many', users: 50}),
			issue({id: 'fatal', level: 'fatal'}),
			issue({id: 'back', substatus: 'regressed'}),
		],
		rule,
		now,
	);
	expect(order.map(({issue: {id}, severity}) => `${id} ${severity}`)).toEqual([
		'fatal critical',
		'back high',
		'many medium',
		'few medium',
		'low low',
		'taken critical',
	]);
});

describe('the spike rule', () => {
	test.each([
		['the filling hour is dropped', flat(2, 2, 900), undefined],
		['five times the median', flat(10, 50), {lastHour: 50, usual: 10}],
		['not quite', flat(10, 49), undefined],
		['below the floor', flat(0, 19), undefined],
		['at the floor', flat(0, 20), {lastHour: 20, usual: 0}],
		['too little to compare', [1, 1, 500, 0], undefined],
		['nothing', [], undefined],
	])('%s', (_, hourly, expected) => {
		expect(spikeOf(hourly, rule)).toEqual(expected);
	});
});

test('not configured', async () => {
	await expect(errors.read(reading('errors'))).rejects.toMatchObject({kind: 'not-configured', advice: expect.stringContaining('sentry')});
});

describe('reading errors', () => {
	const issues = {unresolved: async () => ({issues: [issue()], truncated: false, url: 'https://sentry.example.com'})};

	test('releases are next to the issues; without the permission the issues are read all the same', async () => {
		const release = {version: '1.42.0', at: now, projects: ['api'], newIssues: 1};
		const whole = await errors.read(reading('errors', {issues: {...issues, releases: async () => [release]}}));
		expect(whole).toMatchObject({releases: [release], issues: [{}]});
		const refused = new SourceError({
			source: 'Sentry',
			kind: 'forbidden',
			message: 'Sentry does not allow this (403)',
			advice: 'Give it a scope',
		});
		const without = await errors.read(reading('errors', {issues: {...issues, releases: () => Promise.reject(refused)}}));
		expect(without.issues).toHaveLength(1);
		expect(without.releases).toBeUndefined();
		expect(without.releasesMissing).toBe('Sentry does not allow this (403). Give it a scope');
		expect(errors.judge(without, judging('errors'))).toEqual(errors.judge(whole, judging('errors')));
	});

	test('the rows come in the order of the reasons, each with the severity that the reasons tell', async () => {
		const all = [
			issue({id: '1', shortId: 'C-1', substatus: 'ongoing', assignee: 'bob'}),
			issue({id: '2', shortId: 'C-2', substatus: 'regressed'}),
			issue({id: '3', shortId: 'C-3', level: 'fatal'}),
		];
		const data = await errors.read(
			reading('errors', {issues: {unresolved: async () => ({issues: all, truncated: false, url: ''}), releases: async () => []}}),
		);
		expect(data.issues.map(({shortId, severity}) => [shortId, severity])).toEqual([
			['C-3', 'critical'],
			['C-2', 'high'],
			['C-1', 'medium'],
		]);
		expect(errors.judge(data, judging('errors')).reasons.map(({subject}) => subject)).toEqual(['C-3', 'C-2', 'C-1']);
	});

	test('a mistake of ours is no missing permission', async () => {
		const broken = () => Promise.reject(new TypeError('ours'));
		await expect(errors.read(reading('errors', {issues: {...issues, releases: broken}}))).rejects.toThrow(TypeError);
	});
});
