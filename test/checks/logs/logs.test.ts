import {describe, expect, test} from 'vitest';
import {type Baseline, baselineOf} from '../../../src/base/baseline.ts';
import {logs} from '../../../src/checks/logs/index.ts';
import type {LogsData} from '../../../src/checks/logs/types.ts';
import type {Sample} from '../../../src/ports/metric-source.ts';
import type {LogLine} from '../../../src/ports/pod-log-source.ts';
import {failure, judging, metrics, minute, now, reading, sample} from '../fixtures.ts';

const usual = (value: number): Baseline => baselineOf([value, value, value, value]);
const none: Baseline = {known: false, points: []};
const data = (change: Partial<LogsData> = {}): LogsData => ({
	from: 'prometheus',
	errorRatio: 0.002,
	usualErrorRatio: usual(0.002),
	requestsPerSecond: 150,
	routes: [{route: '/api/cart', p95: 118, usual: usual(118)}],
	pods: [],
	trend: [],
	...change,
});

describe('judging logs', () => {
	test.each<[string, Partial<LogsData>, string, string, string]>([
		['as usual', {}, 'ok', '5xx 0.2 % (usual 0.2 %)', '5xx 0.2 %, usual 0.2 % for a Friday 08:00, 150 requests/s'],
		['a burst', {errorRatio: 0.019}, 'warning', '5xx 1.9 % (usual 0.2 %)', '1.9 % of requests, usual 0.2 % for a Friday 08:00'],
		['an outage', {errorRatio: 0.87}, 'critical', '5xx 87 % (usual 0.2 %)', '87 %'],
		[
			'all from one pod',
			{errorRatio: 0.019, pods: [{pod: 'api-n4vkg', share: 1}]},
			'warning',
			'5xx 1.9 % (usual 0.2 %)',
			'all from one pod api-n4vkg',
		],
		[
			'most from one pod',
			{
				errorRatio: 0.019,
				pods: [
					{pod: 'api-n4vkg', share: 0.86},
					{pod: 'b', share: 0.14},
				],
			},
			'warning',
			'5xx 1.9 % (usual 0.2 %)',
			'86 % from one pod api-n4vkg',
		],
		[
			'many times a tiny usual is below the floor',
			{errorRatio: 0.004, usualErrorRatio: usual(0.0001)},
			'ok',
			'5xx 0.4 % (usual 0.01 %)',
			'usual 0.01 %',
		],
		['a service whose normal is high', {errorRatio: 0.03, usualErrorRatio: usual(0.028)}, 'ok', '5xx 3 % (usual 2.8 %)', ''],
		[
			'a slow endpoint',
			{routes: [{route: '/api/search', p95: 2400, usual: usual(247)}]},
			'warning',
			'5xx 0.2 % (usual 0.2 %), 1 slow',
			'p95 2.4 s, usual 247 ms',
		],
		['an endpoint that is always slow', {routes: [{route: '/report', p95: 5200, usual: usual(5000)}]}, 'ok', '5xx 0.2 % (usual 0.2 %)', ''],
		['many times a fast usual is still fast', {routes: [{route: '/ping', p95: 60, usual: usual(4)}]}, 'ok', '5xx 0.2 % (usual 0.2 %)', ''],
		['no history, fine', {usualErrorRatio: none}, 'ok', '5xx 0.2 % (no history yet)', 'no history yet'],
		['no history, a burst', {errorRatio: 0.019, usualErrorRatio: none}, 'warning', '5xx 1.9 % (no history yet)', 'no history yet'],
		[
			'no history, slow',
			{routes: [{route: '/a', p95: 1200, usual: none}]},
			'warning',
			'5xx 0.2 % (usual 0.2 %), 1 slow',
			'p95 1.2 s, no history yet',
		],
		['no requests', {errorRatio: undefined}, 'unknown', '5xx unknown', 'no requests in Prometheus'],
		[
			'lines that tell nothing',
			{errorRatio: undefined, from: 'pod-logs', lines: {read: 412, understood: 0}},
			'unknown',
			'5xx unknown',
			'none of 412 lines',
		],
	])('%s', (_, change, status, short, text) => {
		const finding = logs.judge(data(change), judging('logs'));
		expect(finding.status).toBe(status);
		expect(finding.short).toBe(short);
		expect([finding.summary, ...finding.reasons.map((reason) => reason.text)].join('\n')).toContain(text);
	});

	test('a slow endpoint is shown also where the 5xx are unknown', () => {
		const finding = logs.judge(data({errorRatio: undefined, routes: [{route: '/a', p95: 9000, usual: none}]}), judging('logs'));
		expect(finding.status).toBe('unknown');
		expect(finding.reasons.map(({subject}) => subject)).toEqual(['5xx', '/a']);
	});
});

