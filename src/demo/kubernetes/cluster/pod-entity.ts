import type {Entity} from './entity.ts';
import {nextStateChange} from '../plan/life.ts';
import {containersOf, type PodPlan} from '../plan/cluster-plan.ts';
import {podObject, scheduledAfterMs} from './pod-object.ts';

/** The first time after `time` at which the pod's object differs. */
const nextPodChange = (pod: PodPlan, time: number): number => {
	const own = [pod.createdAt, pod.createdAt + scheduledAfterMs, pod.deletedAt ?? Infinity].filter((at) => at > time);
	return Math.min(...own, ...containersOf(pod).map((container) => nextStateChange(container.life, time)));
};

/** A planned pod as something the cluster can hold. */
export const podEntity = (pod: PodPlan): Entity => ({
	resource: 'pods',
	at: (time) => podObject(pod, time),
	nextChange: (time) => (time >= (pod.deletedAt ?? Infinity) ? Infinity : nextPodChange(pod, time)),
});
