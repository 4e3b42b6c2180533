/** Blocks on log-in, password reset and sign-up, each by itself, against what is usual. */
import * as z from 'zod';
import type {Baseline} from '../../base/baseline.ts';
import {defineCheck} from '../kit/check.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {placeholders} from '../kit/queries.ts';
import {judgeRateLimits} from './judge.ts';
import {blocksFact, readRateLimits} from './rate-limits-read.ts';

export interface ActionFigures {
	/** The label's value, `password_reset`. */
	readonly action: string;
	/** Requests in the last hour; absent where the query has no answer. */
	readonly requests?: number;
	/** Blocks in the last hour; absent where the query has no answer for it. */
	readonly blocks?: number;
	/** Blocks in an hour at this weekday and hour. */
	readonly usual: Baseline;
	/** How many sources were blocked; absent where the metric has no source label. */
	readonly sources?: number;
	/** Most blocked first, at most five. */
	readonly topSources: readonly {readonly source: string; readonly blocks: number}[];
}

export interface RateLimitsData {
	readonly url: string;
	/** In the order of the options, then whatever else the metric knows. */
	readonly actions: readonly ActionFigures[];
}

const options = z.strictObject({
	actions: z.array(z.string()).default(['login', 'password_reset', 'signup']).describe('Values of the action label that must be there'),
	blocked: z
		.string()
		.default('sum by (action)(increase(rate_limit_blocked_total[1h]))')
		.describe(`PromQL: blocks of the last hour by action. ${placeholders}`),
	requests: z
		.string()
		.default('sum by (action)(increase(rate_limit_requests_total[1h]))')
		.describe('PromQL: requests of the last hour by action'),
	blockedBySource: z
		.string()
		.default('sum by (action,source)(increase(rate_limit_blocked_total[1h]))')
		.describe('PromQL: blocks of the last hour by action and source; the label source is what the limit counts by'),
	times: z.number().positive().default(3).describe('This many times the usual is a warning'),
	critical: z.number().positive().default(30).describe('This many times the usual is critical'),
	floor: z.number().nonnegative().default(20).describe('Fewer blocks an hour than this are never unusual'),
	fewSources: z
		.number()
		.int()
		.positive()
		.default(5)
		.describe('Blocks from at most this many sources look like an attack, from more like users locked out'),
	blockRate: z.number().min(0).max(1).default(0.2).describe('Without history: this share of requests blocked is a warning'),
});
export type RateLimitsOptions = z.output<typeof options>;

export const rateLimits = defineCheck<RateLimitsData, RateLimitsOptions>({
	kind: 'rate-limits',
	title: 'Rate limits',
	why: 'Blocks far above normal are an attack, or users locked out of their own accounts.',
	tips: [
		'Few sources with many blocks is an attack: let the limit do its work, and look whether any of them got in.',
		'Many sources with few blocks each is us: a client that retries, a limit that is too tight, an office behind one address.',
		'Password resets far above normal with ordinary log-ins is somebody walking a list of e-mail addresses.',
		'Look at the release time: a limit that bites since 07:02 was deployed at 07:02.',
	],
	serves: 'security',
	cadence: 'daily',
	runbook: 'rate-limits',
	source: 'Prometheus',
	options,
	everyMs: 60_000,
	timeoutMs: 15_000,
	configured: ({sources}) => sources.metrics !== undefined,
	async read(context) {
		if (!context.sources.metrics) throw notConfigured('Rate limits', '`sources: {prometheus: {url: …}}`');
		return readRateLimits(context, context.sources.metrics);
	},
	judge: judgeRateLimits,
	facts: ({actions}) =>
		actions.flatMap(({action, blocks}) => (blocks === undefined ? [] : [{id: blocksFact(action), value: blocks, unit: 'count' as const}])),
});
