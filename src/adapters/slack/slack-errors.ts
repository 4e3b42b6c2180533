/** Slack refuses with HTTP 200 and a word: what each word means, and what to do. */
import * as z from 'zod';
import type {OutsideOutcome} from '../../round/outside/outside-write.ts';

/** What every answer of Slack's Web API has. */
export const slackAnswer = z.looseObject({ok: z.boolean(), error: z.string().optional(), needed: z.string().optional()});
type SlackAnswer = z.infer<typeof slackAnswer>;

export interface SlackContext {
	/** Where the token is: `env:SLACK_BOT_TOKEN`. */
	readonly credential: string;
	/** The channel that was asked for; absent where none was. */
	readonly channel?: string;
}

type Words = readonly [message: string, advice: string];

const tokenWords = ({credential}: SlackContext): Words => [
	`Slack does not accept the token from ${credential}`,
	`Check that ${credential} holds a bot token (xoxb-…) that has not been revoked`,
];

const gone = (): Words => ['Slack does not have the original message any more', 'Post it in the channel by hand'];

const table: Readonly<Record<string, (context: SlackContext, answer: SlackAnswer) => Words>> = {
	channel_not_found: ({channel = 'the channel'}) => [
		`Slack has no channel ${channel} that this bot can see`,
		'Check announce.slack.channel in rounds.yaml. A private channel needs the bot as a member: use /invite there.',
	],
	not_in_channel: ({channel = 'the channel'}) => [
		`the bot is not in ${channel}`,
		'In Slack, /invite it there, or give the app the scope chat:write.public',
	],
	is_archived: ({channel = 'the channel'}) => [`${channel} is archived`, 'Press e to go back to the form and name another channel'],
	invalid_auth: tokenWords,
	not_authed: tokenWords,
	account_inactive: tokenWords,
	token_revoked: tokenWords,
	token_expired: tokenWords,
	missing_scope: ({credential}, {needed = 'chat:write'}) => [
		`the token from ${credential} lacks the scope ${needed}`,
		'Add it to the app under OAuth & Permissions, then install the app again',
	],
	restricted_action: ({channel = 'the channel'}) => [
		`the workspace does not let this bot post to ${channel}`,
		'Ask whoever administers the workspace, or name another channel',
	],
	ratelimited: () => ['Slack takes about one message a second for a channel', 'Wait a moment, then send it again'],
	msg_too_long: () => ['the message is too long for Slack', 'Press e to go back and make the message shorter'],
	message_not_found: gone,
	thread_not_found: gone,
	cant_update_message: () => [
		'Slack allows only the author to change the original message',
		'The message was posted with another token. Post an update in its thread instead.',
	],
	edit_window_closed: () => [
		'the workspace does not let messages be changed after so long',
		'Write the end in the thread as an update, or change it by hand',
	],
};

/** After these no one knows whether it was done. */
const undecided: ReadonlySet<string> = new Set(['internal_error', 'fatal_error', 'service_unavailable']);

/** What Slack's word means, as a sentence and what to do. */
export function explainSlack(answer: SlackAnswer, context: SlackContext): Words {
	const {error = 'no reason given'} = answer;
	return table[error]?.(context, answer) ?? [`Slack refused: ${error}`, 'Look the word up at docs.slack.dev'];
}

/** The outcome of an answer that is no success. */
export function slackRefusal(answer: unknown, context: SlackContext): OutsideOutcome {
	const lookFirst = 'Look in Slack whether it arrived before sending it again';
	const parsed = slackAnswer.safeParse(answer).data;
	if (!parsed || parsed.ok) return {state: 'unsure', text: 'Slack answered something that is not its own', advice: lookFirst};
	const [text, advice] = explainSlack(parsed, context);
	if (undecided.has(parsed.error ?? '')) return {state: 'unsure', text: `Slack failed: ${parsed.error}`, advice: lookFirst};
	return {state: 'failed', text, advice};
}
