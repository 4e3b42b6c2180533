import {expect, test} from 'vitest';
import type {LogSelection} from '../../../../src/ports/log-feed.ts';
import {UserError} from '../../../../src/base/user-error.ts';
import {sendStatus} from '../fake-cluster.ts';
import {begin, type LogCluster} from './log-cluster.ts';
import {feedOf, follow, logCluster} from './log-feed-setup.ts';

/** What is read of a selection without follow: `pod/container text`, sorted. */
async function read(cluster: LogCluster, selection: Partial<LogSelection>): Promise<string[]> {
	const {feed, streams} = await follow(cluster, {follow: false, ...selection});
	await feed.finished;
	expect(streams.every(({states}) => states.at(-1)?.kind === 'ended')).toBe(true);
	return streams.flatMap(({info, texts}) => texts.map((text) => `${info.pod}/${info.container} ${text}`)).toSorted();
}

/** Deployments `api` and `api-canary` with overlapping labels, mid-rollout; a daemon set, a cron job's pod, another namespace. */
async function company(): Promise<LogCluster> {
	const cluster = await logCluster();
	const selector = (matchLabels: object) => ({spec: {selector: {matchLabels}}});
	const ownedBy = (kind: string, name: string) => ({metadata: {ownerReferences: [{kind, name, controller: true}]}});
	cluster.addObject('deployments', {name: 'api', body: selector({app: 'api'})});
	cluster.addObject('deployments', {name: 'api-canary', body: selector({app: 'api'})});
	cluster.addObject('replicasets', {name: 'api-1', body: ownedBy('Deployment', 'api')});
	cluster.addObject('replicasets', {name: 'api-2', body: ownedBy('Deployment', 'api')});
	cluster.addObject('replicasets', {name: 'api-canary-1', body: ownedBy('Deployment', 'api-canary')});
	cluster.addObject('daemonsets', {name: 'agent', body: selector({app: 'agent'})});
	cluster.addObject('cronjobs', {name: 'sweep'});
	cluster.addObject('jobs', {name: 'sweep-1', body: ownedBy('CronJob', 'sweep')});
	cluster.addObject('services', {name: 'web', body: {spec: {selector: {app: 'api'}}}});
	cluster.addObject('services', {name: 'outside', body: {spec: {}}});
	const add = (name: string, labels: Record<string, string>, [kind, owner]: readonly [string, string]) =>
		cluster.log(cluster.addPod(name, {labels, owner: {kind, name: owner}}), ['hello']);
	add('api-1-x', {app: 'api'}, ['ReplicaSet', 'api-1']);
	add('api-2-y', {app: 'api'}, ['ReplicaSet', 'api-2']);
	add('api-canary-1-z', {app: 'api'}, ['ReplicaSet', 'api-canary-1']);
	add('agent-q', {app: 'agent'}, ['DaemonSet', 'agent']);
	add('sweep-1-r', {'job-name': 'sweep-1'}, ['Job', 'sweep-1']);
	cluster.log(cluster.addPod('api-1-x', {namespace: 'other'}), ['other']);
	return cluster;
}

test.each<[string, Partial<LogSelection>, readonly string[]]>([
	['a deployment: all its replica sets, not its neighbour’s', {workloads: ['deploy/api']}, ['api-1-x', 'api-2-y']],
	['a daemon set', {workloads: ['ds/agent']}, ['agent-q']],
	['a cron job through its jobs', {workloads: ['cronjob/sweep']}, ['sweep-1-r']],
	['a service by its labels', {workloads: ['svc/web']}, ['api-1-x', 'api-2-y', 'api-canary-1-z']],
	['a pod', {workloads: ['po/agent-q']}, ['agent-q']],
	['several', {workloads: ['ds/agent', 'deploy/api-canary']}, ['agent-q', 'api-canary-1-z']],
	['by name’s expression', {pods: '^api-[12]'}, ['api-1-x', 'api-2-y']],
	['without the excluded', {excludePods: 'api'}, ['agent-q', 'sweep-1-r']],
	['by exact names', {podNames: ['agent-q', 'sweep-1-r']}, ['agent-q', 'sweep-1-r']],
	['by selector', {selector: 'app=agent'}, ['agent-q']],
	['of several namespaces', {namespaces: ['shop', 'other'], pods: '-x$'}, ['api-1-x', 'api-1-x']],
	['of all namespaces', {namespaces: 'all', pods: '-x$'}, ['api-1-x', 'api-1-x']],
	['a workload in all namespaces', {namespaces: 'all', workloads: ['deploy/api']}, ['api-1-x', 'api-2-y']],
	['of several contexts', {contexts: ['eu-1', 'us-1'], podNames: ['agent-q']}, ['agent-q', 'agent-q']],
])('selects %s', async (_, selection, pods) => {
	const lines = await read(await company(), selection);
	expect(lines.map((line) => line.split('/')[0])).toEqual(pods);
});

