import {expect, describe, it} from 'vitest';
import {announceSystem, createAnnounceActs} from '../../../src/adapters/announcements/announcements.ts';
import {createSecrets} from '../../../src/adapters/machine/secrets.ts';
import {service, type AnnounceConfig} from '../../../src/service/service.ts';
import {startSlack} from '../../../src/demo/slack/slack-server.ts';
import type {Announced} from '../../../src/round/incident/announced.ts';
import type {AnnouncementRequest} from '../../../src/round/incident/incident-message.ts';
import {sentLines, type OutsideOutcome, type OutsideWrite} from '../../../src/round/outside/outside-write.ts';
import type {CommandResult, CommandRunner} from '../../../src/ports/commands.ts';
import {running} from '../../demo/clock.ts';
import {closedPort, fixedClock, json, loopback, never, pathOf} from '../loopback.ts';

const now = Date.parse('2026-11-20T08:41:00Z');
const botToken = 'xoxb-very-secret-1234567890';
const proposal = {from: '08:31', userImpact: 'nobody <b> can pay & leave', what: 'api is killed', communicationsOwner: 'alice'};
const text =
	'📟 Degraded service\nFrom: 08:31\nUser impact: nobody <b> can pay & leave\nWhat: api is killed\nCommunications owner: alice\nInvestigation in progress.';
const escaped = text.replace('<b>', '&lt;b&gt;').replace('& leave', '&amp; leave');
const request: AnnouncementRequest = {step: 'pods', about: {investigation: 'pods'}, proposal};
const noCommands: CommandRunner = {run: () => Promise.reject(new Error('no command expected'))};

interface Make {
	readonly commands?: CommandRunner;
	readonly timeoutMs?: number;
	readonly env?: Readonly<Record<string, string>>;
}

const configOf = (announce: unknown): AnnounceConfig | undefined =>
	service.parse({name: 'checkout', owner: 'payments', announce, environments: [{name: 'production'}]}).announce;

function actsOf(announce: unknown, {commands = noCommands, timeoutMs = 5000, env = {}}: Make = {}) {
	const secrets = createSecrets({env: {SLACK_BOT_TOKEN: botToken, ...env}, run: commands, baseDirectory: '/'});
	const clock = fixedClock(now);
	const names = {service: 'checkout', environment: 'production'};
	const system = announceSystem({config: configOf(announce), ...names, commands, secrets, clock, directory: '/team', timeoutMs});
	return createAnnounceActs({system, clock, timeZone: 'UTC'});
}

/** The write of the act of that title, its form filled as proposed but for what is given. */
async function writeOf(
	acts: ReturnType<typeof actsOf>,
	{
		title = 'announce',
		of = request,
		more = {},
	}: {readonly title?: string; readonly of?: AnnouncementRequest; readonly more?: Readonly<Record<string, string>>} = {},
): Promise<OutsideWrite> {
	const act = acts(of).find((one) => one.title === title);
	const fields = (await act?.prepare?.(never))?.fields ?? [];
	const write = act?.write({...Object.fromEntries(fields.map(({id, value}) => [id, value])), ...more});
	if (!write || 'problem' in write) throw new Error(write?.problem ?? `no act ${title}`);
	return write;
}

/** What was announced, as the round keeps it. */
function announcedBy(outcome: OutsideOutcome, system = 'Slack #checkout'): Announced {
	if (outcome.state !== 'done' || !outcome.post) throw new Error(`not announced: ${outcome.text}`);
	return {original: {at: now, operator: 'alice', system, step: 'pods', post: outcome.post}, updates: []};
}

const slackAt = (url: string, channel = '#checkout') => ({slack: {channel, token: 'env:SLACK_BOT_TOKEN', url: `${url}/api`}});

interface History {
	readonly ok: boolean;
	readonly messages: readonly {readonly ts: string; readonly text: string; readonly thread_ts?: string; readonly edited?: object}[];
}

/** The demo's Slack, with what is in a channel or a thread. */
async function workspace(options: {readonly token?: string; readonly scopes?: readonly string[]} = {}) {
	const {token = botToken, scopes} = options;
	const server = await running((world) => startSlack(world, {token, ...(scopes ? {scopes} : {})}));
	const read = async (method: string): Promise<History> => {
		const answer = await fetch(`${server.url}/api/${method}`, {headers: {authorization: `Bearer ${token}`}});
		return (await answer.json()) as History;
	};
	return {
		...server,
		history: () => read('conversations.history?channel=checkout'),
		thread: (ts: string) => read(`conversations.replies?channel=checkout&ts=${ts}`),
	};
}

