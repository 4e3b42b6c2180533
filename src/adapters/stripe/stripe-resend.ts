/** Sending a webhook's event again through Stripe's own CLI: neither the API nor the SDK can. */
import {clockTimeOf, dayOf} from '../../base/times.ts';
import type {Act} from '../../round/outside/act.ts';
import type {CommandRunner} from '../../ports/commands.ts';
import type {StuckWebhook, WebhookEndpoint} from '../../ports/payment-source.ts';
import type {Clock} from '../../ports/clock.ts';
import {type CommandSender, sendCommand} from '../programs/send-command.ts';

export interface ResendOptions {
	readonly commands: CommandRunner;
	readonly clock: Clock;
	/** The CLI and what always is behind it; `stripe` by default. */
	readonly cli?: readonly string[];
	/** Where it runs. */
	readonly cwd?: string;
}

/** Stripe takes an event again for this long. */
const oldestMs = 30 * 86_400_000;

const failures: CommandSender['failures'] = [
	{
		pattern: /stripe login|not configured|no api key|api[_ ]key.*(expired|missing)|have not configured/i,
		message: 'the Stripe CLI is not logged in',
		advice: 'stripe login (or export STRIPE_API_KEY=…). The key needs write access to Events.',
	},
	{
		pattern: /permission|\b403\b/i,
		message: 'the key of the Stripe CLI may not resend events',
		advice: 'Run `stripe login` with a user that may write Events. Until then press o to open the event in the Dashboard.',
	},
	{pattern: /rate.?limit|\b429\b/i, message: 'Stripe limits the number of requests', advice: 'Wait a moment, then send it again'},
	{
		pattern: /no such (event|webhook)|resource_missing|\b404\b/i,
		message: 'Stripe does not have this event or endpoint',
		advice: 'Press R to read the payments again',
	},
];

/** What can be done to a webhook that did not arrive. */
export function createResendActs({commands, clock, cli = ['stripe'], cwd}: ResendOptions) {
	return (
		webhook: StuckWebhook,
		{live, endpoints}: {readonly live: boolean; readonly endpoints: readonly WebhookEndpoint[]},
	): readonly Act[] => {
		const {id, type, createdAt} = webhook;
		const enabled = endpoints.filter((endpoint) => endpoint.enabled);
		const refusal =
			clock.now() - createdAt > oldestMs
				? `Stripe resends events of the last 30 days. This event is of ${dayOf(createdAt)}`
				: enabled.length === 0
					? 'no endpoint is switched on that it could be sent to'
					: undefined;
		return [
			{
				id: `stripe-resend:${id}`,
				title: 'resend',
				about: `Stripe: ${type} of ${clockTimeOf(createdAt)} is delivered to an endpoint once more`,
				...(refusal === undefined ? {} : {refusal}),
				prepare: async () => ({
					fields: [
						{
							id: 'endpoint',
							label: 'endpoint',
							value: '',
							choices: enabled.map((one) => ({value: one.id, label: `${one.endpoint}  ${one.id}`})),
							hint: 'Stripe does not say which one failed',
						},
					],
				}),
				write({endpoint = ''}) {
					const to = enabled.find((one) => one.id === endpoint);
					if (!to) return {problem: 'choose the endpoint it is sent to', field: 'endpoint'};
					const sent = {
						kind: 'command' as const,
						argv: [...cli, 'events', 'resend', id, `--webhook-endpoint=${to.id}`, ...(live ? ['--live'] : [])],
					};
					return {
						id: `stripe-resend:${id}`,
						system: 'Stripe',
						title: `resend ${type} to ${to.endpoint}`,
						sent,
						run: () =>
							sendCommand(
								sent,
								{
									commands,
									failures,
									install: 'Install the Stripe CLI (docs.stripe.com/stripe-cli), then stripe login',
									...(cwd === undefined ? {} : {cwd}),
								},
								() => ({state: 'done', text: `${id} is sent to ${to.endpoint} once more`}),
							),
					};
				},
			},
		];
	};
}
