/** metrics.k8s.io as metrics-server answers it: what each running container uses, sampled every 15 seconds. */
import type {NodeMetric, PodMetric} from '@kubernetes/client-node';
import type {Cluster} from './cluster.ts';
import {stateAt} from '../plan/life.ts';
import {podKey, type ContainerPlan, type PodPlan} from '../plan/cluster-plan.ts';
import {hashOf, mix} from '../plan/random.ts';

const windowMs = 15_000;
/** A container that has just died is still in the last sample. */
const staleMs = 45_000;

interface Usage {
	/** Nanocores. */
	readonly cpu: number;
	/** KiB. */
	readonly memory: number;
}

const wobble = (key: number, sample: number): number => 0.96 + (0.08 * (mix(key, sample) % 1000)) / 1000;

const usageOf = (pod: PodPlan, container: ContainerPlan, at: number): Usage | undefined => {
	const state = stateAt(container.life, at);
	const run = state.kind === 'waiting' ? state.last : state.run;
	const setUp = pod.setUp.includes(container);
	if (!run || setUp || (state.kind !== 'running' && (at - run.endedAt > staleMs || run.reason === 'Completed'))) {
		return undefined;
	}
	const key = hashOf(`${podKey(pod)} ${container.name}`);
	const sample = Math.floor(at / windowMs);
	const dead = state.kind !== 'running';
	const {cpu, memory} = container.usage;
	const cores = cpu * (dead ? 0.06 : wobble(key, sample)) * 1e6;
	if (!container.leaks) {
		return {cpu: Math.round(cores), memory: Math.round(Math.min(container.limits.memory, memory * wobble(key, sample + 1)) * 1024)};
	}
	const share = Math.min(1, (Math.min(at, run.endedAt) - run.startedAt) / Math.max(1, Math.min(run.endedAt - run.startedAt, 120_000)));
	return {cpu: Math.round(cores), memory: Math.round((memory + (container.limits.memory * 0.953 - memory) * share) * 1024)};
};

/** As client-node types them, without the selfLink that servers no longer send. */
type Measured<T extends PodMetric | NodeMetric> = Omit<T, 'metadata'> & {readonly metadata: Omit<T['metadata'], 'selfLink'>};

const sampledAt = (at: number): string => `${new Date(Math.floor(at / windowMs) * windowMs).toISOString().slice(0, 19)}Z`;

/** The metrics of one pod; undefined where no container of it has been measured. */
export const podMetric = (cluster: Cluster, pod: PodPlan): Measured<PodMetric> | undefined => {
	const now = cluster.world.clock.now();
	const containers = [...pod.containers, ...pod.sidecars].flatMap((container) => {
		const usage = usageOf(pod, container, now);
		return usage ? [{name: container.name, usage: {cpu: `${usage.cpu}n`, memory: `${usage.memory}Ki`}}] : [];
	});
	const timestamp = sampledAt(now);
	return containers.length === 0
		? undefined
		: {
				metadata: {name: pod.name, namespace: pod.namespace, creationTimestamp: timestamp, labels: {...pod.labels}},
				timestamp,
				window: '15s',
				containers,
			};
};

/** Sums of the nodes' pods plus what the node itself needs. */
export const nodeMetrics = (cluster: Cluster, pods: readonly PodPlan[]): readonly Measured<NodeMetric>[] => {
	const now = cluster.world.clock.now();
	const sums = new Map<string, Usage>();
	for (const pod of pods) {
		for (const container of [...pod.containers, ...pod.sidecars]) {
			const usage = usageOf(pod, container, now);
			const sum = sums.get(pod.node) ?? {cpu: 180e6, memory: 2_400_000};
			sums.set(pod.node, {cpu: sum.cpu + (usage?.cpu ?? 0), memory: sum.memory + (usage?.memory ?? 0)});
		}
	}
	const timestamp = sampledAt(now);
	return cluster.storage.list('nodes').map(({name}) => {
		const sum = sums.get(name) ?? {cpu: 180e6, memory: 2_400_000};
		return {
			metadata: {name, creationTimestamp: timestamp},
			timestamp,
			window: '15s',
			usage: {cpu: `${sum.cpu}n`, memory: `${sum.memory}Ki`},
		};
	});
};
