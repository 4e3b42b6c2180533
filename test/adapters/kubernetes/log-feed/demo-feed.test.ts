import {expect, onTestFinished, test} from 'vitest';
import {connect} from '../../../../src/adapters/kubernetes/client/connection.ts';
import {createLogFeed} from '../../../../src/adapters/kubernetes/log-feed/pod-feed.ts';
import {startServer} from '../../../../src/demo/kit/http-server.ts';
import {createCluster} from '../../../../src/demo/kubernetes/cluster/cluster.ts';
import {runsUntil} from '../../../../src/demo/kubernetes/plan/life.ts';
import {instantOf, logOf} from '../../../../src/demo/kubernetes/logs/demo-log-lines.ts';
import {containersOf, podKey} from '../../../../src/demo/kubernetes/plan/cluster-plan.ts';
import {hexOf} from '../../../../src/demo/kubernetes/plan/random.ts';
import {createKubernetes} from '../../../../src/demo/kubernetes/api/kubernetes-server.ts';
import {createWorld} from '../../../../src/demo/kit/story.ts';
import type {World} from '../../../../src/demo/kit/world.ts';
import type {Clock} from '../../../../src/ports/clock.ts';
import {kubeconfigText, writeKubeconfig} from '../fake-cluster.ts';
import {everything} from './log-feed-setup.ts';
import {type Recorded, recordingSink} from './recording-sink.ts';

/** A clock that continues by so many milliseconds whenever the event loop comes round: on a slow machine time is slow. */
function steppingClock(start: number, stepMs: number): Clock {
	let now = start;
	const sleeping = new Map<() => void, number>();
	const timer = setInterval(() => {
		now += stepMs;
		for (const [wake, at] of sleeping) if (at <= now) wake();
	}, 1);
	onTestFinished(() => clearInterval(timer));
	return {
		now: () => now,
		sleep: (ms, signal) =>
			new Promise((resolve, reject) => {
				const leave = () => {
					sleeping.delete(wake);
					signal?.removeEventListener('abort', stop);
				};
				const wake = () => {
					leave();
					resolve();
				};
				const stop = () => {
					leave();
					reject(signal?.reason as Error);
				};
				if (signal?.aborted) return stop();
				signal?.addEventListener('abort', stop);
				sleeping.set(wake, now + ms);
			}),
	};
}

/** What the world itself says of the runs behind the streams. */
function createTruth(world: World) {
	const cluster = createCluster(world, {extraPods: 0, changesPerSecond: 0});
	const logs = new Map<string, ReturnType<typeof logOf>>();
	const logOfStream = ({key, namespace = '', pod: name = '', container: wanted}: Recorded['info']) => {
		const known = logs.get(key);
		if (known) return known;
		const pod = cluster.planOf(namespace, name);
		const container = pod && containersOf(pod).find((one) => one.name === wanted);
		const isRun = ({index}: {readonly index: number}) =>
			pod && container && key.endsWith(hexOf(`${podKey(pod)} ${pod.uid} ${container.name} ${index}`, 64));
		const run = container && runsUntil(container.life, world.clock.now()).find(isRun);
		if (!run) throw new Error(`the world knows no ${key}`);
		const log = logOf(world, {pod, container, run});
		logs.set(key, log);
		return log;
	};
	return {
		/** Learns of pods that come and go. */
		advance: (streams: readonly Recorded[]) => {
			cluster.advance();
			for (const {info} of streams) logOfStream(info);
		},
		lines: ({info}: Recorded, {from, to}: {readonly from: number; readonly to: number}): readonly string[] =>
			logOfStream(info).between(instantOf(from), instantOf(to), false).toString('utf8').split('\n').slice(0, -1),
	};
}

test('two minutes of the flaky cluster: every line once, in order, and no gap is claimed', {timeout: 0}, async () => {
	const clock = steppingClock(Date.UTC(2026, 10, 20, 8, 31), 20);
	const world = createWorld({scenario: 'flaky', clock});
	const kubernetes = createKubernetes(world, {token: 'demo'});
	const server = await startServer(kubernetes.handler);
	const connection = await connect({kubeconfig: writeKubeconfig(kubeconfigText(server.url, {token: 'demo'})), clock});
	const from = clock.now() - 20_000;
	const feed = createLogFeed({
		selection: {...everything, from},
		namespace: 'checkout-prod',
		selector: undefined,
		connectionOf: () => ({get: () => Promise.resolve(connection), forget: () => {}}),
		clock,
		random: () => 0,
		silenceMs: 1000,
	});
	onTestFinished(async () => {
		await feed.stop();
		kubernetes.close();
		await server.close();
	});
	const {sink, streams} = recordingSink();
	await feed.start(sink);
	const to = clock.now() + 120_000;
	const truth = createTruth(world);
	const isThere = () => {
		truth.advance(streams);
		return clock.now() > to && streams.every((stream) => stream.texts.length >= truth.lines(stream, {from, to}).length);
	};
	// What is still missing then is lost.
	while (clock.now() < to + 120_000 && !isThere()) await clock.sleep(500);
	let lines = 0;
	for (const stream of streams) {
		const written = truth.lines(stream, {from, to});
		expect(stream.texts.slice(0, written.length), `${stream.info.key} from ${from}: ${JSON.stringify(stream.states)}`).toEqual(written);
		lines += written.length;
	}
	expect(lines).toBeGreaterThan(5000);
	expect(streams.filter(({states}) => states.some(({kind}) => kind === 'reconnecting')).length).toBeGreaterThan(5);
	expect(streams.flatMap(({notes}) => notes.filter(({kind}) => kind === 'gap'))).toEqual([]);
});
