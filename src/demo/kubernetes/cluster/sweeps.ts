/** A job that starts every few minutes: pods that come, work, complete and are removed while one watches. */
import type {World} from '../../kit/world.ts';
import {completedLife} from '../plan/life.ts';
import type {PodPlan} from '../plan/cluster-plan.ts';
import {suffixOf, uidOf} from '../plan/random.ts';

const everyMs = 240_000;
const firstAfterMs = 75_000;

/** When sweep number `index` (0 is the first) begins, epoch milliseconds. */
export const sweepAt = (world: World, index: number): number => world.story.startedAt + firstAfterMs + index * everyMs;

/** The pod of sweep number `index` in production. */
export const sweepPod = (world: World, options: {readonly index: number; readonly nodes: readonly string[]}): PodPlan => {
	const {index, nodes} = options;
	const createdAt = sweepAt(world, index);
	const job = `sweep-carts-${Math.floor(createdAt / 60_000)}`;
	const key = `${world.seed} ${job}`;
	const startedAt = createdAt + 4000;
	return {
		namespace: world.story.namespaces.production,
		name: `${job}-${suffixOf(key)}`,
		uid: uidOf(key),
		app: 'sweep-carts',
		version: world.story.release.version,
		createdAt,
		deletedAt: createdAt + 150_000,
		node: nodes[index % nodes.length] ?? 'eu-1-node-a',
		ip: `10.42.3.${(index % 250) + 4}`,
		owner: {apiVersion: 'batch/v1', kind: 'Job', name: job, uid: uidOf(`${key} job`)},
		labels: {app: 'sweep-carts', 'batch.kubernetes.io/job-name': job, 'job-name': job},
		restartPolicy: 'Never',
		setUp: [],
		sidecars: [],
		containers: [
			{
				name: 'sweep',
				image: `registry.example.com/checkout-worker:${world.story.release.previous}`,
				life: completedLife(startedAt, startedAt + 52_000),
				logs: 'job',
				requests: {cpu: 50, memory: 64},
				limits: {cpu: 200, memory: 128},
				usage: {cpu: 80, memory: 71},
			},
		],
	};
};
