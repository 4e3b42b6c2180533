/** Announcements through Slack's Web API with a bot's token: the message, its thread, and the edit that ends it. */
import * as z from 'zod';
import type {AnnounceConfig} from '../../service/service.ts';
import type {Message} from '../../round/incident/incident-message.ts';
import type {OutsideOutcome, SentRequest} from '../../round/outside/outside-write.ts';
import type {Clock} from '../../ports/clock.ts';
import {SourceError} from '../../base/source-error.ts';
import {type AnnounceSystem, arrived} from '../../outside/announce/announce-system.ts';
import {createJsonClient} from '../http/request.ts';
import type {Credential} from '../machine/secrets.ts';
import {createSender} from '../http/send-request.ts';
import {slackAnswer, slackRefusal} from './slack-errors.ts';

const posted = slackAnswer.extend({ok: z.literal(true), channel: z.string(), ts: z.string()});
const linked = z.object({permalink: z.url()});

/** For the link alone no one waits longer. */
const linkTimeoutMs = 3000;

/** Slack's own three characters: unescaped they would make links and mentions. */
export const slackText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export interface SlackOptions {
	readonly config: Extract<NonNullable<AnnounceConfig['slack']>, {readonly channel: string}>;
	readonly credential: Credential;
	readonly clock: Clock;
	readonly timeoutMs?: number;
}

/** Posts, answers in the thread, and edits. */
export function slackAnnouncements({config, credential, clock, timeoutMs = 10_000}: SlackOptions): AnnounceSystem {
	const common = {
		source: 'Slack',
		url: config.url,
		clock,
		credential,
		permission: `The bot of ${credential.name} needs the scope chat:write`,
	};
	const sender = createSender({...common, timeoutMs});
	const client = createJsonClient({...common, timeoutMs: Math.min(timeoutMs, linkTimeoutMs)});

	const requestOf = ({post, to, original}: Message): SentRequest => {
		const text = slackText(post.text);
		const {channel, ts} = original?.post ?? {};
		if (channel === undefined || ts === undefined) return sender.request('POST', 'chat.postMessage', {channel: to, text, mrkdwn: false});
		if (post.kind === 'resolved') return sender.request('POST', 'chat.update', {channel, ts, text, parse: 'none'});
		return sender.request('POST', 'chat.postMessage', {channel, thread_ts: ts, text, mrkdwn: false});
	};

	/** Its address for people; that it could not be had is no reason to call the message not sent. */
	const linkOf = async (channel: string, ts: string): Promise<string | undefined> => {
		const query = [
			['channel', channel],
			['message_ts', ts],
		] as const;
		try {
			return (await client.get('chat.getPermalink', {query, schema: linked, signal: AbortSignal.timeout(linkTimeoutMs)})).data.permalink;
		} catch (error) {
			if (error instanceof SourceError || (error instanceof Error && error.name === 'TimeoutError')) return undefined;
			throw error;
		}
	};

	return {
		name: (to) => `Slack ${to}`,
		way: (to) => `in Slack ${to}`,
		to: {id: 'to', label: 'to', value: config.channel, hint: 'Name or id of the channel. The bot must be a member.'},
		note({post, original}) {
			if (!original) return undefined;
			if (original.post.ts === undefined) return 'The announcement was not sent by this bot. This will be a separate message.';
			return post.kind === 'resolved' ? 'changes the original message' : 'answers in the thread of the original message';
		},
		write(message) {
			const sent = requestOf(message);
			return {
				sent,
				async run() {
					let place: {readonly channel: string; readonly ts: string} | undefined;
					const outcome = await sender.send(sent, (answer): OutsideOutcome => {
						place = posted.safeParse(answer).data;
						return place
							? {state: 'done', text: ''}
							: slackRefusal(answer, {credential: credential.name, channel: message.original?.post.channel ?? message.to});
					});
					if (!place) return outcome;
					const {channel, ts} = place;
					const url = await linkOf(channel, ts);
					return arrived(message, {channel, ts, ...(url === undefined ? {} : {url})});
				},
			};
		},
	};
}
