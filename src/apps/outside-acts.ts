/** Everything that can be done to a row in another system, as far as the environment configures it. Nothing is sent here. */
import type {Environment, Service} from '../service/service.ts';
import type {AnnouncementRequest} from '../round/incident/incident-message.ts';
import type {Act} from '../round/outside/act.ts';
import type {RowTarget} from '../round/outside/target.ts';
import type {TicketRequest} from '../outside/ticket/ticket.ts';
import type {CommandRunner} from '../ports/commands.ts';
import type {Clock} from '../ports/clock.ts';
import {announceSystem, createAnnounceActs} from '../adapters/announcements/announcements.ts';
import {createSilenceActs} from '../adapters/alertmanager/alertmanager-silence.ts';
import type {Secrets} from '../adapters/machine/secrets.ts';
import {createSentryActs} from '../adapters/sentry/sentry-changes.ts';
import {createResendActs} from '../adapters/stripe/stripe-resend.ts';
import {createTicketAct, ticketSystem} from '../adapters/tickets/tickets.ts';

export interface OutsideActsOptions {
	readonly service: Service;
	readonly environment: Environment;
	readonly operator: string;
	readonly clock: Clock;
	readonly secrets: Secrets;
	readonly commands: CommandRunner;
	/** Where the team's own commands run; the directory of rounds.yaml. */
	readonly directory: string;
	/** For each answer over HTTP; 10 s by default. */
	readonly timeoutMs?: number;
}

export interface OutsideActs {
	/** What can be done to the row in its own system; none where it has none that can be written to. */
	readonly of: (target: RowTarget | undefined) => readonly Act[];
	readonly ticket: (request: TicketRequest) => Act;
	/** To announce; once that is done, to tell how it goes and that it is over. */
	readonly announce: (request: AnnouncementRequest) => readonly Act[];
}

/** Makes them from one environment of rounds.yaml. */
export function createOutsideActs(options: OutsideActsOptions): OutsideActs {
	const {service, environment, operator, clock, secrets, commands, directory} = options;
	const {sentry, alertmanager, stripe} = environment.sources;
	const common = {clock, ...(options.timeoutMs === undefined ? {} : {timeoutMs: options.timeoutMs})};
	const issueActs = sentry && createSentryActs({...common, ...sentry, credential: secrets.credential(sentry.token, 'Sentry')});
	const alertActs =
		alertmanager &&
		createSilenceActs({
			...common,
			url: alertmanager.url,
			operator,
			...(alertmanager.token === undefined ? {} : {credential: secrets.credential(alertmanager.token, 'Alertmanager')}),
		});
	const webhookActs = stripe && createResendActs({commands, clock, cwd: directory, ...(stripe.cli ? {cli: stripe.cli} : {})});
	const system = ticketSystem({config: service.tickets, commands, secrets, directory, ...common});
	const names = {service: service.name, environment: environment.name};
	return {
		of(target) {
			switch (target?.kind) {
				case 'issue':
					return issueActs?.(target.issue) ?? [];
				case 'alert':
					return alertActs?.(target.alert) ?? [];
				case 'webhook':
					return webhookActs?.(target.webhook, target) ?? [];
				default:
					return [];
			}
		},
		announce: createAnnounceActs({
			clock,
			system: announceSystem({...common, ...names, config: service.announce, commands, secrets, directory}),
		}),
		ticket: createTicketAct(system, () => ({
			...names,
			owner: service.owner,
			operator,
			now: clock.now(),
		})),
	};
}
