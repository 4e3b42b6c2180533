/**
 * The living cluster: the plan's objects in storage, brought up to the clock on demand. What happens depends on the
 * seed and the time alone, never on who looked when: changes are applied in the order of their time.
 */
import type {V1Pod} from '@kubernetes/client-node';
import type {World} from '../../kit/world.ts';
import {planCluster} from './plan-cluster.ts';
import {fixedEntity, type Entity} from './entity.ts';
import {podEventEntities} from './event-entities.ts';
import {extraPods, restartNow} from './extra-pods.ts';
import type {Load} from './load-pods.ts';
import {claimObject, deploymentObject, namespaceObject, nodeObject, replicaSetObject, type Count} from './objects.ts';
import {podKey, type DeploymentPlan, type PodPlan} from '../plan/cluster-plan.ts';
import {podEntity} from './pod-entity.ts';
import {podObject} from './pod-object.ts';
import {mix} from '../plan/random.ts';
import {createSchedule} from './schedule.ts';
import {createStorage, keyOf, type Storage} from './storage.ts';
import {sweepAt, sweepPod} from './sweeps.ts';

export interface Cluster {
	readonly world: World;
	readonly storage: Storage;
	/** The plan of a pod that exists, or existed until a moment ago. */
	readonly planOf: (namespace: string, name: string) => PodPlan | undefined;
	/** Brings the storage up to the clock and returns its time. */
	readonly advance: () => number;
	/** When something will next change; epoch milliseconds. */
	readonly nextChange: () => number;
}

/** After a pause (a laptop that slept) no more than this much of the bulk changes is made up for. */
const bulkCatchUpMs = 5000;

const isReady = (pod: V1Pod): boolean =>
	pod.status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false;

/** Keeps replica sets and deployments in step with their pods. */
const createControllers = (storage: Storage, deployments: readonly DeploymentPlan[]) => {
	const members = new Map<string, Map<string, boolean>>();
	const byReplicaSet = new Map(deployments.flatMap((plan) => plan.replicaSets.map((set) => [keyOf(set), plan] as const)));
	const countOf = (key: string): Count => {
		const ready = [...(members.get(key)?.values() ?? [])];
		return {pods: ready.length, ready: ready.filter(Boolean).length};
	};
	const write = (plan: DeploymentPlan): void => {
		const counts = plan.replicaSets.map((set) => countOf(keyOf(set)));
		for (const [index, set] of plan.replicaSets.entries()) {
			storage.put('replicasets', replicaSetObject(set, plan, counts[index] ?? {pods: 0, ready: 0}));
		}
		storage.put('deployments', deploymentObject(plan, counts));
	};
	return {
		/** Takes note of a pod; true where a count changed. */
		note: (plan: PodPlan, pod: V1Pod | undefined): DeploymentPlan | undefined => {
			const key = keyOf({namespace: plan.namespace, name: plan.owner.name});
			const deployment = byReplicaSet.get(key);
			if (!deployment) {
				return undefined;
			}
			const pods = members.get(key) ?? new Map<string, boolean>();
			members.set(key, pods);
			const before = pods.get(plan.name);
			if (pod) {
				pods.set(plan.name, isReady(pod));
			} else {
				pods.delete(plan.name);
			}
			return before === pods.get(plan.name) ? undefined : deployment;
		},
		write,
	};
};

