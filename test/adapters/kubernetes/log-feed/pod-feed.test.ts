import {expect, test} from 'vitest';
import {sendStatus} from '../fake-cluster.ts';
import {begin} from './log-cluster.ts';
import {follow, logCluster} from './log-feed-setup.ts';

const isFollow = (url: URL) => url.searchParams.has('follow');

test('history first, then what is written; times with their fraction', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['one'], {at: 1.5});
	const {streams, until, stateOf} = await follow(cluster);
	await until(() => streams[0]?.caughtUp === 1);
	expect(streams[0]?.texts).toEqual(['one']);
	cluster.log(pod, ['two', ''], {at: 2});
	await until(() => streams[0]?.texts.length === 3);
	expect(streams[0]).toMatchObject({
		texts: ['one', 'two', ''],
		times: [begin * 1000 + 1.5, begin * 1000 + 2, begin * 1000 + 2],
		notes: [],
		caughtUp: 1,
		info: {key: `eu-1/shop/${pod.uid}/app/${cluster.runOf(pod).id}`, name: 'api', pod: 'api', container: 'app', namespace: 'shop'},
	});
	expect(stateOf(streams[0])).toMatchObject({kind: 'live'});
});

test.each(['eof', 'reset', 'half'] as const)('a stream cut by %s goes on: no line lost, none twice', async (how) => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['a', 'b']);
	const {streams, until} = await follow(cluster);
	const run = cluster.runOf(pod);
	await until(() => streams[0]?.caughtUp === 1);
	for (const round of [1, 2, 3]) {
		// eslint-disable-next-line no-await-in-loop
		await expect.poll(() => run.followers.size, {interval: 1}).toBe(1);
		// All of one nanosecond, equal texts among them.
		cluster.log(pod, [`${round} x`, `${round} x`, `${round} y`], {at: 100 * round});
		cluster.log(pod, [`${round} z`], {at: 100 * round + 0.000_001});
		// eslint-disable-next-line no-await-in-loop
		await until(() => streams[0]?.texts.at(-1) === `${round} z`);
		cluster.cut(pod, how);
		cluster.log(pod, [`${round} x`, `${round} meanwhile`], {at: 100 * round + 0.000_001});
		cluster.log(pod, [`${round} later`], {at: 100 * round + 0.000_002});
		// eslint-disable-next-line no-await-in-loop
		await until(() => streams[0]?.texts.at(-1) === `${round} later`);
	}
	const texts = [1, 2, 3].flatMap((round) => ['x', 'x', 'y', 'z', 'x', 'meanwhile', 'later'].map((text) => `${round} ${text}`));
	expect(streams[0]?.all).toEqual(['a', 'b', ...texts]);
	expect(streams).toHaveLength(1);
});

test('asks again from the whole second before its last line', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['late'], {at: 61_500});
	await follow(cluster);
	await expect.poll(() => cluster.logRequests().some(isFollow)).toBe(true);
	expect(cluster.logRequests().find(isFollow)?.searchParams.get('sinceTime')).toBe('2026-11-20T08:01:00Z');
});

test('a silent stream is asked whether it lives; nothing is said to be lost', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['a']);
	const {streams, until} = await follow(cluster, {}, {silenceMs: 50});
	await until(() => (streams[0]?.states.length ?? 0) > 0);
	await expect.poll(() => cluster.logRequests().filter(isFollow).length, {timeout: 8000}).toBeGreaterThan(1);
	cluster.log(pod, ['b']);
	await until(() => streams[0]?.texts.length === 2);
	expect(streams[0]?.all).toEqual(['a', 'b']);
	expect(streams[0]?.states.every(({kind}) => kind === 'live')).toBe(true);
}, 15_000);

test('a half-dead stream, which shows no new line, is found out by the question', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['a']);
	const {streams, until} = await follow(cluster, {}, {silenceMs: 50});
	await expect.poll(() => cluster.runOf(pod).followers.size).toBe(1);
	cluster.runOf(pod).followers.clear();
	cluster.log(pod, ['b']);
	await until(() => streams[0]?.texts.length === 2);
	expect(streams[0]?.all).toEqual(['a', 'b']);
}, 15_000);

