/** The server gives a log under its container's name, whichever run or pod has that name when it is asked. */
import {expect, test} from 'vitest';
import {begin} from './log-cluster.ts';
import {follow, isFollowed, logCluster} from './log-feed-setup.ts';

const mark = 'mark: restarted, stream reopened, no line lost';

test('a log of another run under the same name is not taken for ours while the status is late', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['a']);
	const {of, until} = await follow(cluster);
	await isFollowed(cluster, pod);
	// The pod tells of the old run until it was asked three times; its log is the new run's at once.
	const [container] = pod.containers;
	const before = container?.runs[0];
	let lies = 3;
	cluster.intercept((url, response) => {
		if (!url.pathname.endsWith('/pods/api') || lies === 0 || !before) return false;
		lies--;
		const status = {name: 'app', restartCount: 0, containerID: before.id, state: {running: {}}, lastState: {}};
		response.writeHead(200, {'content-type': 'application/json'});
		response.end(JSON.stringify({metadata: {name: 'api', namespace: 'shop', uid: pod.uid}, status: {containerStatuses: [status]}}));
		return true;
	});
	cluster.restart(pod, {last: ['z']});
	cluster.log(pod, ['b']);
	await until(() => of('api')[1]?.texts.length === 1);
	expect(of('api').map(({texts}) => texts)).toEqual([['a', 'z'], ['b']]);
});

test('where the first read gives the next run under the same name, both runs come out, and no line twice', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	cluster.log(pod, ['a1', 'a2']);
	let asked = false;
	cluster.intercept(({pathname}) => {
		if (!pathname.endsWith('/log') || asked) return false;
		asked = true;
		cluster.restart(pod, {last: ['a3']});
		cluster.log(pod, ['b1']);
		return false;
	});
	const {of, until} = await follow(cluster);
	await until(() => of('api').length === 2 && of('api').flatMap(({texts}) => texts).length === 4);
	await isFollowed(cluster, pod);
	cluster.log(pod, ['b2']);
	await until(() => of('api')[1]?.texts.includes('b2') ?? false);
	expect(of('api').map(({all}) => all)).toEqual([
		['b1', 'a1', 'a2', 'a3'],
		[mark, 'b2'],
	]);
});

test('a run that ended is not taken to have written what came after it', async () => {
	const cluster = await logCluster();
	const [pod, other] = [cluster.addPod('api'), cluster.addPod('other')];
	cluster.log(pod, ['a']);
	cluster.exit(pod);
	let asked = false;
	cluster.intercept(({pathname}) => {
		if (!pathname.endsWith('/log') || asked) return false;
		asked = true;
		cluster.log(other, ['time passes'], {at: 9000});
		cluster.start(pod);
		cluster.log(pod, ['b']);
		return false;
	});
	const {of, until} = await follow(cluster, {pods: 'api'});
	await until(() => of('api')[1]?.texts.length === 1);
	expect(of('api').map(({all}) => all)).toEqual([['a'], [mark, 'b']]);
});

test('a pod of the same name is another pod', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('db-0');
	cluster.log(pod, ['a']);
	const {of, until, stateOf} = await follow(cluster);
	await isFollowed(cluster, pod);
	cluster.remove(pod);
	cluster.log(cluster.addPod('db-0'), ['b']);
	await until(() => of('db-0')[1]?.texts.length === 1);
	await until(() => stateOf(of('db-0')[0])?.kind === 'ended');
	expect(of('db-0').map(({all}) => all)).toEqual([['a'], ['b']]);
});

test('where the first read gives a pod of the same name, what is lost is a gap, and no line comes twice', async () => {
	const cluster = await logCluster();
	const [pod, other] = [cluster.addPod('db-0'), cluster.addPod('other')];
	cluster.log(pod, ['lost']);
	const from = (begin - 60) * 1000;
	let fresh = pod;
	cluster.intercept(({pathname}) => {
		if (!pathname.endsWith('/db-0/log')) return false;
		cluster.intercept(() => false);
		cluster.remove(pod);
		cluster.log(other, ['time passes'], {at: 9000});
		fresh = cluster.addPod('db-0');
		cluster.log(fresh, ['b1', 'b2'], {at: 12_000});
		return false;
	});
	const {of, until, stateOf} = await follow(cluster, {pods: 'db', from});
	await until(() => stateOf(of('db-0')[0])?.kind === 'ended');
	await until(() => of('db-0').length === 2 && of('db-0')[1]?.caughtUp === 1);
	cluster.log(fresh, ['b3']);
	await until(() => of('db-0')[1]?.texts.includes('b3') ?? false);
	expect(of('db-0').map(({all}) => all)).toEqual([['b1', 'b2', 'gap: the pod was deleted before its log could be read'], ['b3']]);
	expect(of('db-0')[0]?.notes[0]?.from).toBe(begin * 1000);
});
