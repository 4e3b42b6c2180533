import {expect, test} from 'vitest';
import {missingFrom} from '../../../../src/adapters/kubernetes/log-feed/beginning.ts';
import {hastyClock, sendStatus} from '../fake-cluster.ts';
import {begin, type LogCluster} from './log-cluster.ts';
import {follow, logCluster} from './log-feed-setup.ts';

const at = (second: number) => begin * 1000 + second * 1000;
const label = 'gap: the log begins only here, what was written before may have been rotated away';

/** A clock that is at the cluster's time, and can be set forward. */
function clusterClock(second: number) {
	const started = Date.now();
	let later = second * 1000;
	return {
		clock: {...hastyClock(), now: () => at(0) + Date.now() - started + later},
		pass: (ms: number) => {
			later += ms;
		},
	};
}

/** The first request for a log is refused, and meanwhile that happens. */
function refuseOnce(cluster: LogCluster, meanwhile: () => void) {
	let refused = false;
	cluster.intercept((url, response) => {
		if (!url.pathname.endsWith('/log') || refused) return false;
		refused = true;
		meanwhile();
		sendStatus(response, 500, 'the node does not answer');
		return true;
	});
}

test('rotated before the first read that worked: a gap from the time asked for to the first line there is', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['before', 'lost'], {at: 59_000});
	refuseOnce(cluster, () => {
		cluster.rotate(pod);
		cluster.log(pod, ['a', 'b'], {at: 74_000});
	});
	const {streams, until} = await follow(cluster, {from: at(60)});
	await until(() => streams[0]?.caughtUp === 1);
	expect(streams[0]?.texts).toEqual(['a', 'b']);
	expect(streams[0]?.notes).toEqual([{kind: 'gap', from: at(60), to: at(74), text: label.slice(5)}]);
});

test('a quiet pod whose first read came late lost nothing, and nothing is said', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['long ago'], {at: 1000});
	refuseOnce(cluster, () => cluster.log(pod, ['a'], {at: 74_000}));
	const {streams, until} = await follow(cluster, {from: at(60)});
	await until(() => streams[0]?.caughtUp === 1);
	expect(streams[0]?.all).toEqual(['a']);
	expect(cluster.logRequests().filter(({searchParams}) => searchParams.has('limitBytes'))).toHaveLength(1);
});

test('a log that shows a line from before the time asked for is not asked for its beginning', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['before'], {at: 59_000});
	cluster.log(pod, ['a'], {at: 60_500});
	const {streams, until} = await follow(cluster, {from: at(60)});
	await until(() => streams[0]?.caughtUp === 1);
	expect(streams[0]?.all).toEqual(['a']);
	expect(cluster.logRequests().some(({searchParams}) => searchParams.has('limitBytes'))).toBe(false);
});

test('a log that was empty when it was read and continues at once was a new file; a container that logs nothing was not', async () => {
	const cluster = await logCluster();
	const {clock, pass} = clusterClock(70);
	const [busy, silent] = [cluster.addPod('busy'), cluster.addPod('silent')];
	const {of, until} = await follow(cluster, {from: at(60)}, {clock});
	const isFollowed = (pod: typeof busy) => cluster.runOf(pod).followers.size === 1;
	await expect.poll(() => isFollowed(busy) && isFollowed(silent), {interval: 1}).toBe(true);
	cluster.log(busy, ['a'], {at: 70_000});
	await until(() => of('busy')[0]?.texts.length === 1);
	pass(20_000);
	cluster.log(silent, ['a'], {at: 90_000});
	await until(() => of('silent')[0]?.texts.length === 1);
	expect(of('busy')[0]?.all).toEqual([label, 'a']);
	expect(of('silent')[0]?.all).toEqual(['a']);
});

test.each([59_000, 1000])('rotated before anything was written that is wanted (the last line at %d ms): a gap', async (last) => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['before'], {at: last});
	let followed = false;
	cluster.intercept((url) => {
		if (!url.searchParams.has('follow') || followed) return false;
		followed = true;
		cluster.log(pod, ['lost'], {at: 60_500});
		cluster.rotate(pod);
		cluster.log(pod, ['a'], {at: 61_000});
		return false;
	});
	const {streams, until} = await follow(cluster, {from: at(60)});
	await until(() => streams[0]?.texts.length === 1);
	expect(streams[0]?.all).toEqual(['gap: the log was cut or rotated meanwhile, lines may be missing', 'a']);
	expect(streams[0]?.notes[0]).toMatchObject({from: at(60), to: at(61)});
});