describe('reading from Prometheus', () => {
	const answers = (promql: string, daysAgo: number): readonly Sample[] => {
		if (promql.includes('histogram_quantile')) {
			return [sample(daysAgo === 0 ? 2.4 : 0.247, {route: '/api/search'}), sample(Number.NaN, {route: '/idle'})];
		}
		if (promql.startsWith('sum by (pod)')) return [sample(2.7, {pod: 'api-n4vkg'}), sample(0.3, {pod: 'b'}), sample(0, {pod: 'c'})];
		if (promql.includes('status=~')) return [sample(daysAgo === 0 ? 3 : 0.3)];
		return [sample(150)];
	};

	test('figures, usual, shares', async () => {
		const read = await logs.read(reading('logs', {metrics: metrics(answers)}));
		expect(read).toMatchObject({
			from: 'prometheus',
			errorRatio: 0.02,
			usualErrorRatio: {known: true, median: 0.002},
			requestsPerSecond: 150,
		});
		expect(read.routes).toEqual([{route: '/api/search', p95: 2400, usual: expect.objectContaining({known: true, median: 247})}]);
		expect(read.pods).toEqual([
			{pod: 'api-n4vkg', share: expect.closeTo(0.9, 6)},
			{pod: 'b', share: expect.closeTo(0.1, 6)},
		]);
	});

	test('two weeks of history are not enough', async () => {
		const read = await logs.read(reading('logs', {metrics: metrics((promql, daysAgo) => (daysAgo > 14 ? [] : answers(promql, daysAgo)))}));
		expect(read.usualErrorRatio).toEqual({known: false, points: [0.002, 0.002]});
	});

	test('a past that cannot be read is no history, not a failure', async () => {
		const read = await logs.read(
			reading('logs', {
				metrics: metrics((promql, daysAgo) => {
					if (daysAgo > 0) throw failure('Prometheus');
					return answers(promql, 0);
				}),
			}),
		);
		expect(read).toMatchObject({errorRatio: 0.02, usualErrorRatio: {known: false}});
	});

	test.each([
		['empty', (): readonly Sample[] => []],
		['NaN', () => [sample(Number.NaN)]],
		['no requests', (promql: string) => (promql.includes('status') ? [sample(0)] : [sample(0)])],
	])('%s is no ratio', async (_, none) => {
		const read = await logs.read(reading('logs', {metrics: metrics(none)}));
		expect(read.errorRatio).toBeUndefined();
		expect(logs.judge(read, judging('logs')).status).toBe('unknown');
	});

	test('now failing is a failure', async () => {
		const down = {...metrics(() => []), query: () => Promise.reject(failure('Prometheus'))};
		await expect(logs.read(reading('logs', {metrics: down}))).rejects.toMatchObject({kind: 'unreachable'});
	});
});

describe('reading the pods’ own logs', () => {
	const line = (pod: string, text: string, at = now): LogLine => ({pod, container: 'api', at, text});

	test('counts what the lines tell', async () => {
		const lines = [
			...Array.from({length: 97}, (_, index) =>
				line('a', `{"level":"info","path":"/api/cart/${index}","status":200,"duration_ms":40}`, now - minute),
			),
			line('n4vkg', 'level=error method=POST path=/api/orders status=503 duration=1.2s'),
			line('n4vkg', '10.0.0.1 - - [20/Nov/2026:08:33:04 +0000] "GET /api/orders HTTP/1.1" 500 12 "-" "curl" 1.100'),
			line('a', '{"path":"/api/orders","statusCode":201,"latency_ms":90}'),
			line('a', 'starting up'),
		];
		const read = await logs.read(reading('logs', {logs: {recent: () => Promise.resolve(lines)}}));
		expect(read).toMatchObject({
			from: 'pod-logs',
			errorRatio: 0.02,
			usualErrorRatio: {known: false},
			pods: [{pod: 'n4vkg', share: 1}],
			lines: {read: 101, understood: 100},
		});
		expect(read.requestsPerSecond).toBeCloseTo(100 / 60);
		expect(read.routes).toEqual([
			{route: '/api/orders', p95: 1200, usual: none},
			{route: '/api/cart/:id', p95: 40, usual: none},
		]);
	});

	test('asks only for the window', async () => {
		let asked: object = {};
		await logs.read(
			reading('logs', {logs: {recent: (options) => ((asked = options), Promise.resolve([]))}}, {set: {window: '5m', tailLines: 10}}),
		);
		expect(asked).toMatchObject({sinceSeconds: 300, tailLines: 10});
	});

	test('neither is not configured', async () => {
		await expect(logs.read(reading('logs'))).rejects.toMatchObject({kind: 'not-configured'});
	});
});
