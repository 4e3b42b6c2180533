/** Rate limits: requests by action, blocks by action and source. */
import type {World} from '../kit/world.ts';
import {counted, type Flow} from './promql-flow.ts';
import type {SeriesSource} from './series.ts';

/** Where blocks are far above the usual, they have been since the small hours. */
const attackMs = 5 * 3_600_000;

/** Staging sees the team's own tests, and no attack. */
const stagingShare = 0.05;

/** Addresses of RFC 5737, which belong to no one. */
const customer = (index: number): string => `198.51.100.${(index * 7) % 250}`;
const attacker = (index: number): string => `203.0.113.${17 + index * 3}`;

type Limit = World['story']['rateLimits'][number];

function ofAction(world: World, environment: 'production' | 'staging', limit: Limit): readonly SeriesSource[] {
	const {story} = world;
	const {action, requestsPerHour, blocksPerHour, usualBlocksPerHour} = limit;
	const share = environment === 'production' ? 1 : stagingShare;
	const attacked = environment === 'production' && blocksPerHour > usualBlocksPerHour;
	const attackedSince = story.startedAt - attackMs;
	const series = (name: string, own: Readonly<Record<string, string>>, flow: Flow): SeriesSource => {
		const where = {service: story.service, namespace: story.namespaces[environment], environment};
		const labels = {__name__: name, job: 'checkout-api', ...where, action, ...own};
		const offset = world.chance(JSON.stringify(labels));
		return {labels, valueAt: (at) => counted(story, [flow], offset, at)};
	};
	const blocked = (source: string, perHour: number, span: Omit<Flow, 'perSecond'>) =>
		series('rate_limit_blocked_total', {source}, {perSecond: perHour / 3600, ...span});
	const usualSources = attacked ? Math.max(5, Math.round(usualBlocksPerHour * 0.8)) : Math.ceil(limit.sources * share);
	const usual = Array.from({length: usualSources}, (_, index) =>
		blocked(customer(index + 1), (usualBlocksPerHour * share) / usualSources, attacked ? {until: attackedSince} : {}),
	);
	// The limit looks at the action as a whole: with it used up by few, no one else gets as far as being counted.
	const attackers = Array.from({length: attacked ? limit.sources : 0}, (_, index) =>
		blocked(attacker(index), blocksPerHour / limit.sources, {from: attackedSince, steady: true}),
	);
	return [series('rate_limit_requests_total', {}, {perSecond: (requestsPerHour * share) / 3600}), ...usual, ...attackers];
}

/** `rate_limit_requests_total` and `rate_limit_blocked_total` of both environments. */
export function limitSeries(world: World): readonly SeriesSource[] {
	const {environments, rateLimits} = world.story;
	return environments.flatMap((environment) => rateLimits.flatMap((limit) => ofAction(world, environment, limit)));
}
