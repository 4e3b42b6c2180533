import {expect, test} from 'vitest';
import {begin} from './log-cluster.ts';
import {hastyClock, sendStatus} from '../fake-cluster.ts';
import {follow, isFollowed, logCluster} from './log-feed-setup.ts';

const mark = 'mark: restarted, stream reopened, no line lost';

test.each([false, true])('a restarted container opens a new stream once the old one is drained (connection dropped: %s)', async (drop) => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['a']);
	const {of, until, stateOf} = await follow(cluster);
	await isFollowed(cluster, pod);
	cluster.restart(pod, {drop, last: ['last words']});
	cluster.log(pod, ['b']);
	await until(() => of('api')[1]?.texts.length === 1);
	const [old, fresh] = of('api');
	expect(old?.all).toEqual(['a', 'last words']);
	expect(stateOf(old)).toMatchObject({kind: 'ended', why: 'container restarted'});
	expect(fresh?.all).toEqual([mark, 'b']);
	expect(fresh?.info.key).not.toBe(old?.info.key);
	cluster.log(pod, ['c']);
	await until(() => fresh?.texts.length === 2);
});

/** The cluster's time continues with ours, and is put forward by so many milliseconds in all. */
function skippingClock() {
	let later = 0;
	const started = Date.now();
	return {
		clock: {...hastyClock(), now: () => begin * 1000 + Date.now() - started + later},
		skipTo: (ms: number) => void (later = ms),
	};
}

test('restarted twice meanwhile: the run in between is read too, and what is missing is a gap', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['a']);
	const {of, until} = await follow(cluster);
	await isFollowed(cluster, pod);
	cluster.restart(pod, {drop: true, times: 2, last: ['z']});
	cluster.log(pod, ['c']);
	await until(() => of('api').length === 3 && of('api').some(({texts}) => texts.includes('c')));
	const [first, between, present] = of('api');
	expect(first?.texts).toEqual(['a']);
	expect(between?.all).toEqual(['gap: restarted, the last lines of the run before can no longer be read', 'z']);
	expect(between?.notes[0]?.from).toBeGreaterThan(begin * 1000);
	expect(present?.all).toEqual([mark, 'c']);
});

test.each(['exit', 'restart'] as const)('a run that ends (%s) while its log is read is read again, to its very end', async (how) => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['a']);
	let asked = false;
	let finish = () => {};
	cluster.intercept(({pathname}, response) => {
		if (!pathname.endsWith('/log') || asked) return false;
		asked = true;
		response.writeHead(200, {'content-type': 'text/plain'});
		response.write(`2026-11-20T08:00:00.001000000Z a\n`);
		finish = () => response.end();
		cluster.log(pod, ['b']);
		cluster.endWith('2026-11-20T08:00:00.500000000Z Segmentation fault');
		cluster[how](pod);
		// Told after it: once this pod is known, so is the end.
		cluster.addPod('witness');
		return true;
	});
	const {of, until, stateOf} = await follow(cluster);
	await until(() => of('witness').length === 1);
	finish();
	await until(() => stateOf(of('api')[0])?.kind === 'ended');
	expect(of('api')[0]?.all).toEqual(['a', 'b', 'Segmentation fault']);
});

test('a new container that speaks late has lost nothing where its log was read in time', async () => {
	const cluster = await logCluster();
	cluster.addPod('first');
	const {clock, skipTo} = skippingClock();
	const {of, until} = await follow(cluster, {}, {clock});
	const pod = cluster.addPod('second');
	await isFollowed(cluster, pod);
	skipTo(30_000);
	cluster.log(pod, ['a'], {at: 30_000});
	await until(() => of('second')[0]?.texts.length === 1);
	expect(of('second')[0]?.all).toEqual(['a']);
});

test('a crash is told with its reason, and becomes a restart when the next run starts', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['a']);
	const {of, until, stateOf} = await follow(cluster);
	await isFollowed(cluster, pod);
	cluster.exit(pod, {reason: 'OOMKilled'});
	await until(() => stateOf(of('api')[0])?.kind === 'ended');
	expect(stateOf(of('api')[0])).toMatchObject({why: 'container exited: OOMKilled'});
	cluster.start(pod);
	cluster.log(pod, ['b']);
	await until(() => of('api')[1]?.texts.length === 1);
	expect(stateOf(of('api')[0])).toMatchObject({why: 'container restarted'});
	expect(of('api')[1]?.all).toEqual([mark, 'b']);
});

test('text without a line break at the end of a run is its last line', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['a']);
	cluster.endWith('2026-11-20T08:00:00.500000000Z Segmentation fault');
	const {of, until, stateOf} = await follow(cluster);
	await isFollowed(cluster, pod);
	cluster.exit(pod);
	await until(() => stateOf(of('api')[0])?.kind === 'ended');
	expect(of('api')[0]?.all).toEqual(['a', 'Segmentation fault']);
});

test('a deleted pod ends; its stream stays in the picture, and nothing is said to be lost', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['a']);
	const {of, until, stateOf} = await follow(cluster);
	await isFollowed(cluster, pod);
	cluster.remove(pod);
	await until(() => stateOf(of('api')[0])?.kind === 'ended');
	expect(stateOf(of('api')[0])).toMatchObject({why: 'pod deleted'});
	expect(of('api')[0]?.all).toEqual(['a']);
});

