import {expect, it} from 'vitest';
import * as z from 'zod';
import {createJsonClient} from '../../../src/adapters/http/request.ts';
import {serverSays} from '../../../src/adapters/http/request-errors.ts';
import {waitAskedFor} from '../../../src/base/retry-after.ts';
import {SourceError} from '../../../src/base/source-error.ts';
import {credential, fixedClock, json, loopback, never, token} from '../loopback.ts';

const now = Date.parse('2026-11-20T08:00:00Z');
const client = (url: string, more: {readonly headers?: Record<string, string>; readonly anonymous?: boolean} = {}) =>
	createJsonClient({
		source: 'Thing',
		url,
		clock: fixedClock(now),
		permission: 'Ask for access',
		...(more.anonymous ? {} : {credential}),
		...(more.headers ? {headers: more.headers} : {}),
	});
const schema = z.object({items: z.array(z.object({size: z.number()}))});

it('sends the token, keeps the path of the base address and repeats query names', async () => {
	let seen: unknown;
	const url = await loopback((request, response) => {
		seen = {url: request.url, authorization: request.headers.authorization, tenant: request.headers['x-scope-orgid']};
		json(response, {items: [{size: 1}]});
	});
	const {data} = await client(`${url}/prom/`, {headers: {'X-Scope-OrgID': 'team'}}).get('api/list', {
		query: [
			['project', 'a b'],
			['project', 'c'],
		],
		schema,
		signal: never,
	});
	expect(data.items).toEqual([{size: 1}]);
	expect(seen).toEqual({url: '/prom/api/list?project=a+b&project=c', authorization: `Bearer ${token}`, tenant: 'team'});
});

it('names the field of a wrong shape', async () => {
	const url = await loopback((_, response) => json(response, {items: [{size: 1}, {size: 'big'}]}));
	await expect(client(url).get('x', {schema, signal: never})).rejects.toThrow(/unexpected shape: items\.1\.size: .*number/);
});

it('follows a redirect on the same host with the token', async () => {
	const url = await loopback((request, response) => {
		if (request.url === '/x') response.writeHead(307, {location: '/y'}).end();
		else json(response, {items: request.headers.authorization === `Bearer ${token}` ? [{size: 7}] : []});
	});
	expect((await client(url).get('x', {schema, signal: never})).data.items).toEqual([{size: 7}]);
});

it('does not carry the token to another host', async () => {
	let reached = false;
	const url = await loopback((request, response) => {
		if (request.headers.host?.startsWith('localhost')) reached = true;
		response.writeHead(302, {location: `http://localhost:${request.socket.localPort}/login?next=${token}`}).end();
	});
	const error = (await client(url)
		.get('x', {schema, signal: never})
		.catch((thrown: unknown) => thrown)) as SourceError;
	expect(error).toBeInstanceOf(SourceError);
	expect(error.message).toMatch(/sends us on to http:\/\/localhost/);
	expect(error.message).not.toContain(token);
	expect(reached).toBe(false);
});

it('stops at redirects in a circle', async () => {
	const url = await loopback((_, response) => response.writeHead(302, {location: '/x'}).end());
	await expect(client(url).get('x', {schema, signal: never})).rejects.toThrow('redirects in a circle');
});

it('turns user and password of an address into basic authentication and shows neither', async () => {
	const url = await loopback((request, response) => json(response, {detail: request.headers.authorization}, {status: 400}));
	const anonymous = client(url.replace('http://', 'http://jo:p%40ss@'), {anonymous: true});
	const error = (await anonymous.get('x', {schema, signal: never}).catch((thrown: unknown) => thrown)) as SourceError;
	expect(anonymous.url).toBe(url);
	expect(error.message).toBe('Thing refused the request (400): Basic •••');
});

it('hides a token that the server echoes', async () => {
	const url = await loopback((_, response) => json(response, {detail: `bad token ${token}`}, {status: 401}));
	const error = (await client(url)
		.get('x', {schema, signal: never})
		.catch((thrown: unknown) => thrown)) as SourceError;
	expect(error.message).toContain('bad token •••');
});

it('asks for a token where none is configured', async () => {
	const url = await loopback((_, response) => json(response, {}, {status: 401}));
	await expect(client(url, {anonymous: true}).get('x', {schema, signal: never})).rejects.toMatchObject({
		kind: 'unauthorized',
		advice: 'Add a token for Thing to rounds.yaml',
	});
});

it.each([
	[{'retry-after': '7'}, 7000],
	[{'retry-after': 'Fri, 20 Nov 2026 08:01:30 GMT'}, 90_000],
	[{'retry-after': 'Fri, 20 Nov 2026 07:00:00 GMT'}, 0],
	[{'x-sentry-rate-limit-reset': String(now / 1000 + 45), 'x-sentry-rate-limit-remaining': '0'}, 45_000],
	[{'x-sentry-rate-limit-reset': String(now / 1000 + 45), 'x-sentry-rate-limit-remaining': '12'}, undefined],
	[{'retry-after': 'soon'}, undefined],
	[{}, undefined],
])('reads the wait from %o', (headers, expected) => {
	expect(waitAskedFor(new Headers(headers as Record<string, string>), now)).toBe(expected);
});

it.each([
	['"bad matcher format"', 'bad matcher format'],
	['{"detail":"Invalid token"}', 'Invalid token'],
	['{"status":"error","error":"parse error"}', 'parse error'],
	['{"error":{"message":"No such key"}}', 'No such key'],
	['upstream connect error', 'upstream connect error'],
	['<html>502</html>', undefined],
	['', undefined],
])('finds the server’s own words in %s', (body, expected) => {
	expect(serverSays(body)).toBe(expected);
});
