import type {V1ContainerStatus, V1Pod} from '@kubernetes/client-node';
import {describe, expect, it} from 'vitest';
import {printPod} from '../../../../src/demo/kubernetes/cluster/demo-print-pod.ts';

const now = Date.UTC(2026, 10, 20, 8, 31);

const status = (own: Partial<V1ContainerStatus> = {}): V1ContainerStatus => ({
	name: 'main',
	image: 'i',
	imageID: 'i',
	ready: true,
	restartCount: 0,
	state: {running: {}},
	...own,
});

const pod = (own: {
	readonly containers?: readonly V1ContainerStatus[];
	readonly init?: readonly V1ContainerStatus[];
	readonly sidecars?: readonly string[];
	readonly phase?: string;
	readonly conditions?: Readonly<Record<string, string>>;
	readonly deleted?: true;
}): V1Pod => ({
	metadata: {name: 'p', ...(own.deleted && {deletionTimestamp: new Date(now)})},
	spec: {
		containers: (own.containers ?? [status()]).map(({name}) => ({name})),
		initContainers: (own.init ?? []).map(({name}) => ({name, ...(own.sidecars?.includes(name) && {restartPolicy: 'Always'})})),
	},
	status: {
		phase: own.phase ?? 'Running',
		conditions: Object.entries(own.conditions ?? {}).map(([type, value]) => ({type, status: value})),
		containerStatuses: [...(own.containers ?? [status()])],
		initContainerStatuses: [...(own.init ?? [])],
	},
});

const done = {terminated: {exitCode: 0, reason: 'Completed'}};
const ended = (secondsAgo: number) => ({terminated: {exitCode: 1, finishedAt: new Date(now - secondsAgo * 1000)}});

describe('what the server prints of a pod', () => {
	it.each([
		['ready', pod({}), '1/1 Running 0'],
		['waiting', pod({containers: [status({ready: false, state: {waiting: {reason: 'CrashLoopBackOff'}}})]}), '0/1 CrashLoopBackOff 0'],
		['ended by a code', pod({containers: [status({ready: false, state: {terminated: {exitCode: 3}}})]}), '0/1 ExitCode:3 0'],
		['ended by a signal', pod({containers: [status({ready: false, state: {terminated: {exitCode: 137, signal: 9}}})]}), '0/1 Signal:9 0'],
		['restarted', pod({containers: [status({restartCount: 3, lastState: ended(130)})]}), '1/1 Running 3 (2m10s ago)'],
		[
			'half completed, not ready',
			pod({containers: [status({name: 'a', ready: false, state: done}), status({name: 'b'})], conditions: {Ready: 'False'}}),
			'1/2 NotReady 0',
		],
		[
			'half completed, ready',
			pod({containers: [status({name: 'a', ready: false, state: done}), status({name: 'b'})], conditions: {Ready: 'True'}}),
			'1/2 Running 0',
		],
		['in its first init container', pod({phase: 'Pending', init: [status({name: 'i', ready: false})]}), '0/1 Init:0/1 0'],
		[
			'in an init container that crashes',
			pod({
				phase: 'Pending',
				init: [
					status({name: 'i', state: done}),
					status({name: 'j', ready: false, restartCount: 2, lastState: ended(5), state: {waiting: {reason: 'CrashLoopBackOff'}}}),
				],
			}),
			'0/1 Init:CrashLoopBackOff 2 (5s ago)',
		],
		[
			'with a sidecar that was restarted',
			pod({
				init: [status({name: 's', started: true, restartCount: 1, lastState: ended(60)})],
				sidecars: ['s'],
				containers: [status({restartCount: 2})],
			}),
			'2/2 Running 3 (60s ago)',
		],
		['being deleted', pod({deleted: true}), '1/1 Terminating 0'],
		[
			'deleted after it succeeded',
			pod({deleted: true, phase: 'Succeeded', containers: [status({ready: false, state: done})]}),
			'0/1 Completed 0',
		],
	])('%s', (_, object, line) => {
		const {ready, status, restarts} = printPod(object, now);
		expect(`${ready} ${status} ${restarts}`).toBe(line);
	});
});