describe('Slack with a bot’s token', () => {
	it('posts what was shown, answers in the thread, and edits the original when it is over', async () => {
		const slack = await workspace();
		const acts = actsOf(slackAt(slack.url));
		const write = await writeOf(acts);
		expect(write).toMatchObject({id: 'announce:pods:investigation:pods', system: 'Slack #checkout', message: text});
		const lines = sentLines(write.sent);
		expect(lines.slice(0, 2)).toEqual([`POST ${slack.url}/api/chat.postMessage`, 'authorization: Bearer ••• from env:SLACK_BOT_TOKEN']);
		const body = write.sent.kind === 'request' ? JSON.parse(write.sent.body ?? '') : undefined;
		expect(body).toEqual({channel: '#checkout', text: escaped, mrkdwn: false});
		expect(lines.join('\n')).not.toContain(botToken);

		const outcome = await write.run();
		const [message] = (await slack.history()).messages;
		expect(message?.text).toBe(escaped);
		const url = `https://example.slack.com/archives/`;
		expect(outcome).toMatchObject({
			state: 'done',
			text: expect.stringContaining(`announced: ${url}`),
			post: {
				kind: 'announcement',
				investigation: 'pods',
				text,
				ts: message?.ts,
				channel: expect.stringMatching(/^C/),
				url: expect.stringContaining(url),
			},
		});
		const announced = announcedBy(outcome);
		const of = {...request, announced};
		expect(acts(of).map(({title}) => title)).toEqual(['update', 'resolved']);

		const update = await writeOf(acts, {title: 'update', of, more: {text: 'rolled back & watching'}});
		expect(update.notes).toEqual(['answers in the thread of the original message']);
		expect(await update.run()).toMatchObject({state: 'done', post: {kind: 'update', investigation: 'pods'}});
		expect((await slack.thread(message?.ts ?? '')).messages.map((one) => one.text)).toEqual([escaped, 'rolled back &amp; watching']);

		const resolved = await writeOf(acts, {title: 'resolved', of});
		expect(resolved).toMatchObject({system: 'Slack #checkout', notes: ['changes the original message']});
		expect(sentLines(resolved.sent)[0]).toBe(`POST ${slack.url}/api/chat.update`);
		expect(await resolved.run()).toMatchObject({state: 'done', text: expect.stringContaining('marked as resolved')});
		const history = (await slack.history()).messages;
		expect(history).toHaveLength(1);
		expect(history[0]).toMatchObject({
			ts: message?.ts,
			text: `${escaped}\n✅ Resolved\nUntil: 2026-11-20 08:41 +00:00`,
			edited: expect.any(Object),
		});
		const over = {...of, announced: {...announced, resolved: announced.original}};
		expect(acts(over).map(({title}) => title)).toEqual(['update', 'resolved', 'announce again']);
		await slack.close();
	});

	it.each([
		['#nowhere', {}, 'Slack has no channel #nowhere that this bot can see'],
		['#incidents', {}, 'the bot is not in #incidents'],
		['#checkout-2024', {}, '#checkout-2024 is archived'],
		['#checkout', {token: 'xoxb-another'}, 'Slack does not accept the token from env:SLACK_BOT_TOKEN'],
		['#checkout', {scopes: ['channels:history']}, 'the token from env:SLACK_BOT_TOKEN lacks the scope chat:write'],
	])('explains what Slack refuses in %s with %j', async (channel, options, said) => {
		const slack = await workspace(options);
		const outcome = await (await writeOf(actsOf(slackAt(slack.url, channel)))).run();
		expect(outcome).toMatchObject({state: 'failed', text: said, advice: expect.any(String)});
		expect((await slack.history()).messages ?? []).toEqual([]);
		await slack.close();
	});

	it('says how long to wait where there were too many', async () => {
		const slack = await workspace();
		const acts = actsOf(slackAt(slack.url));
		const write = await writeOf(acts);
		for (let times = 0; times < 4; times++) {
			// oxlint-disable-next-line no-await-in-loop -- one after the other
			expect(await write.run()).toMatchObject({state: 'done'});
		}
		expect(await write.run()).toMatchObject({
			state: 'failed',
			text: expect.stringMatching(/limits the number of requests \(429\); it asks to wait \d+ s/),
		});
		slack.clock.forward(4000);
		expect(await write.run()).toMatchObject({state: 'done'});
		await slack.close();
	});

	it.each([
		[{ok: false, error: 'ratelimited'}, 'failed', 'about one message a second'],
		[{ok: false, error: 'fatal_error'}, 'unsure', 'Slack failed: fatal_error'],
		[{ok: false, error: 'never_heard_of'}, 'failed', 'Slack refused: never_heard_of'],
		[{ok: false}, 'failed', 'no reason given'],
		[{ok: true}, 'unsure', 'not its own'],
		['<html>log in</html>', 'unsure', 'not its own'],
	] as const)('tells what %j means', async (answer, state, said) => {
		const url = await loopback((_request, response) => json(response, answer));
		expect(await (await writeOf(actsOf(slackAt(url)))).run()).toMatchObject({state, text: expect.stringContaining(said)});
	});

	it.each([
		[{ok: false, error: 'message_not_found'}, 'Slack does not have the original message any more'],
		[{ok: false, error: 'cant_update_message'}, 'Slack allows only the author to change the original message'],
		[{ok: false, error: 'edit_window_closed'}, 'the workspace does not let messages be changed after so long'],
	])('tells why the original cannot be edited: %j', async (answer, said) => {
		const url = await loopback((_request, response) => json(response, answer));
		const announced = announcedBy({state: 'done', text: '', post: {kind: 'announcement', text, channel: 'C1', ts: '1.2'}});
		const write = await writeOf(actsOf(slackAt(url)), {title: 'resolved', of: {...request, announced}});
		expect(await write.run()).toMatchObject({state: 'failed', text: said});
	});

	it.each([500, 503])('is unsure after %s', async (status) => {
		const url = await loopback((_request, response) => json(response, {ok: false}, {status}));
		expect(await (await writeOf(actsOf(slackAt(url)))).run()).toMatchObject({state: 'unsure'});
	});

	it('is unsure where no answer comes, certain where no one listens', async () => {
		const url = await loopback(() => {});
		expect(await (await writeOf(actsOf(slackAt(url), {timeoutMs: 50}))).run()).toMatchObject({state: 'unsure'});
		expect(await (await writeOf(actsOf(slackAt(await closedPort())))).run()).toMatchObject({state: 'failed'});
	});

	it('calls it announced also where Slack gives no link', async () => {
		const url = await loopback((incoming, response) =>
			pathOf(incoming).endsWith('chat.postMessage')
				? json(response, {ok: true, channel: 'C1', ts: '1.2'})
				: json(response, {ok: false}, {status: 500}),
		);
		const outcome = await (await writeOf(actsOf(slackAt(url)))).run();
		expect(outcome).toMatchObject({state: 'done', text: 'announced', post: {channel: 'C1', ts: '1.2'}});
	});

	it('says what to export where the token is missing', async () => {
		const url = await closedPort();
		const acts = actsOf({slack: {channel: '#checkout', token: 'env:NO_TOKEN', url}});
		expect(await (await writeOf(acts)).run()).toMatchObject({state: 'failed', advice: 'export NO_TOKEN=…'});
	});
});

