/** The usual of a check: from Prometheus where it knows, else from the records of earlier rounds. */
import {describe, expect, test} from 'vitest';
import {baselineOf} from '../../src/base/baseline.ts';
import type {CheckContext, EarlierRounds} from '../../src/checks/kit/check.ts';
import {logs} from '../../src/checks/logs/index.ts';
import {rateLimits} from '../../src/checks/rate-limits/index.ts';
import type {MetricSource, Sample} from '../../src/ports/metric-source.ts';
import {paneOf} from '../../views/panes/index.ts';
import {createTheme} from '../../views/kit/theme.ts';
import {createFakeClock} from '../helpers/fake-clock.ts';
import {morning} from '../helpers/fake-readings.ts';
import {roundContext} from '../helpers/fake-check.ts';

const week = 7 * 86_400_000;
const asked: string[] = [];
const earlier = (...values: readonly number[]): EarlierRounds => ({
	async usual({check, fact}) {
		asked.push(`${check} ${fact}`);
		return baselineOf(values);
	},
});

function contextOf<Options>(id: string, options: Options, over: Partial<CheckContext<Options>>): CheckContext<Options> {
	const clock = createFakeClock(morning);
	return {...roundContext(clock), id, options, signal: new AbortController().signal, ...over};
}

/** A Prometheus that answers the same for every query, and keeps so many weeks. */
function prometheus(value: number, weeks: number): MetricSource {
	const query = async (_promql: string, {at = morning}: {at?: number} = {}): Promise<readonly Sample[]> =>
		morning - at > weeks * week ? [] : [{labels: {action: 'login', route: '/api'}, value, at}];
	return {url: 'https://prometheus.example.com', query, queryRange: async () => [], alerts: async () => []} as unknown as MetricSource;
}

const withMetrics = (metrics: MetricSource) => ({sources: {...roundContext(createFakeClock(morning)).sources, metrics}});
const line = (status: number) => ({
	pod: 'api',
	container: 'api',
	text: JSON.stringify({method: 'GET', path: '/pay', status, duration_ms: 120}),
});

describe('the usual', () => {
	test('of pod logs is told by the records', async () => {
		const sources = {
			...roundContext(createFakeClock(morning)).sources,
			logs: {recent: async () => [line(200), line(500)]} as never,
		};
		const data = await logs.read(contextOf('logs', logs.options.parse({}), {sources, earlier: earlier(0.002, 0.003, 0.004)}));
		expect(data.usualErrorRatio).toMatchObject({known: true, median: 0.003});
		expect(asked).toContain('logs 5xx');
		expect(logs.judge(data, {id: 'logs', options: logs.options.parse({}), now: morning}).summary).toMatch(
			/usual 0\.3 % for a Friday 08:00/,
		);
		const head = paneOf('logs')?.head?.(data, {now: morning, theme: createTheme({unicode: true, colour: false}), columns: 80});
		expect(head?.map(({text}) => text)).toEqual([
			expect.stringContaining('5xx 50 % · usual 0.3 % ± 0.1 %'),
			'▁▁▁█ this hour of the last weeks, and now',
		]);
	});

	test('is not known before the third point', async () => {
		const sources = {...roundContext(createFakeClock(morning)).sources, logs: {recent: async () => [line(200), line(500)]} as never};
		const data = await logs.read(contextOf('logs', logs.options.parse({}), {sources, earlier: earlier(0.002, 0.003)}));
		expect(data.usualErrorRatio).toEqual({known: false, points: [0.002, 0.003]});
		const head = paneOf('logs')?.head?.(data, {now: morning, theme: createTheme({unicode: true, colour: false}), columns: 80});
		expect(head?.[0]?.text).toContain('5xx 50 % · no history yet');
	});

	test.each([
		['a Prometheus that keeps four weeks knows it', 4, 1],
		['one that keeps two does not: the records do', 2, 0.003],
	])('%s', async (_name, weeks, median) => {
		const options = logs.options.parse({});
		const data = await logs.read(contextOf('logs', options, {...withMetrics(prometheus(3, weeks)), earlier: earlier(0.002, 0.003, 0.004)}));
		expect(data.usualErrorRatio).toMatchObject({known: true, median});
	});

	test('of rate limits is told by the records too', async () => {
		const options = rateLimits.options.parse({});
		const data = await rateLimits.read(
			contextOf('rate-limits', options, {...withMetrics(prometheus(40, 1)), earlier: earlier(38, 39, 40)}),
		);
		expect(data.actions[0]).toMatchObject({action: 'login', usual: {known: true, median: 39}});
		expect(asked).toContain('rate-limits blocks login');
	});
});