test('a clock that jumps means the machine slept: connections are opened anew', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	let slept = 0;
	const clock = {
		now: () => Date.now() + slept,
		sleep: (ms: number, signal?: AbortSignal) =>
			new Promise<void>((resolve, reject) => {
				const timer = setTimeout(resolve, ms / 100);
				signal?.addEventListener('abort', () => {
					clearTimeout(timer);
					reject(signal.reason as Error);
				});
			}),
	};
	cluster.log(pod, ['a']);
	const {streams, until} = await follow(cluster, {}, {clock});
	await expect.poll(() => cluster.runOf(pod).followers.size).toBe(1);
	cluster.runOf(pod).followers.clear();
	cluster.log(pod, ['b']);
	slept = 3_600_000;
	await until(() => streams[0]?.texts.length === 2);
	expect(streams[0]?.all).toEqual(['a', 'b']);
});

test('what was rotated away meanwhile is a gap with its times, and the stream continues', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['a', 'b'], {at: 10});
	const {streams, until} = await follow(cluster);
	await expect.poll(() => cluster.runOf(pod).followers.size).toBe(1);
	cluster.cut(pod, 'reset');
	cluster.log(pod, ['lost'], {at: 20});
	cluster.rotate(pod);
	cluster.log(pod, ['c'], {at: 5000});
	await until(() => streams[0]?.texts.at(-1) === 'c');
	cluster.log(pod, ['d']);
	await until(() => streams[0]?.texts.at(-1) === 'd');
	expect(streams[0]?.all).toEqual(['a', 'b', 'gap: the log was cut or rotated meanwhile, lines may be missing', 'c', 'd']);
	expect(streams[0]?.notes).toMatchObject([{kind: 'gap', from: begin * 1000 + 10, to: begin * 1000 + 5000}]);
});

test('an empty log after a rotation is told at once, and once', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['a']);
	const {streams, until} = await follow(cluster);
	await expect.poll(() => cluster.runOf(pod).followers.size).toBe(1);
	cluster.cut(pod, 'reset');
	cluster.rotate(pod);
	await until(() => streams[0]?.notes.length === 1);
	await expect.poll(() => cluster.runOf(pod).followers.size).toBe(1);
	cluster.cut(pod, 'reset');
	await expect.poll(() => cluster.runOf(pod).followers.size).toBe(1);
	cluster.log(pod, ['b']);
	await until(() => streams[0]?.texts.length === 2);
	expect(streams[0]?.all).toEqual(['a', 'gap: the log was cut or rotated meanwhile, lines may be missing', 'b']);
});

test.each([410, 429, 500, 503])('a server that answers %d is asked again, with words and a time', async (status) => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['a']);
	let refused = 0;
	cluster.intercept((url, response) => {
		if (!url.pathname.endsWith('/log') || refused >= 2) return false;
		refused++;
		response.setHeader('retry-after', '7');
		sendStatus(response, status, 'not now');
		return true;
	});
	const {streams, until, clock} = await follow(cluster);
	await until(() => streams[0]?.texts.length === 1);
	expect(refused).toBe(2);
	const troubles = streams[0]?.states.filter((state) => state.kind === 'reconnecting') ?? [];
	expect(troubles).toHaveLength(2);
	expect(troubles[0]?.retryAt).toBeGreaterThan(troubles[0]?.since ?? Infinity);
	expect(clock.waits).toContain(7000);
});

test('a container that logs nothing is live, not lost', async () => {
	const cluster = await logCluster();
	cluster.addPod('quiet');
	const {streams, until, stateOf} = await follow(cluster);
	await until(() => streams[0]?.caughtUp === 1);
	expect(stateOf(streams[0])).toMatchObject({kind: 'live'});
	expect(streams[0]?.all).toEqual([]);
});

test('without permission for the logs the stream is denied, the others continue', async () => {
	const cluster = await logCluster();
	cluster.addPod('secret');
	const open = cluster.addPod('open');
	cluster.log(open, ['a']);
	cluster.intercept((url, response) => {
		if (!url.pathname.includes('/secret/')) return false;
		sendStatus(response, 403, 'no');
		return true;
	});
	const {of, until, stateOf} = await follow(cluster);
	await until(() => stateOf(of('secret')[0])?.kind === 'denied' && of('open')[0]?.texts.length === 1);
	expect(stateOf(of('secret')[0])).toEqual({kind: 'denied', error: 'not allowed to get pods/log in namespace shop'});
});

