/**
 * Pods that write much, for measuring how logs are followed: a deployment `load-writer` in production. In a world with
 * faults some of them restart, some are replaced by a pod of another name, some by one of the same name, and their logs
 * are rotated; what each run wrote is known all the same.
 */
import type {World} from '../../kit/world.ts';
import {runsUntil, type Life, type Run} from '../plan/life.ts';
import {createLoadLines, type Manner} from '../logs/load-lines.ts';
import type {LoadLog} from '../plan/load-log.ts';
import {createTexts} from '../logs/load-text.ts';
import {instantOf, instantToMs} from '../logs/demo-log-lines.ts';
import {nodeNames} from './plan-cluster.ts';
import type {DeploymentPlan, PodPlan, ReplicaSetPlan} from '../plan/cluster-plan.ts';
import {containerId} from './pod-object.ts';
import {hashOf, suffixOf, uidOf} from '../plan/random.ts';

const app = 'load-writer';
const container = 'writer';
const templateHash = '7b9c6d5f84';
const image = 'registry.example.com/load-writer:1.0.0';
/** The pods have been writing for that long when the world begins. */
const writtenBeforeMs = 600_000;
/** A kubelet's containerLogMaxSize; only the newest file can be read through the API. */
const fileBytes = 10 * 1024 * 1024;
/** With its prefix, roughly. */
const lineBytes = 190;

const roles = ['steady', 'restarts', 'replaced', 'reborn', 'bursts', 'nanoseconds'] as const;
type Role = (typeof roles)[number];

/** In windows of the world's faults. */
const restartEvery = 7;
const replaceEvery = 9;
const rotateEvery = 12;

export interface LoadOptions {
	readonly pods: number;
	/** Of all pods together. */
	readonly linesPerSecond: number;
}

/** What one run of one container has written in a stretch of time. */
export interface WrittenRun {
	readonly namespace: string;
	readonly pod: string;
	readonly uid: string;
	readonly container: string;
	readonly containerId: string;
	readonly startedAt: number;
	readonly endedAt: number;
	/** The first and, exclusively, the last sequence number; none is missing between. */
	readonly first: number;
	readonly end: number;
	/** Epoch milliseconds of a line. */
	readonly timeOf: (sequence: number) => number;
	/** The text of a line, without break. */
	readonly textOf: (sequence: number) => Buffer;
}

export interface Load {
	readonly deployment: DeploymentPlan;
	/** How many pods there are at a time. */
	readonly slots: number;
	/** The pod that holds the place from its `createdAt` on; undefined where the pod before it stays. */
	readonly pod: (slot: number, generation: number) => PodPlan | undefined;
	/** Every run's lines with `from <= time < to` (epoch milliseconds), none of them empty. */
	readonly written: (from: number, to: number) => readonly WrittenRun[];
}

