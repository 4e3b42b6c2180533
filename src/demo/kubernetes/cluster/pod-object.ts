/** A pod as the API server tells it at one moment. */
import type {V1Container, V1ContainerState, V1ContainerStatus, V1Pod, V1PodCondition} from '@kubernetes/client-node';
import {stateAt, type ContainerState, type Run} from '../plan/life.ts';
import {podKey, type ContainerPlan, type PodPlan} from '../plan/cluster-plan.ts';
import {hashOf, hexOf} from '../plan/random.ts';

/** Kubernetes tells time in whole seconds. */
export const second = (at: number): Date => new Date(Math.floor(at / 1000) * 1000);

/** What the container runtime calls a run. */
export const containerId = (pod: PodPlan, container: ContainerPlan, run: Run): string =>
	`containerd://${hexOf(`${podKey(pod)} ${pod.uid} ${container.name} ${run.index}`, 64)}`;

const terminated = (pod: PodPlan, container: ContainerPlan, run: Run): V1ContainerState => ({
	terminated: {
		exitCode: run.exitCode,
		reason: run.reason,
		startedAt: second(run.startedAt),
		finishedAt: second(run.endedAt),
		containerID: containerId(pod, container, run),
	},
});

/** Kubelet's own wording of how long it waits. */
const backOffMessage = (pod: PodPlan, container: ContainerPlan): string =>
	`back-off 1m0s restarting failed container=${container.name} pod=${pod.name}_${pod.namespace}(${pod.uid})`;

const stateOf = (pod: PodPlan, container: ContainerPlan, state: ContainerState): V1ContainerState => {
	switch (state.kind) {
		case 'waiting': {
			const message = state.reason === 'CrashLoopBackOff' ? backOffMessage(pod, container) : state.message;
			return {waiting: {reason: state.reason, ...(message !== undefined && {message})}};
		}
		case 'running':
			return {running: {startedAt: second(state.run.startedAt)}};
		case 'terminated':
			return terminated(pod, container, state.run);
		default:
			return state satisfies never;
	}
};

const statusOf = (pod: PodPlan, container: ContainerPlan, at: number, role: 'set-up' | 'other'): V1ContainerStatus => {
	const state = stateAt(container.life, at);
	const current = state.kind === 'waiting' ? state.last : state.run;
	const running = state.kind === 'running';
	return {
		name: container.name,
		image: container.image,
		imageID: current ? `${container.image.split(':')[0]}@sha256:${hexOf(container.image, 64)}` : '',
		...(current && {containerID: containerId(pod, container, current)}),
		restartCount: current?.index ?? 0,
		ready: role === 'set-up' ? state.kind === 'terminated' && state.run.exitCode === 0 : running && state.ready,
		started: running && role !== 'set-up',
		state: stateOf(pod, container, state),
		lastState: state.last ? terminated(pod, container, state.last) : {},
	};
};

const quantities = (amount: {readonly cpu: number; readonly memory: number}) => ({cpu: `${amount.cpu}m`, memory: `${amount.memory}Mi`});

const specOf = (pod: PodPlan, container: ContainerPlan, restartPolicy?: 'Always'): V1Container => ({
	name: container.name,
	image: container.image,
	resources: {limits: quantities(container.limits), requests: quantities(container.requests)},
	...(pod.volumeClaim !== undefined && {volumeMounts: [{name: 'data', mountPath: '/data'}]}),
	terminationMessagePath: '/dev/termination-log',
	terminationMessagePolicy: 'File',
	imagePullPolicy: 'IfNotPresent',
	...(restartPolicy && {restartPolicy}),
});

const condition = (
	type: string,
	own: {readonly status: boolean; readonly at: number; readonly reason?: string; readonly message?: string},
): V1PodCondition => ({
	type,
	status: own.status ? 'True' : 'False',
	lastTransitionTime: second(own.at),
	...(!own.status && {reason: own.reason, message: own.message}),
});

/** A pod is bound to its node one second after it was made. */
export const scheduledAfterMs = 1000;

const phaseOf = (pod: PodPlan, states: readonly ContainerState[]): string => {
	if (states.some((state) => state.kind === 'waiting' && !state.last)) {
		return 'Pending';
	}
	if (pod.restartPolicy === 'Never' && states.every((state) => state.kind === 'terminated')) {
		return states.every((state) => state.kind === 'terminated' && state.run.exitCode === 0) ? 'Succeeded' : 'Failed';
	}
	return 'Running';
};

