/** Slack's Web API as far as announcing goes; what is wrong comes as HTTP 200 with `ok: false`, and 429 with Retry-After. */
import type {ServerResponse} from 'node:http';
import {withFaults} from '../kit/faults.ts';
import {sendJson, startServer, type DemoRequest, type Handler} from '../kit/http-server.ts';
import type {DemoServer, World} from '../kit/world.ts';
import {type Channel, findChannel, type SlackMessage, workspaceChannels} from './channels.ts';

type Answer =
	| {readonly ok: true; readonly [name: string]: unknown}
	| {readonly ok: false; readonly error: string; readonly needed?: string};
type Arguments = Readonly<Record<string, string>>;

const refused = (error: string): Answer => ({ok: false, error});

/** What each method needs of the token. */
const scopes: Readonly<Record<string, string | undefined>> = {
	'chat.postMessage': 'chat:write',
	'chat.update': 'chat:write',
	'conversations.history': 'channels:history',
	'conversations.replies': 'channels:history',
};

/** A channel takes about one message a second, and a few at once. */
const burst = 4;
const secondMs = 1000;

/** The arguments of a call: in the address, as a form or as JSON. */
async function argumentsOf(request: DemoRequest): Promise<Arguments> {
	const body = await request.body();
	const json = (request.headers['content-type'] ?? '').startsWith('application/json');
	const posted: object = body === '' ? {} : json ? (JSON.parse(body) as object) : Object.fromEntries(new URLSearchParams(body));
	const all = {...Object.fromEntries(request.query), ...posted};
	return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]));
}

const shown = ({ts, text, threadTs, editedTs}: SlackMessage) => ({
	type: 'message',
	ts,
	text,
	...(threadTs === undefined ? {} : {thread_ts: threadTs}),
	...(editedTs === undefined ? {} : {edited: {ts: editedTs}}),
});

/** The workspace: each method as a function of its arguments. */
function createWorkspace(world: World) {
	const channels = workspaceChannels(world.seed);
	let last = 0;
	/** Seconds with six digits behind them, unlike any other's. */
	const nextTs = (): string => {
		last = Math.max(last + 1, Math.floor(world.clock.now() * 1000));
		return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`;
	};

	const writable = (named: string | undefined): Channel | string => {
		const channel = named === undefined ? undefined : findChannel(channels, named);
		if (!channel) return 'channel_not_found';
		if (channel.archived) return 'is_archived';
		return channel.joined ? channel : 'not_in_channel';
	};

	const post = ({channel: named, text = '', thread_ts: threadTs}: Arguments): Answer => {
		const channel = writable(named);
		if (typeof channel === 'string') return refused(channel);
		if (text === '') return refused('no_text');
		if (text.length > 40_000) return refused('msg_too_long');
		if (threadTs !== undefined && !channel.messages.some(({ts}) => ts === threadTs)) return refused('thread_not_found');
		const message: SlackMessage = {ts: nextTs(), text, ...(threadTs === undefined ? {} : {threadTs})};
		channel.messages.push(message);
		return {ok: true, channel: channel.id, ts: message.ts, message: shown(message)};
	};

	const update = ({channel: named, ts, text = ''}: Arguments): Answer => {
		// Only by its id: a name is none to chat.update.
		const channel = channels.find(({id}) => id === named);
		if (!channel) return refused('channel_not_found');
		const at = channel.messages.findIndex((message) => message.ts === ts);
		const before = channel.messages[at];
		if (!before) return refused('message_not_found');
		if (text === '') return refused('no_text');
		if (text.length > 4000) return refused('msg_too_long');
		channel.messages[at] = {...before, text, editedTs: nextTs()};
		return {ok: true, channel: channel.id, ts: before.ts, text};
	};

	const permalink = ({channel: named, message_ts: ts = ''}: Arguments): Answer => {
		const channel = channels.find(({id}) => id === named);
		if (!channel) return refused('channel_not_found');
		if (!channel.messages.some((message) => message.ts === ts)) return refused('message_not_found');
		return {ok: true, channel: channel.id, permalink: `https://example.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`};
	};

	const messages = (named: string | undefined, accept: (message: SlackMessage) => boolean): Answer => {
		const channel = findChannel(channels, named ?? '');
		return channel ? {ok: true, messages: channel.messages.filter(accept).map(shown), has_more: false} : refused('channel_not_found');
	};

	const methods: Readonly<Record<string, (given: Arguments) => Answer>> = {
		'auth.test': () => ({
			ok: true,
			url: 'https://example.slack.com/',
			team: 'Example',
			user: 'rounds',
			team_id: 'T0EXAMPLE',
			user_id: 'U0ROUNDS',
			bot_id: 'B0ROUNDS',
			is_enterprise_install: false,
		}),
		'chat.postMessage': post,
		'chat.update': update,
		'chat.getPermalink': permalink,
		'conversations.history': ({channel}) => messages(channel, ({threadTs}) => threadTs === undefined),
		'conversations.replies': ({channel, ts}) => messages(channel, (message) => message.ts === ts || message.threadTs === ts),
	};

	const recent = new Map<string, readonly number[]>();
	/** Seconds to wait before one more message to that channel; undefined where it may go now. */
	const waitFor = (named: string): number | undefined => {
		const channel = findChannel(channels, named)?.id ?? named;
		const now = world.clock.now();
		const lately = (recent.get(channel) ?? []).filter((at) => now - at < burst * secondMs);
		recent.set(channel, [...lately, now].slice(-burst));
		return lately.length < burst ? undefined : Math.max(1, Math.ceil(((lately[0] ?? now) + burst * secondMs - now) / secondMs));
	};
	return {methods, waitFor};
}

/** Starts a workspace whose bot has the token; `scopes` are the token's, all that announcing needs by default. */
export function startSlack(
	world: World,
	{token, scopes: granted = ['chat:write', 'channels:history']}: {readonly token: string; readonly scopes?: readonly string[]},
): Promise<DemoServer> {
	const {methods, waitFor} = createWorkspace(world);
	const limited = (response: ServerResponse, seconds: number) =>
		sendJson(response, 429, {ok: false, error: 'ratelimited'}, {'Retry-After': String(seconds)});
	const answer = async (request: DemoRequest, response: ServerResponse): Promise<void> => {
		const method = request.path.replace(/^\/api\//, '');
		const run = methods[method];
		const headers = {'X-OAuth-Scopes': granted.join(',')};
		const authorization = request.headers.authorization ?? '';
		if (!run) return sendJson(response, 200, refused('unknown_method'));
		if (authorization === '') return sendJson(response, 200, refused('not_authed'));
		if (authorization !== `Bearer ${token}`) return sendJson(response, 200, refused('invalid_auth'));
		const needed = scopes[method];
		if (needed !== undefined && !granted.includes(needed)) {
			return sendJson(response, 200, {ok: false, error: 'missing_scope', needed, provided: granted.join(',')}, headers);
		}
		const given = await argumentsOf(request);
		const seconds = method === 'chat.postMessage' ? waitFor(given['channel'] ?? '') : undefined;
		if (seconds !== undefined) return limited(response, seconds);
		return sendJson(response, 200, run(given), headers);
	};
	const handler: Handler = withFaults({world, source: 'slack', handler: answer, limit: limited});
	return startServer(handler);
}
