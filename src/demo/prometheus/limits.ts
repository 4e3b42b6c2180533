/** Rate limits: requests by action, blocks by action and source. */
import type {World} from '../world.ts';
import {counted, type Flow} from './flow.ts';
import type {SeriesSource} from './series.ts';

/** Where blocks are far above the usual, they have been since the small hours. */
const attackMs = 5 * 3_600_000;

/** Addresses of RFC 5737, which belong to nobody. */
const customer = (index: number): string => `198.51.100.${(index * 7) % 250}`;
const attacker = (index: number): string => `203.0.113.${17 + index * 3}`;

/** `rate_limit_requests_total` and `rate_limit_blocked_total`; staging has no limits. */
export function limitSeries(world: World): readonly SeriesSource[] {
	const {story} = world;
	const common = {job: 'checkout-api', service: story.service, namespace: story.namespaces.production, environment: 'production'};
	const attackedSince = story.startedAt - attackMs;
	return story.rateLimits.flatMap(({action, requestsPerHour, blocksPerHour, usualBlocksPerHour, sources}) => {
		const attacked = blocksPerHour > usualBlocksPerHour;
		const series = (name: string, own: Readonly<Record<string, string>>, flow: Flow): SeriesSource => {
			const labels = {__name__: name, ...common, action, ...own};
			const offset = world.chance(JSON.stringify(labels));
			return {labels, valueAt: (at) => counted(story, [flow], offset, at)};
		};
		const usualSources = attacked ? Math.max(5, Math.round(usualBlocksPerHour * 0.8)) : sources;
		const blocked = (source: string, perHour: number, span: Omit<Flow, 'perSecond'>) =>
			series('rate_limit_blocked_total', {source}, {perSecond: perHour / 3600, ...span});
		return [
			series('rate_limit_requests_total', {}, {perSecond: requestsPerHour / 3600}),
			...Array.from({length: usualSources}, (_, index) =>
				blocked(customer(index + 1), usualBlocksPerHour / usualSources, attacked ? {until: attackedSince} : {}),
			),
			// The limit looks at the action as a whole: with it used up by few, nobody else gets as far as being counted.
			...(attacked
				? Array.from({length: sources}, (_, index) => blocked(attacker(index), blocksPerHour / sources, {from: attackedSince}))
				: []),
		];
	});
}
