import type {ServerResponse} from 'node:http';
import {expect, test, vi} from 'vitest';
import type {PodList} from '../../../../src/ports/pod-source.ts';
import type {Liveness} from '../../../../src/ports/liveness.ts';
import {clusterBackOff} from '../../../../src/adapters/kubernetes/client/cluster-back-off.ts';
import {pauseAfter} from '../../../../src/base/back-off.ts';
import {SourceError} from '../../../../src/base/source-error.ts';
import {
	type Answer,
	type FakeCluster,
	hastyClock,
	podList,
	realClock,
	sendJson,
	sendStatus,
	sourcesOf,
	startCluster,
} from '../fake-cluster.ts';
import {pod} from '../pod-builder.ts';

const podsPath = '/api/v1/namespaces/shop/pods';
const isWatch = (url: URL) => url.searchParams.get('watch') === 'true';
const line = (type: string, object: unknown) => `${JSON.stringify({type, object})}\n`;

/** Answers lists and watches of pods apart; metrics and events are 404. */
function cluster(options: {readonly list?: Answer; readonly watch?: Answer}): Answer {
	const {
		list = (_, response) => sendJson(response, podList([pod({name: 'api'})])),
		watch = (_, response) => {
			response.writeHead(200, {'content-type': 'application/json'}).flushHeaders();
		},
	} = options;
	return (request, response) => {
		if (request.target.pathname !== podsPath) sendStatus(response, 404, 'no');
		else (isWatch(request.target) ? watch : list)(request, response);
	};
}

/** Watches and keeps all that was told. */
function follow(of: Pick<FakeCluster, 'kubeconfig'>, clock = realClock) {
	const lists: PodList[] = [];
	const liveness: Liveness[] = [];
	const errors: Error[] = [];
	const handle = sourcesOf(of, {clock}).pods.watch({
		onList: (list) => lists.push(list),
		onLiveness: (state) => liveness.push(state),
		onError: (error) => errors.push(error),
	});
	return {lists, liveness, errors, [Symbol.dispose]: handle.stop, names: () => lists.at(-1)?.pods.map(({name}) => name)};
}

const until = (assertion: () => void) => vi.waitFor(assertion, {timeout: 10_000, interval: 5});

test('the first page is shown at once; changes follow from the list’s version', async () => {
	let releasePage = () => {};
	let stream: ServerResponse | undefined;
	await using server = await startCluster(
		cluster({
			list: (request, response) => {
				if (!request.target.searchParams.has('continue')) sendJson(response, podList([pod({name: 'web'})], {continue: 'x'}));
				else releasePage = () => sendJson(response, podList([pod({name: 'api'})], {resourceVersion: '117'}));
			},
			watch: (_, response) => {
				stream = response;
				response.writeHead(200, {'content-type': 'application/json'}).flushHeaders();
			},
		}),
	);
	using followed = follow(server);
	await until(() => expect(followed.lists.at(-1)).toMatchObject({complete: false, pods: [{name: 'web'}]}));
	await until(() => expect(server.requests.some((url) => url.searchParams.has('continue'))).toBe(true));
	releasePage();
	await until(() => expect(followed.lists.at(-1)).toMatchObject({complete: true, pods: [{name: 'api'}, {name: 'web'}]}));
	await until(() => expect(followed.liveness).toMatchObject([{state: 'connecting'}, {state: 'live'}]));
	await until(() => expect(stream).toBeDefined());
	const watched = server.requests.find(isWatch)?.searchParams;
	expect(watched?.get('resourceVersion')).toBe('117');
	expect(watched?.get('allowWatchBookmarks')).toBe('true');

	const before = followed.lists.at(-1)?.pods;
	const text =
		line('MODIFIED', pod({name: 'api', version: '118', phase: 'Failed', reason: 'Evicted', containers: []})) +
		line('ADDED', pod({name: 'db', version: '119'}));
	// Torn in the middle: a line may come in many pieces.
	stream?.write(text.slice(0, 50));
	stream?.write(text.slice(50));
	await until(() => expect(followed.names()).toEqual(['api', 'db', 'web']));
	const after = followed.lists.at(-1)?.pods;
	expect(after?.[0]).toMatchObject({status: 'Evicted'});
	expect(after).not.toBe(before);
	expect(after?.[2]).toBe(before?.[1]);
	stream?.write(line('DELETED', pod({name: 'web', version: '120'})));
	await until(() => expect(followed.names()).toEqual(['api', 'db']));
});

