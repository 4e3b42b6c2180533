import {describe, expect, test} from 'vitest';
import {printPod} from '../../../../src/adapters/kubernetes/pods/print-pod.ts';
import type {WirePod} from '../../../../src/adapters/kubernetes/client/wire.ts';
import {pod, running} from '../pod-builder.ts';

const at = (time: string) => ({terminated: {exitCode: 1, finishedAt: time}});
const waiting = (reason?: string) => ({state: {waiting: reason === undefined ? {} : {reason}}});
const ended = (terminated: {exitCode: number; reason?: string; signal?: number}) => ({state: {terminated}});
const initialized = [{type: 'Initialized', status: 'True'}];
const readyCondition = [{type: 'Ready', status: 'True'}];

const done = ended({exitCode: 0, reason: 'Completed'});

const table: readonly [string, WirePod, string, string, number][] = [
	['one running container', pod({}), '1/1', 'Running', 0],
	['a container that runs but is not ready', pod({containers: [running, {...running, ready: false}]}), '1/2', 'Running', 0],
	['no statuses yet', pod({phase: 'Pending', containers: []}), '0/0', 'Pending', 0],
	['nothing known at all', {}, '0/0', '', 0],
	['an evicted pod: status.reason over the phase', pod({phase: 'Failed', reason: 'Evicted', containers: []}), '0/0', 'Evicted', 0],
	[
		'a gated pod',
		pod({phase: 'Pending', containers: [], conditions: [{type: 'PodScheduled', status: 'False', reason: 'SchedulingGated'}]}),
		'0/0',
		'SchedulingGated',
		0,
	],
	[
		'a pod that cannot be scheduled stays Pending',
		pod({phase: 'Pending', containers: [], conditions: [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable'}]}),
		'0/0',
		'Pending',
		0,
	],
	['CrashLoopBackOff', pod({containers: [{...waiting('CrashLoopBackOff'), restartCount: 14}]}), '0/1', 'CrashLoopBackOff', 14],
	['waiting without a reason says nothing', pod({containers: [waiting()]}), '0/1', 'Running', 0],
	['the lowest index wins', pod({containers: [waiting('ErrImagePull'), waiting('CrashLoopBackOff')]}), '0/2', 'ErrImagePull', 0],
	['terminated with a reason', pod({containers: [ended({exitCode: 137, reason: 'OOMKilled'})]}), '0/1', 'OOMKilled', 0],
	['terminated by a signal', pod({containers: [ended({exitCode: 137, signal: 9})]}), '0/1', 'Signal:9', 0],
	['terminated with an exit code', pod({containers: [ended({exitCode: 3})]}), '0/1', 'ExitCode:3', 0],
	['exit code 0 without a reason', pod({containers: [ended({exitCode: 0})]}), '0/1', 'ExitCode:0', 0],
	['a finished job', pod({phase: 'Succeeded', containers: [done]}), '0/1', 'Completed', 0],
	['one done, one running, pod ready', pod({containers: [done, running], conditions: readyCondition}), '1/2', 'Running', 0],
	['one done, one running, pod not ready', pod({containers: [done, running]}), '1/2', 'NotReady', 0],
	[
		'one done, one running but not ready: nothing runs for kubectl',
		pod({containers: [done, {...running, ready: false}]}),
		'0/2',
		'Completed',
		0,
	],

	[
		'the first of two init containers runs',
		pod({phase: 'Pending', init: [{state: {running: {}}}, waiting('PodInitializing')], containers: [waiting('PodInitializing')]}),
		'0/1',
		'Init:0/2',
		0,
	],
	[
		'the second waits for its turn',
		pod({phase: 'Pending', init: [done, waiting('PodInitializing')], containers: [waiting('PodInitializing')]}),
		'0/1',
		'Init:1/2',
		0,
	],
	[
		'an init container that fails with a reason',
		pod({phase: 'Pending', init: [ended({exitCode: 1, reason: 'Error'})], containers: [waiting('PodInitializing')]}),
		'0/1',
		'Init:Error',
		0,
	],
	[
		'an init container killed by a signal',
		pod({phase: 'Pending', init: [ended({exitCode: 137, signal: 9})], containers: [waiting('PodInitializing')]}),
		'0/1',
		'Init:Signal:9',
		0,
	],
	[
		'an init container with an exit code',
		pod({phase: 'Pending', init: [ended({exitCode: 2})], containers: [waiting('PodInitializing')]}),
		'0/1',
		'Init:ExitCode:2',
		0,
	],
	[
		'an init container in back-off',
		pod({phase: 'Pending', init: [{...waiting('CrashLoopBackOff'), restartCount: 5}], containers: [waiting('PodInitializing')]}),
		'0/1',
		'Init:CrashLoopBackOff',
		5,
	],
	[
		'init containers that ended are not counted once the pod runs',
		pod({init: [{...done, restartCount: 4}], containers: [{...running, restartCount: 1}]}),
		'1/1',
		'Running',
		1,
	],
	[
		'restarted init of a pod that had run: main containers decide',
		pod({init: [waiting('PodInitializing')], conditions: initialized, containers: [{...running, restartCount: 2}]}),
		'1/1',
		'Init:0/1',
		2,
	],

	['a ready sidecar counts', pod({init: [{...running, sidecar: true}]}), '2/2', 'Running', 0],
	['a started sidecar that is not ready', pod({init: [{...running, ready: false, sidecar: true}]}), '1/2', 'Running', 0],
	[
		'a sidecar that has not started holds the pod',
		pod({phase: 'Pending', init: [{state: {running: {}}, sidecar: true}], containers: [waiting('PodInitializing')]}),
		'0/2',
		'Init:0/1',
		0,
	],
	[
		'a sidecar that crashed before it started',
		pod({phase: 'Pending', init: [{...ended({exitCode: 1, reason: 'Error'}), sidecar: true}], containers: [waiting('PodInitializing')]}),
		'0/2',
		'Init:Error',
		0,
	],
	[
		'a sidecar’s restarts stay',
		pod({
			init: [
				{...done, restartCount: 7},
				{...running, sidecar: true, restartCount: 3},
			],
			containers: [{...running, restartCount: 1}],
		}),
		'2/2',
		'Running',
		4,
	],

	['terminating', pod({deleted: true}), '1/1', 'Terminating', 0],
	['deleted on a lost node', pod({deleted: true, reason: 'NodeLost'}), '1/1', 'Unknown', 0],
	['deleted after it succeeded', pod({deleted: true, phase: 'Succeeded', containers: [done]}), '0/1', 'Completed', 0],
	[
		'deleted after it failed',
		pod({deleted: true, phase: 'Failed', containers: [ended({exitCode: 1, reason: 'Error'})]}),
		'0/1',
		'Error',
		0,
	],
];

describe('printPod', () => {
	test.each(table)('%s', (_, wire, ready, status, restarts) => {
		expect(printPod(wire)).toMatchObject({ready, status, restarts});
	});
});

describe('the date of the last restart', () => {
	test('is the newest of all containers, from strings or dates', () => {
		const wire = pod({
			containers: [
				{...running, restartCount: 1, lastState: at('2026-11-20T07:00:00Z')},
				{...running, restartCount: 1, lastState: {terminated: {exitCode: 1, finishedAt: new Date('2026-11-20T08:00:00Z')}}},
			],
		});
		expect(printPod(wire).lastRestartAt).toBe(Date.UTC(2026, 10, 20, 8));
	});

	test('is absent where nothing restarted, whatever the last state says', () => {
		expect(printPod(pod({containers: [{...running, lastState: at('2026-11-20T07:00:00Z')}]})).lastRestartAt).toBeUndefined();
	});

	test('forgets init containers but not sidecars once the pod runs', () => {
		const wire = pod({
			init: [
				{...done, restartCount: 1, lastState: at('2026-11-20T08:00:00Z')},
				{...running, sidecar: true, restartCount: 1, lastState: at('2026-11-20T06:00:00Z')},
			],
		});
		expect(printPod(wire).lastRestartAt).toBe(Date.UTC(2026, 10, 20, 6));
	});
});
