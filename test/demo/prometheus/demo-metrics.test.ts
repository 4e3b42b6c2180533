import {expect, test} from 'vitest';
import {alertRules} from '../../../src/demo/alertmanager/demo-alerts.ts';
import {metricList} from '../../../src/demo/prometheus/demo-metrics.ts';
import {scenarioNames} from '../../../src/demo/kit/world.ts';
import {askWorld} from './world.ts';

const ratio = (offset = '') =>
	`sum(rate(http_requests_total{namespace="checkout-prod",status=~"5.."}[5m]${offset})) / sum(rate(http_requests_total{namespace="checkout-prod"}[5m]${offset}))`;
const latency = (namespace: string, offset = '') =>
	`histogram_quantile(0.95, sum by (le,route)(rate(http_request_duration_seconds_bucket{namespace="${namespace}"}[5m]${offset})))`;
const week = [' offset 7d', ' offset 14d', ' offset 21d', ' offset 28d'];

test('the morning’s error ratio is the story’s now and the usual in past weeks', () => {
	const {number} = askWorld('morning');
	expect(number(ratio())).toBeCloseTo(0.019, 3);
	for (const offset of week) expect(number(ratio(offset))).toBeCloseTo(0.002, 3);
});

test('nearly all 5xx come from the failing pod, on three routes', () => {
	const {ask, world} = askWorld('morning');
	const byPod = ask('sum by (pod)(rate(http_requests_total{namespace="checkout-prod",status=~"5.."}[5m]))');
	const all = byPod.reduce((sum, sample) => sum + sample.value, 0);
	const worst = byPod.find((sample) => sample.labels['pod'] === world.story.failingPod);
	expect((worst?.value ?? 0) / all).toBeGreaterThan(0.85);
	const routes = ask(`sum by (route)(rate(http_requests_total{pod="${world.story.failingPod ?? ''}",status=~"5.."}[5m])) > 0.1`);
	expect(routes.map((sample) => sample.labels['route']).sort((a = '', b = '') => a.localeCompare(b))).toEqual([
		'/api/cart',
		'/api/checkout',
		'/api/orders',
	]);
});

test('the burst has a beginning', () => {
	const {number} = askWorld('morning');
	expect(number(ratio(' offset 45m'))).toBeLessThan(0.004);
	expect(number(ratio(' offset 20m'))).toBeGreaterThan(0.015);
});

test('p95 of every route is the story’s, now and in past weeks', () => {
	const {ask, world} = askWorld('morning');
	const p95s = (offset = '') =>
		Object.fromEntries(ask(latency('checkout-prod', offset)).map((sample) => [sample.labels['route'], sample.value]));
	const now = p95s();
	const before = p95s(' offset 7d');
	for (const {route, p95, usualP95} of world.story.routes) {
		expect(now[route]).toBeCloseTo(p95, 1);
		expect(before[route]).toBeCloseTo(usualP95, 1);
	}
	expect(now['/api/search']).toBeGreaterThan(2);
});

test('password resets are blocked twelve times as often as usual, from three sources', () => {
	const {ask, number} = askWorld('morning');
	const blocks = (offset = '') => `sum(increase(rate_limit_blocked_total{namespace="checkout-prod",action="password_reset"}[1h]${offset}))`;
	expect(Math.abs(number(blocks()) - 180)).toBeLessThan(18);
	expect(number(blocks()) / number(blocks(' offset 7d'))).toBeGreaterThan(10);
	for (const offset of week) expect(Math.abs(number(blocks(offset)) - 15)).toBeLessThan(4);
	expect(
		ask('sum by (source)(increase(rate_limit_blocked_total{namespace="checkout-prod",action="password_reset"}[1h])) > 0'),
	).toHaveLength(3);
	expect(number('sum(increase(rate_limit_requests_total{namespace="checkout-prod",action="password_reset"}[1h]))')).toBeGreaterThan(500);
});

test('when all is clear nothing is above its usual and no alert is active', () => {
	const {ask, number} = askWorld('all-clear');
	expect(number(ratio())).toBeCloseTo(0.002, 3);
	expect(ask(`${latency('checkout-prod')} > 1`)).toEqual([]);
	expect(
		Math.abs(number('sum(increase(rate_limit_blocked_total{namespace="checkout-prod",action="password_reset"}[1h]))') - 15),
	).toBeLessThan(4);
	expect(ask('ALERTS')).toEqual([]);
});