test('a burst of changes is told at most about ten times a second', async () => {
	let stream: ServerResponse | undefined;
	await using server = await startCluster(
		cluster({
			watch: (_, response) => {
				stream = response;
				response.writeHead(200, {'content-type': 'application/json'}).flushHeaders();
			},
		}),
	);
	using followed = follow(server);
	await until(() => expect(stream).toBeDefined());
	const before = followed.lists.length;
	const startedAt = performance.now();
	for (let version = 200; version < 500; version++) {
		stream?.write(line('MODIFIED', pod({name: 'api', version: String(version), containers: [{restartCount: version}]})));
		await new Promise((resolve) => {
			setImmediate(resolve);
		});
	}
	await until(() => expect(followed.lists.at(-1)?.pods[0]?.restarts).toBe(499));
	const windows = Math.ceil((performance.now() - startedAt) / 100);
	expect(followed.lists.length - before).toBeLessThanOrEqual(windows + 2);
});

test('a clean end continues from the last version, bookmarks included, without a new list and without a word', async () => {
	let watches = 0;
	await using server = await startCluster(
		cluster({
			watch: (_, response) => {
				response.writeHead(200, {'content-type': 'application/json'});
				if (++watches === 1) response.end(line('BOOKMARK', {kind: 'Pod', metadata: {resourceVersion: '250'}}));
				else response.flushHeaders();
			},
		}),
	);
	using followed = follow(server);
	await until(() => expect(server.requests.filter(isWatch)).toHaveLength(2));
	expect(server.requests.filter(isWatch)[1]?.searchParams.get('resourceVersion')).toBe('250');
	expect(server.requests.filter((url) => url.pathname === podsPath && !isWatch(url))).toHaveLength(1);
	expect(followed.liveness.map(({state}) => state)).toEqual(['connecting', 'live']);
	expect(followed.errors).toEqual([]);
});

