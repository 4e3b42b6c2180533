/** What a pod's own status says is wrong with it. Pure. */
import type {Pod} from '../../ports/pod-source.ts';
import type {Status} from '../../base/status.ts';
import {formatAge} from '../../base/figures.ts';

export interface PodTrouble {
	readonly status: Status;
	/** It does not do its work; otherwise it is odd. */
	readonly failing: boolean;
	readonly text: string;
}

/** STATUS values of kubectl that mean a pod is on its way. */
const onItsWay = /^(Pending|ContainerCreating|PodInitializing|Init:\d+\/\d+|SchedulingGated)$/;
const fine = new Set(['Running', 'Completed', 'Succeeded', 'Terminating']);
/** What is left of a pod that is gone: its controller has made another one. */
const leftover = new Set(['Evicted', 'Shutdown', 'NodeShutdown', 'Terminated', 'Preempting', 'Failed']);
const cannotPull = new Set(['ImagePullBackOff', 'ErrImagePull', 'InvalidImageName', 'ErrImageNeverPull', 'RegistryUnavailable']);

/** READY `1/2` as numbers. */
function readiness(ready: string): {readonly ready: number; readonly of: number} {
	const [some = '0', all = '0'] = ready.split('/');
	return {ready: Number(some), of: Number(all)};
}

/** `checkout-worker:1.42.0` of `registry.example.com/shop/checkout-worker:1.42.0@sha256:…`. */
function imageName(image: string): string {
	return image.split('/').at(-1)?.split('@')[0] ?? image;
}

function waitingText(pod: Pod): string | undefined {
	const container = pod.containers.find(
		({waiting}) => waiting && waiting.reason !== 'ContainerCreating' && waiting.reason !== 'PodInitializing',
	);
	if (!container?.waiting) return undefined;
	const {reason, message} = container.waiting;
	if (cannotPull.has(reason)) return `image ${imageName(container.image)} cannot be pulled`;
	// The back-off message only repeats the names that are next to it.
	return message && reason !== 'CrashLoopBackOff' ? message : undefined;
}

/**
 * The trouble in READY and STATUS; undefined for a pod that is fine, finished, or still within its time to start.
 * @param times.startingMs How long a pod may take to start.
 */
export function podTrouble(pod: Pod, {now, startingMs}: {readonly now: number; readonly startingMs: number}): PodTrouble | undefined {
	const age = pod.createdAt === undefined ? undefined : now - pod.createdAt;
	const young = age !== undefined && age < startingMs;
	const {status} = pod;
	const because = waitingText(pod);
	if (onItsWay.test(status)) {
		if (young) return undefined;
		return {
			status: 'warning',
			failing: false,
			text: `${status}${age === undefined ? '' : ` for ${formatAge(age)}`}${because ? `: ${because}` : ''}`,
		};
	}
	if (fine.has(status)) {
		const {ready, of} = readiness(pod.ready);
		const justRestarted = pod.lastRestartAt !== undefined && now - pod.lastRestartAt < startingMs;
		if (status !== 'Running' || ready >= of || young || justRestarted) return undefined;
		return {status: ready === 0 ? 'critical' : 'warning', failing: ready === 0, text: `Running but only ${pod.ready} ready`};
	}
	if (leftover.has(status)) return {status: 'warning', failing: false, text: `${status}, a leftover to look at and delete`};
	if (pod.owner?.startsWith('Job/') && !status.endsWith('BackOff'))
		return {status: 'warning', failing: true, text: `${status}: its job failed`};
	if (status === 'NotReady') return {status: 'warning', failing: false, text: `NotReady, ${pod.ready} ready`};
	return {status: 'critical', failing: true, text: because ? `${status}: ${because}` : status};
}