test('a namespace that may not be listed is denied with words, the others continue', async () => {
	const cluster = await logCluster();
	cluster.log(cluster.addPod('api'), ['a']);
	cluster.intercept((url, response) => {
		if (!url.pathname.includes('/namespaces/vault/')) return false;
		sendStatus(response, 403, 'no');
		return true;
	});
	const {streams, until} = await follow(cluster, {namespaces: ['vault', 'shop']});
	await until(() => streams.some(({texts}) => texts.length === 1));
	const denied = streams.find(({info}) => info.namespace === 'vault');
	expect(denied).toMatchObject({
		info: {name: 'vault', namespace: 'vault'},
		states: [{kind: 'denied', error: 'not allowed to list pods in namespace vault'}],
	});
});

test('above the limit streams wait for a place, and the notice counts them', async () => {
	const cluster = await logCluster();
	const pods = ['a', 'b', 'c', 'd'].map((name) => cluster.addPod(name));
	for (const pod of pods) cluster.log(pod, [`from ${pod.name}`]);
	const {streams, until, stateOf, notice} = await follow(cluster, {}, {limit: 2});
	await until(() => streams.filter(({caughtUp}) => caughtUp > 0).length === 2);
	const inState = (kind: string) => streams.filter((stream) => stateOf(stream)?.kind === kind);
	expect([inState('live').length, inState('queued').length]).toEqual([2, 2]);
	expect(notice()).toBe('2 streams wait for a place: at most 2 are open at once');
	for (const [index, pod] of pods.entries()) {
		if (stateOf(streams[index])?.kind === 'live') cluster.remove(pod);
	}
	await until(() => streams.every(({texts}) => texts.length === 1));
	await until(() => notice() === undefined);
});

test('a stream whose pod goes while it waits for a place ends, and a broken one keeps its place', async () => {
	const cluster = await logCluster();
	const busy = cluster.addPod('busy');
	const waiting = cluster.addPod('waiting');
	cluster.log(busy, ['a']);
	cluster.log(waiting, ['never read']);
	const {of, until, stateOf, notice} = await follow(cluster, {}, {limit: 1});
	await expect.poll(() => cluster.runOf(busy).followers.size).toBe(1);
	cluster.cut(busy, 'eof');
	cluster.log(busy, ['b']);
	await until(() => of('busy')[0]?.texts.length === 2);
	expect(stateOf(of('waiting')[0])).toEqual({kind: 'queued'});
	cluster.remove(waiting);
	await until(() => stateOf(of('waiting')[0])?.kind === 'ended');
	expect(of('waiting')[0]?.all).toEqual(['gap: the pod was deleted before its log could be read']);
	await until(() => notice() === undefined);
});

test('a quiet stream gives its place to one that waits, and comes back without loss', async () => {
	const cluster = await logCluster();
	const pods = ['a', 'b'].map((name) => cluster.addPod(name));
	for (const pod of pods) cluster.log(pod, [`${pod.name}1`]);
	const {streams, until} = await follow(cluster, {}, {limit: 1, silenceMs: 50});
	await until(() => streams.every(({texts}) => texts.length === 1));
	for (const pod of pods) cluster.log(pod, [`${pod.name}2`]);
	await until(() => streams.every(({texts}) => texts.length === 2));
	expect(streams.map(({all}) => all)).toEqual([
		['a1', 'a2'],
		['b1', 'b2'],
	]);
}, 15_000);

test('the watch of the pods may end, fail or grow old: new pods are still found', async () => {
	const cluster = await logCluster();
	cluster.addPod('first');
	const {of, until} = await follow(cluster);
	let answers = 0;
	cluster.intercept((url, response) => {
		if (!url.searchParams.has('watch')) return false;
		answers++;
		if (answers > 3) return false;
		sendStatus(response, answers === 2 ? 410 : 503, 'no watch now');
		return true;
	});
	cluster.endWatches();
	cluster.log(cluster.addPod('second'), ['hello']);
	await until(() => of('second')[0]?.texts.length === 1);
	expect(answers).toBeGreaterThanOrEqual(2);
});
