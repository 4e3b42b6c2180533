/** From the vendor's pod to ours: kubectl's columns, and what kubectl hides (last termination, requests, limits, image). */
import type {Container, Pod, Termination} from '../../../ports/pod-source.ts';
import {printPod} from './print-pod.ts';
import {parseCpu, parseMemory} from './resource-quantity.ts';
import {timeOf, type WirePod} from '../client/wire.ts';

type WireContainer = NonNullable<WirePod['spec']>['containers'][number];
type ContainerStatus = NonNullable<NonNullable<WirePod['status']>['containerStatuses']>[number];
type Terminated = NonNullable<NonNullable<ContainerStatus['state']>['terminated']>;

/** CPU (millicores) and memory (bytes) in use, by container name. */
export type PodUsage = ReadonlyMap<string, {readonly cpu?: number | undefined; readonly memory?: number | undefined}>;

function termination(terminated: Terminated): Termination {
	return {
		reason: terminated.reason || (terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`),
		exitCode: terminated.exitCode,
		finishedAt: timeOf(terminated.finishedAt),
	};
}

/** The state a container ended in last: the present one where it is down now, else the one before its restart. */
function lastTermination(status: ContainerStatus | undefined): Termination | undefined {
	const terminated = status?.state?.terminated ?? status?.lastState?.terminated;
	return terminated ? termination(terminated) : undefined;
}

function container(spec: WireContainer, status: ContainerStatus | undefined): Container {
	const {waiting} = status?.state ?? {};
	const {requests, limits} = spec.resources ?? {};
	return {
		name: spec.name,
		image: spec.image ?? status?.image ?? '',
		restarts: status?.restartCount ?? 0,
		waiting: waiting?.reason ? {reason: waiting.reason, message: waiting.message} : undefined,
		lastTermination: lastTermination(status),
		cpuRequest: parseCpu(requests?.['cpu']),
		cpuLimit: parseCpu(limits?.['cpu']),
		memoryRequest: parseMemory(requests?.['memory']),
		memoryLimit: parseMemory(limits?.['memory']),
	};
}

/** Init containers count as long as they matter: sidecars always, others until they have ended well. */
function shownInitContainers(pod: WirePod, statusOf: (name: string) => ContainerStatus | undefined): WireContainer[] {
	return (pod.spec?.initContainers ?? []).filter(
		({name, restartPolicy}) => restartPolicy === 'Always' || statusOf(name)?.state?.terminated?.exitCode !== 0,
	);
}

/** A pod without CPU and memory; join them with `withUsage`. */
export function convertPod(pod: WirePod): Pod {
	const statuses = [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])];
	const statusOf = (name: string) => statuses.find((status) => status.name === name);
	const owners = pod.metadata?.ownerReferences;
	const owner = owners?.find(({controller}) => controller) ?? owners?.[0];
	return {
		namespace: pod.metadata?.namespace ?? '',
		name: pod.metadata?.name ?? '',
		uid: pod.metadata?.uid ?? '',
		createdAt: timeOf(pod.metadata?.creationTimestamp),
		node: pod.spec?.nodeName,
		owner: owner ? `${owner.kind}/${owner.name}` : undefined,
		labels: pod.metadata?.labels ?? {},
		containers: [...(pod.spec?.containers ?? []), ...shownInitContainers(pod, statusOf)].map((spec) =>
			container(spec, statusOf(spec.name)),
		),
		...printPod(pod),
	};
}

/** The pod with what its containers use now; the same object where that changes nothing. */
export function withUsage(pod: Pod, usage: PodUsage | undefined): Pod {
	const differs = pod.containers.some(({name, cpu, memory}) => {
		const used = usage?.get(name);
		return used?.cpu !== cpu || used?.memory !== memory;
	});
	if (!differs) return pod;
	const containers = pod.containers.map(({cpu: _cpu, memory: _memory, ...rest}) => ({...rest, ...usage?.get(rest.name)}));
	return {...pod, containers};
}
