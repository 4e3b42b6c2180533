import {request} from 'node:https';
import {describe, expect, it, onTestFinished, vi} from 'vitest';
import {faultAt} from '../../../../src/demo/kit/faults.ts';
import {createLoad} from '../../../../src/demo/kubernetes/cluster/load-pods.ts';
import {startKubernetes} from '../../../../src/demo/kubernetes/api/kubernetes-server.ts';
import {
	kubeletRefusal,
	restartMsLeft,
	streamFaults,
	watchExpiry,
	type StreamFault,
} from '../../../../src/demo/kubernetes/api/stream-faults.ts';
import {createWorld} from '../../../../src/demo/kit/story.ts';
import type {World} from '../../../../src/demo/kit/world.ts';
import {createFakeClock} from '../../../helpers/fake-clock.ts';
import {serve, type Served, type Stream} from '../serve.ts';

const size = {logPods: 30, logLinesPerSecond: 3000, faultWindowMs: 2000};
const pods = '/api/v1/namespaces/checkout-prod/pods';

const sequenceIn = (line: string): number => Number(/seq[=":]+(\d{9})/.exec(line)?.[1]);

const isHealthy = (world: World, at: number): boolean => faultAt(world, 'kubernetes', at) === 'none';

/** Moves on to a healthy window after which comes one in which a stream opened now suffers that; opens it. */
const openBefore = async (served: Served, wanted: StreamFault) => {
	const load = createLoad(served.world, {pods: size.logPods, linesPerSecond: size.logLinesPerSecond});
	for (;;) {
		const now = served.clock.now();
		// Healthy windows are alone; those around the hit must be such that an open stream survives.
		const later = now + 2 * size.faultWindowMs;
		const around = [1, 3].map((windows) => faultAt(served.world, 'kubernetes', now + windows * size.faultWindowMs));
		const fitting = load
			.written(now, later + size.faultWindowMs)
			.find(
				(run) =>
					run.startedAt < now &&
					kubeletRefusal(served.world, {namespace: run.namespace, name: run.pod, node: ''}) === undefined &&
					run.endedAt > later + size.faultWindowMs &&
					streamFaults(served.world, `${run.uid} ${run.container}`)(later) === wanted,
			);
		if (fitting && isHealthy(served.world, now) && !around.includes('cut') && !around.includes('reset')) {
			return {stream: await served.stream(`${pods}/${fitting.pod}/log?follow=true&tailLines=0`), run: fitting, hitAt: later};
		}
		await served.clock.advance(size.faultWindowMs);
	}
};

const expectUnbroken = (stream: Stream, first: number): void =>
	expect(stream.lines.map(sequenceIn)).toEqual(stream.lines.map((_, index) => first + index));

/** What was written before has been read: others who came after it have been served, whatever with. */
const settled = async (served: Served): Promise<void> => {
	for (let turn = 0; turn < 5; turn += 1) await served.text('/healthz').catch(() => undefined);
};

describe('the faults of log streams', () => {
	it('cut one in the middle of a line', async () => {
		const served = await serve('flaky', size);
		const {stream, hitAt} = await openBefore(served, 'cut');
		await served.clock.advance(hitAt + 500 - served.clock.now());
		await expect(stream.ended).rejects.toThrow('terminated');
		expectUnbroken(stream, sequenceIn(stream.lines[0] ?? ''));
		expect(stream.rest()).not.toBe('');
	});

	it('end one though its container runs on', async () => {
		const served = await serve('flaky', size);
		const {stream, run, hitAt} = await openBefore(served, 'end');
		await served.clock.advance(hitAt + 500 - served.clock.now());
		await expect(stream.ended).resolves.toBeUndefined();
		expect(run.endedAt).toBeGreaterThan(served.clock.now());
		expectUnbroken(stream, sequenceIn(stream.lines[0] ?? ''));
		expect(stream.rest()).toBe('');
	});

	const standStill = async (fault: 'stall' | 'hang') => {
		const served = await serve('flaky', size);
		const {stream, hitAt} = await openBefore(served, fault);
		onTestFinished(stream.stop);
		await served.clock.advance(hitAt + 100 - served.clock.now());
		await settled(served);
		const before = stream.lines.length;
		expect(before).toBeGreaterThan(0);
		await served.clock.advance(size.faultWindowMs - 200);
		await settled(served);
		expect(stream.lines).toHaveLength(before);
		await served.clock.advance(1000);
		await settled(served);
		return {stream, before};
	};

	it('stop one stream, which then continues at the same place', async () => {
		const {stream, before} = await standStill('stall');
		await vi.waitFor(() => expect(stream.lines.length).toBeGreaterThan(before));
		expectUnbroken(stream, sequenceIn(stream.lines[0] ?? ''));
	});

	it('let one hang for good', async () => {
		const {stream, before} = await standStill('hang');
		expect(stream.lines).toHaveLength(before);
	});

	it('leave a stream alone that was opened in the window, and every other story', () => {
		const clock = createFakeClock();
		const world = createWorld({scenario: 'flaky', clock});
		const morning = createWorld({scenario: 'morning', clock});
		for (let stream = 0; stream < 200; stream += 1) {
			expect(streamFaults(world, `stream ${stream}`)(clock.now())).toBe('none');
			expect(streamFaults(morning, `stream ${stream}`)(clock.now() + 60_000)).toBe('none');
		}
	});

	it('refuse a log whose kubelet is out of reach, with 500', async () => {
		const served = await serve('flaky', size);
		const load = createLoad(served.world, {pods: size.logPods, linesPerSecond: size.logLinesPerSecond});
		const statuses = new Map<number, string>();
		for (let window = 0; window < 10; window += 1) {
			const now = served.clock.now();
			if (isHealthy(served.world, now)) {
				for (const {pod} of load.written(now - 1000, now)) {
					const response = await served.request(`${pods}/${pod}/log?tailLines=1`);
					statuses.set(response.status, await response.text());
				}
			}
			await served.clock.advance(size.faultWindowMs);
		}
		expect(new Set(statuses.keys())).toEqual(new Set([200, 500]));
		expect(statuses.get(500)).toContain('dial tcp: i/o timeout');
	});

	it('expire watches with 410', async () => {
		const served = await serve('flaky', size);
		const expires = () => watchExpiry(served.world)(served.clock.now() + 2 * size.faultWindowMs);
		const survives = () => !['cut', 'reset'].includes(faultAt(served.world, 'kubernetes', served.clock.now() + size.faultWindowMs));
		while (!(isHealthy(served.world, served.clock.now()) && expires() && survives())) await served.clock.advance(size.faultWindowMs);
		const stream = await served.stream(`${pods}?watch=1`);
		await served.clock.advance(2 * size.faultWindowMs + 500);
		await expect(stream.ended).resolves.toBeUndefined();
		expect(JSON.parse(stream.lines.at(-1) ?? '')).toMatchObject({type: 'ERROR', object: {code: 410, reason: 'Expired'}});
	});

	it('restart the API server: every connection is dropped, new ones are refused, and then it is back on its port', async () => {
		const clock = createFakeClock();
		const world = createWorld({scenario: 'flaky', clock});
		const server = await startKubernetes(world, {token: 't'});
		onTestFinished(server.close);
		const ask = () =>
			new Promise<number | string>((resolve) => {
				request(`${server.url}/healthz`, {ca: server.certificateAuthority, agent: false}, (response) => {
					response.resume();
					resolve(response.statusCode ?? 0);
				})
					.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
					.end();
			});
		while (restartMsLeft(world, clock.now()) === 0) await clock.advance(world.faultWindowMs);
		expect(await ask()).toBe('ECONNRESET');
		expect(await ask()).toBe('ECONNREFUSED');
		await clock.advance(world.faultWindowMs);
		await vi.waitFor(async () => expect(await ask()).toBe(401));
	});
});