test('a rollout’s new replica set joins', async () => {
	const cluster = await company();
	const {of, until} = await follow(cluster, {workloads: ['deploy/api']});
	cluster.addObject('replicasets', {
		name: 'api-3',
		body: {metadata: {ownerReferences: [{kind: 'Deployment', name: 'api', controller: true}]}},
	});
	cluster.log(cluster.addPod('api-3-n', {labels: {app: 'api'}, owner: {kind: 'ReplicaSet', name: 'api-3'}}), ['new']);
	await until(() => of('api-3-n')[0]?.texts[0] === 'new');
	expect(of('api-canary-1-z')).toEqual([]);
});

test('containers, init containers among them, by expression', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api', {containers: ['app', 'proxy'], init: ['migrate']});
	for (const container of ['app', 'proxy', 'migrate']) cluster.log(pod, ['x'], {container});
	expect(await read(cluster, {})).toEqual(['api/app x', 'api/migrate x', 'api/proxy x']);
	expect(await read(cluster, {containers: 'p'})).toEqual(['api/app x', 'api/proxy x']);
	expect(await read(cluster, {excludeContainers: '^proxy$'})).toEqual(['api/app x', 'api/migrate x']);
});

test.each<[Partial<LogSelection>, string]>([
	[{pods: '(['}, 'the expression for pods cannot be read: /([/: Unterminated character class'],
	[{containers: '*'}, 'the expression for containers cannot be read: /*/: Nothing to repeat'],
	[{workloads: ['deploy']}, '"deploy" is not a workload. Write deploy/NAME, sts/NAME, job/NAME or svc/NAME.'],
	[{workloads: ['svc/outside']}, 'svc/outside: the service outside has no selector, so it names no pods'],
	[{workloads: ['deploy/apo']}, 'there is no deploy/apo in shop'],
	[{workloads: ['deploy/apo'], namespaces: 'all'}, 'there is no deploy/apo in all namespaces'],
])('%j is refused at the start with one sentence', async (selection, message) => {
	const {feed, sink} = feedOf(await company(), selection);
	await expect(feed.start(sink)).rejects.toSatisfy((error) => error instanceof UserError && error.message === message);
});

test('a kind that no one knows is met with the nearest', async () => {
	const {feed, sink} = feedOf(await company(), {workloads: ['deplyment/api']});
	await expect(feed.start(sink)).rejects.toThrow('Did you mean "deployment"?');
});

test('a selector that the server cannot read, a namespace or a context that is not there', async () => {
	const cluster = await logCluster();
	cluster.intercept((url, response) => {
		if (url.searchParams.get('labelSelector') === '=') sendStatus(response, 400, 'unable to parse requirement');
		else if (url.pathname === '/api/v1/namespaces/nowhere') sendStatus(response, 404, 'not found');
		else return false;
		return true;
	});
	const start = (selection: Partial<LogSelection>) => {
		const {feed, sink} = feedOf(cluster, selection);
		return feed.start(sink);
	};
	await expect(start({selector: '='})).rejects.toMatchObject({kind: 'bad-request'});
	await expect(start({namespaces: ['nowhere']})).rejects.toThrow('the namespace nowhere does not exist in context eu-1');
	await expect(start({contexts: ['eu-2']})).rejects.toThrow('the kubeconfig has no context "eu-2". Did you mean "eu-1"?');
});

test('a cluster that does not answer yet is told, and followed once it does', async () => {
	const cluster = await logCluster();
	cluster.log(cluster.addPod('api'), ['a']);
	let down = 2;
	cluster.intercept((url, response) => {
		if (url.searchParams.has('watch') || !url.pathname.endsWith('/pods') || down === 0) return false;
		down--;
		response.socket?.resetAndDestroy();
		return true;
	});
	const {notices, texts, until, notice} = await follow(cluster);
	expect(notices[0]).toMatch(
		/^pods of shop cannot be followed: 127\.0\.0\.1:\d+ closed the connection without an answer\. Retrying in 1 s$/,
	);
	await until(() => texts().includes('a'));
	await until(() => notice() === undefined);
});

test('nothing selected is said, not waited out in silence', async () => {
	const cluster = await logCluster();
	const {notice} = await follow(cluster, {pods: 'nothing'});
	expect(notice()).toBe('no container with a log is selected yet');
});