test.each([
	[
		'as an event',
		(response: ServerResponse) =>
			response
				.writeHead(200, {'content-type': 'application/json'})
				.end(line('ERROR', {kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version'})),
	],
	['as a status', (response: ServerResponse) => sendStatus(response, 410, 'too old resource version')],
])('410 %s lists again at once and drops who has gone', async (_, answer410) => {
	let lists = 0;
	let watches = 0;
	await using server = await startCluster(
		cluster({
			list: (_, response) =>
				sendJson(
					response,
					++lists === 1
						? podList([pod({name: 'api'}), pod({name: 'old'})])
						: podList([pod({name: 'api'}), pod({name: 'new'})], {resourceVersion: '300'}),
				),
			watch: (_, response) => {
				if (++watches === 1) answer410(response);
				else response.writeHead(200, {'content-type': 'application/json'}).flushHeaders();
			},
		}),
	);
	using followed = follow(server);
	await until(() => expect(followed.names()).toEqual(['api', 'new']));
	await until(() => expect(server.requests.filter(isWatch)[1]?.searchParams.get('resourceVersion')).toBe('300'));
	expect(followed.liveness.map(({state}) => state)).toEqual(['connecting', 'live']);
	// What had not changed is the same object as before.
	expect(followed.lists.at(-1)?.pods[0]).toBe(followed.lists[0]?.pods[0]);
});

test('a hard reset tells when it tries again, keeps the list, and comes back by itself', async () => {
	let watches = 0;
	await using server = await startCluster(
		cluster({
			watch: (_, response) => {
				response.writeHead(200, {'content-type': 'application/json'}).flushHeaders();
				if (++watches === 1) setImmediate(() => response.socket?.resetAndDestroy());
			},
		}),
	);
	const clock = hastyClock();
	using followed = follow(server, clock);
	await until(() => expect(followed.liveness.map(({state}) => state)).toEqual(['connecting', 'live', 'reconnecting', 'live']));
	const lost = followed.liveness[2];
	expect(lost?.state === 'reconnecting' && lost.retryAt - lost.since).toBeGreaterThanOrEqual(1000);
	expect(followed.errors).toEqual([]);
	expect(followed.names()).toEqual(['api']);
	expect(server.requests.filter((url) => url.pathname === podsPath && !isWatch(url))).toHaveLength(1);
});

test('a watch that had worked for a while is tried again quickly, however often it was lost before', async () => {
	await using server = await startCluster(
		cluster({
			watch: (_, response) => {
				response.writeHead(200, {'content-type': 'application/json'}).flushHeaders();
				setTimeout(() => response.socket?.resetAndDestroy(), 30);
			},
		}),
	);
	const begin = performance.now();
	using followed = follow(server, {...hastyClock(), now: () => Math.round((performance.now() - begin) * 1000)});
	const pauses = () => followed.liveness.flatMap((state) => (state.state === 'reconnecting' ? [state.retryAt - state.since] : []));
	await until(() => expect(pauses().length).toBeGreaterThan(3));
	expect(Math.max(...pauses())).toBeLessThan(2000);
});

test('a cluster that cannot be listed is an error, and good again once it can', async () => {
	let isUp = false;
	await using server = await startCluster(
		cluster({list: (_, response) => (isUp ? sendJson(response, podList([pod({name: 'api'})])) : sendStatus(response, 500, 'down'))}),
	);
	using followed = follow(server, hastyClock());
	await until(() => expect(followed.errors.length).toBeGreaterThan(2));
	expect(followed.errors[0]).toMatchObject({kind: 'server-error'});
	expect(followed.lists).toEqual([]);
	isUp = true;
	await until(() => expect(followed.names()).toEqual(['api']));
	await until(() => expect(followed.liveness.at(-1)?.state).toBe('live'));
});

test('a permission lost while watching is an error even with a list on the screen; regained, the list is told anew', async () => {
	let watches = 0;
	await using server = await startCluster(
		cluster({
			watch: (_, response) => {
				if (++watches === 1) sendStatus(response, 403, 'no');
				else response.writeHead(200, {'content-type': 'application/json'}).flushHeaders();
			},
		}),
	);
	using followed = follow(server, hastyClock());
	await until(() => expect(followed.errors).toMatchObject([{kind: 'forbidden', message: 'not allowed to watch pods in namespace shop'}]));
	const before = followed.lists.length;
	await until(() => expect(followed.liveness.at(-1)?.state).toBe('live'));
	await until(() => expect(followed.lists.length).toBeGreaterThan(before));
});

test('two lists never run side by side, whatever the server does', async () => {
	let running = 0;
	let most = 0;
	let lists = 0;
	await using server = await startCluster(
		cluster({
			list: (_, response) => {
				most = Math.max(most, ++running);
				response.once('close', () => running--);
				lists++;
				setTimeout(() => sendJson(response, podList([pod({name: 'api'})])), 5);
			},
			watch: (_, response) => sendStatus(response, 410, 'too old'),
		}),
	);
	using followed = follow(server, hastyClock());
	await until(() => expect(lists).toBeGreaterThan(4));
	expect(most).toBe(1);
	expect(followed.names()).toEqual(['api']);
});

test('nothing is told after stop, and the connection is let go', async () => {
	let isClosed = false;
	await using server = await startCluster(
		cluster({
			watch: (_, response) => {
				response.once('close', () => {
					isClosed = true;
				});
				response.writeHead(200, {'content-type': 'application/json'}).flushHeaders();
			},
		}),
	);
	const followed = follow(server);
	await until(() => expect(server.requests.some(isWatch)).toBe(true));
	followed[Symbol.dispose]();
	const told = [followed.lists.length, followed.liveness.length, followed.errors.length];
	await until(() => expect(isClosed).toBe(true));
	expect([followed.lists.length, followed.liveness.length, followed.errors.length]).toEqual(told);
});

test('back-off doubles up to half a minute, honours Retry-After, and asks rarely for what is not allowed', () => {
	const error = (kind: 'unreachable' | 'rate-limited' | 'forbidden', retryAfterMs?: number) =>
		new SourceError({source: 'Kubernetes', kind, message: 'no', ...(retryAfterMs === undefined ? {} : {retryAfterMs})});
	const pause = (failures: number, cause: SourceError) => pauseAfter(failures, cause, clusterBackOff, () => 0);
	expect([1, 2, 3, 4, 5, 6, 7].map((n) => pause(n, error('unreachable')))).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
	expect(pause(1, error('rate-limited', 45_000))).toBe(45_000);
	expect(pause(1, error('forbidden'))).toBe(60_000);
});
