/** Reads the figures of the logs check from Prometheus, or works them out from the pods' own lines. */
import {requestOf} from '../../logs/formats/request-of.ts';
import type {MetricSource, Sample} from '../../ports/metric-source.ts';
import type {LogSource} from '../../ports/pod-log-source.ts';
import {type Baseline, baselineOf} from '../../base/baseline.ts';
import type {CheckContext} from '../kit/check.ts';
import {percentile} from './log-figures.ts';
import type {LogsData, LogsOptions, RouteFigures} from './types.ts';
import {baselineBy, fillQuery, orFromRecords, readWithHistory, singleValue} from '../kit/queries.ts';

/** The sparkline: the last three hours in five-minute steps. */
const trend = {backMs: 3 * 3_600_000, stepMs: 300_000} as const;

/** How records call the share of 5xx, and the p95 of a route. */
export const errorFact = '5xx';
export const routeFact = (route: string) => `p95 ${route}`;

/** Errors over requests; undefined where there are no requests or no answer. */
function ratioOf(errors: readonly Sample[], requests: readonly Sample[]): number | undefined {
	const [above, below] = [singleValue(errors), singleValue(requests)];
	return above === undefined || below === undefined || below <= 0 ? undefined : above / below;
}

function shares(totals: ReadonlyMap<string, number>): LogsData['pods'] {
	const sum = [...totals.values()].reduce((total, value) => total + value, 0);
	if (sum <= 0) return [];
	return [...totals]
		.filter(([, value]) => value > 0)
		.map(([pod, value]) => ({pod, share: value / sum}))
		.sort((a, b) => b.share - a.share);
}

function bySlowest(a: RouteFigures, b: RouteFigures): number {
	return b.p95 - a.p95;
}

/** All queries at one instant, with the same instant of the past weeks next to those that are judged. */
export async function readFromMetrics(context: CheckContext<LogsOptions>, metrics: MetricSource): Promise<LogsData> {
	const {options, clock, signal} = context;
	const at = clock.now();
	const history = {at, signal};
	const fill = (promql: string) => fillQuery(promql, context);
	const [errors, requests, latency, byPod, series] = await Promise.all([
		readWithHistory(metrics, fill(options.errors), history),
		readWithHistory(metrics, fill(options.requests), history),
		readWithHistory(metrics, fill(options.latency), history),
		metrics.query(fill(options.errorsByPod), history).catch((): readonly Sample[] => []),
		metrics
			.queryRange(`(${fill(options.errors)}) / (${fill(options.requests)})`, {
				from: at - trend.backMs,
				to: at,
				stepMs: trend.stepMs,
				signal,
			})
			.catch(() => []),
	]);
	const errorRatio = ratioOf(errors.now, requests.now);
	const requestsPerSecond = singleValue(requests.now);
	const route = (sample: Sample) => sample.labels['route'] ?? sample.labels['handler'] ?? sample.labels['path'] ?? 'all routes';
	const usual = (fact: string, baseline: Baseline) => orFromRecords(baseline, context, {fact, at});
	const routes = await Promise.all(
		latency.now
			.filter(({value}) => Number.isFinite(value))
			.map(async (sample) => ({
				route: route(sample),
				p95: sample.value * 1000,
				usual: await usual(
					routeFact(route(sample)),
					baselineBy(latency, (past) => {
						const seconds = past.find((one) => route(one) === route(sample))?.value;
						return seconds === undefined ? undefined : seconds * 1000;
					}),
				),
			})),
	);
	return {
		from: 'prometheus',
		url: metrics.url,
		...(errorRatio === undefined ? {} : {errorRatio}),
		usualErrorRatio: await usual(errorFact, baselineOf(errors.past.map((past, index) => ratioOf(past, requests.past[index] ?? [])))),
		...(requestsPerSecond === undefined ? {} : {requestsPerSecond}),
		routes: routes.sort(bySlowest),
		pods: shares(new Map(byPod.flatMap(({labels, value}) => (labels['pod'] && Number.isFinite(value) ? [[labels['pod'], value]] : [])))),
		trend: (series[0]?.points ?? []).filter(({value}) => Number.isFinite(value)),
	};
}

const noHistory: Baseline = {known: false, points: []};

/** Counts what the lines of the window tell; logs keep no history of their own: the records of earlier rounds know the usual. */
export async function readFromPodLogs(context: CheckContext<LogsOptions>, source: LogSource): Promise<LogsData> {
	const {options, signal} = context;
	const at = context.clock.now();
	const usual = (fact: string) => orFromRecords(noHistory, context, {fact, at});
	const lines = await source.recent({sinceSeconds: Math.ceil(options.window / 1000), tailLines: options.tailLines, signal});
	const failedByPod = new Map<string, number>();
	const durations = new Map<string, number[]>();
	let understood = 0;
	let failed = 0;
	for (const {pod, text} of lines) {
		const request = requestOf(text);
		if (!request) continue;
		understood += 1;
		if (request.status >= 500) {
			failed += 1;
			failedByPod.set(pod, (failedByPod.get(pod) ?? 0) + 1);
		}
		if (request.route === undefined || request.durationMs === undefined) continue;
		const known = durations.get(request.route);
		if (known) known.push(request.durationMs);
		else durations.set(request.route, [request.durationMs]);
	}
	// The lines may reach back less far than asked for, where a container writes more than `tailLines`.
	const times = lines.flatMap(({at}) => (at === undefined ? [] : [at]));
	const span = times.length > 1 ? times.reduce((a, b) => Math.max(a, b)) - times.reduce((a, b) => Math.min(a, b)) : 0;
	return {
		from: 'pod-logs',
		...(understood > 0 ? {errorRatio: failed / understood} : {}),
		usualErrorRatio: await usual(errorFact),
		...(span > 0 ? {requestsPerSecond: understood / (span / 1000)} : {}),
		routes: (
			await Promise.all(
				[...durations].map(async ([route, all]) => ({route, p95: percentile(all, 0.95) ?? 0, usual: await usual(routeFact(route))})),
			)
		).sort(bySlowest),
		pods: shares(failedByPod),
		trend: [],
		lines: {read: lines.length, understood},
	};
}