export const createCluster = (
	world: World,
	options: {readonly extraPods: number; readonly changesPerSecond: number; readonly load?: Load},
): Cluster => {
	const {startedAt} = world.story;
	const plan = planCluster(world);
	const extra = extraPods(world, options.extraPods);
	const storage = createStorage({firstVersion: 4_821_000 + (mix(world.seed, 7) % 90_000), historyLength: 20_000});
	const schedule = createSchedule();
	const plans = new Map<string, PodPlan>();
	const {load} = options;
	const deployments = [...plan.deployments, ...(options.extraPods > 0 ? [extra.deployment] : []), ...(load ? [load.deployment] : [])];
	const controllers = createControllers(storage, deployments);
	let order = 0;
	let filling = true;

	const at = (time: number, run: (time: number) => void): void => {
		if (time < Infinity) {
			order += 1;
			schedule.add({at: time, order, run});
		}
	};
	const notePod = (pod: PodPlan, object: V1Pod | undefined): void => {
		const changed = controllers.note(pod, object);
		if (changed && !filling) {
			controllers.write(changed);
		}
	};
	const keep = (entity: Entity, time: number, onChange?: (exists: boolean) => void): void => {
		let key: string | undefined;
		const apply = (now: number): void => {
			const object = entity.at(now);
			if (object) {
				key = keyOf(object.metadata);
				storage.put(entity.resource, object);
			} else if (key !== undefined) {
				storage.remove(entity.resource, key);
			}
			onChange?.(object !== undefined);
			at(entity.nextChange(now), apply);
		};
		apply(time);
	};
	const addPod = (pod: PodPlan, time: number): void => {
		plans.set(podKey(pod), pod);
		const entity = podEntity(pod);
		let object: V1Pod | undefined;
		keep({...entity, at: (now) => (object = podObject(pod, now))}, time, () => notePod(pod, object));
	};
	const addEvents = (pod: PodPlan, time: number): void => {
		for (const entity of podEventEntities(pod, startedAt - 26 * 60_000)) {
			keep(entity, time);
		}
	};
	const sweep = (index: number): void => {
		at(sweepAt(world, index), (time) => {
			const pod = sweepPod(world, {index, nodes: plan.nodes});
			addPod(pod, time);
			addEvents(pod, time);
			if (index > 1) {
				plans.delete(podKey(sweepPod(world, {index: index - 2, nodes: plan.nodes})));
			}
			sweep(index + 1);
		});
	};
	/** Pod number `generation` in a place of the load, and those after it, each in its time. */
	const addWriter = (from: Load, slot: number, generation: number): void => {
		const pod = from.pod(slot, generation);
		if (pod) {
			at(Math.max(pod.createdAt, startedAt), (time) => {
				addPod(pod, time);
				addWriter(from, slot, generation + 1);
			});
		}
	};
	const bulkChange = (index: number): void => {
		const everyMs = 1000 / options.changesPerSecond;
		at(startedAt + (index + 1) * everyMs, (time) => {
			const pod = extra.pods[mix(index, world.seed) % extra.pods.length];
			if (pod) {
				restartNow(pod, time);
				const object = podObject(pod, time);
				if (object) {
					storage.put('pods', object);
				}
			}
			const missed = Math.floor((world.clock.now() - bulkCatchUpMs - time) / everyMs);
			bulkChange(index + 1 + Math.max(0, missed));
		});
	};

	for (const {name, createdAt} of plan.namespaces) {
		keep(fixedEntity('namespaces', namespaceObject(name, createdAt)), startedAt);
	}
	for (const name of plan.nodes) {
		keep(fixedEntity('nodes', nodeObject(name, startedAt - 200 * 86_400_000)), startedAt);
	}
	for (const claim of plan.claims) {
		keep(fixedEntity('persistentvolumeclaims', claimObject(claim)), startedAt);
	}
	for (const pod of plan.pods) {
		addPod(pod, startedAt);
	}
	for (const pod of extra.pods) {
		plans.set(podKey(pod), pod);
		const object = podObject(pod, startedAt);
		if (object) {
			storage.put('pods', object);
			notePod(pod, object);
		}
	}
	for (const deployment of deployments) {
		controllers.write(deployment);
	}
	for (const pod of plan.pods) {
		addEvents(pod, startedAt);
	}
	filling = false;
	if (load) {
		for (let slot = 0; slot < load.slots; slot += 1) {
			addWriter(load, slot, 0);
		}
	}
	sweep(0);
	if (options.changesPerSecond > 0 && extra.pods.length > 0) {
		bulkChange(0);
	}
	return {
		world,
		storage,
		planOf: (namespace, name) => plans.get(podKey({namespace, name})),
		nextChange: schedule.next,
		advance: () => {
			const now = world.clock.now();
			while (schedule.next() <= now) {
				const due = schedule.take();
				due?.run(due.at);
			}
			return now;
		},
	};
};