test('in an outage most requests fail, on every pod', () => {
	const {ask, number} = askWorld('outage');
	expect(number(ratio())).toBeCloseTo(0.87, 1);
	expect(ask('sum by (pod)(rate(http_requests_total{namespace="checkout-prod",status=~"5.."}[5m])) > 5').length).toBeGreaterThan(8);
});

test.each(scenarioNames)('in %s an alert is active exactly where its own expression holds', (scenario) => {
	const {ask, world} = askWorld(scenario);
	for (const {name, expr, activeAt} of alertRules(world)) {
		const holds = (afterMs: number) => ({name, holds: ask(expr, afterMs).length > 0});
		const began = (activeAt ?? Infinity) - world.story.startedAt;
		expect(holds(0)).toEqual({name, holds: activeAt !== undefined});
		expect(holds(Math.min(began, 0) - 10 * 60_000)).toEqual({name, holds: false});
		expect(holds(Math.min(began, 0) + 60_000)).toEqual({name, holds: activeAt !== undefined});
	}
});

test('the slow endpoint becomes an alert while one watches', () => {
	const {ask} = askWorld('morning');
	expect(ask('ALERTS{alertname="CheckoutSlowEndpoint"}').map((sample) => sample.labels['alertstate'])).toEqual(['pending']);
	expect(ask('ALERTS{alertname="CheckoutSlowEndpoint"}', 5 * 60_000).map((sample) => sample.labels['alertstate'])).toEqual(['firing']);
});

test('counters only grow, but for the pod that restarts', () => {
	const {series} = askWorld('morning');
	const {startedAt} = askWorld('morning').world.story;
	const counters = series.filter(({labels}) => /_total$|_bucket$|_count$/.test(labels['__name__'] ?? ''));
	expect(counters.length).toBeGreaterThan(500);
	for (const {labels, valueAt} of counters) {
		const values = [-7200, -3600, -60, -30, 0].map((seconds) => valueAt(startedAt + seconds * 1000));
		const known = values.filter((value) => value !== undefined);
		expect({labels, known}).toEqual({labels, known: [...known].sort((a, b) => a - b)});
	}
});

test('the same seed gives the same figures, another seed other ones', () => {
	const total = (seed: number) =>
		askWorld('morning', seed)
			.ask('kubelet_volume_stats_used_bytes')
			.map((sample) => sample.value);
	expect(total(1)).toEqual(total(1));
	expect(total(2)).not.toEqual(total(1));
});

test('every metric of the list has series with its labels, and there are no others', () => {
	const {series} = askWorld('morning');
	const names = new Set(series.map(({labels}) => labels['__name__'] ?? ''));
	const listed = metricList.map(([name]) => name as string);
	for (const [name, labels] of metricList.filter(([name]) => name !== 'ALERTS')) {
		const one = series.find((source) => source.labels['__name__'] === name);
		expect(Object.keys(one?.labels ?? {})).toEqual(expect.arrayContaining(['__name__', ...labels.split(', ')]));
	}
	const family = (name: string) =>
		name
			.replace(/_(sum|count)$/, '_bucket')
			.replace('capacity', 'used')
			.replace('requests', 'limits');
	expect([...names].filter((name) => !listed.includes(name) && !listed.includes(family(name)))).toEqual([]);
});

test('capacity: used over capacity is the story’s share', () => {
	const {ask, world} = askWorld('morning');
	const ratios = ask('max by (database)(database_storage_used_bytes / database_storage_capacity_bytes)');
	for (const {name, storageUsedRatio} of world.story.databases) {
		expect(ratios.find((sample) => sample.labels['database'] === name)?.value).toBeCloseTo(storageUsedRatio, 2);
	}
	const cpu = ask(
		'sum by (pod)(rate(container_cpu_usage_seconds_total{namespace=~"checkout-prod",container!=""}[5m])) / sum by (pod)(kube_pod_container_resource_limits{namespace=~"checkout-prod",resource="cpu"})',
	);
	expect(cpu.length).toBeGreaterThan(30);
	expect(cpu.every((sample) => sample.value > 0 && sample.value < 0.8)).toBe(true);
});
