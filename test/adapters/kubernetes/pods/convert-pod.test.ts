import {expect, test} from 'vitest';
import {convertPod, withUsage} from '../../../../src/adapters/kubernetes/pods/convert-pod.ts';
import {parseCpu, parseMemory, parseQuantity} from '../../../../src/adapters/kubernetes/pods/resource-quantity.ts';
import {pod, running} from '../pod-builder.ts';

test.each([
	['12345n', 12_345e-9],
	['250m', 0.25],
	['1.5', 1.5],
	['2G', 2e9],
	['123Ki', 123 * 1024],
	['1e3', 1000],
	['.5', 0.5],
])('the quantity %s is %s', (text, value) => {
	expect(parseQuantity(text)).toBeCloseTo(value, 12);
});

test.each(['', '12 Mi', 'many', '1.2.3', undefined])('%s is no quantity', (text) => {
	expect(parseQuantity(text)).toBeUndefined();
});

test('CPU is millicores, memory bytes', () => {
	expect(parseCpu('210123456n')).toBe(210.123);
	expect(parseMemory('128974848000m')).toBe(128_974_848);
});

test('an OOM kill in back-off shows as last termination, which STATUS hides', () => {
	const wire = pod({
		containers: [
			{
				state: {waiting: {reason: 'CrashLoopBackOff', message: 'back-off 5m0s'}},
				lastState: {terminated: {exitCode: 137, reason: 'OOMKilled', finishedAt: '2026-11-20T08:10:00Z'}},
				restartCount: 14,
			},
		],
	});
	expect(convertPod(wire)).toMatchObject({
		status: 'CrashLoopBackOff',
		createdAt: Date.UTC(2026, 10, 20, 8),
		containers: [
			{
				name: 'c0',
				restarts: 14,
				waiting: {reason: 'CrashLoopBackOff', message: 'back-off 5m0s'},
				lastTermination: {reason: 'OOMKilled', exitCode: 137, finishedAt: Date.UTC(2026, 10, 20, 8, 10)},
			},
		],
	});
});

test('requests and limits are read; init containers that ended well are left out', () => {
	const wire = pod({init: [{state: {terminated: {exitCode: 0}}}, {...running, sidecar: true}]});
	const [first] = wire.spec?.containers ?? [];
	if (first) first.resources = {requests: {cpu: '100m', memory: '128Mi'}, limits: {memory: '512Mi'}};
	const {containers} = convertPod(wire);
	expect(containers.map(({name}) => name)).toEqual(['c0', 'i1']);
	expect(containers[0]).toMatchObject({cpuRequest: 100, memoryRequest: 128 * 1024 ** 2, memoryLimit: 512 * 1024 ** 2});
	expect(containers[0]?.cpuLimit).toBeUndefined();
});

test('the controller is the owner', () => {
	const wire = pod({});
	if (wire.metadata)
		wire.metadata.ownerReferences = [
			{apiVersion: 'v1', kind: 'Node', name: 'a', uid: '1'},
			{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'api-54fb9', uid: '2', controller: true},
		];
	expect(convertPod(wire).owner).toBe('ReplicaSet/api-54fb9');
});

test('usage joins by container, and costs no new object where nothing changed', () => {
	const bare = convertPod(pod({containers: [running, running]}));
	const usage = new Map([['c1', {cpu: 12, memory: 1024}]]);
	const used = withUsage(bare, usage);
	expect(used.containers.map(({cpu}) => cpu)).toEqual([undefined, 12]);
	expect(withUsage(used, new Map(usage))).toBe(used);
	expect(withUsage(used, undefined).containers[1]?.cpu).toBeUndefined();
});
