/** Bursts of 5xx and slow endpoints against what is usual, from Prometheus or from the pods' own logs. */
import * as z from 'zod';
import {duration} from '../../base/duration.ts';
import type {Baseline} from '../../base/baseline.ts';
import {defineCheck} from '../kit/check.ts';
import {judgeLogs} from './judge.ts';
import {errorFact, readFromMetrics, readFromPodLogs, routeFact} from './logs-read.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {placeholders} from '../kit/queries.ts';

export interface RouteFigures {
	readonly route: string;
	/** Milliseconds. */
	readonly p95: number;
	/** Milliseconds. */
	readonly usual: Baseline;
}

export interface LogsData {
	readonly from: 'prometheus' | 'pod-logs';
	/** Where the figures can be looked at. */
	readonly url?: string;
	/** Share of requests answered 5xx, 0.019 is 1.9 %; absent where there were no requests or no data. */
	readonly errorRatio?: number;
	readonly usualErrorRatio: Baseline;
	readonly requestsPerSecond?: number;
	/** Slowest first. */
	readonly routes: readonly RouteFigures[];
	/** Where the 5xx come from, most first; shares add up to 1. */
	readonly pods: readonly {readonly pod: string; readonly share: number}[];
	/** The error ratio of the last hours, oldest first, for a sparkline; empty without Prometheus. */
	readonly trend: readonly {readonly at: number; readonly value: number}[];
	/** For pod logs: how many lines there were, and how many told of a request. */
	readonly lines?: {readonly read: number; readonly understood: number};
}

const options = z.strictObject({
	requests: z.string().default('sum(rate(http_requests_total[5m]))').describe(`PromQL: requests a second. ${placeholders}`),
	errors: z
		.string()
		.default('sum(rate(http_requests_total{status=~"5.."}[5m])) or vector(0)')
		.describe('PromQL: requests answered 5xx a second'),
	latency: z
		.string()
		.default('histogram_quantile(0.95, sum by (le,route)(rate(http_request_duration_seconds_bucket[5m])))')
		.describe('PromQL: the 95th percentile by route, in seconds'),
	errorsByPod: z
		.string()
		.default('sum by (pod)(rate(http_requests_total{status=~"5.."}[5m]))')
		.describe('PromQL: 5xx a second by pod, to tell where they come from'),
	warning: z
		.number()
		.min(0)
		.max(1)
		.default(0.01)
		.describe('A 5xx ratio from here on is a warning where there is no history, and never less than this is'),
	critical: z.number().min(0).max(1).default(0.05).describe('A 5xx ratio from here on is critical, usual or not'),
	times: z.number().positive().default(3).describe('This many times the usual is unusual'),
	slow: duration.prefault('1s').describe('A route’s p95 below this is never slow'),
	window: duration.prefault('15m').describe('Without Prometheus: how far back the pods’ logs are read'),
	tailLines: z
		.number()
		.int()
		.positive()
		.max(20_000)
		.default(2000)
		.describe('Without Prometheus: at most this many lines of each container'),
});
export type LogsOptions = z.output<typeof options>;

export const logs = defineCheck<LogsData, LogsOptions>({
	kind: 'logs',
	title: 'Logs',
	why: 'A burst of 5xx or a slow endpoint is users failing before anyone calls.',
	tips: [
		'First ask where they come from: all from one pod is that pod or its node, all from one route is its code or its dependency.',
		'Compare with the usual of this weekday and hour, not with zero: every service has its normal.',
		'Slow without errors is a dependency or a lock; errors without slow is code or configuration.',
		'Group by pod, operation and status before reading lines; three failures that look unrelated often share one pod.',
	],
	serves: 'performance',
	cadence: 'daily',
	runbook: 'logs',
	source: 'Prometheus or pod logs',
	options,
	everyMs: 30_000,
	timeoutMs: 20_000,
	configured: ({sources}) => sources.metrics !== undefined || sources.logs !== undefined,
	async read(context) {
		if (context.sources.metrics) return readFromMetrics(context, context.sources.metrics);
		if (context.sources.logs) return readFromPodLogs(context, context.sources.logs);
		throw notConfigured('Logs', '`sources: {prometheus: {url: …}}` or `sources: {kubernetes: {namespace: …}}`');
	},
	judge: judgeLogs,
	facts: ({errorRatio, routes}) => [
		...(errorRatio === undefined ? [] : [{id: errorFact, value: errorRatio, unit: 'ratio' as const}]),
		...routes.map(({route, p95}) => ({id: routeFact(route), value: p95, unit: 'ms' as const})),
	],
});