describe('an incoming webhook', () => {
	const config = {slack: {webhook: 'env:SLACK_WEBHOOK'}};
	const path = '/services/T0/B0/verysecretpath';

	async function hook(status = 200, answer = 'ok') {
		const bodies: string[] = [];
		const url = await loopback((incoming, response) => {
			let body = '';
			incoming.on('data', (chunk: Buffer) => {
				body += chunk.toString();
			});
			incoming.on('end', () => {
				bodies.push(`${incoming.url} ${body}`);
				response.writeHead(status, {'content-type': 'text/html'});
				response.end(answer);
			});
		});
		return {bodies, acts: actsOf(config, {env: {SLACK_WEBHOOK: `${url}${path}`}})};
	}

	it('posts, never shows its address, and says that it neither edits nor answers in a thread', async () => {
		const {acts, bodies} = await hook();
		const write = await writeOf(acts);
		expect(sentLines(write.sent)[0]).toBe('POST ••• from env:SLACK_WEBHOOK');
		expect(sentLines(write.sent).join('\n')).not.toContain('verysecret');
		const outcome = await write.run();
		expect(outcome).toEqual({state: 'done', text: 'announced', post: {kind: 'announcement', investigation: 'pods', text}});
		expect(bodies).toEqual([`${path} ${write.sent.kind === 'request' ? write.sent.body : ''}`]);

		const of = {...request, announced: announcedBy(outcome, 'Slack, by webhook')};
		const resolved = await writeOf(acts, {title: 'resolved', of});
		expect(resolved.notes).toEqual(['A webhook can neither edit nor answer in a thread. This will be a separate message.']);
		expect(await resolved.run()).toMatchObject({state: 'done'});
		expect(JSON.parse(bodies[1]?.slice(path.length + 1) ?? '')).toEqual({text: `${escaped}\n✅ Resolved\nUntil: 2026-11-20 08:41 +00:00`});
		await (await writeOf(acts, {title: 'update', of, more: {text: 'rolled back'}})).run();
		expect(JSON.parse(bodies[2]?.slice(path.length + 1) ?? '')).toEqual({text: '📟 Degraded service, update: rolled back'});
	});

	it.each([
		[404, 'no_service', 'failed'],
		[403, 'action_prohibited', 'failed'],
		[410, 'channel_is_archived', 'failed'],
		[429, '', 'failed'],
		[500, 'rollup_error', 'unsure'],
	])('tells %s without its address', async (status, answer, state) => {
		const {acts} = await hook(status, answer);
		const outcome = await (await writeOf(acts)).run();
		expect(outcome).toMatchObject({state, text: expect.stringContaining(String(status))});
		expect(JSON.stringify(outcome)).not.toContain('verysecret');
	});

	it('says where the address should be', async () => {
		const acts = actsOf(config, {env: {SLACK_WEBHOOK: 'hooks.slack.com'}});
		expect(await (await writeOf(acts)).run()).toMatchObject({state: 'failed', text: 'env:SLACK_WEBHOOK holds no address of a webhook'});
	});
});

