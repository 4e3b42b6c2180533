import {expect, test} from 'vitest';
import {SourceError} from '../../../../src/base/source-error.ts';
import {type Answer, podList, sendJson, sendStatus, soon, sourcesOf, startCluster} from '../fake-cluster.ts';
import {pod} from '../pod-builder.ts';

const podsPath = '/api/v1/namespaces/shop/pods';
const eventsPath = '/api/v1/namespaces/shop/events';
const metricsPath = '/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods';

/** Answers by path; everything else is 404. */
function routes(table: Readonly<Record<string, Answer>>): Answer {
	return (request, response) => {
		const answer = table[request.target.pathname];
		if (answer) answer(request, response);
		else sendStatus(response, 404, 'the server could not find the requested resource');
	};
}

const onePod: Answer = (_, response) => sendJson(response, podList([pod({name: 'api'})]));
const noEvents: Answer = (_, response) => sendJson(response, {kind: 'EventList', metadata: {}, items: []});

async function listError(answer: Answer): Promise<SourceError> {
	await using cluster = await startCluster(answer);
	const error: unknown = await sourcesOf(cluster)
		.pods.list(soon())
		.then(
			() => undefined,
			(thrown: unknown) => thrown,
		);
	expect(error).toBeInstanceOf(SourceError);
	return error as SourceError;
}

test('joins pages, metrics and warning events, sorted by name, with the selector and the token', async () => {
	const authorizations = new Set<string | undefined>();
	await using cluster = await startCluster((request, response) => {
		authorizations.add(request.headers.authorization);
		routes({
			[podsPath]: (request, response) =>
				request.target.searchParams.has('continue')
					? sendJson(response, podList([pod({name: 'api'})]))
					: sendJson(response, podList([pod({name: 'web'})], {continue: 'next page&='})),
			[metricsPath]: (_, response) =>
				sendJson(response, {items: [{metadata: {name: 'api'}, containers: [{name: 'c0', usage: {cpu: '12345678n', memory: '488Mi'}}]}]}),
			[eventsPath]: (_, response) =>
				sendJson(response, {
					kind: 'EventList',
					metadata: {},
					items: [
						{
							involvedObject: {kind: 'Pod', name: 'api', namespace: 'shop'},
							reason: 'BackOff',
							message: 'old',
							count: 3,
							lastTimestamp: '2026-11-20T08:00:00Z',
						},
						{
							involvedObject: {kind: 'Pod', name: 'api', namespace: 'shop'},
							reason: 'BackOff',
							message: 'new',
							series: {count: 9, lastObservedTime: '2026-11-20T08:10:00Z'},
						},
						{
							involvedObject: {kind: 'Pod', name: 'other', namespace: 'shop'},
							reason: 'BackOff',
							message: 'not ours',
							lastTimestamp: '2026-11-20T08:00:00Z',
						},
					],
				}),
		})(request, response);
	});
	const list = await sourcesOf(cluster, {selector: 'app=shop'}).pods.list(soon());
	expect(list).toMatchObject({context: 'eu-1', namespace: 'shop', complete: true, metrics: 'available'});
	expect(list.pods.map(({name}) => name)).toEqual(['api', 'web']);
	expect(list.pods[0]?.containers[0]).toMatchObject({cpu: 12.346, memory: 488 * 1024 ** 2});
	expect(list.warnings.map(({message, count}) => [message, count])).toEqual([
		['new', 9],
		['old', 3],
	]);
	expect([...authorizations]).toEqual(['Bearer secret-token']);
	const asked = cluster.requests.filter(({pathname}) => pathname === podsPath).map(({searchParams}) => Object.fromEntries(searchParams));
	expect(asked).toEqual([
		{labelSelector: 'app=shop', limit: '500'},
		{labelSelector: 'app=shop', limit: '500', continue: 'next page&='},
	]);
});

test.each([
	[404, 'no metrics-server'],
	[503, 'does not answer (503)'],
	[403, 'not allowed to list pods.metrics.k8s.io in namespace shop'],
])('metrics that answer %d leave a sentence, not an error', async (status, words) => {
	await using cluster = await startCluster(
		routes({[podsPath]: onePod, [eventsPath]: noEvents, [metricsPath]: (_, response) => sendStatus(response, status, 'no')}),
	);
	const list = await sourcesOf(cluster).pods.list(soon());
	expect(list.metrics).toEqual({missing: expect.stringContaining(words)});
	expect(list.pods).toHaveLength(1);
	expect(list.warningsMissing).toBeUndefined();
});

test('events that may not be read leave a sentence', async () => {
	await using cluster = await startCluster(routes({[podsPath]: onePod, [eventsPath]: (_, response) => sendStatus(response, 403, 'no')}));
	expect((await sourcesOf(cluster).pods.list(soon())).warningsMissing).toContain('not allowed to list events in namespace shop');
});

