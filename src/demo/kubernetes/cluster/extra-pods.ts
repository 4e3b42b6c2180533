/** Pods in bulk, for measuring: a deployment `load` in production, whose containers restart at a given rate. */
import type {World} from '../../kit/world.ts';
import {nodeNames} from './plan-cluster.ts';
import type {Run} from '../plan/life.ts';
import type {DeploymentPlan, PodPlan, ReplicaSetPlan} from '../plan/cluster-plan.ts';
import {mix, suffixOf, uidOf} from '../plan/random.ts';

const templateHash = '68d9f4c7b8';

/** `count` pods that run since a few hours, and the deployment they belong to. */
export const extraPods = (world: World, count: number): {readonly pods: readonly PodPlan[]; readonly deployment: DeploymentPlan} => {
	const {story} = world;
	const namespace = story.namespaces.production;
	const createdAt = story.startedAt - 5 * 3_600_000;
	const image = 'registry.example.com/load:1.0.0';
	const replicaSet: ReplicaSetPlan = {
		namespace,
		name: `load-${templateHash}`,
		app: 'load',
		uid: uidOf(`${world.seed} ReplicaSet/load`),
		hash: templateHash,
		version: '1.0.0',
		image,
		revision: 1,
		replicas: count,
		createdAt,
	};
	const pods = Array.from({length: count}, (_, index): PodPlan => {
		const key = `${world.seed} load ${index}`;
		// The index in the name keeps ten thousand drawn names apart.
		const name = `load-${templateHash}-${suffixOf(key, 3)}${index.toString(36).padStart(3, '0')}`;
		const bornAt = createdAt + (mix(index, world.seed) % 3_600_000);
		return {
			namespace,
			name,
			uid: uidOf(key),
			app: 'load',
			version: '1.0.0',
			createdAt: bornAt,
			node: nodeNames[index % nodeNames.length] ?? nodeNames[0],
			ip: `10.${43 + Math.floor(index / 62_500)}.${Math.floor(index / 250) % 250}.${(index % 250) + 4}`,
			owner: {apiVersion: 'apps/v1', kind: 'ReplicaSet', name: replicaSet.name, uid: replicaSet.uid},
			labels: {app: 'load', 'pod-template-hash': templateHash},
			restartPolicy: 'Always',
			setUp: [],
			sidecars: [],
			containers: [
				{
					name: 'load',
					image,
					life: {readyAfterMs: 0, runs: [{index: 0, startedAt: bornAt + 2000, endedAt: Infinity, reason: '', exitCode: 0}]},
					logs: 'quiet',
					requests: {cpu: 10, memory: 32},
					limits: {cpu: 100, memory: 64},
					usage: {cpu: 4, memory: 30 + (index % 30)},
				},
			],
		};
	});
	return {
		pods,
		deployment: {
			namespace,
			name: 'load',
			uid: uidOf(`${world.seed} Deployment/load`),
			replicas: count,
			createdAt,
			replicaSets: [replicaSet],
			containers: [{name: 'load', image}],
		},
	};
};

/** Restarts the pod's container at `at`: its run ends and the next begins within the same second, ready at once. */
export const restartNow = (pod: PodPlan, at: number): void => {
	const life = pod.containers[0]?.life;
	const current = life?.runs.at(-1);
	if (life && current && at > current.startedAt) {
		const ended: Run = {...current, endedAt: at, reason: 'Error', exitCode: 1};
		// Only the last two runs can be asked for, so that an hour of measuring does not fill the memory.
		life.runs.splice(0, life.runs.length, ended, {index: current.index + 1, startedAt: at, endedAt: Infinity, reason: '', exitCode: 0});
	}
};