test('where no selected container has run before, that is what is said', async () => {
	const cluster = await logCluster();
	cluster.log(cluster.addPod('web'), ['a']);
	const {notice} = await follow(cluster, {previous: true, follow: false});
	expect(notice()).toBe('no container that has run before is selected: kubectl get pods has the names and the restarts');
});

test('containers that are called otherwise are named, where there is no such one', async () => {
	const cluster = await logCluster();
	cluster.log(cluster.addPod('web'), ['a']);
	cluster.log(cluster.addPod('api'), ['b']);
	const {notice} = await follow(cluster, {containers: 'nothing'});
	expect(notice()).toBe('no container of that name in the selected pods yet: they have app');
});

test('the title says what is looked at', async () => {
	const cluster = await logCluster();
	expect(feedOf(cluster).feed.title).toBe('all pods in shop');
	expect(feedOf(cluster, {workloads: ['deploy/api'], namespaces: ['a', 'b'], contexts: ['eu-1']}).feed.title).toBe(
		'deploy/api in a, b of eu-1',
	);
	expect(feedOf(cluster, {pods: 'api', namespaces: 'all', previous: true}).feed.title).toBe(
		'the previous run of pods matching api in all namespaces',
	);
});

test.each<[string, Partial<LogSelection>, number, readonly number[]]>([
	['all of it', {}, 0, [0, 1, 2, 3, 4]],
	['the newest', {newest: 2}, 0, [3, 4]],
	['none of it', {newest: 0}, 0, []],
	['from a time within a second', {from: 1_500}, 0, [2, 3, 4]],
	['whichever shows more: the newest', {from: 3_500, newest: 3}, 0, [2, 3, 4]],
	['whichever shows more: the time', {from: 500, newest: 1}, 0, [1, 2, 3, 4]],
	['whichever shows more: all', {from: 500, newest: 100}, 0, [0, 1, 2, 3, 4]],
	['from a time to come', {from: 99_000}, 0, []],
])('history: %s, and then what is new, without a line twice', async (_, {from, ...selection}, at, expected) => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	for (const second of [0, 1, 2, 3, 4]) cluster.log(pod, [`${second}`], {at: at + second * 1000});
	const {streams, until} = await follow(cluster, {...selection, ...(from === undefined ? {} : {from: begin * 1000 + from})});
	await until(() => streams[0]?.caughtUp === 1);
	expect(streams[0]?.texts).toEqual(expected.map(String));
	await expect.poll(() => cluster.runOf(pod).followers.size).toBe(1);
	cluster.log(pod, ['new'], {at: 100_000});
	await until(() => streams[0]?.texts.at(-1) === 'new');
	expect(streams[0]?.all).toEqual([...expected.map(String), 'new']);
});

test('the previous run, of those that have one', async () => {
	const cluster = await logCluster();
	cluster.addPod('steady');
	const pod = cluster.addPod('api');
	cluster.log(pod, ['a']);
	cluster.restart(pod, {last: ['dying']});
	cluster.log(pod, ['b']);
	expect(await read(cluster, {previous: true, follow: true})).toEqual(['api/app a', 'api/app dying']);
});

test('without follow a log that cannot be read ends with words, and the feed finishes', async () => {
	const cluster = await logCluster();
	cluster.addPod('api');
	cluster.intercept((url, response) => {
		if (!url.pathname.endsWith('/log')) return false;
		sendStatus(response, 500, 'the node is gone');
		return true;
	});
	const {feed, streams} = await follow(cluster, {follow: false});
	await feed.finished;
	expect(streams[0]?.states.at(-1)).toMatchObject({kind: 'ended', why: 'could not be read'});
	expect(streams[0]?.notes).toMatchObject([{kind: 'gap'}]);
});

test('after stop nothing is told and nothing is asked', async () => {
	const cluster = await logCluster();
	const pod = cluster.addPod('api');
	const {feed, streams} = await follow(cluster);
	await expect.poll(() => cluster.runOf(pod).followers.size).toBe(1);
	await feed.stop();
	const {length} = streams[0]?.states ?? [];
	await expect.poll(() => cluster.runOf(pod).followers.size).toBe(0);
	const asked = cluster.requests.length;
	cluster.log(pod, ['unheard']);
	cluster.addPod('other');
	expect(streams[0]?.states).toHaveLength(length ?? -1);
	expect(cluster.requests).toHaveLength(asked);
	expect(streams[0]?.texts).toEqual([]);
});
