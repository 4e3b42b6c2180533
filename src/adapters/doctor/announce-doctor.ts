/** Tries the place for announcements as far as that posts nothing. */
import type {AnnounceConfig} from '../../service/service.ts';
import type {DoctorLine} from '../../ports/doctor-line.ts';
import type {Clock} from '../../ports/clock.ts';
import type {SlackOptions} from '../slack/announce-slack.ts';
import {webhookAddress} from '../slack/announce-webhook.ts';
import {attempt} from './source-doctor.ts';
import {createJsonClient} from '../http/request.ts';
import type {Credential, Secrets} from '../machine/secrets.ts';
import {explainSlack, slackAnswer} from '../slack/slack-errors.ts';

export interface AnnounceDoctorOptions {
	readonly config: AnnounceConfig | undefined;
	readonly secrets: Secrets;
	readonly clock: Clock;
	readonly signal: AbortSignal;
}

const subject = 'Announcing';

async function probeSlack(
	{url, channel}: SlackOptions['config'],
	credential: Credential,
	{clock, signal}: AnnounceDoctorOptions,
): Promise<DoctorLine> {
	const client = createJsonClient({source: 'Slack', url, clock, credential, permission: 'The bot needs the scope chat:write'});
	const {data, headers} = await client.get('auth.test', {schema: slackAnswer, signal});
	if (!data.ok) {
		const [text, advice] = explainSlack(data, {credential: credential.name});
		return {subject, status: 'critical', text, advice};
	}
	const granted = headers.get('x-oauth-scopes')?.split(/\s*,\s*/);
	if (granted && !granted.includes('chat:write')) {
		const [text, advice] = explainSlack({ok: false, error: 'missing_scope'}, {credential: credential.name});
		return {subject, status: 'critical', text, advice};
	}
	const who = [data['user'], data['team']].filter((one) => typeof one === 'string').join(' in ');
	return {subject, status: 'ok', text: `Slack knows the bot ${who}. Not tested: posting to ${channel}, as that would send a message`};
}

async function probe(options: AnnounceDoctorOptions): Promise<readonly DoctorLine[]> {
	const {config, secrets} = options;
	if (config?.command) {
		const [program = ''] = config.command;
		return [{subject, status: 'ok', text: `${program} of announce.command is not tried: it would announce`}];
	}
	if (!config?.slack) return [];
	if ('webhook' in config.slack) {
		await webhookAddress(secrets.credential(config.slack.webhook, 'Slack'));
		return [{subject, status: 'ok', text: 'The webhook address is set. It was not tested, as that would post a message.'}];
	}
	return [await probeSlack(config.slack, secrets.credential(config.slack.token, 'Slack'), options)];
}

/** One line where announcing is configured; none throws, and nothing is posted. */
export function announceDoctor(options: AnnounceDoctorOptions): Promise<readonly DoctorLine[]> {
	return attempt({subject, run: () => probe(options)}, options);
}
