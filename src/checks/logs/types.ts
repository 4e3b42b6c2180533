/** What the check is set up with and what it reads. */
import * as z from 'zod';
import {duration} from '../../base/duration.ts';
import type {Baseline} from '../../base/baseline.ts';
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
	readonly errorRatio?: number | undefined;
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

export const options = z.strictObject({
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
		.describe('PromQL: 5xx per second by pod, to find their origin'),
	warning: z
		.number()
		.min(0)
		.max(1)
		.default(0.01)
		.describe('Without history, a 5xx ratio from here on is a warning. A smaller ratio never is.'),
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