test('a pod deleted while its stream was down may have said more: a gap', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['a']);
	const {of, until, stateOf} = await follow(cluster);
	await isFollowed(cluster, pod);
	cluster.remove(pod, {drop: true});
	await until(() => stateOf(of('api')[0])?.kind === 'ended');
	expect(of('api')[0]?.all).toEqual(['a', 'gap: the pod was deleted before its last lines could be read']);
});

test('a pod that is gone long after the end of its stream may have said more: a gap', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['a']);
	let later = 0;
	const {of, until, stateOf} = await follow(cluster, {}, {clock: {...hastyClock(), now: () => Date.now() + later}});
	await isFollowed(cluster, pod);
	// The server ends the stream of a container that runs on; when it tells of the pod, the pod has gone.
	cluster.intercept((url) => {
		if (!url.pathname.endsWith('/pods/api')) return false;
		cluster.intercept(() => false);
		later = 5000;
		cluster.log(pod, ['lost']);
		cluster.remove(pod);
		return false;
	});
	cluster.cut(pod, 'eof');
	await until(() => stateOf(of('api')[0])?.kind === 'ended');
	expect(of('api')[0]?.all).toEqual(['a', 'gap: the pod was deleted before its last lines could be read']);
});

test('a new pod joins with its whole log; before it starts the notice says why it waits', async () => {
	const cluster = await logCluster();
	cluster.addPod('first');
	const {of, until, notice} = await follow(cluster, {newest: 1});
	const pod = cluster.addPod('second', {waiting: true});
	await until(() => notice() === '1 container waits to start: ContainerCreating');
	cluster.start(pod);
	cluster.log(pod, ['a', 'b', 'c']);
	await until(() => of('second')[0]?.texts.length === 3);
	expect(notice()).toBeUndefined();
});

test('a log that could be read only late, and begins late, may have lost its beginning: a gap', async () => {
	const cluster = await logCluster();
	cluster.addPod('first');
	const {clock, skipTo} = skippingClock();
	const {of, until} = await follow(cluster, {}, {clock});
	let refused = 1;
	cluster.intercept((url, response) => {
		if (!url.pathname.endsWith('/second/log') || refused === 0) return false;
		refused--;
		skipTo(9000);
		sendStatus(response, 500, 'the node is not there yet');
		return true;
	});
	const pod = cluster.addPod('second');
	cluster.log(pod, ['rotated away', 'a'], {at: 5000});
	await until(() => of('second')[0]?.texts.includes('a') ?? false);
	expect(of('second')[0]?.all[0]).toBe('gap: first read 9 s late, its beginning may have been rotated away');
	expect(of('second')[0]?.notes[0]).toMatchObject({from: begin * 1000, to: begin * 1000 + 5000});
});

test('pods that come while the list is old are found by the next list, and those that went are ended', async () => {
	const cluster = await logCluster();
	const old = cluster.addPod('old');
	const {of, until, stateOf} = await follow(cluster);
	await isFollowed(cluster, old);
	let gone = 1;
	cluster.intercept((url, response) => {
		if (!url.searchParams.has('watch') || gone === 0) return false;
		gone--;
		cluster.remove(old, {silently: true});
		cluster.log(cluster.addPod('new'), ['hello']);
		sendStatus(response, 410, 'too old resource version');
		return true;
	});
	cluster.endWatches();
	await until(() => of('new')[0]?.texts.length === 1 && stateOf(of('old')[0])?.kind === 'ended');
	expect(gone).toBe(0);
});

test('pods that may have come and gone while none could be listed are a gap of the namespace', async () => {
	const cluster = await logCluster();
	const old = cluster.addPod('old');
	let later = 0;
	const {of, streams, until} = await follow(cluster, {}, {clock: {...hastyClock(), now: () => Date.now() + later}});
	await isFollowed(cluster, old);
	const refusals = [410, 503];
	cluster.intercept((url, response) => {
		if (!url.pathname.endsWith('/pods')) return false;
		const status = refusals.shift();
		if (status === undefined) return false;
		if (status === 503) {
			later = 10_000;
			const brief = cluster.addPod('brief');
			cluster.log(brief, ['never read']);
			cluster.remove(brief, {silently: true});
		}
		sendStatus(response, status, 'not now');
		return true;
	});
	const before = Date.now();
	cluster.endWatches();
	await until(() => streams.some(({info}) => info.pod === undefined));
	const [note] = streams.find(({info}) => info.pod === undefined)?.notes ?? [];
	expect(note).toMatchObject({kind: 'gap', text: 'pods could not be listed, those that came and went meanwhile are not known'});
	expect(note?.from).toBeGreaterThanOrEqual(before);
	expect((note?.to ?? 0) - (note?.from ?? 0)).toBeGreaterThanOrEqual(10_000);
	expect(of('old')[0]?.all).toEqual([]);
});

test('a pod that no longer fits the selector is left, not lost', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api', {labels: {app: 'api'}});
	cluster.log(pod, ['a']);
	const {of, until, stateOf} = await follow(cluster, {selector: 'app=api'});
	await isFollowed(cluster, pod);
	cluster.relabel(pod, {app: 'debug'});
	await until(() => stateOf(of('api')[0])?.kind === 'ended');
	expect(stateOf(of('api')[0])).toMatchObject({why: 'no longer selected'});
	expect(of('api')[0]?.all).toEqual(['a']);
});
