import {expect, it} from 'vitest';
import {announceDoctor} from '../../../src/adapters/doctor/announce-doctor.ts';
import {createSecrets} from '../../../src/adapters/machine/secrets.ts';
import type {AnnounceConfig} from '../../../src/service/service.ts';
import {startSlack} from '../../../src/demo/slack/slack-server.ts';
import {running} from '../../demo/clock.ts';
import {closedPort, fixedClock, json, loopback, never} from '../loopback.ts';

const token = 'xoxb-doctor-1234567890';

async function examine(config: AnnounceConfig | undefined, env: Readonly<Record<string, string>> = {SLACK_BOT_TOKEN: token}) {
	const run = () => Promise.reject(new Error('no command expected'));
	const secrets = createSecrets({env, run: {run}, baseDirectory: '/'});
	return announceDoctor({config, secrets, clock: fixedClock(0), signal: never});
}

const slackAt = (url: string) => ({slack: {channel: '#checkout', token: 'env:SLACK_BOT_TOKEN', url: `${url}/api`}});

it('knows the bot, and posts nothing', async () => {
	const slack = await running((world) => startSlack(world, {token}));
	const [line, ...more] = await examine(slackAt(slack.url));
	expect(line).toMatchObject({status: 'ok', text: expect.stringContaining('Slack knows the bot rounds in Example')});
	expect(more).toEqual([]);
	const answer = await fetch(`${slack.url}/api/conversations.history?channel=checkout`, {headers: {authorization: `Bearer ${token}`}});
	expect(await answer.json()).toMatchObject({ok: true, messages: []});
	await slack.close();
});

it.each([
	[{token: 'xoxb-another'}, 'does not accept the token from env:SLACK_BOT_TOKEN'],
	[{token, scopes: ['channels:history']}, 'lacks the scope chat:write'],
])('says what is wrong with the token: %j', async (options, said) => {
	const slack = await running((world) => startSlack(world, options));
	expect(await examine(slackAt(slack.url))).toEqual([
		{subject: 'Announcing', status: 'critical', text: expect.stringContaining(said), advice: expect.any(String)},
	]);
	await slack.close();
});

it('says what is missing, and that Slack cannot be reached', async () => {
	expect(await examine(slackAt(await closedPort()), {})).toMatchObject([{status: 'critical', advice: 'export SLACK_BOT_TOKEN=…'}]);
	expect(await examine(slackAt(await closedPort()))).toMatchObject([{status: 'critical', text: expect.stringContaining('Slack')}]);
	const limited = await loopback((_request, response) => json(response, {ok: false}, {status: 429, headers: {'retry-after': '7'}}));
	expect(await examine(slackAt(limited))).toMatchObject([{status: 'warning', text: expect.stringContaining('wait 7 s')}]);
});

it('tries neither a webhook nor a command, and says so', async () => {
	const webhook = {slack: {webhook: 'env:HOOK'}};
	expect(await examine(webhook, {HOOK: 'https://hooks.slack.com/services/T/B/secret'})).toMatchObject([
		{status: 'ok', text: expect.stringContaining('not tested')},
	]);
	expect(await examine(webhook, {HOOK: 'nonsense'})).toMatchObject([{status: 'critical', text: 'env:HOOK holds no address of a webhook'}]);
	expect(await examine({command: ['bin/announce']})).toMatchObject([{status: 'ok', text: expect.stringContaining('bin/announce')}]);
	expect(await examine(undefined)).toEqual([]);
});
