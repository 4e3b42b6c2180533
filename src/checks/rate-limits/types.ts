/** What the check is set up with and what it reads. */
import * as z from 'zod';
import type {Baseline} from '../../base/baseline.ts';
import {placeholders} from '../kit/queries.ts';

export interface ActionFigures {
	/** The label's value, `password_reset`. */
	readonly action: string;
	/** Requests in the last hour; absent where the query has no answer. */
	readonly requests?: number;
	/** Blocks in the last hour; absent where the query has no answer for it. */
	readonly blocks?: number | undefined;
	/** Blocks in an hour at this weekday and hour. */
	readonly usual: Baseline;
	/** How many sources were blocked; absent where the metric has no source label. */
	readonly sources?: number | undefined;
	/** Most blocked first, at most five. */
	readonly topSources: readonly {readonly source: string; readonly blocks: number}[];
}

export interface RateLimitsData {
	readonly url: string;
	/** In the order of the options, then whatever else the metric knows. */
	readonly actions: readonly ActionFigures[];
}

export const options = z.strictObject({
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
		.describe('PromQL: blocks of the last hour by action and source. The label source is what the limit counts by.'),
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
