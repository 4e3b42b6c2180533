/** What pods, volumes and databases use of what they may, as cAdvisor, kube-state-metrics, the kubelet and exporters say it. */
import {runsUntil, stateAt} from '../kubernetes/plan/life.ts';
import {containersOf, type ClusterPlan, type ContainerPlan, type PodPlan} from '../kubernetes/plan/cluster-plan.ts';
import type {World} from '../kit/world.ts';
import {busyness, counted, historyMs} from './promql-flow.ts';
import type {SeriesSource} from './series.ts';

const mebi = 1024 * 1024;
const gibi = 1024 * mebi;
const day = 86_400_000;

function usedMemory(world: World, container: ContainerPlan, at: number): number | undefined {
	const state = stateAt(container.life, at);
	if (state.kind !== 'running') return undefined;
	const {usage, limits, leaks} = container;
	if (!leaks) return usage.memory * mebi * (1 + 0.02 * (busyness(world.story, at) - 1));
	const {startedAt, endedAt} = state.run;
	const progress = (at - startedAt) / Math.max(1, endedAt - startedAt);
	return (usage.memory + (limits.memory * 0.97 - usage.memory) * Math.min(1, progress)) * mebi;
}

function ofContainer(world: World, pod: PodPlan, container: ContainerPlan): readonly SeriesSource[] {
	const {story} = world;
	const where = {namespace: pod.namespace, pod: pod.name, container: container.name};
	const origin = story.startedAt - historyMs;
	const gauge = (name: string, own: Readonly<Record<string, string>>, valueAt: SeriesSource['valueAt']): SeriesSource => ({
		labels: {__name__: name, ...where, ...own},
		valueAt: (at) => (at < Math.max(pod.createdAt, origin) || at > (pod.deletedAt ?? Infinity) ? undefined : valueAt(at)),
	});
	return [
		gauge('container_cpu_usage_seconds_total', {image: container.image}, (at) => {
			const milliseconds = counted(story, [{perSecond: container.usage.cpu, from: pod.createdAt}], 0, at);
			return stateAt(container.life, at).kind === 'running' && milliseconds !== undefined ? milliseconds / 1000 : undefined;
		}),
		gauge('container_memory_working_set_bytes', {image: container.image}, (at) => usedMemory(world, container, at)),
		gauge('kube_pod_container_resource_limits', {resource: 'cpu', unit: 'core'}, () => container.limits.cpu / 1000),
		gauge('kube_pod_container_resource_limits', {resource: 'memory', unit: 'byte'}, () => container.limits.memory * mebi),
		gauge('kube_pod_container_resource_requests', {resource: 'cpu', unit: 'core'}, () => container.requests.cpu / 1000),
		gauge('kube_pod_container_resource_requests', {resource: 'memory', unit: 'byte'}, () => container.requests.memory * mebi),
		gauge('kube_pod_container_status_restarts_total', {}, (at) => Math.max(0, runsUntil(container.life, at).length - 1)),
	];
}

/** A tenth of a percent of the whole more every day. */
const grown = (world: World, ratio: number, at: number): number => ratio + (0.001 * (at - world.story.startedAt)) / day;

function volumes(world: World, cluster: ClusterPlan): readonly SeriesSource[] {
	return cluster.claims.flatMap(({namespace, name, sizeGi, createdAt}) => {
		const labels = {namespace, persistentvolumeclaim: name};
		const ratio = 0.48 + 0.2 * world.chance(`volume ${namespace}/${name}`);
		const since = (at: number, value: number) => (at < createdAt ? undefined : value);
		return [
			{
				labels: {__name__: 'kubelet_volume_stats_used_bytes', ...labels},
				valueAt: (at: number) => since(at, Math.round(grown(world, ratio, at) * sizeGi * gibi)),
			},
			{labels: {__name__: 'kubelet_volume_stats_capacity_bytes', ...labels}, valueAt: (at: number) => since(at, sizeGi * gibi)},
		];
	});
}

const databaseGi = 250;

function databases(world: World): readonly SeriesSource[] {
	const {story} = world;
	const common = {namespace: story.namespaces.production, environment: 'production'};
	return story.databases.flatMap(({name, storageUsedRatio}) => {
		const used = (at: number) => Math.round(grown(world, storageUsedRatio, at) * databaseGi * gibi);
		return [
			{labels: {__name__: 'database_storage_used_bytes', ...common, database: name}, valueAt: used},
			{labels: {__name__: 'database_storage_capacity_bytes', ...common, database: name}, valueAt: () => databaseGi * gibi},
			{labels: {__name__: 'pg_database_size_bytes', ...common, datname: name}, valueAt: (at: number) => Math.round(used(at) * 0.93)},
		];
	});
}

function targets({story}: World, cluster: ClusterPlan): readonly SeriesSource[] {
	return cluster.pods
		.filter((pod) => pod.app === 'api')
		.map((pod) => ({
			labels: {
				__name__: 'up',
				job: 'checkout-api',
				instance: `${pod.ip}:9102`,
				namespace: pod.namespace,
				pod: pod.name,
				service: story.service,
			},
			valueAt: (at) => {
				if (at < pod.createdAt) return undefined;
				return pod.containers.every((container) => stateAt(container.life, at).kind === 'running') ? 1 : 0;
			},
		}));
}

/** Everything that fills up, and which targets answer. */
export function resourceSeries(world: World, cluster: ClusterPlan): readonly SeriesSource[] {
	const running = cluster.pods.filter((pod) => pod.restartPolicy === 'Always');
	return [
		...running.flatMap((pod) =>
			containersOf(pod)
				.filter((container) => !pod.setUp.includes(container))
				.flatMap((container) => ofContainer(world, pod, container)),
		),
		...volumes(world, cluster),
		...databases(world),
		...targets(world, cluster),
	];
}
