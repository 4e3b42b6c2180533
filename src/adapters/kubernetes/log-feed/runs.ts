/** The runs of a pod's containers, and what became of one. Pure. */
import {timeOf, type WirePod} from '../client/wire.ts';

/** One life of a container, from start to exit. */
export interface Run {
	readonly uid: string;
	readonly namespace: string;
	readonly pod: string;
	readonly container: string;
	/** `containerd://81f2…`. */
	readonly id: string;
	/** Epoch milliseconds, whole seconds. */
	readonly startedAt: number | undefined;
}

export type Fate =
	| {readonly kind: 'running'}
	/** `before`: no line of the run is that late, epoch milliseconds. */
	| {readonly kind: 'exited'; readonly why: string; readonly before?: number | undefined}
	/** Another run took its place; `readable` while the server still has its log as the previous one. */
	| {readonly kind: 'replaced'; readonly readable: boolean; readonly before?: number | undefined}
	/** The pod is deleted, or no longer the one of that UID: then no line is as late as the pod of its name. */
	| {readonly kind: 'gone'; readonly before?: number | undefined};

type ContainerStatus = NonNullable<NonNullable<WirePod['status']>['containerStatuses']>[number];
type Ended = NonNullable<NonNullable<ContainerStatus['state']>['terminated']>;

export function statusesOf({status}: WirePod): readonly ContainerStatus[] {
	return [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? []), ...(status?.ephemeralContainerStatuses ?? [])];
}

/** Which run the kubelet gives the log of, and the exit of it (as validateContainerLogStatus chooses). */
function currentOf({
	state,
	lastState,
	containerID,
}: ContainerStatus): {id: string; startedAt: number | undefined; ended?: Ended} | undefined {
	if (state?.running && containerID) return {id: containerID, startedAt: timeOf(state.running.startedAt)};
	const ended = state?.terminated?.containerID ? state.terminated : (lastState?.terminated ?? state?.terminated);
	const id = ended?.containerID ?? containerID;
	return ended && id ? {id, startedAt: timeOf(ended.startedAt), ended} : undefined;
}

const previousId = ({lastState}: ContainerStatus): string | undefined => lastState?.terminated?.containerID;

/** Statuses tell whole seconds; what a container wrote last is stamped a little after its end. */
const secondMs = 1000;

/** From when on a line belongs to the run after: its start, where that was not within the second of this one's end. */
function beforeOf(finishedAt: number | undefined, nextAt: number | undefined): number | undefined {
	if (finishedAt === undefined) return undefined;
	return nextAt === undefined ? finishedAt + 2 * secondMs : Math.max(finishedAt + secondMs, nextAt);
}

function runOf(pod: WirePod, status: ContainerStatus, {id, startedAt}: {readonly id: string; readonly startedAt: number | undefined}): Run {
	const {uid = '', namespace = '', name = ''} = pod.metadata ?? {};
	return {uid, namespace, pod: name, container: status.name, id, startedAt};
}

/** The run whose log the server gives now; undefined where the container never started. */
export function currentRun(pod: WirePod, status: ContainerStatus): Run | undefined {
	const current = currentOf(status);
	return current && runOf(pod, status, current);
}

/** The run before it, as long as the server knows one. */
export function previousRun(pod: WirePod, status: ContainerStatus): Run | undefined {
	const id = previousId(status);
	return id === undefined ? undefined : runOf(pod, status, {id, startedAt: timeOf(status.lastState?.terminated?.startedAt)});
}

/** Why a container waits that never started: `ContainerCreating`; undefined where it did start, or will not. */
export function waitsToStart(status: ContainerStatus): string | undefined {
	return currentOf(status) ? undefined : (status.state?.waiting?.reason ?? 'ContainerCreating');
}

/** Whether the container's log is about to end, or has: its pod is being deleted, or it exited. */
export function isLeaving(pod: WirePod, container: string): boolean {
	const status = statusesOf(pod).find(({name}) => name === container);
	return pod.metadata?.deletionTimestamp !== undefined || status?.state?.terminated !== undefined;
}

/** What became of the run as of this pod; undefined means a pod that does not exist. */
export function fateOf(pod: WirePod | undefined, run: Run): Fate {
	if (pod?.metadata?.uid !== run.uid) {
		const namesakeAt = timeOf(pod?.metadata?.creationTimestamp);
		return {kind: 'gone', before: namesakeAt === undefined ? undefined : namesakeAt + secondMs};
	}
	const status = statusesOf(pod).find(({name}) => name === run.container);
	const current = status && currentOf(status);
	// A status that is not there yet, or was cleared, says nothing about the run.
	if (!status || !current) return {kind: 'running'};
	if (current.id !== run.id) {
		const readable = previousId(status) === run.id;
		return {
			kind: 'replaced',
			readable,
			before: readable ? beforeOf(timeOf(status.lastState?.terminated?.finishedAt), current.startedAt) : undefined,
		};
	}
	if (!current.ended) return {kind: 'running'};
	const {reason, exitCode, finishedAt} = current.ended;
	return {
		kind: 'exited',
		why: `container exited: ${reason === undefined || reason === 'Error' ? `code ${exitCode}` : reason}`,
		before: beforeOf(timeOf(finishedAt), undefined),
	};
}
