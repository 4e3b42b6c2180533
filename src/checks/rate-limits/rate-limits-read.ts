/** Reads the figures of the rate-limits check from Prometheus. */
import type {MetricSource, Sample} from '../../ports/metric-source.ts';
import type {CheckContext} from '../kit/check.ts';
import {baselineBy, fillQuery, orFromRecords, readWithHistory} from '../kit/queries.ts';
import type {ActionFigures, RateLimitsData, RateLimitsOptions} from './types.ts';

const mostSources = 5;

/** How records call the blocks of an action. */
export const blocksFact = (action: string) => `blocks ${action}`;

function valueOf(samples: readonly Sample[], action: string): number | undefined {
	const value = samples.find(({labels}) => labels['action'] === action)?.value;
	return value !== undefined && Number.isFinite(value) ? value : undefined;
}

function sourcesOf(samples: readonly Sample[], action: string): Pick<ActionFigures, 'sources' | 'topSources'> {
	const known = samples.filter(({labels}) => labels['action'] === action && labels['source'] !== undefined);
	// `increase` extrapolates: less than half a block is none.
	const blocked = known.map(({labels, value}) => ({source: labels['source'] ?? '', blocks: value})).filter(({blocks}) => blocks >= 0.5);
	return {
		...(known.length === 0 ? {} : {sources: blocked.length}),
		topSources: blocked.sort((a, b) => b.blocks - a.blocks).slice(0, mostSources),
	};
}

/** One row per action, those of the options first. */
export async function readRateLimits(context: CheckContext<RateLimitsOptions>, metrics: MetricSource): Promise<RateLimitsData> {
	const {options, clock, signal} = context;
	const at = clock.now();
	const fill = (promql: string) => fillQuery(promql, context);
	const none = (): readonly Sample[] => [];
	const [blocked, requests, bySource] = await Promise.all([
		readWithHistory(metrics, fill(options.blocked), {at, signal}),
		metrics.query(fill(options.requests), {at, signal}).catch(none),
		metrics.query(fill(options.blockedBySource), {at, signal}).catch(none),
	]);
	const others = blocked.now.flatMap(({labels}) =>
		labels['action'] && !options.actions.includes(labels['action']) ? [labels['action']] : [],
	);
	const actions = [...options.actions, ...new Set(others)].map(async (action) => {
		const [asked, blocks] = [valueOf(requests, action), valueOf(blocked.now, action)];
		const usual = baselineBy(blocked, (past) => valueOf(past, action));
		return {
			action,
			...(asked === undefined ? {} : {requests: asked}),
			...(blocks === undefined ? {} : {blocks}),
			usual: await orFromRecords(usual, context, {fact: blocksFact(action), at}),
			...sourcesOf(bySource, action),
		};
	});
	return {url: metrics.url, actions: await Promise.all(actions)};
}
