import {describe, expect, it} from 'vitest';
import {createSender} from '../../../src/adapters/http/send-request.ts';
import {closedPort, credential, fixedClock, json, loopback, token} from '../loopback.ts';

const clock = fixedClock(Date.parse('2026-11-20T08:00:00Z'));
const permission = 'The token needs the scope event:write';
const done = () => ({state: 'done' as const, text: 'changed'});

function senderTo(url: string, timeoutMs = 5000) {
	return createSender({source: 'Sentry', url, clock, credential, permission, timeoutMs});
}

async function answered(status: number, body: unknown, headers: Record<string, string> = {}) {
	const url = await loopback((_, response) => json(response, body, {status, headers}));
	const sender = senderTo(url);
	return sender.send(sender.request('PUT', 'api/issues/1/', {status: 'resolved'}), done);
}

describe('createSender', () => {
	it('sends the very bytes that are shown, with the credential that is not', async () => {
		const got: unknown[] = [];
		const url = await loopback((request, response) => {
			let body = '';
			request.on('data', (chunk: Buffer) => {
				body += chunk.toString();
			});
			request.on('end', () => {
				const {authorization} = request.headers;
				got.push([request.method, request.url, authorization, request.headers['content-type'], body]);
				json(response, {id: '1'});
			});
		});
		const sender = senderTo(`${url}/base/`);
		const request = sender.request('POST', '/api/issues/1/', {status: 'resolved'});
		expect(request).toMatchObject({url: `${url}/base/api/issues/1/`, authorization: 'Bearer ••• from env:THE_TOKEN'});
		expect(JSON.stringify(request)).not.toContain(token);
		expect(await sender.send(request, (answer) => ({state: 'done', text: JSON.stringify(answer)}))).toEqual({
			state: 'done',
			text: '{"id":"1"}',
		});
		expect(got).toEqual([['POST', '/base/api/issues/1/', `Bearer ${token}`, 'application/json', request.body]]);
	});

	it('takes an answer without a body for a success', async () => {
		const url = await loopback((_, response) => response.writeHead(200).end());
		const sender = senderTo(url);
		expect(await sender.send(sender.request('DELETE', 'silence/1'), done)).toEqual({state: 'done', text: 'changed'});
	});

	it.each([
		[401, {detail: 'Invalid token'}, 'does not accept the credential from env:THE_TOKEN (401): Invalid token', 'has not expired'],
		[403, {detail: 'You do not have permission'}, 'does not allow this (403): You do not have permission', permission],
		[404, {detail: 'gone'}, 'has no /api/issues/1/ (404): gone', 'Check the url'],
		[429, {}, 'limits the number of requests (429); it asks to wait 7 s', 'Wait'],
		[400, {assignedTo: ['Unknown actor input']}, 'refused the request (400): assignedTo: Unknown actor input', 'change the request'],
		[400, {errorMessages: [], errors: {issuetype: 'Specify a valid issue type'}}, 'issuetype: Specify a valid issue type', 'change the'],
		[400, '"silence.comment in body is required"', '(400): silence.comment in body is required', 'change the request'],
	])('knows that %s changed nothing', async (status, body, text, advice) => {
		const outcome = await answered(status, body, {'retry-after': '7'});
		expect(outcome).toMatchObject({state: 'failed', text: expect.stringContaining(text), advice: expect.stringContaining(advice)});
	});

	it.each([500, 502, 504, 408])('does not know what came of %s', async (status) => {
		const outcome = await answered(status, {detail: 'Internal Error'});
		expect(outcome).toMatchObject({state: 'unsure', advice: 'Look at Sentry whether it arrived before sending it again'});
	});

	it('does not know what came of a connection that breaks, nor of silence', async () => {
		let asked = 0;
		const reset = senderTo(
			await loopback((request) => {
				asked += 1;
				request.socket.destroy();
			}),
		);
		expect(await reset.send(reset.request('PUT', 'x', {}), done)).toMatchObject({
			state: 'unsure',
			text: expect.stringContaining('closed the connection'),
		});
		expect(asked).toBe(1);
		const silent = senderTo(await loopback(() => {}), 50);
		expect(await silent.send(silent.request('PUT', 'x', {}), done)).toMatchObject({
			state: 'unsure',
			text: expect.stringContaining('did not answer within 0.05 s'),
		});
	});

	it('knows that nothing went out where no one listens, or the credential is missing', async () => {
		const nobody = senderTo(await closedPort());
		expect(await nobody.send(nobody.request('PUT', 'x', {}), done)).toMatchObject({
			state: 'failed',
			text: expect.stringContaining('refuses connections'),
		});
	});

	it('carries a change to no other address', async () => {
		const asked: (string | undefined)[] = [];
		const url = await loopback((request, response) => {
			asked.push(request.url);
			response.writeHead(307, {location: '/elsewhere'}).end();
		});
		const sender = senderTo(url);
		expect(await sender.send(sender.request('PUT', 'x', {}), done)).toMatchObject({
			state: 'failed',
			text: expect.stringContaining('sends us on'),
		});
		expect(asked).toEqual(['/x']);
	});

	it('hides a credential that the server sends back', async () => {
		const outcome = await answered(403, {detail: `no: ${token}`});
		expect(outcome.text).toContain('no: •••');
	});
});
