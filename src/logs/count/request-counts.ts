/** 4xx, 5xx and the slowest endpoints, counted from the lines themselves, with bursts against the window's own normal. */
import {baselineOf, isUnusual} from '../../base/baseline.ts';
import {formatNumber, formatPercent} from '../../base/figures.ts';
import {createDurations, type Durations} from './durations.ts';
import type {Pass} from './passes.ts';
import {type Request, requestOf} from '../formats/request-of.ts';

export interface RequestBucket {
	/** Start, epoch milliseconds. */
	readonly at: number;
	readonly requests: number;
	readonly clientErrors: number;
	readonly serverErrors: number;
}

export interface RouteDurations {
	readonly route: string;
	/** Requests with a duration. */
	readonly count: number;
	/** Milliseconds, within 3 %. */
	readonly p50: number;
	readonly p95: number;
	/** Requests answered 5xx, with a duration or without. */
	readonly serverErrors: number;
}

/** Neighbouring buckets whose share of errors is far above the window's normal. */
export interface Burst {
	readonly kind: '4xx' | '5xx';
	/** Start of the first bucket and end of the last, epoch milliseconds. */
	readonly from: number;
	readonly to: number;
	readonly requests: number;
	readonly errors: number;
	/** `5xx 12 % of 1,204 requests, normal here 0.2 %`. */
	readonly text: string;
}

export interface RequestFigures {
	/** Lines looked at, and those of them that tell of a request. */
	readonly lines: number;
	readonly requests: number;
	readonly clientErrors: number;
	readonly serverErrors: number;
	/** Slowest first, by p95; at most 500 routes, the rest together as `other`. */
	readonly routes: readonly RouteDurations[];
	readonly bucketMs: number;
	/** Buckets with requests, oldest first; lines without a time are in none. */
	readonly series: readonly RequestBucket[];
	/** Oldest first; none while there are too few buckets to know the normal. */
	readonly bursts: readonly Burst[];
}

export interface RequestCounter extends Pass {
	/** Counted anew at each call. */
	readonly requestFigures: () => RequestFigures;
}

interface Bucket {
	requests: number;
	clientErrors: number;
	serverErrors: number;
}

const mostRoutes = 500;
const mostBuckets = 1440;
/** Fewer requests than this in a bucket have no share worth judging. */
const leastRequests = 20;
const leastErrors = 5;
/** Beyond so many spreads and so many times the normal, and never below the floor. */
const rules = {
	'5xx': {spreads: 6, times: 3, floor: 0.02},
	'4xx': {spreads: 6, times: 3, floor: 0.1},
} as const;

const errorsOf = (kind: Burst['kind'], bucket: RequestBucket): number => (kind === '5xx' ? bucket.serverErrors : bucket.clientErrors);

/** The bursts of one kind among the buckets, which are in their order. */
export function burstsOf(kind: Burst['kind'], series: readonly RequestBucket[], bucketMs: number): readonly Burst[] {
	const normal = baselineOf(
		series.filter(({requests}) => requests >= leastRequests).map((bucket) => errorsOf(kind, bucket) / bucket.requests),
	);
	if (!normal.known) return [];
	const bursts: Burst[] = [];
	for (const bucket of series) {
		const errors = errorsOf(kind, bucket);
		if (bucket.requests < leastRequests || errors < leastErrors || !isUnusual(errors / bucket.requests, normal, rules[kind])) continue;
		const last = bursts.at(-1);
		const joined = last?.to === bucket.at ? bursts.pop() : undefined;
		const sum = {requests: bucket.requests + (joined?.requests ?? 0), errors: errors + (joined?.errors ?? 0)};
		const share = formatPercent(sum.errors / sum.requests);
		const text = `${kind} ${share} of ${formatNumber(sum.requests)} requests, normal here ${formatPercent(normal.median)}`;
		bursts.push({kind, from: joined?.from ?? bucket.at, to: bucket.at + bucketMs, ...sum, text});
	}
	return bursts;
}

/**
 * A pass over lines; its memory is bounded: 2 KB a route, and buckets that double their width beyond a thousand and a half.
 * @param options.bucketMs Width of a bucket at first; a minute where absent.
 */
export function createRequestCounter(options: {readonly bucketMs?: number} = {}): RequestCounter {
	const firstBucketMs = options.bucketMs ?? 60_000;
	let bucketMs = firstBucketMs;
	let buckets = new Map<number, Bucket>();
	const routes = new Map<string, {readonly durations: Durations; serverErrors: number}>();
	const total = {lines: 0, requests: 0, clientErrors: 0, serverErrors: 0};

	const bucketAt = (at: number): Bucket => {
		const start = Math.floor(at / bucketMs) * bucketMs;
		const known = buckets.get(start);
		if (known) return known;
		if (buckets.size >= mostBuckets) {
			widen();
			return bucketAt(at);
		}
		const bucket = {requests: 0, clientErrors: 0, serverErrors: 0};
		buckets.set(start, bucket);
		return bucket;
	};

	const widen = (): void => {
		const narrow = buckets;
		buckets = new Map();
		bucketMs *= 2;
		for (const [at, {requests, clientErrors, serverErrors}] of narrow) {
			const bucket = bucketAt(at);
			bucket.requests += requests;
			bucket.clientErrors += clientErrors;
			bucket.serverErrors += serverErrors;
		}
	};

	const count = (into: Bucket, {status}: Request): void => {
		into.requests += 1;
		if (status >= 500) into.serverErrors += 1;
		else if (status >= 400) into.clientErrors += 1;
	};

	const addRoute = ({route, durationMs, status}: Request): void => {
		if (route === undefined) return;
		const name = routes.has(route) || routes.size < mostRoutes ? route : 'other';
		let known = routes.get(name);
		if (!known) routes.set(name, (known = {durations: createDurations(), serverErrors: 0}));
		if (durationMs !== undefined) known.durations.add(durationMs);
		if (status >= 500) known.serverErrors += 1;
	};

	const series = (): readonly RequestBucket[] => [...buckets].map(([at, bucket]) => ({at, ...bucket})).sort((a, b) => a.at - b.at);

	return {
		look: (lines, line) => {
			total.lines += 1;
			const request = requestOf(lines.text(line));
			if (!request) return;
			count(total, request);
			addRoute(request);
			const at = lines.time(line);
			if (!Number.isNaN(at)) count(bucketAt(at), request);
		},
		reset: () => {
			bucketMs = firstBucketMs;
			buckets = new Map();
			routes.clear();
			Object.assign(total, {lines: 0, requests: 0, clientErrors: 0, serverErrors: 0});
		},
		requestFigures: () => {
			const now = series();
			const bySlowest = [...routes]
				.flatMap(([route, {durations, serverErrors}]) =>
					durations.count() === 0
						? []
						: [{route, count: durations.count(), p50: durations.percentile(0.5), p95: durations.percentile(0.95), serverErrors}],
				)
				.sort((a, b) => b.p95 - a.p95);
			return {
				...total,
				routes: bySlowest,
				bucketMs,
				series: now,
				bursts: [...burstsOf('5xx', now, bucketMs), ...burstsOf('4xx', now, bucketMs)].sort((a, b) => a.from - b.from),
			};
		},
	};
}
