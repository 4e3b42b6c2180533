/** Announcements through an incoming webhook of Slack, whose address is the secret: it neither edits nor answers in a thread. */
import type {OutsideOutcome, SentRequest} from '../../round/outside/outside-write.ts';
import {readableJson} from '../../outside/readable-json.ts';
import type {Clock} from '../../ports/clock.ts';
import {hidden, redact} from '../../base/redact.ts';
import {SourceError} from '../../base/source-error.ts';
import {slackText} from './announce-slack.ts';
import {type AnnounceSystem, arrived} from '../../outside/announce/announce-system.ts';
import type {Credential} from '../machine/secrets.ts';
import {createSender} from '../http/send-request.ts';

export interface WebhookOptions {
	readonly credential: Credential;
	readonly clock: Clock;
	readonly timeoutMs?: number;
}

/** The address in the secret; a SourceError where it is none. */
export async function webhookAddress({value, name}: Credential): Promise<URL> {
	const address = await value();
	if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return new URL(address);
	throw new SourceError({
		source: 'Slack',
		kind: 'missing-credential',
		message: `${name} holds no address of a webhook`,
		advice: `It begins with https://hooks.slack.com/services/`,
	});
}

/** Posts, and nothing else. */
export function webhookAnnouncements({credential, clock, timeoutMs}: WebhookOptions): AnnounceSystem {
	const send = async (sent: SentRequest, done: () => OutsideOutcome): Promise<OutsideOutcome> => {
		let address: URL;
		try {
			address = await webhookAddress(credential);
		} catch (error) {
			if (!(error instanceof SourceError)) throw error;
			return {state: 'failed', text: error.message, ...(error.advice === undefined ? {} : {advice: error.advice})};
		}
		const sender = createSender({
			source: 'Slack',
			url: address.href,
			clock,
			permission: `The webhook of ${credential.name} may not post there any more: make a new one`,
			...(timeoutMs === undefined ? {} : {timeoutMs}),
		});
		const outcome = await sender.send({...sent, url: address.href}, done);
		// Its path is the secret.
		return outcome.state === 'done' ? outcome : {...outcome, text: redact(outcome.text, [address.href])};
	};
	return {
		name: () => 'Slack, by webhook',
		way: () => 'in Slack, by webhook',
		to: {id: 'to', label: 'to', value: 'webhook', choices: [{value: 'webhook', label: `the channel of the webhook in ${credential.name}`}]},
		note: ({original}) => (original ? 'A webhook can neither edit nor answer in a thread. This will be a separate message.' : undefined),
		write(message) {
			const {post} = message;
			const text = post.kind === 'update' ? `📟 Degraded service, update: ${post.text}` : post.text;
			const sent: SentRequest = {
				kind: 'request',
				method: 'POST',
				url: `${hidden} from ${credential.name}`,
				body: readableJson({text: slackText(text)}),
			};
			return {sent, run: () => send(sent, () => arrived(message, {}))};
		},
	};
}
