import {describe, expect, test} from 'vitest';
import {command} from '../../src/checks/command/index.ts';
import {dashboards} from '../../src/checks/dashboards/index.ts';
import {http} from '../../src/checks/http/index.ts';
import {promql} from '../../src/checks/promql/index.ts';
import type {Sample} from '../../src/ports/metric-source.ts';
import type {HttpAnswer} from '../../src/ports/probe.ts';
import {answer, hour, judging, metrics, now, reading, sample} from './fixtures.ts';

describe('http', () => {
	const judge = (change: Partial<HttpAnswer>, set: object = {}) =>
		http.judge({url: 'https://e.com', answer: answer(change)}, judging('http', {url: 'https://e.com', ...set}, 'queue-depth'));
	const json = {json: {path: 'data.depth', below: 100}};

	test.each<[string, Partial<HttpAnswer>, object, string, string]>([
		['fine', {}, {}, 'ok', '200 in 84 ms'],
		['wrong status', {status: 404}, {}, 'critical', 'status answers 404, should be 200'],
		['one of several', {status: 204}, {status: [200, 204]}, 'ok', '204'],
		['no answer', {status: undefined, error: 'timed out'}, {}, 'critical', 'no answer: timed out'],
		['slow', {latencyMs: 2500}, {}, 'warning', 'latency 2.5 s, should be within 2 s'],
		['body matches', {body: 'all good'}, {body: '^all'}, 'ok', '200'],
		['body does not', {body: 'maintenance'}, {body: '^all'}, 'critical', 'body does not match'],
		['no body', {body: undefined}, {body: '^all'}, 'critical', 'body does not match'],
		['JSON within', {body: '{"data":{"depth":99}}'}, json, 'ok', '200'],
		['JSON beyond', {body: '{"data":{"depth":100}}'}, json, 'critical', 'data.depth is 100, should be below 100'],
		[
			'JSON equals',
			{body: '{"items":[{"state":"down"}]}'},
			{json: {path: 'items.0.state', equals: 'up'}},
			'critical',
			'is "down", should be "up"',
		],
		['JSON above', {body: '{"n":0}'}, {json: {path: 'n', above: 0}}, 'critical', 'should be above 0'],
		['JSON is no number', {body: '{"data":{"depth":"many"}}'}, json, 'unknown', 'which is not a number'],
		['JSON without it', {body: '{}'}, json, 'unknown', 'is not in the body'],
		['no JSON', {body: '<html>'}, json, 'unknown', 'the body is not JSON'],
		['no prototype', {body: '{}'}, {json: {path: 'constructor.name', equals: 'Object'}}, 'unknown', 'is not in the body'],
	])('%s', (_, change, set, status, text) => {
		const finding = judge(change, set);
		expect(finding.status).toBe(status);
		expect(finding.summary).toContain(text);
		expect(finding.short).toMatch(/^queue depth /);
	});

	test('a broken pattern is refused in the file', () => {
		expect(http.options.safeParse({url: 'https://e.com', body: '('}).success).toBe(false);
	});
});

describe('promql', () => {
	const limits = {query: 'x', warning: '> 100', critical: '>= 500', unit: 'jobs'};
	const judge = (samples: readonly Sample[], set: object = limits) =>
		promql.judge({query: 'x', samples, url: 'https://p'}, judging('promql', set, 'queue'));

	test.each<[string, readonly Sample[], string, string, string]>([
		['within', [sample(100)], 'ok', 'queue 100 jobs', '100 jobs, warning > 100, critical >= 500'],
		['warning', [sample(101)], 'warning', 'queue 101 jobs', '101 jobs'],
		['critical', [sample(500)], 'critical', 'queue 500 jobs', '500 jobs'],
		['infinite', [sample(Number.POSITIVE_INFINITY)], 'critical', 'queue Infinity jobs', 'Infinity'],
		['NaN', [sample(Number.NaN)], 'unknown', 'queue NaN jobs', 'NaN'],
		['empty', [], 'unknown', 'queue no data', 'not 0'],
		['several', [sample(1, {queue: 'a'}), sample(700, {queue: 'b'})], 'critical', 'queue 1/2', '1 of 2 beyond'],
		['several, fine', [sample(1, {queue: 'a'}), sample(7, {queue: 'b'})], 'ok', 'queue 2/2', '2 values within limits'],
	])('%s', (_, samples, status, short, text) => {
		const finding = judge(samples);
		expect(finding.status).toBe(status);
		expect(finding.short).toBe(short);
		expect(finding.summary).toContain(text);
	});

	test('percent', () => {
		expect(judge([sample(0.124)], {query: 'x', warning: '> 0.1', unit: '%'})).toMatchObject({status: 'warning', short: 'queue 12 %'});
	});
	test('asks with this round’s own names', async () => {
		const prometheus = metrics(() => [sample(1)]);
		const data = await promql.read(
			reading('promql', {metrics: prometheus}, {set: {query: 'up{ns="$namespace",s="$service",e="$environment"}', warning: '> 1'}}),
		);
		expect(prometheus.asked).toEqual(['up{ns="checkout-prod",s="checkout",e="production"}']);
		expect(data.url).toContain(encodeURIComponent('checkout-prod'));
	});
	test('needs a threshold that can be read', () => {
		expect(promql.options.safeParse({query: 'x'}).success).toBe(false);
		expect(promql.options.safeParse({query: 'x', warning: 'above 3'}).success).toBe(false);
	});
});

