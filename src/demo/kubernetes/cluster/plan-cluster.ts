/** The company's clusters as plans: which workloads run where, and what the scenario makes of them. */
import type {World} from '../../kit/world.ts';
import {completedLife, restartedLife, steadyLife, type Life} from '../plan/life.ts';
import type {ClusterPlan, ContainerPlan, DeploymentPlan, LogStyle, PodPlan, ReplicaSetPlan} from '../plan/cluster-plan.ts';
import {hashOf, suffixOf, uidOf} from '../plan/random.ts';
import {troubleOf, type Trouble} from './troubles.ts';
import {workloads, type WorkloadSpec} from './demo-workloads.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const nodeNames = ['eu-1-node-a', 'eu-1-node-b', 'eu-1-node-c', 'eu-1-node-d'] as const;

const image = (name: string, version: string): string =>
	name === 'redis' ? `docker.io/library/redis:${version}` : `registry.example.com/${name}:${version}`;

const nodeOf = (key: string): string => nodeNames[hashOf(key) % nodeNames.length] ?? nodeNames[0];

const ipOf = (key: string): string => `10.42.${hashOf(key, 1) % 8}.${(hashOf(key, 2) % 250) + 4}`;

const oldRestarts = (world: World, spec: WorkloadSpec, index: number, startedAt: number): Life => {
	const ago = (ms: number, reason: string, exitCode: number) => ({at: world.story.startedAt - ms, reason, exitCode});
	if (spec.app === 'redis' && startedAt < world.story.startedAt - 30 * day) {
		return restartedLife(startedAt, [ago(26 * day, 'Error', 255), ago(6 * day + 3 * hour, 'Completed', 0)]);
	}
	if (spec.app === 'web' && index === 7) {
		return restartedLife(startedAt, [ago(4 * day + 9 * hour, 'Error', 1)]);
	}
	return steadyLife(startedAt);
};

interface PodPlace {
	readonly world: World;
	readonly spec: WorkloadSpec;
	readonly namespace: string;
	readonly index: number;
	readonly createdAt: number;
	readonly version: string;
	readonly hash: string;
	readonly trouble: Trouble | undefined;
}

const podName = ({world, spec, namespace, index, hash, trouble}: PodPlace): string => {
	if (trouble?.name !== undefined) {
		return trouble.name;
	}
	const suffix = suffixOf(`${world.seed} ${namespace} ${spec.app} ${index}`);
	const names = {
		StatefulSet: `${spec.app}-${index}`,
		Job: `${jobName(spec, world)}-${suffix}`,
		Deployment: `${spec.app}-${hash}-${suffix}`,
	};
	return names[spec.kind];
};

const jobName = (spec: WorkloadSpec, world: World): string => `${spec.app}-${world.story.release.version.replaceAll('.', '-')}`;

const containersFor = (place: PodPlace, name: string): Pick<PodPlan, 'setUp' | 'sidecars' | 'containers'> => {
	const {world, spec, namespace, index, createdAt, version, trouble} = place;
	const {requests, limits} = spec;
	const begin = createdAt + 2000;
	const setUpEnd = begin + 3000;
	const startedAt = spec.waitsForDatabase ? setUpEnd + 1000 : begin;
	const life = trouble?.life?.(startedAt) ?? oldRestarts(world, spec, index, startedAt);
	const spread = (kind: string) => 0.85 + 0.3 * world.chance(`${kind} ${namespace}/${name}`);
	const main: ContainerPlan = {
		name: spec.app,
		image: image(spec.image, version),
		life: spec.kind === 'Job' ? completedLife(startedAt, startedAt + 47_000) : life,
		logs: spec.logs,
		requests,
		limits,
		usage: {
			cpu: Math.round(spec.usage.cpu * spread('cpu')),
			memory: Math.round(trouble?.memory ?? Math.min(limits.memory * 0.72, spec.usage.memory * spread('memory'))),
		},
		...(trouble?.leaks && {leaks: true}),
	};
	const helper = (own: {readonly name: string; readonly image: string; readonly logs: LogStyle}, helperLife: Life): ContainerPlan => ({
		...own,
		life: helperLife,
		requests: {cpu: 10, memory: 32},
		limits: {cpu: 100, memory: 64},
		usage: {cpu: 3, memory: 24},
	});
	return {
		setUp: spec.waitsForDatabase
			? [helper({name: 'wait-for-database', image: image('wait-for', '1.4.0'), logs: 'job'}, completedLife(begin, setUpEnd))]
			: [],
		sidecars: spec.sidecar ? [helper({name: 'proxy', image: image('envoy', '1.36.2'), logs: 'proxy'}, steadyLife(begin))] : [],
		containers: spec.exporter
			? [main, helper({name: 'exporter', image: image('redis-exporter', '1.67.0'), logs: 'quiet'}, steadyLife(begin))]
			: [main],
	};
};