describe('the team’s own command', () => {
	function fake(answer: Partial<CommandResult>) {
		const calls: {readonly argv: readonly string[]; readonly input: string | undefined; readonly cwd: string | undefined}[] = [];
		const commands: CommandRunner = {
			async run(argv, {input, cwd}) {
				calls.push({argv, input, cwd});
				return {exitCode: 0, stdout: '', stderr: '', durationMs: 1, ...answer};
			},
		};
		return {calls, acts: actsOf({command: ['bin/announce', '--loud']}, {commands})};
	}

	it('gets each message as JSON of its kind, and prints where it is', async () => {
		const {calls, acts} = fake({stdout: 'told: https://chat.example.com/1\n'});
		const write = await writeOf(acts);
		const outcome = await write.run();
		expect(outcome).toMatchObject({
			state: 'done',
			text: 'announced: https://chat.example.com/1',
			post: {url: 'https://chat.example.com/1'},
		});
		expect(calls[0]).toMatchObject({
			argv: ['bin/announce', '--loud'],
			cwd: '/team',
			input: write.sent.kind === 'command' ? write.sent.input : '',
		});
		expect(JSON.parse(calls[0]?.input ?? '')).toEqual({
			kind: 'announcement',
			service: 'checkout',
			environment: 'production',
			text,
			...proposal,
		});

		const of = {...request, announced: announcedBy(outcome, 'the team’s own command')};
		await (await writeOf(acts, {title: 'resolved', of, more: {until: '09:12'}})).run();
		expect(JSON.parse(calls[1]?.input ?? '')).toEqual({
			kind: 'resolved',
			service: 'checkout',
			environment: 'production',
			text: `${text}\n✅ Resolved\nUntil: 09:12`,
			until: '09:12',
			announced: {at: '2026-11-20T08:41:00.000Z', text, url: 'https://chat.example.com/1'},
		});
		await (await writeOf(acts, {title: 'update', of, more: {text: 'rolled back'}})).run();
		expect(JSON.parse(calls[2]?.input ?? '')).toMatchObject({kind: 'update', text: 'rolled back'});
	});

	it('tells what went wrong', async () => {
		const {acts} = fake({exitCode: 3, stderr: 'no route\n'});
		expect(await (await writeOf(acts)).run()).toMatchObject({state: 'failed', text: 'bin/announce ended with exit code 3: no route'});
	});
});

describe('nothing configured', () => {
	it('is no dead end: it is written, copied, and noted once a person has posted it', async () => {
		const acts = actsOf(undefined);
		const write = await writeOf(acts);
		expect(sentLines(write.sent).join('\n')).toBe(text);
		expect(write).toMatchObject({title: 'announce by hand', system: 'by hand'});
		expect(write.notes?.[0]).toContain('set announce: {slack:');
		const outcome = await write.run();
		expect(outcome).toEqual({state: 'done', text: 'noted as posted by hand', post: {kind: 'announcement', investigation: 'pods', text}});
		const of = {...request, announced: announcedBy(outcome, 'by hand')};
		const resolved = await writeOf(acts, {title: 'resolved', of, more: {until: '09:12'}});
		expect(sentLines(resolved.sent).join('\n')).toBe(`${text}\n✅ Resolved\nUntil: 09:12`);
	});
});

it('asks for what is missing before it shows anything', () => {
	const [act] = actsOf(undefined)({...request, proposal: {...proposal, userImpact: ''}});
	expect(act?.write({...proposal, userImpact: '', to: 'x'})).toMatchObject({field: 'userImpact'});
	expect(act?.write({...proposal, to: ' '})).toMatchObject({field: 'to'});
});

it('is configured in one of three ways', () => {
	const parse = (announce: unknown) =>
		service.safeParse({name: 'a', owner: 'b', announce, environments: [{name: 'production'}]}).error?.issues[0]?.message;
	expect(parse({})).toBe('slack or command, one of the two');
	expect(parse({command: ['x'], slack: {webhook: 'env:X'}})).toBe('slack or command, one of the two');
	expect(parse({slack: {channel: '#a'}})).toBeDefined();
	expect(parse({slack: {channel: '#a', token: 'xoxb-in-the-file'}})).toBeDefined();
	expect(parse({slack: {channel: '#a', token: 'env:X'}})).toBeUndefined();
});
