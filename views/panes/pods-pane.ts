/** Pods exactly as kubectl prints them, then what kubectl hides: CPU and memory against their limits, how it last died. */
import {formatCpu, formatMemory, kubectlPodAge, kubectlRestarts} from '../../src/checks/kit/kubernetes-format.ts';
import type {PodsData} from '../../src/checks/pods/types.ts';
import {lastTerminationOf, totalOf} from '../../src/checks/pods/json.ts';
import type {Container, Pod} from '../../src/ports/pod-source.ts';
import type {Tone} from '../kit/theme.ts';
import {byRank, definePane} from '../kit/pane.ts';

const settled = new Set(['Running', 'Completed', 'Succeeded']);
const starting = new Set(['Pending', 'ContainerCreating', 'PodInitializing', 'Terminating']);

function allReady({ready, status}: Pod): boolean {
	if (status === 'Completed' || status === 'Succeeded') return true;
	// `2/2`: both halves the same. Asked of every pod for every frame, so nothing is made for it.
	const half = ready.indexOf('/');
	return ready.length === 2 * half + 1 && ready.startsWith(ready.slice(half + 1));
}

/** 0 broken, 1 on its way or not ready, 2 died before and runs again, 3 all right. */
function rank(pod: Pod): number {
	if (pod.status === 'Running' && pod.restarts === 0) return allReady(pod) ? 3 : 1;
	if (!settled.has(pod.status)) return starting.has(pod.status) || pod.status.startsWith('Init:') ? 1 : 0;
	if (!allReady(pod)) return 1;
	return pod.restarts > 0 && pod.containers.some(({lastTermination}) => lastTermination && lastTermination.exitCode !== 0) ? 2 : 3;
}

const tones: readonly Tone[] = ['red', 'amber', 'amber', 'plain'];

/** Amber from nine tenths of the limit on. */
function nearLimit(pod: Pod, used: 'cpu' | 'memory', limit: 'cpuLimit' | 'memoryLimit'): Tone {
	const near = (container: Container) => {
		const [value, most] = [container[used], container[limit]];
		return value !== undefined && most !== undefined && value >= 0.9 * most;
	};
	return pod.containers.some(near) ? 'amber' : 'plain';
}

/** The limit of the whole pod; undefined where one container has none, for then there is none. */
function limitOf(pod: Pod, key: 'cpuLimit' | 'memoryLimit'): number | undefined {
	return pod.containers.every((container) => container[key] !== undefined) ? totalOf(pod, key) : undefined;
}

/** `ReplicaSet/api-54fb9` belongs to the Deployment `api`. */
const deploymentOf = (owner: string | undefined) => /^ReplicaSet\/(.+)-[a-z0-9]+$/.exec(owner ?? '')?.[1];

export const pods = definePane<PodsData, Pod>({
	noun: ['pod', 'pods'],
	items({list}) {
		const order = byRank(list.pods, rank);
		const broken = order.findIndex((pod) => rank(pod) > 0);
		if (broken === 0) return order;
		const end = broken < 0 ? order.length : broken;
		return [...order.slice(0, end).sort((a, b) => b.restarts - a.restarts), ...order.slice(end)];
	},
	id: (pod) => `pod:${pod.namespace}/${pod.name}`,
	columns: [
		{title: 'NAME', width: 17, grow: 1, max: 44, drop: 0, middle: true, cell: (pod) => ({text: pod.name})},
		{
			title: 'READY',
			width: 5,
			drop: 0,
			cell: (pod) => ({text: pod.ready, tone: allReady(pod) ? 'plain' : 'amber'}),
		},
		{title: 'STATUS', width: 16, drop: 0, cell: (pod) => ({text: pod.status, tone: tones[rank(pod)]}), sort: rank},
		{
			title: 'RESTARTS',
			width: 13,
			drop: 1,
			cell: (pod, {now}) => ({text: kubectlRestarts(pod, now), tone: pod.restarts > 0 ? 'plain' : 'dim'}),
			sort: (pod) => -pod.restarts,
		},
		{
			title: 'AGE',
			width: 5,
			align: 'right',
			drop: 4,
			cell: (pod, {now}) => ({text: kubectlPodAge(pod, now)}),
			sort: (pod) => -(pod.createdAt ?? 0),
		},
		{
			title: 'CPU',
			width: 9,
			align: 'right',
			drop: 5,
			cell: (pod) => ({text: formatCpu(totalOf(pod, 'cpu'), limitOf(pod, 'cpuLimit')), tone: nearLimit(pod, 'cpu', 'cpuLimit')}),
			sort: (pod) => -(totalOf(pod, 'cpu') ?? 0),
		},
		{
			title: 'MEMORY',
			width: 9,
			align: 'right',
			drop: 3,
			cell: (pod) => ({
				text: formatMemory(totalOf(pod, 'memory'), limitOf(pod, 'memoryLimit')),
				tone: nearLimit(pod, 'memory', 'memoryLimit'),
			}),
			sort: (pod) => -(totalOf(pod, 'memory') ?? 0),
		},
		{title: 'LAST', width: 9, drop: 2, cell: (pod) => ({text: lastTerminationOf(pod)?.reason ?? '', tone: 'dim'})},
	],
	search: (pod) => `${pod.name} ${pod.status} ${pod.ready} ${lastTerminationOf(pod)?.reason ?? ''} ${pod.node ?? ''}`,
	logs: ({name, namespace}) => ({selection: {podNames: [name], namespaces: [namespace]}}),
	variables({namespace, name, node, owner, labels, containers}) {
		// The one that is in trouble, of several.
		const container = containers.find(({waiting, lastTermination}) => waiting ?? lastTermination) ?? containers[0];
		return {
			POD: name,
			NAMESPACE: namespace,
			NODE: node,
			DEPLOYMENT: deploymentOf(owner),
			APP: labels['app'] ?? labels['app.kubernetes.io/name'],
			CONTAINER: container?.name,
			IMAGE: container?.image,
		};
	},
	copy: (pod) => pod.name,
	isAbout: ({subject}, {name}) => subject === name,
	evidence: (pod) => `${pod.name} ${pod.ready} ${pod.status}, ${pod.restarts} restarts`,
	details: (pod, {now}) => [
		['namespace', pod.namespace],
		['node', pod.node ?? 'none yet'],
		['owner', pod.owner ?? 'none'],
		...pod.containers.flatMap((container): (readonly [string, string])[] => {
			const last = container.lastTermination;
			return [
				[`container ${container.name}`, container.image],
				...(container.waiting ? [['waiting', `${container.waiting.reason} ${container.waiting.message ?? ''}`] as const] : []),
				...(last
					? [
							[
								'died',
								`${last.reason}, exit code ${last.exitCode}${last.finishedAt ? `, ${kubectlPodAge({createdAt: last.finishedAt}, now)} ago` : ''}`,
							] as const,
						]
					: []),
			];
		}),
	],
	head: ({list}) => [
		...(list.complete ? [] : [{text: `still listing: ${list.pods.length} pods so far`, tone: 'amber' as const}]),
		...(list.metrics === 'available' ? [] : [{text: list.metrics.missing, tone: 'dim' as const}]),
	],
	empty: ({list}) => `no pods in namespace ${list.namespace} of ${list.context}`,
});
