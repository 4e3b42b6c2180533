import {describe, expect, test} from 'vitest';
import {capacity} from '../../../src/checks/capacity/index.ts';
import type {CapacityData} from '../../../src/checks/capacity/types.ts';
import {container, failure, judging, metrics, pod, podList, reading, sample} from '../fixtures.ts';

const data = (change: Partial<CapacityData> = {}): CapacityData => ({usages: [], missing: [], failures: [], ...change});
const volume = (ratio: number, name = 'data-orders-0') => ({kind: 'volume', name, ratio}) as const;

describe('judging capacity', () => {
	test.each<[string, Partial<CapacityData>, object, string, string, string]>([
		[
			'room enough',
			{usages: [volume(0.44), {kind: 'database', name: 'orders', ratio: 0.61}]},
			{},
			'ok',
			'capacity max 61 %',
			'highest volume 44 %, database 61 %',
		],
		[
			'getting full',
			{usages: [volume(0.84)]},
			{},
			'warning',
			'capacity volume 84 % (data-orders-0)',
			'volume 84 %, warning from 80 %, critical from 90 %',
		],
		[
			'full',
			{usages: [volume(0.91), volume(0.85, 'b'), volume(0.81, 'c')]},
			{},
			'critical',
			'capacity volume 91 % (data-orders-0), 2 more',
			'1 more',
		],
		[
			'CPU is slow, not dead',
			{usages: [{kind: 'cpu', name: 'api', ratio: 0.99, used: 990, limit: 1000}]},
			{},
			'warning',
			'capacity CPU 99 % (api)',
			'(990m of 1000m)',
		],
		[
			'memory',
			{usages: [{kind: 'memory', name: 'api', ratio: 0.953, used: 488 * 2 ** 20, limit: 512 * 2 ** 20}]},
			{},
			'critical',
			'capacity memory 95 % (api)',
			'(488Mi of 512Mi)',
		],
		['other thresholds', {usages: [volume(0.44)]}, {warning: 0.4}, 'warning', 'capacity volume 44 % (data-orders-0)', 'warning from 40 %'],
		[
			'a kind without data is noted',
			{usages: [volume(0.44)], missing: [{kind: 'database', why: 'no query'}]},
			{},
			'ok',
			'capacity max 44 %',
			'no data: no query',
		],
		[
			'a kind that was asked for',
			{usages: [volume(0.44)], missing: [{kind: 'database', why: 'no query'}]},
			{kinds: ['volume', 'database']},
			'unknown',
			'capacity max 44 %',
			'no data: no query',
		],
		['nothing at all', {missing: [{kind: 'volume', why: 'no query'}]}, {}, 'unknown', 'capacity unknown', 'no data on anything'],
		[
			'a source is down',
			{usages: [volume(0.44)], failures: [{source: 'Prometheus (database)', message: 'timed out'}]},
			{},
			'unknown',
			'capacity max 44 %',
			'timed out',
		],
	])('%s', (_, change, set, status, short, text) => {
		const finding = capacity.judge(data(change), judging('capacity', set));
		expect(finding.status).toBe(status);
		expect(finding.short).toBe(short);
		expect([finding.summary, ...finding.reasons.map((reason) => reason.text)].join('\n')).toContain(text);
	});

	test('what could not be told has no green mark, and is unknown where nothing was told', () => {
		const missing = [{kind: 'database' as const, why: 'no query'}];
		const reasons = (change: Partial<CapacityData>) => capacity.judge(data(change), judging('capacity')).reasons;
		const reason = {subject: 'database', text: 'no data: no query'};
		expect(reasons({usages: [volume(0.44)], missing})).toEqual([{status: 'ok', apart: true, ...reason}]);
		expect(reasons({missing})).toEqual([{status: 'unknown', ...reason}]);
	});
});

describe('reading capacity', () => {
	const list = podList([pod(), pod({name: 'unlimited', containers: [container({memoryLimit: undefined, cpuLimit: undefined})]})]);
	const pods = {list: () => Promise.resolve(list), watch: () => ({stop: () => {}})};
	const prometheus = metrics((promql) => {
		if (promql.includes('kubelet_volume'))
			return [sample(0.44, {persistentvolumeclaim: 'data-orders-0'}), sample(0.91, {persistentvolumeclaim: 'logs'})];
		if (promql.includes('database_storage')) return [];
		return [sample(0.5, {pod: 'from-prometheus'})];
	});

	test('CPU and memory from the cluster, the rest from Prometheus', async () => {
		const read = await capacity.read(reading('capacity', {pods, metrics: prometheus}));
		expect(read.usages.map(({kind, name}) => `${kind} ${name}`)).toEqual([
			'cpu api-54fb9-2jw8k',
			'memory api-54fb9-2jw8k',
			'volume logs',
			'volume data-orders-0',
		]);
		expect(read.usages[0]).toMatchObject({ratio: 0.21, used: 210, limit: 1000});
		expect(read.missing).toEqual([{kind: 'database', why: expect.stringContaining('no data')}]);
	});
	test('Prometheus replaces a missing metrics-server', async () => {
		const bare = {...pods, list: () => Promise.resolve({...list, metrics: {missing: 'no metrics-server'}})};
		const read = await capacity.read(reading('capacity', {pods: bare, metrics: prometheus}));
		expect(read.usages[0]?.name).toBe('from-prometheus');
	});
	test('and for a cluster that does not answer', async () => {
		const down = {...pods, list: () => Promise.reject(failure('Kubernetes'))};
		expect((await capacity.read(reading('capacity', {pods: down, metrics: prometheus}))).failures).toEqual([]);
		const alone = await capacity.read(reading('capacity', {pods: down}));
		expect(alone.failures).toEqual([{source: 'Kubernetes', message: 'Kubernetes refused the connection', advice: 'Look at the address'}]);
		expect(capacity.judge(alone, judging('capacity')).status).toBe('unknown');
	});
	test('one failing query does not hide the others', async () => {
		const half = metrics((promql) => {
			if (promql.includes('database')) throw failure('Prometheus');
			return [sample(0.3)];
		});
		const read = await capacity.read(reading('capacity', {metrics: half}));
		expect(read.usages.map(({kind}) => kind)).toEqual(['cpu', 'memory', 'volume']);
		expect(read.failures.map(({source}) => source)).toEqual(['Prometheus (database)']);
	});
	test('a Prometheus that is down is told once, with all that it hides', async () => {
		const down = metrics(() => {
			throw failure('Prometheus');
		});
		const read = await capacity.read(reading('capacity', {metrics: down}));
		expect(read.failures.map(({source}) => source)).toEqual(['Prometheus (cpu, memory, volume, database)']);
	});
	test('not configured', async () => {
		await expect(capacity.read(reading('capacity'))).rejects.toMatchObject({kind: 'not-configured'});
	});
});
