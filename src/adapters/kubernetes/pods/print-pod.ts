/**
 * READY, STATUS and RESTARTS exactly as the API server's printPod computes them for `kubectl get pods`
 * (pkg/printers/internalversion/printers.go). Pure; the order of the branches is the server's.
 */
import type {Pod} from '../../../ports/pod-source.ts';
import {timeOf, type WirePod} from '../client/wire.ts';

type ContainerStatus = NonNullable<NonNullable<WirePod['status']>['containerStatuses']>[number];
type Terminated = NonNullable<NonNullable<ContainerStatus['state']>['terminated']>;

/** Restarts so far and the newest end of an earlier instance. */
interface Restarts {
	count: number;
	lastAt: number | undefined;
}

function add(restarts: Restarts, status: ContainerStatus): void {
	restarts.count += status.restartCount;
	const finishedAt = timeOf(status.lastState?.terminated?.finishedAt);
	if (finishedAt !== undefined && (restarts.lastAt === undefined || finishedAt > restarts.lastAt)) restarts.lastAt = finishedAt;
}

function terminatedReason({reason, signal, exitCode}: Terminated): string {
	if (reason) return reason;
	return signal ? `Signal:${signal}` : `ExitCode:${exitCode}`;
}

function hasCondition(pod: WirePod, type: string): boolean {
	return pod.status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;
}

interface Initialization {
	/** STATUS while it has not ended, such as `Init:1/2`; undefined once it has. */
	readonly reason: string | undefined;
	readonly readySidecars: number;
	readonly all: Restarts;
	readonly sidecars: Restarts;
}

function initialization(pod: WirePod): Initialization {
	const containers = pod.spec?.initContainers ?? [];
	const sidecarNames = new Set(containers.filter(({restartPolicy}) => restartPolicy === 'Always').map(({name}) => name));
	const all: Restarts = {count: 0, lastAt: undefined};
	const sidecars: Restarts = {count: 0, lastAt: undefined};
	let readySidecars = 0;
	for (const [index, status] of (pod.status?.initContainerStatuses ?? []).entries()) {
		const isSidecar = sidecarNames.has(status.name);
		add(all, status);
		if (isSidecar) add(sidecars, status);
		const {terminated, waiting} = status.state ?? {};
		if (terminated?.exitCode === 0) continue;
		if (isSidecar && status.started) {
			if (status.ready) readySidecars++;
			continue;
		}
		const stopped = (reason: string) => ({reason: `Init:${reason}`, readySidecars, all, sidecars});
		if (terminated) return stopped(terminatedReason(terminated));
		if (waiting?.reason && waiting.reason !== 'PodInitializing') return stopped(waiting.reason);
		return stopped(`${index}/${containers.length}`);
	}
	return {reason: undefined, readySidecars, all, sidecars};
}

/** STATUS before any container is asked. */
function podReason(pod: WirePod): string {
	const gated = pod.status?.conditions?.some(({type, reason}) => type === 'PodScheduled' && reason === 'SchedulingGated');
	return gated ? 'SchedulingGated' : pod.status?.reason || pod.status?.phase || '';
}

/** What deleting does to STATUS. */
function deletedReason(pod: WirePod): string | undefined {
	if (pod.metadata?.deletionTimestamp === undefined) return undefined;
	if (pod.status?.reason === 'NodeLost') return 'Unknown';
	return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed' ? undefined : 'Terminating';
}

/** The columns of `kubectl get pods` but AGE, which is the clock's; `lastRestartAt` is set only where kubectl prints `(… ago)`. */
export function printPod(pod: WirePod): Pick<Pod, 'ready' | 'status' | 'restarts' | 'lastRestartAt'> {
	const sidecarCount = pod.spec?.initContainers?.filter(({restartPolicy}) => restartPolicy === 'Always').length ?? 0;
	const total = (pod.spec?.containers.length ?? 0) + sidecarCount;
	const init = initialization(pod);
	let reason = init.reason ?? podReason(pod);
	let restarts = init.all;
	let ready = init.readySidecars;

	if (init.reason === undefined || hasCondition(pod, 'Initialized')) {
		restarts = {...init.sidecars};
		let isRunning = false;
		for (const status of (pod.status?.containerStatuses ?? []).toReversed()) {
			add(restarts, status);
			const {waiting, terminated, running} = status.state ?? {};
			if (waiting?.reason) reason = waiting.reason;
			else if (terminated) reason = terminatedReason(terminated);
			else if (status.ready && running) {
				isRunning = true;
				ready++;
			}
		}
		if (reason === 'Completed' && isRunning) reason = hasCondition(pod, 'Ready') ? 'Running' : 'NotReady';
	}

	return {
		ready: `${ready}/${total}`,
		status: deletedReason(pod) ?? reason,
		restarts: restarts.count,
		lastRestartAt: restarts.count > 0 ? restarts.lastAt : undefined,
	};
}
