/** Requests and their durations, by route, status and pod. */
import type {ClusterPlan} from '../kubernetes/plan/cluster-plan.ts';
import type {World} from '../kit/world.ts';
import {counted, type Flow} from './promql-flow.ts';
import type {Labels, SeriesSource} from './series.ts';

/** Staging has a little traffic: tests and the team itself. */
const shareOf = {production: 1, staging: 0.05} as const;

/** Which 5xx a burst is made of. */
const failures = [
	{status: '500', share: 0.7},
	{status: '503', share: 0.3},
] as const;

/** Routes whose requests fail when one pod fails; three that seem to have nothing in common. */
const failingRoutes = new Set(['/api/cart', '/api/checkout', '/api/orders']);

const edges = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/**
 * Share of requests faster than `edge` where the 95th percentile is `p95` seconds. Exponential, but for the bucket that
 * holds the percentile, which is cut so that Prometheus's linear interpolation gives `p95` exactly.
 */
export function fasterThan(edge: number, p95: number): number {
	const exponential = (seconds: number) => 1 - Math.exp((-seconds * Math.log(20)) / p95);
	const upper = edges.find((one) => one >= p95) ?? Infinity;
	const lower = edges.findLast((one) => one < p95) ?? 0;
	if (upper === Infinity) return edge === Infinity ? 1 : exponential(edge);
	const within = (p95 - lower) / (upper - lower);
	const below = Math.max(exponential(lower), within < 1 ? (0.95 - 0.985 * within) / (1 - within) : 0);
	if (edge <= lower) return (exponential(edge) * below) / (exponential(lower) || 1);
	const above = below + (0.95 - below) / within;
	return edge === Infinity ? 1 : 1 - (1 - above) * Math.exp(-(edge - upper) / upper);
}

interface Place {
	readonly environment: 'production' | 'staging';
	readonly pods: readonly string[];
	readonly common: Labels;
}

/** The extra 5xx a second of a pod on a route since the burst began. */
function burstOf({story}: World, {environment, pods}: Place, pod: string, route: string): number {
	if (environment !== 'production' || story.burstAt === undefined) return 0;
	const all = story.routes.reduce((sum, one) => sum + one.requestsPerSecond, 0);
	const extra = all * (story.errorRatio.now - story.errorRatio.usual);
	const own = story.routes.find((one) => one.route === route)?.requestsPerSecond ?? 0;
	if (story.failingPod === undefined) return (extra * own) / all / pods.length;
	if (pod !== story.failingPod || !failingRoutes.has(route)) return 0;
	const hit = story.routes.filter((one) => failingRoutes.has(one.route)).reduce((sum, one) => sum + one.requestsPerSecond, 0);
	return (extra * own) / hit;
}

/** A route is slow since the release, or since the burst where everything burns. */
function slowSince({story}: World): number {
	return story.failingPod === undefined ? (story.burstAt ?? story.release.deployedAt) : story.release.deployedAt;
}

function ofPod(world: World, place: Place, pod: string): readonly SeriesSource[] {
	const {story} = world;
	const {usual} = story.errorRatio;
	return story.routes.flatMap(({route, requestsPerSecond, p95, usualP95}): readonly SeriesSource[] => {
		const perSecond = (requestsPerSecond * shareOf[place.environment]) / place.pods.length;
		const burst = burstOf(world, place, pod, route);
		const labels = {...place.common, pod, route};
		const series = (name: string, own: Labels, flows: readonly Flow[]): SeriesSource => {
			const all = {__name__: name, ...labels, ...own};
			const offset = world.chance(JSON.stringify(all));
			return {labels: all, valueAt: (at) => counted(story, flows, offset, at)};
		};
		const since = story.burstAt;
		const missing = route === '/api/login' ? 0.03 : 0.008;
		const statuses: readonly (readonly [string, readonly Flow[]])[] = [
			['200', [{perSecond: perSecond * (1 - usual - missing)}, ...(since === undefined ? [] : [{perSecond: -burst, from: since}])]],
			[route === '/api/login' ? '401' : '404', [{perSecond: perSecond * missing}]],
			...failures.map(
				({status, share}) =>
					[
						status,
						[{perSecond: perSecond * usual * share}, ...(since === undefined ? [] : [{perSecond: burst * share, from: since}])],
					] as const,
			),
		];
		const changedAt = slowSince(world);
		const buckets = [...edges, Infinity].map((edge) =>
			series('http_request_duration_seconds_bucket', {le: edge === Infinity ? '+Inf' : String(edge)}, [
				{perSecond: perSecond * fasterThan(edge, usualP95), until: changedAt},
				{perSecond: perSecond * fasterThan(edge, p95), from: changedAt},
			]),
		);
		return [
			...statuses.map(([status, flows]) => series('http_requests_total', {status, method: 'GET'}, flows)),
			...buckets,
			series('http_request_duration_seconds_count', {}, [{perSecond}]),
			series('http_request_duration_seconds_sum', {}, [
				{perSecond: (perSecond * usualP95) / 3, until: changedAt},
				{perSecond: (perSecond * p95) / 3, from: changedAt},
			]),
		];
	});
}

/** `http_requests_total` and `http_request_duration_seconds` of every api pod of both environments. */
export function requestSeries(world: World, cluster: ClusterPlan): readonly SeriesSource[] {
	const {story} = world;
	return story.environments.flatMap((environment) => {
		const namespace = story.namespaces[environment];
		const pods = cluster.pods.filter((pod) => pod.namespace === namespace && pod.app === 'api').map((pod) => pod.name);
		const common = {job: 'checkout-api', service: story.service, namespace, environment};
		return pods.flatMap((pod) => ofPod(world, {environment, pods, common}, pod));
	});
}