describe('command', () => {
	const judge = (result: {stdout?: string; stderr?: string; exitCode?: number}, output = 'nagios') =>
		command.judge(
			{command: ['/usr/lib/check_disk', '-w'], result: {stdout: '', stderr: '', exitCode: 0, durationMs: 5, ...result}},
			judging('command', {command: ['x'], output}, 'disk'),
		);

	test.each([
		[{stdout: 'DISK OK - 40% free | /=60%;80;90\n'}, 'ok', 'DISK OK - 40% free'],
		[{stdout: 'DISK WARNING - 15% free', exitCode: 1}, 'warning', 'DISK WARNING - 15% free'],
		[{stdout: 'DISK CRITICAL', exitCode: 2}, 'critical', 'DISK CRITICAL'],
		[{stdout: 'no such disk', exitCode: 3}, 'unknown', 'no such disk'],
		[{stderr: 'segfault', exitCode: 139}, 'unknown', 'no exit code of a Nagios plug-in (exit code 139): segfault'],
		[{}, 'ok', 'exit code 0, nothing printed'],
	] as const)('nagios %j', (result, status, summary) => {
		expect(judge(result)).toMatchObject({status, summary});
	});

	test.each([
		['{"status":"warning","summary":"lag 40 s"}', 'warning', 'lag 40 s'],
		['{"status":"ok","summary":"fine","reasons":[{"status":"critical","subject":"a","text":"b"}]}', 'critical', 'fine'],
		['{"status":"green","summary":"x"}', 'unknown', 'another shape: status'],
		['{', 'unknown', 'printed no JSON'],
	])('json %s', (stdout, status, summary) => {
		const finding = judge({stdout}, 'json');
		expect(finding.status).toBe(status);
		expect(finding.summary).toContain(summary);
	});

	test('runs what the file says', async () => {
		const ran: unknown[] = [];
		const commands = {
			run: (argv: readonly string[], options: object) => (
				ran.push(argv, options),
				Promise.resolve({stdout: '', stderr: '', exitCode: 0, durationMs: 1})
			),
		};
		await command.read(reading('command', {commands}, {set: {command: ['df', '-h'], directory: '/srv', timeout: '3s'}}));
		expect(ran).toEqual([['df', '-h'], expect.objectContaining({cwd: '/srv', timeoutMs: 3000})]);
	});
});

describe('dashboards', () => {
	test('are for the eye: no one measured anything', async () => {
		const data = await dashboards.read(
			reading(
				'dashboards',
				{grafanaUrl: 'https://g.example.com'},
				{
					set: {
						links: [
							{title: 'API', url: 'https://g.example.com/d/1'},
							{title: 'again', url: 'https://g.example.com/d/1'},
						],
					},
				},
			),
		);
		expect(data.links.map(({title}) => title)).toEqual(['API', 'Grafana']);
		expect(dashboards.judge(data, judging('dashboards'))).toMatchObject({
			status: 'unknown',
			short: 'dashboards 2 to look at',
			summary: '2 dashboards to look at by eye',
		});
		expect(dashboards.byEye).toBe(true);
	});
	test.each([
		['a dashboard', 'https://g.example.com/grafana/d/1/overview', 'https://g.example.com/grafana/d/1/overview?FROM&TO'],
		[
			'with variables',
			'https://g.example.com/grafana/d/1?var-env=a%20b#row',
			'https://g.example.com/grafana/d/1?var-env=a%20b&FROM&TO#row',
		],
		['with its own range', 'https://g.example.com/grafana/d/1?from=now-7d&to=now', undefined],
		['with its own end', 'https://g.example.com/grafana/d/1?to=now-1h', undefined],
		['Grafana itself', 'https://g.example.com/grafana', undefined],
		['another path of the host', 'https://g.example.com/grafana-old/d/1', undefined],
		['another host', 'https://wiki.example.com/grafana/d/1', undefined],
		['another port', 'https://g.example.com:3000/grafana/d/1', undefined],
	])('%s is opened at the right time range', async (_, url, expected) => {
		for (const grafanaUrl of ['https://g.example.com/grafana', 'https://g.example.com/grafana/']) {
			const {links} = await dashboards.read(reading('dashboards', {grafanaUrl}, {set: {links: [{title: 'It', url}], range: '6h'}}));
			expect(links[0]).toEqual({
				title: 'It',
				address: url,
				url: (expected ?? url).replace('FROM', `from=${now - 6 * hour}`).replace('TO', `to=${now}`),
			});
		}
	});
	test('the range is the last 24 hours where nothing is said, and moves on with the clock', async () => {
		const context = reading(
			'dashboards',
			{grafanaUrl: 'https://g.example.com'},
			{set: {links: [{title: 'It', url: 'https://g.example.com/d/1'}]}},
		);
		const [at, later] = await Promise.all(
			[now, now + hour].map((time) => dashboards.read({...context, clock: {...context.clock, now: () => time}})),
		);
		expect(at?.links[0]?.url).toBe(`https://g.example.com/d/1?from=${now - 24 * hour}&to=${now}`);
		expect(later?.links[0]?.url).toBe(`https://g.example.com/d/1?from=${now - 23 * hour}&to=${now + hour}`);
		expect(later?.links.map(({address}) => address)).toEqual(at?.links.map(({address}) => address));
	});
	test('without Grafana every link stays as it is', async () => {
		const {links} = await dashboards.read(reading('dashboards', {}, {set: {links: [{title: 'It', url: 'https://g.example.com/d/1'}]}}));
		expect(links.map(({url}) => url)).toEqual(['https://g.example.com/d/1']);
	});
	test('not configured', async () => {
		await expect(dashboards.read(reading('dashboards'))).rejects.toMatchObject({kind: 'not-configured'});
	});
});