/** The pods of the load and what they write; the same for the same world and options. */
export const createLoad = (world: World, {pods, linesPerSecond}: LoadOptions): Load => {
	const {story, faultWindowMs: window} = world;
	const namespace = story.namespaces.production;
	const begin = story.startedAt - writtenBeforeMs;
	const perSecond = linesPerSecond / pods;
	const texts = createTexts(world, {odd: story.faults});
	const roleOf = (slot: number): Role => (story.faults ? (roles[slot % roles.length] ?? 'steady') : 'steady');
	const share = (slot: number, what: string): number => world.chance(`load ${slot} ${what}`);

	const manners: Partial<Record<Role, Manner>> = {bursts: 'same-instant', nanoseconds: 'nanoseconds'};
	const logs = Array.from({length: pods}, (_, slot): LoadLog => {
		const rotateEveryMs = story.faults ? rotateEvery * window : Math.max(10_000, (1000 * fileBytes) / (perSecond * lineBytes));
		return {
			lines: createLoadLines({
				key: hashOf(`load ${slot}`, world.seed),
				baseSecond: Math.floor(begin / 1000),
				perSecond,
				manner: manners[roleOf(slot)] ?? 'even',
				texts,
			}),
			rotateEveryMs,
			endsWithoutBreak: story.faults,
		};
	});

	/** When generation `generation` takes its place; the first ones not all at once, so that their logs are rotated in turn. */
	const takesOver = (slot: number, generation: number): number =>
		generation === 0
			? begin + Math.floor(share(slot, 'begun') * Math.min(logs[slot]?.rotateEveryMs ?? 0, writtenBeforeMs / 2))
			: story.startedAt + Math.floor((1 + replaceEvery * (generation - 1 + share(slot, 'replaced'))) * window);
	const isReplaced = (slot: number): boolean => ['replaced', 'reborn'].includes(roleOf(slot));
	/** The container is stopped before the pod is gone, as the kubelet does; a pod's namesake is made after it has gone. */
	const leaves = (slot: number, generation: number) => {
		const next = takesOver(slot, generation + 1);
		return roleOf(slot) === 'reborn' ? {endedAt: next - 2000, deletedAt: next - 500} : {endedAt: next, deletedAt: next + 1500};
	};
	const lifeOf = (slot: number, startedAt: number, endedAt: number): Life => {
		const run = {index: 0, startedAt, endedAt, reason: endedAt === Infinity ? '' : 'Error', exitCode: endedAt === Infinity ? 0 : 143};
		if (roleOf(slot) !== 'restarts') {
			return {readyAfterMs: 0, runs: [run]};
		}
		const crash = {reason: 'Error', exitCode: 1};
		return {
			readyAfterMs: 0,
			runs: [{...run, ...crash, endedAt: story.startedAt + Math.floor((1 + restartEvery * share(slot, 'restart')) * window)}],
			extend: (last) => ({
				...crash,
				index: last.index + 1,
				startedAt: last.endedAt + 1000,
				endedAt: last.endedAt + 1000 + restartEvery * window,
			}),
		};
	};

	const replicaSet: ReplicaSetPlan = {
		namespace,
		name: `${app}-${templateHash}`,
		app,
		uid: uidOf(`${world.seed} ReplicaSet/${app}`),
		hash: templateHash,
		version: '1.0.0',
		image,
		revision: 1,
		replicas: pods,
		createdAt: begin,
	};
	const makePod = (slot: number, generation: number): PodPlan | undefined => {
		if (generation > 0 && !isReplaced(slot)) {
			return undefined;
		}
		const key = `${world.seed} ${app} ${slot} ${generation}`;
		const named = roleOf(slot) === 'reborn' ? `${world.seed} ${app} ${slot}` : key;
		const createdAt = takesOver(slot, generation);
		const end = isReplaced(slot) ? leaves(slot, generation) : undefined;
		return {
			namespace,
			name: `${replicaSet.name}-${suffixOf(named, 3)}${slot.toString(36).padStart(2, '0')}`,
			uid: uidOf(key),
			app,
			version: replicaSet.version,
			createdAt,
			...(end && {deletedAt: end.deletedAt}),
			node: nodeNames[slot % nodeNames.length] ?? nodeNames[0],
			ip: `10.44.${Math.floor(slot / 250)}.${(slot % 250) + 4}`,
			owner: {apiVersion: 'apps/v1', kind: 'ReplicaSet', name: replicaSet.name, uid: replicaSet.uid},
			labels: {app, 'pod-template-hash': templateHash},
			restartPolicy: 'Always',
			setUp: [],
			sidecars: [],
			containers: [
				{
					name: container,
					image,
					life: lifeOf(slot, createdAt + 1500, end?.endedAt ?? Infinity),
					logs: 'quiet',
					...(logs[slot] && {load: logs[slot]}),
					requests: {cpu: 100, memory: 64},
					limits: {cpu: 500, memory: 128},
					usage: {cpu: 180, memory: 71},
				},
			],
		};
	};
	// One plan of each pod: the cluster's and the truth's runs are the same runs.
	const made = new Map<string, PodPlan | undefined>();
	const pod = (slot: number, generation: number): PodPlan | undefined => {
		const key = `${slot} ${generation}`;
		const plan = made.has(key) ? made.get(key) : makePod(slot, generation);
		made.set(key, plan);
		return plan;
	};

	const writtenBy = (plan: PodPlan, run: Run, from: number, to: number): WrittenRun | undefined => {
		const [writer] = plan.containers;
		if (!writer?.load) {
			return undefined;
		}
		const {lines} = writer.load;
		const first = lines.sequenceAt(instantOf(Math.max(from, run.startedAt)));
		const end = lines.sequenceAt(instantOf(Math.min(to, run.endedAt)));
		return {
			namespace,
			pod: plan.name,
			uid: plan.uid,
			container,
			containerId: containerId(plan, writer, run),
			startedAt: run.startedAt,
			endedAt: run.endedAt,
			first,
			end,
			timeOf: (sequence) => instantToMs(lines.timeOf(sequence)),
			textOf: (sequence) => lines.bytes(sequence, sequence + 1, false).subarray(0, -1),
		};
	};
	return {
		deployment: {
			namespace,
			name: app,
			uid: uidOf(`${world.seed} Deployment/${app}`),
			replicas: pods,
			createdAt: begin,
			replicaSets: [replicaSet],
			containers: [{name: container, image}],
		},
		slots: pods,
		pod,
		written: (from, to) => {
			const found: WrittenRun[] = [];
			for (let slot = 0; slot < pods; slot += 1) {
				for (let generation = 0; ; generation += 1) {
					const plan = takesOver(slot, generation) < to ? pod(slot, generation) : undefined;
					const life = plan?.containers[0]?.life;
					if (!plan || !life) break;
					for (const run of runsUntil(life, to)) {
						const written = writtenBy(plan, run, from, to);
						if (written && written.end > written.first) found.push(written);
					}
				}
			}
			return found;
		},
	};
};
