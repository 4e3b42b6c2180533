import {createServer, type Server} from 'node:https';
import type {AddressInfo} from 'node:net';
import {getCACertificates, setDefaultCACertificates} from 'node:tls';
import {expect, it, onTestFinished} from 'vitest';
import {createHttpProbe} from '../../../src/adapters/http/http-probe.ts';
import {certificate, privateKey, validTo} from '../certificate.ts';
import {closedPort, fixedClock, json, loopback, never} from '../loopback.ts';

const probe = createHttpProbe(fixedClock(Date.parse(validTo) - 12.5 * 86_400_000));
const options = {timeoutMs: 5000, signal: never};

async function secureServer(): Promise<{readonly url: string; readonly server: Server; readonly requests: () => number}> {
	let requests = 0;
	const server = createServer({cert: certificate, key: privateKey}, (_, response) => {
		requests++;
		response.end('fine');
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return {url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`, server, requests: () => requests};
}

it('reports status, latency, type and body of a good answer', async () => {
	const url = await loopback((request, response) => json(response, {status: 'ok', seen: request.headers['x-probe']}));
	const answer = await probe.get(`${url}/healthz?full=1`, {...options, headers: {'x-probe': 'yes'}});
	expect(answer).toMatchObject({
		url: `${url}/healthz?full=1`,
		status: 200,
		contentType: 'application/json',
		body: '{"status":"ok","seen":"yes"}',
	});
	expect(answer.latencyMs).toBeGreaterThan(0);
	expect(answer).not.toHaveProperty('error');
	expect(answer).not.toHaveProperty('certificateDaysLeft');
});

it('takes a bad status and a redirect as data', async () => {
	const url = await loopback((request, response) =>
		request.url === '/moved' ? response.writeHead(302, {location: '/'}).end() : json(response, {database: 'down'}, {status: 503}),
	);
	expect(await probe.get(url, options)).toMatchObject({status: 503, body: '{"database":"down"}'});
	expect(await probe.get(`${url}/moved`, options)).toMatchObject({status: 302});
});

it('reads no more than 64 KiB', async () => {
	const url = await loopback((_, response) => response.end('x'.repeat(1_000_000)));
	expect((await probe.get(url, options)).body).toHaveLength(65_536);
});

it('sends the credentials of an address and does not show them', async () => {
	const url = await loopback((request, response) => response.end(request.headers.authorization));
	const answer = await probe.get(url.replace('http://', 'http://jo:s3cret@'), options);
	expect(answer.body).toBe(`Basic ${Buffer.from('jo:s3cret').toString('base64')}`);
	expect(answer.url).toBe(`${url}/`);
});

it('says in one sentence why no one answered', async () => {
	const refused = await probe.get(await closedPort(), options);
	expect(refused.error).toMatch(/^127\.0\.0\.1:\d+ refuses connections$/);
	expect(refused).not.toHaveProperty('status');
	const unknown = await probe.get('http://rounds-test.invalid/', options);
	expect(unknown.error).toMatch(/rounds-test\.invalid.*(not a known host name|name server)/);
	const silent = await loopback(() => {});
	expect((await probe.get(silent, {...options, timeoutMs: 60})).error).toMatch(/did not answer within 0\.06 s/);
	const cut = await loopback((request) => request.socket.destroy());
	expect((await probe.get(cut, options)).error).toMatch(/closed the connection/);
	const plain = await loopback((_, response) => response.end());
	expect((await probe.get(plain.replace('http:', 'https:'), options)).error).toMatch(/does not speak TLS/);
});

it('ends with the caller’s reason when aborted', async () => {
	const controller = new AbortController();
	const url = await loopback(() => controller.abort(new Error('the operator left')));
	await expect(probe.get(url, {timeoutMs: 5000, signal: controller.signal})).rejects.toThrow('the operator left');
});

it('refuses an unknown certificate before it sends anything, and still tells its date', async () => {
	const {url, requests} = await secureServer();
	const answer = await probe.get(url, options);
	expect(answer).toMatchObject({certificateDaysLeft: 12});
	expect(answer.error).toMatch(/self-signed TLS certificate/);
	expect(answer).not.toHaveProperty('status');
	expect(requests()).toBe(0);
});

it('tells how many days a trusted certificate has left', async () => {
	const before = getCACertificates('default');
	setDefaultCACertificates([certificate]);
	onTestFinished(() => setDefaultCACertificates(before));
	const {url} = await secureServer();
	expect(await probe.get(url, options)).toMatchObject({status: 200, body: 'fine', certificateDaysLeft: 12});
});
