import {expect, test} from 'vitest';
import {parseLogLine} from '../../../src/adapters/kubernetes/pod-logs.ts';
import {type Answer, podList, sendJson, sendStatus, soon, sourcesOf, startCluster} from './fake-cluster.ts';
import {pod, running} from './pod-builder.ts';

const crashed = {state: {waiting: {reason: 'CrashLoopBackOff'}}, lastState: {terminated: {exitCode: 1}}};
const pulling = {state: {waiting: {reason: 'ImagePullBackOff'}}};

function logsOf(pods: Parameters<typeof podList>[0], log: Answer): Answer {
	return (request, response) => {
		if (request.target.pathname.endsWith('/pods')) sendJson(response, podList(pods));
		else log(request, response);
	};
}

const options = {sinceSeconds: 900, tailLines: 200};

test('a line keeps its text; the server’s time is cut off in front', () => {
	const stream = {pod: 'api', container: 'c0'};
	expect(parseLogLine('2026-11-20T08:33:04.118423511Z  two spaces', stream)).toEqual({
		...stream,
		at: Date.UTC(2026, 10, 20, 8, 33, 4, 118),
		text: ' two spaces',
	});
	expect(parseLogLine('no time here', stream)).toEqual({...stream, text: 'no time here'});
});

test('lines of all containers that have run, oldest first, whoever waits is left out', async () => {
	await using cluster = await startCluster(
		logsOf(
			[
				pod({name: 'api', containers: [running], init: [{...running, sidecar: true}]}),
				pod({name: 'web', containers: [crashed]}),
				pod({name: 'new', containers: [pulling]}),
			],
			(request, response) => {
				const name = `${request.target.pathname.split('/').at(-2)}/${request.target.searchParams.get('container')}`;
				const texts: Readonly<Record<string, string>> = {
					'api/c0': '2026-11-20T08:00:01.000000001Z one\n2026-11-20T08:00:04Z four\r\n',
					'api/i0': '2026-11-20T08:00:02Z two\n',
					'web/c0': '2026-11-20T08:00:03Z three',
				};
				response.writeHead(200, {'content-type': 'text/plain'}).end(texts[name] ?? '2026-11-20T08:00:00Z not asked for\n');
			},
		),
	);
	const lines = await sourcesOf(cluster).logs.recent({...options, signal: soon()});
	expect(lines.map(({pod, container, text}) => `${pod}/${container} ${text}`)).toEqual([
		'api/c0 one',
		'api/i0 two',
		'web/c0 three',
		'api/c0 four',
	]);
	const query = cluster.requests.find(({pathname}) => pathname.endsWith('/log'))?.searchParams;
	expect(Object.fromEntries(query ?? [])).toMatchObject({timestamps: 'true', sinceSeconds: '900', tailLines: '200'});
});

test('a sample takes so many pods of each controller that have a log, and every pod without one', async () => {
	const pods = [
		pod({name: 'a0', controller: 'a', containers: [pulling]}),
		...['a1', 'a2', 'a3'].map((name) => pod({name, controller: 'a'})),
		pod({name: 'b1', controller: 'b'}),
		...['x', 'y', 'z'].map((name) => pod({name})),
	];
	await using cluster = await startCluster(
		logsOf(pods, (_, response) => response.writeHead(200, {'content-type': 'text/plain'}).end('2026-11-20T08:00:00Z hello\n')),
	);
	const lines = await sourcesOf(cluster).logs.recent({...options, podsPerController: 2, signal: soon()});
	expect(lines.map((line) => line.pod).toSorted()).toEqual(['a1', 'a2', 'b1', 'x', 'y', 'z']);
});

test.each([
	[400, 'container "c0" in pod "api" is waiting to start: ContainerCreating'],
	[404, 'pods "api" not found'],
])('a container that answers %d has no log, which is no fault', async (status, message) => {
	await using cluster = await startCluster(logsOf([pod({name: 'api'})], (_, response) => sendStatus(response, status, message)));
	expect(await sourcesOf(cluster).logs.recent({...options, signal: soon()})).toEqual([]);
});

test('a missing permission is an error', async () => {
	await using cluster = await startCluster(logsOf([pod({name: 'api'})], (_, response) => sendStatus(response, 403, 'no')));
	await expect(sourcesOf(cluster).logs.recent({...options, signal: soon()})).rejects.toMatchObject({
		kind: 'forbidden',
		message: 'not allowed to get pods/log in namespace shop',
	});
});

test('one container that breaks off is told; when all do, that is an error', async () => {
	let broken = ['web'];
	await using cluster = await startCluster(
		logsOf([pod({name: 'api'}), pod({name: 'web'})], (request, response) => {
			response.writeHead(200, {'content-type': 'text/plain'});
			const cut = broken.some((name) => request.target.pathname.includes(`/${name}/`));
			response.write('2026-11-20T08:00:00Z hello\n', () => (cut ? response.socket?.resetAndDestroy() : response.end()));
		}),
	);
	const skipped: string[] = [];
	const lines = await sourcesOf(cluster).logs.recent({...options, signal: soon(), onSkipped: ({pod}) => skipped.push(pod)});
	expect(lines.map(({pod}) => pod)).toEqual(['api']);
	expect(skipped).toEqual(['web']);
	broken = ['web', 'api'];
	await expect(sourcesOf(cluster).logs.recent({...options, signal: soon()})).rejects.toMatchObject({kind: 'bad-response'});
});

test('at most eight containers are asked at a time', async () => {
	let open = 0;
	let most = 0;
	await using cluster = await startCluster(
		logsOf(
			Array.from({length: 30}, (_, index) => pod({name: `api-${index}`})),
			(_, response) => {
				most = Math.max(most, ++open);
				setTimeout(() => {
					open--;
					response.writeHead(200, {'content-type': 'text/plain'}).end('2026-11-20T08:00:00Z hello\n');
				}, 2);
			},
		),
	);
	expect(await sourcesOf(cluster).logs.recent({...options, signal: soon()})).toHaveLength(30);
	expect(most).toBeGreaterThan(1);
	expect(most).toBeLessThanOrEqual(8);
});

test('an abort in the middle ends it with its reason', async () => {
	await using cluster = await startCluster(
		logsOf([pod({name: 'api'})], (_, response) => response.writeHead(200, {'content-type': 'text/plain'}).flushHeaders()),
	);
	const ends = new AbortController();
	const lines = sourcesOf(cluster).logs.recent({...options, signal: ends.signal});
	const reason = new Error('enough');
	setTimeout(() => ends.abort(reason), 100);
	await expect(lines).rejects.toBe(reason);
});
