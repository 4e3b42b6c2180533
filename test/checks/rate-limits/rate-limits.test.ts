import {describe, expect, test} from 'vitest';
import {baselineOf} from '../../../src/base/baseline.ts';
import {rateLimits} from '../../../src/checks/rate-limits/index.ts';
import type {ActionFigures} from '../../../src/checks/rate-limits/types.ts';
import {failure, judging, metrics, reading, sample} from '../fixtures.ts';

const usual = baselineOf([15, 15, 15, 15]);
const figures = (change: Partial<ActionFigures> = {}): ActionFigures => ({
	action: 'password_reset',
	requests: 610,
	blocks: 15,
	usual,
	sources: 12,
	topSources: [],
	...change,
});
const judge = (...actions: readonly ActionFigures[]) =>
	rateLimits.judge({url: 'https://prometheus.example.com', actions}, judging('rate-limits'));
const top = [{source: '203.0.113.9', blocks: 120}];

describe('judging rate limits', () => {
	test.each<[string, ActionFigures, string, string, string]>([
		['as usual', figures(), 'ok', 'rate limits as usual', '15 blocks of 610 requests (2.5 %) in the last hour, usual 15'],
		[
			'an attack',
			figures({blocks: 180, sources: 3, topSources: top}),
			'warning',
			'rate limits reset 12x',
			'usual 15: 12x, 3 sources: looks like an attack, most from 203.0.113.9 (120)',
		],
		[
			'users locked out',
			figures({blocks: 180, sources: 90}),
			'warning',
			'rate limits reset 12x',
			'90 sources: looks like users locked out',
		],
		['far beyond', figures({blocks: 600}), 'critical', 'rate limits reset 40x', '40x'],
		['from nothing', figures({blocks: 21, usual: baselineOf([0, 0, 0])}), 'warning', 'rate limits reset 21x', 'usual 0: 21x'],
		['few are never unusual', figures({blocks: 19, usual: baselineOf([0, 0, 0])}), 'ok', 'rate limits as usual', 'usual 0'],
		['no history', figures({usual: baselineOf([])}), 'ok', 'rate limits no history yet', 'no history yet'],
		[
			'no history, every other one blocked',
			figures({blocks: 300, usual: baselineOf([])}),
			'warning',
			'rate limits reset 300 blocked',
			'no history yet',
		],
		['no data', figures({blocks: undefined}), 'unknown', 'rate limits unknown', 'no data for password reset'],
		['no source label', figures({blocks: 180, sources: undefined}), 'warning', 'rate limits reset 12x', 'usual 15: 12x'],
	])('%s', (_, one, status, short, text) => {
		const finding = judge(one);
		expect(finding.status).toBe(status);
		expect(finding.short).toBe(short);
		expect([finding.summary, ...finding.reasons.map((reason) => reason.text)].join('\n')).toContain(text);
	});

	test('each action by itself', () => {
		const finding = judge(figures({blocks: 180}), figures({action: 'login', blocks: undefined}));
		expect(finding).toMatchObject({status: 'unknown', short: 'rate limits reset 12x, no data for login'});
		expect(finding.reasons.map(({status, subject}) => `${status} ${subject}`)).toEqual(['unknown login', 'warning password reset']);
	});

	test('no action at all is unknown', () => {
		expect(judge().status).toBe('unknown');
	});
});

test('reads blocks, requests, sources and the past weeks', async () => {
	const prometheus = metrics((promql, daysAgo) => {
		if (promql.includes('action,source')) {
			return [
				sample(120, {action: 'login', source: 'a'}),
				sample(60, {action: 'login', source: 'b'}),
				sample(0.2, {action: 'login', source: 'c'}),
			];
		}
		if (promql.includes('requests_total')) return [sample(21_600, {action: 'login'})];
		return [sample(daysAgo === 0 ? 180 : 38, {action: 'login'}), sample(4, {action: 'invite'})];
	});
	const data = await rateLimits.read(reading('rate-limits', {metrics: prometheus}));
	expect(data.actions.map(({action}) => action)).toEqual(['login', 'password_reset', 'signup', 'invite']);
	expect(data.actions[0]).toMatchObject({
		requests: 21_600,
		blocks: 180,
		usual: {known: true, median: 38},
		sources: 2,
		topSources: [
			{source: 'a', blocks: 120},
			{source: 'b', blocks: 60},
		],
	});
	expect(data.actions[1]).toEqual({action: 'password_reset', usual: {known: false, points: []}, topSources: []});
});

test('the failure of the blocks is a failure', async () => {
	const down = {...metrics(() => []), query: () => Promise.reject(failure('Prometheus'))};
	await expect(rateLimits.read(reading('rate-limits', {metrics: down}))).rejects.toMatchObject({kind: 'unreachable'});
	await expect(rateLimits.read(reading('rate-limits'))).rejects.toMatchObject({kind: 'not-configured'});
});
