import {afterAll, beforeAll, expect, test} from 'vitest';
import {startPrometheus} from '../../../src/demo/prometheus/prometheus-server.ts';
import {morningAt, running, type Running} from '../clock.ts';

let prometheus: Running;
beforeAll(async () => {
	prometheus = await running(startPrometheus);
});
afterAll(() => prometheus.close());

interface Answer {
	readonly status: string;
	readonly data: {
		readonly resultType: string;
		readonly result: readonly {readonly metric: object; readonly value: readonly [number, string]; readonly values: readonly unknown[]}[];
	};
	readonly errorType?: string;
	readonly error?: string;
}
const query = (promql: string, more = '') => prometheus.get(`/api/v1/query?query=${encodeURIComponent(promql)}${more}`);

test('an instant query answers with seconds and text values', async () => {
	const answer = (await (await query('sum(up{namespace="checkout-staging"})')).json()) as Answer;
	expect(answer).toEqual({status: 'success', data: {resultType: 'vector', result: [{metric: {}, value: [morningAt / 1000, '2']}]}});
});

test('special values are words, and an empty vector is empty', async () => {
	const values = async (promql: string) => ((await (await query(promql)).json()) as Answer).data.result.map((one) => one.value[1]);
	expect(await values('vector(1) / 0')).toEqual(['+Inf']);
	expect(await values('vector(-1) / 0')).toEqual(['-Inf']);
	expect(await values('vector(0) / 0')).toEqual(['NaN']);
	expect(await values('nothing_at_all')).toEqual([]);
});

test('a form by POST, and a given time', async () => {
	const body = new URLSearchParams({query: 'time()', time: '2026-11-20T08:00:00Z'});
	const answer = await prometheus.json<{readonly data: {readonly result: readonly [number, string]}}>('/api/v1/query', {
		method: 'POST',
		body,
	});
	expect(answer.data.result).toEqual([1_795_161_600, '1795161600']);
});

test('a range query has a point per step', async () => {
	const from = morningAt / 1000 - 3600;
	const range = `/api/v1/query_range?query=${encodeURIComponent('sum(rate(http_requests_total{status=~"5.."}[5m]))')}&start=${from}&end=${morningAt / 1000}&step=60s`;
	const {data} = await prometheus.json<Answer>(range);
	expect(data.resultType).toBe('matrix');
	expect(data.result[0]?.values).toHaveLength(61);
});

test.each([
	['/api/v1/query?query=sum(', 400, 'bad_data', 'parse error'],
	['/api/v1/query?query=up&time=yesterday', 400, 'bad_data', 'invalid parameter "time"'],
	['/api/v1/query_range?query=up&start=0&end=1000000&step=1', 400, 'bad_data', '11,000 points'],
	['/api/v1/query_range?query=up&start=5&end=1&step=1', 400, 'bad_data', 'end timestamp'],
	['/api/v1/query_range?query=up&start=0&end=10&step=0', 400, 'bad_data', 'step'],
	[`/api/v1/query?query=${encodeURIComponent('up * on(job) up')}`, 422, 'execution', 'many-to-many'],
])('%s is refused with %d', async (path, status, errorType, error) => {
	const response = await prometheus.get(path);
	expect(response.status).toBe(status);
	expect(await response.json()).toMatchObject({status: 'error', errorType, error: expect.stringContaining(error) as string});
});

test('without the token it answers as Prometheus behind basic authentication', async () => {
	const response = await prometheus.get('/api/v1/query?query=up', {token: 'wrong'});
	expect(response.status).toBe(401);
	expect(await response.text()).toBe('Unauthorized\n');
	const basic = `Basic ${Buffer.from('anyone:right-token').toString('base64')}`;
	expect((await fetch(`${prometheus.url}/-/healthy`, {headers: {authorization: basic}})).status).toBe(200);
	expect((await fetch(`${prometheus.url}/-/healthy`)).status).toBe(401);
});

interface Rule {
	readonly name: string;
	readonly state: string;
	readonly alerts: readonly {readonly value: string; readonly annotations: Readonly<Record<string, string>>}[];
}

test('rules and alerts agree', async () => {
	const {data} = await prometheus.json<{readonly data: {readonly groups: readonly {readonly rules: readonly Rule[]}[]}}>(
		'/api/v1/rules?type=alert',
	);
	const rules = data.groups.flatMap((group) => group.rules);
	const firing = rules.find((rule) => rule.name === 'CheckoutHighErrorRate');
	expect(firing?.state).toBe('firing');
	expect(Number(firing?.alerts[0]?.value)).toBeCloseTo(0.019, 3);
	expect(firing?.alerts[0]?.annotations['runbook_url']).toMatch(/^https:/);
	expect(rules.find((rule) => rule.name === 'VolumeFillingUp')).toMatchObject({state: 'inactive', alerts: []});
	const {data: all} = await prometheus.json<{readonly data: {readonly alerts: readonly unknown[]}}>('/api/v1/alerts');
	expect(all.alerts).toHaveLength(rules.flatMap((rule) => rule.alerts).length);
});

test('targets, labels and series can be browsed', async () => {
	const {data} = await prometheus.json<{readonly data: {readonly activeTargets: readonly {readonly health: string}[]}}>('/api/v1/targets');
	expect(data.activeTargets).toHaveLength(14);
	const names = await prometheus.json<{readonly data: readonly string[]}>('/api/v1/label/__name__/values');
	expect(names.data).toContain('http_requests_total');
	const series = await prometheus.json<{readonly data: readonly unknown[]}>(
		`/api/v1/series?match[]=${encodeURIComponent('database_storage_used_bytes')}`,
	);
	expect(series.data).toHaveLength(2);
	expect((await prometheus.get('/api/v1/nonsense')).status).toBe(404);
});

test('the world continues: counters rise with the clock', async () => {
	const total = async () => Number(((await (await query('sum(http_requests_total)')).json()) as Answer).data.result[0]?.value[1]);
	const before = await total();
	prometheus.clock.forward(60_000);
	expect((await total()) - before).toBeGreaterThan(5_000);
});
