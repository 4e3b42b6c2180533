import {describe, expect, test} from 'vitest';
import type {HealthProbe} from '../../../src/checks/health/types.ts';
import {health} from '../../../src/checks/health/index.ts';
import {parseHealthBody} from '../../../src/checks/health/health-body.ts';
import type {HttpAnswer} from '../../../src/ports/probe.ts';
import {answer, judging, reading, service} from '../fixtures.ts';

function probe(change: Partial<HttpAnswer> = {}, rest: Partial<HealthProbe> = {}): HealthProbe {
	return {
		environment: 'production',
		selected: true,
		name: 'production',
		url: 'https://example.com/healthz',
		answer: answer(change),
		dependencies: [],
		...rest,
	};
}

const degraded = {dependencies: [{name: 'search', state: 'degraded', said: 'degraded'}]} as const;
const staging = {environment: 'staging', name: 'staging', selected: false, url: 'https://staging.example.com/healthz'};

describe('judging health', () => {
	test.each([
		['fine', [probe(), probe({}, staging)], 'ok', 'health 2/2', '2 of 2 answer 200, slowest 84 ms'],
		['500', [probe({status: 500}), probe({}, staging)], 'critical', 'health 1/2', 'answers 500, should be 200'],
		['staging 503 is as red', [probe(), probe({status: 503}, staging)], 'critical', 'health 1/2', 'answers 503'],
		['a redirect is not 200', [probe({status: 302})], 'critical', 'health 0/1', 'answers 302'],
		['refused', [probe({status: undefined, error: 'connection refused'})], 'critical', 'health 0/1', 'no answer: connection refused'],
		['slow', [probe({latencyMs: 1840})], 'warning', 'health 1/1, 1 slow', '1.8 s, should be within 1 s'],
		['hardly slow', [probe({latencyMs: 1004.2})], 'warning', 'health 1/1, 1 slow', '1,005 ms, should be within 1 s'],
		[
			'a degraded dependency',
			[probe(), probe({}, {...staging, ...degraded})],
			'warning',
			'health 2/2, 1 degraded',
			'dependency search degraded',
		],
		['certificate in 13 days', [probe({certificateDaysLeft: 13.4})], 'warning', 'health 1/1', 'ends in 13 days'],
		['certificate in 2 days', [probe({certificateDaysLeft: 2})], 'critical', 'health 1/1', 'ends in 2 days'],
		['certificate ended', [probe({certificateDaysLeft: -1})], 'critical', 'health 1/1', 'ended 1 day ago'],
		['plain HTTP has no certificate', [probe({certificateDaysLeft: undefined})], 'ok', 'health 1/1', '1 of 1'],
		['nobody asked', [], 'unknown', 'health unknown', 'no address'],
	] as const)('%s', (_, probes, status, short, text) => {
		const finding = health.judge({probes}, judging('health'));
		expect(finding.status).toBe(status);
		expect(finding.short).toBe(short);
		expect([finding.summary, ...finding.reasons.map((reason) => reason.text)].join('\n')).toContain(text);
	});

	test('says which environment, and what a failing body blames', () => {
		const finding = health.judge(
			{probes: [probe({status: 503}, {...staging, name: 'api', dependencies: [{name: 'database', state: 'down', said: 'down'}]})]},
			judging('health'),
		);
		expect(finding.reasons).toEqual([
			{status: 'critical', subject: 'staging api', text: 'answers 503, should be 200; it says database down'},
		]);
	});

	test('the report holds no body', () => {
		expect(health.toJson?.({probes: [probe({body: 'secret'})]}, 0)).toEqual({
			probes: [expect.objectContaining({answer: expect.not.objectContaining({body: 'secret'})})],
		});
	});

	test('thresholds come from the options', () => {
		expect(health.judge({probes: [probe({latencyMs: 900})]}, judging('health', {slow: '500ms'})).status).toBe('warning');
	});
});

describe('reading health', () => {
	test('asks every address of every environment, the selected one first', async () => {
		const data = await health.read(
			reading('health', {
				http: {get: (url) => Promise.resolve(answer({url, body: '{"version":"1.42.0","components":{"db":{"status":"UP"}}}'}))},
			}),
		);
		expect(data.probes.map(({environment, name, selected}) => [environment, name, selected])).toEqual([
			['production', 'production', true],
			['production', 'api', true],
			['staging', 'staging', false],
		]);
		expect(data.probes[0]).toMatchObject({version: '1.42.0', dependencies: [{name: 'db', state: 'ok', said: 'UP'}]});
	});

	test.each([
		['its own start counts in the first', [1300, 46], 46],
		['slow twice is slow', [1300, 1500], 1300],
	])('a slow answer is asked for again: %s', async (_, latencies, expected) => {
		const one = {...service, environments: [{...service.environments[0], health: [{url: 'https://e.com'}]}]} as typeof service;
		const left = [...latencies];
		const http = {get: () => Promise.resolve(answer({latencyMs: left.shift() ?? Number.NaN}))};
		const data = await health.read(
			reading('health', {http}, {service: one, environment: one.environments[0] as (typeof service.environments)[0]}),
		);
		expect(data.probes.map((probe) => probe.answer.latencyMs)).toEqual([expected]);
		expect(left).toEqual([]);
	});

	test('without an address it says which lines to add', async () => {
		const bare = {...service, environments: service.environments.map((one) => ({...one, health: []}))};
		await expect(
			health.read(reading('health', {}, {service: bare, environment: bare.environments[0] as (typeof bare.environments)[0]})),
		).rejects.toMatchObject({
			kind: 'not-configured',
			advice: expect.stringContaining('health:'),
		});
		expect(health.configured({...reading('health'), service: bare})).toBe(false);
	});
});

describe('what a health body says', () => {
	test.each([
		['a map of words', '{"dependencies":{"database":"ok","search":"degraded"}}', ['database ok', 'search degraded']],
		['a map of objects', '{"dependencies":{"database":{"status":"down"}}}', ['database down']],
		['a list', '{"checks":[{"name":"queue","status":"pass"},{"name":"mail","status":"fail"},{"no":"name"}]}', ['queue ok', 'mail down']],
		['health+json', '{"status":"warn","checks":{"db:connections":[{"status":"warn"}]}}', ['db:connections degraded']],
		['Spring actuator', '{"status":"UP","components":{"db":{"status":"UP"},"redis":{"status":"OUT_OF_SERVICE"}}}', ['db ok', 'redis down']],
		['booleans', '{"dependencies":{"db":true,"cache":{"healthy":false}}}', ['db ok', 'cache down']],
		['a word nobody knows', '{"dependencies":{"db":"sleepy"}}', ['db unknown']],
		['plain text', 'OK', []],
		['half a JSON', '{"dependencies":{', []],
		['a JSON list', '[1,2]', []],
		['nothing', undefined, []],
	])('%s', (_, body, expected) => {
		expect(parseHealthBody(body).dependencies.map(({name, state}) => `${name} ${state}`)).toEqual(expected);
	});
});
