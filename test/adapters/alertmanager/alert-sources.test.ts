import {describe, expect, it} from 'vitest';
import {createAlertmanager} from '../../../src/adapters/alertmanager/alertmanager.ts';
import {alertState, createGrafana} from '../../../src/adapters/grafana/grafana.ts';
import {createPrometheus} from '../../../src/adapters/prometheus/prometheus.ts';
import {credential, fixedClock, json, loopback, never, pathOf, queryOf} from '../loopback.ts';

const clock = fixedClock(Date.parse('2026-11-20T08:00:00Z'));
const labels = {alertname: 'HighErrors', severity: 'critical', namespace: 'shop'};
const annotations = {summary: 'Many 5xx', runbook_url: 'https://runbooks.example.com/5xx'};
const since = '2026-11-20T07:30:00Z';

describe('Prometheus', () => {
	it('reads vectors with NaN and infinities, and scalars', async () => {
		const url = await loopback((request, response) => {
			const scalar = queryOf(request).get('query') === '1';
			const vector = ['1.5', 'NaN', '+Inf', '-Inf'].map((value, index) => ({metric: {n: String(index)}, value: [1763625600.5, value]}));
			const histogram = {metric: {n: 'h'}, histogram: [1763625600, {count: '1'}]};
			json(response, {
				status: 'success',
				data: scalar ? {resultType: 'scalar', result: [1763625600, '1']} : {resultType: 'vector', result: [...vector, histogram]},
			});
		});
		const prometheus = createPrometheus({url, clock});
		const samples = await prometheus.query('up', {signal: never});
		expect(samples.map(({value}) => value)).toEqual([1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
		expect(samples[0]).toEqual({labels: {n: '0'}, value: 1.5, at: 1763625600500});
		expect(await prometheus.query('1', {signal: never})).toEqual([{labels: {}, value: 1, at: 1763625600000}]);
	});

	it('keeps no data apart from zero, and asks at a time and over a range in seconds', async () => {
		const asked: string[] = [];
		const url = await loopback((request, response) => {
			asked.push(request.url ?? '');
			const range = pathOf(request).endsWith('query_range');
			json(response, {
				status: 'success',
				data: range
					? {
							resultType: 'matrix',
							result: [
								{
									metric: {a: 'b'},
									values: [
										[10, '2'],
										[25, 'NaN'],
									],
								},
							],
						}
					: {resultType: 'vector', result: []},
			});
		});
		const prometheus = createPrometheus({url, clock});
		expect(await prometheus.query('x', {at: 1_500_250, signal: never})).toEqual([]);
		expect(await prometheus.queryRange('x', {from: 10_000, to: 40_000, stepMs: 15_000, signal: never})).toEqual([
			{
				labels: {a: 'b'},
				points: [
					{at: 10_000, value: 2},
					{at: 25_000, value: Number.NaN},
				],
			},
		]);
		expect(asked).toEqual(['/api/v1/query?query=x&time=1500.25', '/api/v1/query_range?query=x&start=10&end=40&step=15']);
	});

	it('passes on what is wrong with a query', async () => {
		const url = await loopback((_, response) =>
			json(response, {status: 'error', errorType: 'bad_data', error: '1:3: parse error: unexpected end'}, {status: 400}),
		);
		await expect(createPrometheus({url, clock}).query('x +', {signal: never})).rejects.toMatchObject({
			kind: 'bad-request',
			message: expect.stringContaining('parse error: unexpected end') as string,
		});
	});

	it('refuses a value that is no number', async () => {
		const url = await loopback((_, response) =>
			json(response, {status: 'success', data: {resultType: 'vector', result: [{metric: {}, value: [1, '']}]}}),
		);
		await expect(createPrometheus({url, clock}).query('x', {signal: never})).rejects.toThrow('data.result.0.value.1');
	});

	it('lists firing and pending alerts with stable ids', async () => {
		const url = await loopback((_, response) =>
			json(response, {
				status: 'success',
				data: {
					alerts: [
						{labels, annotations, state: 'firing', activeAt: since},
						{labels: {...labels, pod: 'a'}, annotations: {}, state: 'pending', activeAt: since},
						{labels, annotations, state: 'inactive', activeAt: since},
					],
				},
			}),
		);
		const prometheus = createPrometheus({url, clock});
		const [first, second, ...rest] = await prometheus.alerts(never);
		expect(rest).toEqual([]);
		expect(first).toMatchObject({
			source: 'Prometheus',
			name: 'HighErrors',
			severity: 'critical',
			state: 'firing',
			summary: 'Many 5xx',
			startedAt: Date.parse(since),
			runbookUrl: 'https://runbooks.example.com/5xx',
			url: `${url}/alerts`,
		});
		expect(second?.state).toBe('pending');
		expect(second?.id).not.toBe(first?.id);
		expect((await prometheus.alerts(never))[0]?.id).toBe(first?.id);
	});
});

describe('Alertmanager', () => {
	const alert = (fingerprint: string, status: Record<string, unknown>) => ({
		fingerprint,
		status: {state: 'active', silencedBy: [], inhibitedBy: [], ...status},
		startsAt: since,
		endsAt: since,
		labels,
		annotations,
		generatorURL: 'http://prometheus/graph',
	});

	it('tells firing, silenced (until when) and inhibited apart, and passes the matchers on', async () => {
		let filters: readonly string[] = [];
		const url = await loopback((request, response) => {
			if (pathOf(request) === '/api/v2/silences')
				return json(response, [
					{id: 's1', endsAt: '2026-11-20T12:00:00Z'},
					{id: 's2', endsAt: '2026-11-21T12:00:00Z'},
				]);
			filters = queryOf(request).getAll('filter');
			return json(response, [
				alert('a', {}),
				alert('b', {state: 'suppressed', silencedBy: ['s1', 's2']}),
				alert('c', {state: 'suppressed', inhibitedBy: ['a']}),
			]);
		});
		const alerts = await createAlertmanager({url, filter: ['namespace="shop"', 'team=~"a|b"'], clock, credential}).alerts(never);
		expect(filters).toEqual(['namespace="shop"', 'team=~"a|b"']);
		expect(alerts.map(({id, state, silencedUntil}) => [id, state, silencedUntil])).toEqual([
			['a', 'firing', undefined],
			['b', 'silenced', Date.parse('2026-11-21T12:00:00Z')],
			['c', 'inhibited', undefined],
		]);
		expect(alerts[0]).toMatchObject({
			source: 'Alertmanager',
			name: 'HighErrors',
			url: 'http://prometheus/graph',
			runbookUrl: annotations.runbook_url,
		});
	});

	it('shows silenced alerts also where the silences cannot be read', async () => {
		const url = await loopback((request, response) =>
			pathOf(request) === '/api/v2/silences' ? json(response, {}, {status: 403}) : json(response, [alert('b', {silencedBy: ['s1']})]),
		);
		const alerts = await createAlertmanager({url, clock}).alerts(never);
		expect(alerts.map(({state, silencedUntil}) => [state, silencedUntil])).toEqual([['silenced', undefined]]);
	});

	it('passes on an error that is a bare string', async () => {
		const url = await loopback((_, response) => json(response, '"bad matcher format: x"', {status: 400}));
		await expect(createAlertmanager({url, filter: ['x'], clock}).alerts(never)).rejects.toThrow('bad matcher format: x');
	});
});

describe('Grafana', () => {
	it('reads both spellings of a state', () => {
		expect(['Alerting', 'firing', 'Alerting (NoData)', 'NoData', 'Error'].map(alertState)).toEqual(Array(5).fill('firing'));
		expect(['Pending', 'pending'].map(alertState)).toEqual(['pending', 'pending']);
		expect(['Normal', 'inactive', 'Normal (Error)', 'Recovering'].map(alertState)).toEqual(Array(4).fill(undefined));
	});

	it('lists what fires, with a link to its panel or rule', async () => {
		const instance = (state: string, more: Record<string, string> = {}) => ({
			labels: {...labels, ...more},
			annotations: {},
			state,
			activeAt: since,
			value: '1e+00',
		});
		const url = await loopback((_, response) =>
			json(response, {
				status: 'success',
				data: {
					groups: [
						{
							name: 'g',
							file: 'f',
							rules: [
								{
									name: 'Panel rule',
									uid: 'r1',
									state: 'firing',
									annotations: {...annotations, __dashboardUid__: 'dash', __panelId__: '4'},
									alerts: [instance('Alerting', {alertname: 'Panel rule'}), instance('Normal')],
								},
								{name: 'Plain rule', uid: 'r2', state: 'pending', alerts: [instance('pending', {pod: 'x'})]},
								{name: 'Recording rule', type: 'recording'},
							],
						},
					],
				},
			}),
		);
		const alerts = await createGrafana({url, clock, credential}).alerts(never);
		expect(alerts.map(({name, state, url}) => [name, state, url])).toEqual([
			['Panel rule', 'firing', `${url}/d/dash?viewPanel=4`],
			['HighErrors', 'pending', `${url}/alerting/grafana/r2/view`],
		]);
		expect(alerts[0]).toMatchObject({
			source: 'Grafana',
			summary: 'Many 5xx',
			runbookUrl: annotations.runbook_url,
			startedAt: Date.parse(since),
		});
	});
});
