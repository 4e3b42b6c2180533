import {afterEach, expect, test} from 'vitest';
import {startSlack} from '../../src/demo/slack/slack-server.ts';
import {running, type Running} from './clock.ts';

const token = 'xoxb-demo';
let slack: Running;
afterEach(() => slack.close());
const start = async (scopes?: readonly string[]) => {
	slack = await running((world) => startSlack(world, {token, ...(scopes ? {scopes} : {})}));
};

interface Answer {
	readonly ok: boolean;
	readonly error?: string;
	readonly channel?: string;
	readonly ts?: string;
	readonly needed?: string;
	readonly permalink?: string;
	readonly messages?: readonly {readonly ts: string; readonly text: string; readonly thread_ts?: string; readonly edited?: object}[];
}

async function call(
	method: string,
	given: object = {},
	authorization = `Bearer ${token}`,
): Promise<{readonly response: Response; readonly answer: Answer}> {
	const response = await fetch(`${slack.url}/api/${method}`, {
		method: 'POST',
		headers: {'content-type': 'application/json; charset=utf-8', ...(authorization === '' ? {} : {authorization})},
		body: JSON.stringify(given),
	});
	return {response, answer: (await response.json()) as Answer};
}

test('what is wrong comes with HTTP 200 and Slack’s word for it', async () => {
	await start();
	const said = async (...of: Parameters<typeof call>) => {
		const {response, answer} = await call(...of);
		expect(response.status).toBe(200);
		return answer.ok ? 'ok' : answer.error;
	};
	expect(await said('auth.test')).toBe('ok');
	expect(await said('auth.test', {}, '')).toBe('not_authed');
	expect(await said('auth.test', {}, 'Bearer other')).toBe('invalid_auth');
	expect(await said('chat.shout')).toBe('unknown_method');
	expect(await said('chat.postMessage', {channel: '#nowhere', text: 'a'})).toBe('channel_not_found');
	expect(await said('chat.postMessage', {channel: '#incidents', text: 'a'})).toBe('not_in_channel');
	expect(await said('chat.postMessage', {channel: '#checkout-2024', text: 'a'})).toBe('is_archived');
	expect(await said('chat.postMessage', {channel: '#checkout'})).toBe('no_text');
	expect(await said('chat.postMessage', {channel: 'checkout', text: 'a', thread_ts: '1.2'})).toBe('thread_not_found');
	expect(await said('chat.update', {channel: '#checkout', ts: '1.2', text: 'a'})).toBe('channel_not_found');
});

test('a message is answered, changed and linked to by its channel’s id and its ts', async () => {
	await start();
	const {answer: posted} = await call('chat.postMessage', {channel: '#checkout', text: 'one'});
	const {channel, ts} = posted;
	expect(ts).toMatch(/^\d{10}\.\d{6}$/);
	const reply = await call('chat.postMessage', {channel, text: 'two', thread_ts: ts});
	expect(reply.answer.ts).not.toBe(ts);
	expect((await call('chat.update', {channel, ts, text: 'one, changed'})).answer).toMatchObject({ok: true, ts});
	expect((await call('chat.update', {channel, ts: '1.2', text: 'x'})).answer.error).toBe('message_not_found');
	expect((await call('chat.getPermalink', {channel, message_ts: ts})).answer.permalink).toBe(
		`https://example.slack.com/archives/${channel}/p${ts?.replace('.', '')}`,
	);
	const {messages} = (await call('conversations.history', {channel})).answer;
	expect(messages).toMatchObject([{ts, text: 'one, changed', edited: expect.any(Object)}]);
	expect((await call('conversations.replies', {channel, ts})).answer.messages?.map(({text}) => text)).toEqual(['one, changed', 'two']);
});

test('a token without the scope is told which, and its scopes are in every answer', async () => {
	await start(['channels:history']);
	const {answer, response} = await call('chat.postMessage', {channel: '#checkout', text: 'a'});
	expect(answer).toMatchObject({ok: false, error: 'missing_scope', needed: 'chat:write'});
	expect(response.headers.get('x-oauth-scopes')).toBe('channels:history');
});

test('too many messages to one channel get 429 with how long to wait, by id as by name', async () => {
	await start();
	const {answer} = await call('chat.postMessage', {channel: '#checkout', text: '0'});
	for (const text of ['1', '2', '3']) {
		// oxlint-disable-next-line no-await-in-loop -- one after the other
		expect((await call('chat.postMessage', {channel: answer.channel, text})).answer.ok).toBe(true);
	}
	const limited = await call('chat.postMessage', {channel: '#checkout', text: '4'});
	expect([limited.response.status, limited.response.headers.get('retry-after'), limited.answer.error]).toEqual([429, '4', 'ratelimited']);
	slack.clock.forward(4000);
	expect((await call('chat.postMessage', {channel: '#checkout', text: '4'})).answer.ok).toBe(true);
});