/** When the pod last became ready, or stopped being so: the newest change among its containers. */
const readySince = (states: readonly ContainerState[], createdAt: number): number => {
	const changes = states.flatMap((state) => {
		switch (state.kind) {
			case 'running':
				return [state.run.startedAt];
			case 'terminated':
				return [state.run.endedAt];
			case 'waiting':
				return state.last ? [state.last.endedAt] : [];
			default:
				return state satisfies never;
		}
	});
	return Math.max(createdAt, ...changes);
};

const conditionsOf = (
	pod: PodPlan,
	statuses: readonly V1ContainerStatus[],
	states: readonly ContainerState[],
	phase: string,
): V1PodCondition[] => {
	const unready = statuses.filter((status) => !status.ready).map((status) => status.name);
	const changedAt = readySince(states, pod.createdAt);
	const why =
		phase === 'Succeeded'
			? {reason: 'PodCompleted'}
			: {reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]`};
	const ready = unready.length === 0;
	return [
		condition('PodReadyToStartContainers', {status: true, at: pod.createdAt + 2000}),
		condition('Initialized', {status: true, at: pod.createdAt + 2000}),
		condition('Ready', {status: ready, at: changedAt, ...why}),
		condition('ContainersReady', {status: ready, at: changedAt, ...why}),
		condition('PodScheduled', {status: true, at: pod.createdAt}),
	];
};

/** The pod at `at`, or undefined before it was made and after it was removed. Without resourceVersion: the store sets it. */
export const podObject = (pod: PodPlan, at: number): V1Pod | undefined => {
	if (at < pod.createdAt || at >= (pod.deletedAt ?? Infinity)) {
		return undefined;
	}
	const scheduled = at >= pod.createdAt + scheduledAfterMs;
	const states = [...pod.containers, ...pod.sidecars].map((container) => stateAt(container.life, at));
	const phase = phaseOf(pod, states.slice(0, pod.containers.length));
	const statuses = pod.containers.map((container) => statusOf(pod, container, at, 'other'));
	const sidecars = pod.sidecars.map((container) => statusOf(pod, container, at, 'other'));
	const initStatuses = [...sidecars, ...pod.setUp.map((container) => statusOf(pod, container, at, 'set-up'))];
	const initContainers = [
		...pod.sidecars.map((container) => specOf(pod, container, 'Always')),
		...pod.setUp.map((container) => specOf(pod, container)),
	];
	return {
		metadata: {
			name: pod.name,
			generateName: `${pod.owner.name}-`,
			namespace: pod.namespace,
			uid: pod.uid,
			creationTimestamp: second(pod.createdAt),
			labels: {...pod.labels},
			ownerReferences: [{...pod.owner, controller: true, blockOwnerDeletion: true}],
		},
		spec: {
			...(initContainers.length > 0 && {initContainers}),
			containers: pod.containers.map((container) => specOf(pod, container)),
			...(pod.volumeClaim !== undefined && {volumes: [{name: 'data', persistentVolumeClaim: {claimName: pod.volumeClaim}}]}),
			restartPolicy: pod.restartPolicy,
			terminationGracePeriodSeconds: 30,
			dnsPolicy: 'ClusterFirst',
			serviceAccountName: pod.app,
			...(scheduled && {nodeName: pod.node}),
			schedulerName: 'default-scheduler',
			priority: 0,
			enableServiceLinks: true,
			preemptionPolicy: 'PreemptLowerPriority',
		},
		status: scheduled
			? {
					phase,
					conditions: conditionsOf(pod, [...statuses, ...sidecars], states, phase),
					hostIP: `10.0.0.${(hashOf(pod.node) % 200) + 10}`,
					podIP: pod.ip,
					podIPs: [{ip: pod.ip}],
					startTime: second(pod.createdAt + scheduledAfterMs),
					...(initStatuses.length > 0 && {initContainerStatuses: initStatuses}),
					containerStatuses: statuses,
					qosClass: 'Burstable',
				}
			: {phase: 'Pending', qosClass: 'Burstable'},
	};
};