test('a line that comes while the newest one is looked for is not lost', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['before'], {at: 1000});
	let asked = false;
	cluster.intercept((url) => {
		if (!url.searchParams.has('tailLines') || asked) return false;
		asked = true;
		cluster.log(pod, ['a', 'b'], {at: 61_000});
		return false;
	});
	const {streams, until} = await follow(cluster, {from: at(60)});
	await until(() => streams[0]?.caughtUp === 1);
	expect(asked).toBe(true);
	expect(streams[0]?.all).toEqual(['a', 'b']);
});

test('newest lines that reach further back than the time asked for are all read, also where the answer breaks off', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['a'], {at: 1000});
	cluster.log(pod, ['b'], {at: 2000});
	cluster.log(pod, ['c'], {at: 3000});
	cluster.log(pod, ['d'], {at: 61_000});
	let broken = false;
	cluster.intercept((url, response) => {
		if (!url.searchParams.has('tailLines') || broken) return false;
		broken = true;
		response.writeHead(200, {'content-type': 'text/plain'});
		response.write('2026-11-20T08:00:01.000000000Z a\n2026-11-20T08:00:02.000', () => response.destroy());
		return true;
	});
	const {streams, until} = await follow(cluster, {from: at(60), newest: 4});
	await until(() => streams[0]?.caughtUp === 1);
	expect(streams[0]?.all).toEqual(['a', 'b', 'c', 'd']);
});

test('a log without a line that is found busy after a long break had lines that are gone', async () => {
	const cluster = await logCluster();
	const {clock, pass} = clusterClock(70);
	const pod = cluster.addPod('api');
	const {streams, until} = await follow(cluster, {from: at(60)}, {clock});
	await expect.poll(() => cluster.runOf(pod).followers.size).toBe(1);
	pass(60_000);
	for (let line = 0; line < 30; line++) cluster.runOf(pod).lines.push({second: begin + 130, nanos: line * 1e6, bytes: `${line}`});
	cluster.cut(pod, 'reset');
	await until(() => streams[0]?.texts.length === 30);
	await until(() => streams[0]?.notes.length === 1);
	expect(streams[0]?.all.at(-1)).toBe(label);
	expect(streams[0]?.notes[0]?.to).toBe(at(130));
});

test('the newest lines are those of when they were asked for: what came until they could be read is not left out', async () => {
	const cluster = await logCluster();
	const {clock, pass} = clusterClock(70);
	const pod = cluster.addPod('api');
	cluster.log(pod, ['old', 'before'], {at: 69_000});
	refuseOnce(cluster, () => {
		pass(10_000);
		cluster.log(pod, ['a', 'b', 'c'], {at: 75_000});
	});
	const {streams, until} = await follow(cluster, {newest: 2}, {clock});
	await until(() => streams[0]?.caughtUp === 1);
	expect(streams[0]?.all).toEqual(['a', 'b', 'c']);
});

test('a question about the beginning that fails is asked again', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['a'], {at: 74_000});
	let refused = 1;
	cluster.intercept((url, response) => {
		if (!url.searchParams.has('limitBytes') || refused-- <= 0) return false;
		sendStatus(response, 500, 'the node does not answer');
		return true;
	});
	const {streams, until} = await follow(cluster, {from: at(60)});
	await until(() => streams[0]?.caughtUp === 1);
	expect(streams[0]?.all).toEqual(['a', label]);
});

test('a container that began after the time asked for may be slow, or write seldom', () => {
	const of = (read: Partial<Parameters<typeof missingFrom>[0]>) =>
		missingFrom({from: 0, startedAt: 100_000, first: 130_000, last: 140_000, lines: 1000, oldest: 130_000, ...read});
	expect(of({})).toBe(100_000);
	expect(of({first: 104_000})).toBeUndefined();
	expect(of({lines: 5})).toBeUndefined();
	expect(of({last: 430_000, lines: 30})).toBeUndefined();
	expect(of({oldest: 101_000})).toBeUndefined();
	expect(of({from: undefined})).toBe(100_000);
	expect(of({from: undefined, startedAt: undefined})).toBeUndefined();
});