const podPlan = (place: PodPlace): PodPlan => {
	const {world, spec, namespace, createdAt, version, hash, trouble} = place;
	const name = podName(place);
	const key = `${world.seed} ${namespace}/${name}`;
	const owner = {
		Deployment: {apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${spec.app}-${hash}`},
		StatefulSet: {apiVersion: 'apps/v1', kind: 'StatefulSet', name: spec.app},
		Job: {apiVersion: 'batch/v1', kind: 'Job', name: jobName(spec, world)},
	}[spec.kind];
	return {
		namespace,
		name,
		uid: uidOf(key),
		app: spec.app,
		version,
		createdAt,
		node: nodeOf(key),
		ip: ipOf(key),
		owner: {...owner, uid: uidOf(`${world.seed} ${namespace} ${owner.kind}/${owner.name}`)},
		labels: {
			app: spec.app,
			'app.kubernetes.io/name': spec.app,
			'app.kubernetes.io/part-of': 'checkout',
			'app.kubernetes.io/version': version,
			...(spec.kind === 'Deployment' && {'pod-template-hash': hash}),
			...(spec.kind === 'Job' && {'batch.kubernetes.io/job-name': owner.name, 'job-name': owner.name}),
		},
		restartPolicy: spec.kind === 'Job' ? 'Never' : 'Always',
		...(spec.kind === 'StatefulSet' && {volumeClaim: `data-${name}`}),
		...containersFor(place, name),
		...(trouble?.failing && {failing: true}),
	};
};

const planWorkload = (
	world: World,
	spec: WorkloadSpec,
	environment: 'production' | 'staging',
): {readonly pods: readonly PodPlan[]; readonly deployment?: DeploymentPlan} => {
	const {story} = world;
	const namespace = story.namespaces[environment];
	const replicas = spec[environment];
	const atRelease = spec.deployed === 'release';
	const deployedAt = spec.deployed === 'release' ? story.release.deployedAt : story.startedAt - spec.deployed;
	const version = spec.version ?? story.release.version;
	const olderVersion = story.release.previous;
	const olderSince = deployedAt - 2 * day - 4 * hour;
	const pods = Array.from({length: replicas}, (_, index): PodPlan => {
		const trouble = troubleOf({world, environment, app: spec.app, index});
		const older = trouble?.staysOnPrevious === true;
		return podPlan({
			world,
			spec,
			namespace,
			index,
			createdAt: older
				? olderSince + index * 21_000
				: deployedAt + index * (atRelease ? 17_000 : 23_000) + (spec.app === 'worker' ? 3 * minute : 0),
			version: older ? olderVersion : version,
			hash: older && spec.previousHash !== undefined ? spec.previousHash : spec.hash,
			trouble,
		});
	});
	if (spec.kind !== 'Deployment' || replicas === 0) {
		return {pods};
	}
	const replicaSet = (
		hash: string,
		own: {readonly version: string; readonly revision: number; readonly createdAt: number},
	): ReplicaSetPlan => ({
		namespace,
		name: `${spec.app}-${hash}`,
		app: spec.app,
		uid: uidOf(`${world.seed} ${namespace} ReplicaSet/${spec.app}-${hash}`),
		hash,
		image: image(spec.image, own.version),
		replicas: pods.filter((pod) => pod.owner.name === `${spec.app}-${hash}`).length,
		...own,
	});
	const newest = replicaSet(spec.hash, {version, revision: spec.previousHash === undefined ? 1 : 2, createdAt: deployedAt});
	const replicaSets =
		spec.previousHash === undefined
			? [newest]
			: [replicaSet(spec.previousHash, {version: olderVersion, revision: 1, createdAt: olderSince}), newest];
	return {
		pods,
		deployment: {
			namespace,
			name: spec.app,
			uid: uidOf(`${world.seed} ${namespace} Deployment/${spec.app}`),
			replicas,
			createdAt: story.startedAt - 120 * day,
			replicaSets,
			containers: [{name: spec.app, image: image(spec.image, version)}],
		},
	};
};

/** The whole cluster at the start of the world. */
export const planCluster = (world: World): ClusterPlan => {
	const {story} = world;
	const planned = story.environments.flatMap((environment) => workloads.map((spec) => planWorkload(world, spec, environment)));
	const born = story.startedAt - 400 * day;
	return {
		pods: planned.flatMap((each) => each.pods),
		deployments: planned.flatMap((each) => (each.deployment ? [each.deployment] : [])),
		nodes: nodeNames,
		namespaces: ['default', story.namespaces.production, story.namespaces.staging, 'kube-system'].map((name) => ({name, createdAt: born})),
		claims: story.environments.map((environment) => ({
			namespace: story.namespaces[environment],
			name: 'data-redis-0',
			createdAt: story.startedAt - 63 * day,
			sizeGi: environment === 'production' ? 20 : 5,
		})),
	};
};