test('an empty list of a namespace that exists is empty; of one that does not is not-found', async () => {
	const empty: Answer = (_, response) => sendJson(response, podList([]));
	await using cluster = await startCluster(
		routes({
			[podsPath]: empty,
			[eventsPath]: noEvents,
			'/api/v1/namespaces/shop': (_, response) => sendJson(response, {kind: 'Namespace'}),
		}),
	);
	expect((await sourcesOf(cluster).pods.list(soon())).pods).toEqual([]);
	cluster.answer(
		routes({[podsPath]: empty, [eventsPath]: noEvents, '/api/v1/namespaces/shop': (_, response) => sendStatus(response, 403, 'no')}),
	);
	expect((await sourcesOf(cluster).pods.list(soon())).pods).toEqual([]);
	cluster.answer(routes({[podsPath]: empty, [eventsPath]: noEvents}));
	await expect(sourcesOf(cluster).pods.list(soon())).rejects.toMatchObject({
		kind: 'not-found',
		message: 'the namespace shop does not exist in context eu-1',
	});
});

test('a list that outlived the server’s memory begins again, once', async () => {
	let gone = 1;
	const paged: Answer = (request, response) => {
		if (!request.target.searchParams.has('continue')) sendJson(response, podList([pod({name: 'api'})], {continue: 'x'}));
		else if (gone-- > 0) sendStatus(response, 410, 'The provided continue parameter is too old');
		else sendJson(response, podList([pod({name: 'web'})]));
	};
	await using cluster = await startCluster(routes({[podsPath]: paged, [eventsPath]: noEvents}));
	expect((await sourcesOf(cluster).pods.list(soon())).pods.map(({name}) => name)).toEqual(['api', 'web']);
	gone = 99;
	await expect(sourcesOf(cluster).pods.list(soon())).rejects.toMatchObject({kind: 'server-error'});
});

test.each([
	[401, 'unauthorized', 'does not accept the credential'],
	[403, 'forbidden', 'not allowed to list pods in namespace shop'],
	[500, 'server-error', 'answered 500: etcdserver: leader changed'],
	[429, 'rate-limited', '429'],
] as const)('a %d is %s', async (status, kind, words) => {
	const error = await listError((_, response) => {
		response.setHeader('retry-after', '7');
		sendStatus(response, status, 'etcdserver: leader changed');
	});
	expect(error).toMatchObject({source: 'Kubernetes (eu-1)', kind});
	expect(error.message).toContain(words);
	expect(error.message).not.toContain('secret-token');
	expect(error.retryAfterMs).toBe(7000);
});

test('a missing permission names the command that prints the role', async () => {
	expect(await listError((_, response) => sendStatus(response, 403, 'no'))).toMatchObject({advice: expect.stringContaining('rounds rbac')});
});

test('a log-in page instead of JSON says so', async () => {
	const error = await listError((_, response) => {
		response.writeHead(200, {'content-type': 'text/html'}).end('<html>');
	});
	expect(error).toMatchObject({kind: 'bad-response', message: expect.stringContaining('a web page instead of JSON')});
});

test.each([
	['half a JSON', '{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[{"metadata":'],
	['an empty body', ''],
	['JSON that is no list', '{"hello":"world"}'],
])('%s is a bad response, never an empty list', async (_, body) => {
	const error = await listError((_, response) => {
		response.writeHead(200, {'content-type': 'application/json'}).end(body);
	});
	expect(error).toMatchObject({kind: 'bad-response', passing: true});
});

test('an answer that is cut in the middle is a bad response', async () => {
	const error = await listError((_, response) => {
		response.writeHead(200, {'content-type': 'application/json'});
		response.write('{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[', () =>
			response.socket?.resetAndDestroy(),
		);
	});
	expect(error).toMatchObject({kind: 'bad-response', message: expect.stringContaining('broke off')});
});

test('a connection closed without an answer, and a closed port, are unreachable', async () => {
	expect(await listError((_, response) => response.socket?.destroy())).toMatchObject({kind: 'unreachable'});
	const cluster = await startCluster(() => {});
	await cluster[Symbol.asyncDispose]();
	await expect(sourcesOf(cluster).pods.list(soon())).rejects.toMatchObject({
		kind: 'unreachable',
		message: expect.stringContaining('connection refused'),
	});
});

test('silence ends with the caller’s timeout; an abort passes through', async () => {
	await using cluster = await startCluster(() => {});
	const {pods} = sourcesOf(cluster);
	await expect(pods.list(AbortSignal.timeout(50))).rejects.toMatchObject({kind: 'timeout'});
	const ends = new AbortController();
	const list = pods.list(ends.signal);
	const reason = new Error('walked away');
	ends.abort(reason);
	await expect(list).rejects.toBe(reason);
});

test('compressed answers are read', async () => {
	const {gzipSync} = await import('node:zlib');
	await using cluster = await startCluster(
		routes({
			[podsPath]: (_, response) => {
				response
					.writeHead(200, {'content-type': 'application/json', 'content-encoding': 'gzip'})
					.end(gzipSync(JSON.stringify(podList([pod({name: 'api'})]))));
			},
			[eventsPath]: noEvents,
		}),
	);
	expect((await sourcesOf(cluster).pods.list(soon())).pods).toHaveLength(1);
});
