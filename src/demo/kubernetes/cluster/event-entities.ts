/** The events that pods leave behind. Like a real cluster's they are counted up, and gone an hour after the last time. */
import type {CoreV1Event} from '@kubernetes/client-node';
import type {Entity} from './entity.ts';
import {nextStateChange, runsUntil, stateAt, terminatedShownMs, type Life} from '../plan/life.ts';
import {podKey, type ContainerPlan, type PodPlan} from '../plan/cluster-plan.ts';
import {second} from './pod-object.ts';
import {hexOf, uidOf} from '../plan/random.ts';

const timeToLiveMs = 3_600_000;

interface Tally {
	readonly count: number;
	readonly first: number;
	readonly last: number;
}

/** When something happened, again and again. */
interface Occurrences {
	readonly until: (time: number) => Tally | undefined;
	readonly next: (time: number) => number;
}

const once = (at: number): Occurrences => ({
	until: (time) => (time < at ? undefined : {count: 1, first: at, last: at}),
	next: (time) => (time < at ? at : Infinity),
});

const periodic = (since: number, everyMs: number): Occurrences => ({
	until: (time) => {
		if (time < since) {
			return undefined;
		}
		const times = Math.floor((time - since) / everyMs);
		return {count: times + 1, first: since, last: since + times * everyMs};
	},
	next: (time) => (time < since ? since : since + (Math.floor((time - since) / everyMs) + 1) * everyMs),
});

const tally = (moments: readonly number[]): Tally | undefined => {
	const [first] = moments;
	const last = moments.at(-1);
	return first === undefined || last === undefined ? undefined : {count: moments.length, first, last};
};

const atEveryStart = (life: Life): Occurrences => ({
	until: (time) => tally(runsUntil(life, time).map((run) => run.startedAt)),
	next: (time) => nextStateChange(life, time),
});

const backOffEveryMs = 12_000;

/** The kubelet says BackOff each time it looks at a container that must wait. */
const whileBackingOff = (life: Life): Occurrences => ({
	until: (time) => {
		const runs = runsUntil(life, time);
		return tally(
			runs.flatMap((run, index) => {
				const from = run.endedAt + terminatedShownMs;
				const to = Math.min(time, (runs[index + 1]?.startedAt ?? Infinity) - 1);
				return from > to
					? []
					: Array.from({length: Math.floor((to - from) / backOffEveryMs) + 1}, (_, step) => from + step * backOffEveryMs);
			}),
		);
	},
	next: (time) => {
		const state = stateAt(life, time);
		const change = nextStateChange(life, time);
		if (state.kind !== 'waiting' || !state.last) {
			return change;
		}
		const from = state.last.endedAt + terminatedShownMs;
		return Math.min(change, from + (Math.floor((time - from) / backOffEveryMs) + 1) * backOffEveryMs);
	},
});

interface EventPlan {
	readonly pod: PodPlan;
	readonly container?: string;
	readonly type: 'Normal' | 'Warning';
	readonly reason: string;
	readonly message: string;
	readonly component: 'kubelet' | 'default-scheduler';
	readonly occurrences: Occurrences;
}

const eventObject = (plan: EventPlan, count: Tally): CoreV1Event => {
	const {pod} = plan;
	const key = `${podKey(pod)} ${pod.uid} ${plan.reason} ${plan.message}`;
	return {
		metadata: {
			name: `${pod.name}.18${hexOf(key, 14)}`,
			namespace: pod.namespace,
			uid: uidOf(key),
			creationTimestamp: second(count.first),
		},
		involvedObject: {
			kind: 'Pod',
			apiVersion: 'v1',
			namespace: pod.namespace,
			name: pod.name,
			uid: pod.uid,
			...(plan.container !== undefined && {fieldPath: `spec.containers{${plan.container}}`}),
		},
		type: plan.type,
		reason: plan.reason,
		message: plan.message,
		count: count.count,
		firstTimestamp: second(count.first),
		lastTimestamp: second(count.last),
		source: {component: plan.component, ...(plan.component === 'kubelet' && {host: pod.node})},
		reportingComponent: plan.component,
		reportingInstance: plan.component === 'kubelet' ? pod.node : '',
	};
};

const eventEntity = (plan: EventPlan): Entity => {
	const count = (time: number): Tally | undefined => {
		const found = plan.occurrences.until(time);
		return found && found.last + timeToLiveMs > time ? found : undefined;
	};
	return {
		resource: 'events',
		at: (time) => {
			const found = count(time);
			return found && eventObject(plan, found);
		},
		nextChange: (time) => {
			const found = count(time);
			return Math.min(plan.occurrences.next(time), found ? found.last + timeToLiveMs : Infinity);
		},
	};
};

const lifeEvents = (pod: PodPlan, container: ContainerPlan): readonly EventPlan[] => {
	const {life, name, image} = container;
	const own = {pod, container: name, component: 'kubelet' as const};
	if (life.runs.length === 0) {
		const pull = pod.createdAt + 3000;
		return [
			{...own, type: 'Normal', reason: 'Pulling', message: `Pulling image "${image}"`, occurrences: periodic(pull, 300_000)},
			{
				...own,
				type: 'Warning',
				reason: 'Failed',
				message: `Failed to pull image "${image}": rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`,
				occurrences: periodic(pull + 1000, 300_000),
			},
			{...own, type: 'Warning', reason: 'Failed', message: 'Error: ErrImagePull', occurrences: periodic(pull + 1000, 300_000)},
			{
				...own,
				type: 'Normal',
				reason: 'BackOff',
				message: `Back-off pulling image "${image}"`,
				occurrences: periodic(pull + 15_000, 45_000),
			},
			{...own, type: 'Warning', reason: 'Failed', message: 'Error: ImagePullBackOff', occurrences: periodic(pull + 15_000, 45_000)},
		];
	}
	const begins = atEveryStart(life);
	const starts: readonly EventPlan[] = [
		{...own, type: 'Normal', reason: 'Pulled', message: `Container image "${image}" already present on machine`, occurrences: begins},
		{...own, type: 'Normal', reason: 'Created', message: `Created container: ${name}`, occurrences: begins},
		{...own, type: 'Normal', reason: 'Started', message: `Started container ${name}`, occurrences: begins},
	];
	const backOff: readonly EventPlan[] = life.extend
		? [
				{
					...own,
					type: 'Warning',
					reason: 'BackOff',
					message: `Back-off restarting failed container ${name} in pod ${pod.name}_${pod.namespace}(${pod.uid})`,
					occurrences: whileBackingOff(life),
				},
			]
		: [];
	return [...starts, ...backOff];
};

/**
 * The events of one pod. `unreadySince` is when the readiness probe of a container that is never ready began to fail.
 */
export const podEventEntities = (pod: PodPlan, unreadySince: number): readonly Entity[] => {
	const scheduled: EventPlan = {
		pod,
		type: 'Normal',
		reason: 'Scheduled',
		message: `Successfully assigned ${podKey(pod)} to ${pod.node}`,
		component: 'default-scheduler',
		occurrences: once(pod.createdAt + 1000),
	};
	const unhealthy = pod.containers
		.filter((container) => container.life.neverReady)
		.map((container): EventPlan => ({
			pod,
			container: container.name,
			type: 'Warning',
			reason: 'Unhealthy',
			message: `Readiness probe failed: HTTP probe failed with statuscode: 503`,
			component: 'kubelet',
			occurrences: periodic(Math.max(unreadySince, pod.createdAt + 10_000), 10_000),
		}));
	return [scheduled, ...pod.containers.flatMap((container) => lifeEvents(pod, container)), ...unhealthy].map(eventEntity);
};
