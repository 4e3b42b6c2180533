/** The columns of a pod as the API server fills them (printPod in pkg/printers/internalversion/printers.go, 1.32). */
import type {V1ContainerStatus, V1Pod} from '@kubernetes/client-node';
import {ageOf} from './age.ts';

export interface PrintedPod {
	readonly ready: string;
	readonly status: string;
	readonly restarts: string;
}

interface Tally {
	reason: string;
	ready: number;
	restarts: number;
	lastRestart: Date | undefined;
}

const later = (left: Date | undefined, right: Date | undefined): Date | undefined => (!left || (right && right > left) ? right : left);

const endedWith = (status: V1ContainerStatus): string => {
	const {reason, signal, exitCode} = status.state?.terminated ?? {exitCode: 0};
	if (reason !== undefined && reason !== '') {
		return reason;
	}
	return signal !== undefined && signal !== 0 ? `Signal:${signal}` : `ExitCode:${exitCode}`;
};

/** Walks the init containers; true where one of them still holds the pod back. */
const countInit = (pod: V1Pod, tally: Tally, sidecars: Tally): boolean => {
	const specs = pod.spec?.initContainers ?? [];
	const sidecarNames = new Set(specs.filter((spec) => spec.restartPolicy === 'Always').map((spec) => spec.name));
	for (const [index, status] of (pod.status?.initContainerStatuses ?? []).entries()) {
		const isSidecar = sidecarNames.has(status.name);
		const finished = status.lastState?.terminated?.finishedAt;
		tally.restarts += status.restartCount;
		tally.lastRestart = later(tally.lastRestart, finished);
		if (isSidecar) {
			sidecars.restarts += status.restartCount;
			sidecars.lastRestart = later(sidecars.lastRestart, finished);
		}
		const {terminated, waiting} = status.state ?? {};
		if (terminated?.exitCode === 0) {
			continue;
		}
		if (isSidecar && status.started) {
			tally.ready += status.ready ? 1 : 0;
			continue;
		}
		if (terminated) {
			tally.reason = `Init:${endedWith(status)}`;
		} else if (waiting?.reason !== undefined && waiting.reason !== '' && waiting.reason !== 'PodInitializing') {
			tally.reason = `Init:${waiting.reason}`;
		} else {
			tally.reason = `Init:${index}/${specs.length}`;
		}
		return true;
	}
	return false;
};

const isTrue = (pod: V1Pod, type: string): boolean =>
	pod.status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;

const countContainers = (pod: V1Pod, tally: Tally): void => {
	let anyRunning = false;
	for (const status of (pod.status?.containerStatuses ?? []).toReversed()) {
		tally.restarts += status.restartCount;
		tally.lastRestart = later(tally.lastRestart, status.lastState?.terminated?.finishedAt);
		const {waiting, terminated, running} = status.state ?? {};
		if (waiting?.reason !== undefined && waiting.reason !== '') {
			tally.reason = waiting.reason;
		} else if (terminated) {
			tally.reason = endedWith(status);
		} else if (status.ready && running) {
			anyRunning = true;
			tally.ready += 1;
		}
	}
	if (tally.reason === 'Completed' && anyRunning) {
		tally.reason = isTrue(pod, 'Ready') ? 'Running' : 'NotReady';
	}
};

/** READY, STATUS and RESTARTS of a pod; `now` in epoch milliseconds. */
export const printPod = (pod: V1Pod, now: number): PrintedPod => {
	const phase = pod.status?.phase ?? '';
	const tally: Tally = {reason: pod.status?.reason ?? phase, ready: 0, restarts: 0, lastRestart: undefined};
	const sidecars: Tally = {...tally};
	if (pod.status?.conditions?.some((condition) => condition.type === 'PodScheduled' && condition.reason === 'SchedulingGated')) {
		tally.reason = 'SchedulingGated';
	}
	const total =
		(pod.spec?.containers.length ?? 0) + (pod.spec?.initContainers ?? []).filter((spec) => spec.restartPolicy === 'Always').length;
	const initializing = countInit(pod, tally, sidecars);
	if (!initializing || isTrue(pod, 'Initialized')) {
		tally.restarts = sidecars.restarts;
		tally.lastRestart = sidecars.lastRestart;
		countContainers(pod, tally);
	}
	if (pod.metadata?.deletionTimestamp && pod.status?.reason === 'NodeLost') {
		tally.reason = 'Unknown';
	} else if (pod.metadata?.deletionTimestamp && phase !== 'Succeeded' && phase !== 'Failed') {
		tally.reason = 'Terminating';
	}
	return {
		ready: `${tally.ready}/${total}`,
		status: tally.reason,
		restarts: tally.restarts > 0 && tally.lastRestart ? `${tally.restarts} (${ageOf(tally.lastRestart, now)} ago)` : String(tally.restarts),
	};
};
