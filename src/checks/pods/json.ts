/** The documented `data` of the pods check: strings exactly as kubectl prints them. */
import type {Pod} from '../../ports/pod-source.ts';
import {kubectlAge, kubectlRestarts} from '../kit/kubernetes-format.ts';
import type {PodsData} from './types.ts';

export interface PodsJson {
	readonly pods: readonly {
		readonly namespace: string;
		readonly name: string;
		readonly ready: string;
		readonly status: string;
		readonly restarts: string;
		readonly age: string;
		readonly node: string | null;
		/** `210m`, as `kubectl top pods` prints it; null without a metrics-server. */
		readonly cpu: string | null;
		/** `488Mi`; null without a metrics-server. */
		readonly memory: string | null;
		/** Reason of the most recent termination; null where none is known. */
		readonly lastTermination: string | null;
	}[];
}

/** Sum over the containers that have the figure; undefined where none has. */
export function totalOf(pod: Pod, key: 'cpu' | 'memory' | 'cpuLimit' | 'memoryLimit'): number | undefined {
	let total: number | undefined;
	for (const container of pod.containers) {
		const value = container[key];
		if (value !== undefined) total = (total ?? 0) + value;
	}
	return total;
}

/** The most recent termination of any of the pod's containers. */
export function lastTerminationOf(
	pod: Pod,
): {readonly container: string; readonly reason: string; readonly exitCode: number; readonly finishedAt?: number | undefined} | undefined {
	let last: ReturnType<typeof lastTerminationOf>;
	for (const {name, lastTermination} of pod.containers) {
		if (lastTermination && (last === undefined || (lastTermination.finishedAt ?? 0) > (last.finishedAt ?? 0)))
			last = {container: name, ...lastTermination};
	}
	return last;
}

/** The pods as `rounds check --format json` shows them. */
export function podsToJson({list}: PodsData, now: number): PodsJson {
	return {
		pods: list.pods.map((pod) => {
			const cpu = totalOf(pod, 'cpu');
			const memory = totalOf(pod, 'memory');
			return {
				namespace: pod.namespace,
				name: pod.name,
				ready: pod.ready,
				status: pod.status,
				restarts: kubectlRestarts(pod, now),
				age: pod.createdAt === undefined ? '<unknown>' : kubectlAge(now - pod.createdAt),
				node: pod.node ?? null,
				cpu: cpu === undefined ? null : `${Math.round(cpu)}m`,
				memory: memory === undefined ? null : `${Math.floor(memory / 1_048_576)}Mi`,
				lastTermination: lastTerminationOf(pod)?.reason ?? null,
			};
		}),
	};
}
