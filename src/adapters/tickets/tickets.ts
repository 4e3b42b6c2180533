/** Tickets: the form that is the same everywhere, over the one system that the service names. */
import type {Act, Prepared} from '../../round/outside/act.ts';
import {type TicketContext, ticketDraft, ticketFields, ticketOf, type TicketRequest} from '../../outside/ticket/ticket.ts';
import type {TicketsConfig} from '../../service/service.ts';
import type {CommandRunner} from '../../ports/commands.ts';
import type {Clock} from '../../ports/clock.ts';
import {SourceError} from '../../base/source-error.ts';
import type {Secrets} from '../machine/secrets.ts';
import type {TicketSystem} from '../../outside/ticket/ticket-system.ts';
import {commandTickets} from './tickets-command.ts';
import {githubTickets} from '../github/tickets-github.ts';
import {jiraTickets} from '../jira/tickets-jira.ts';

export interface TicketOptions {
	readonly config: TicketsConfig | undefined;
	readonly commands: CommandRunner;
	readonly secrets: Secrets;
	readonly clock: Clock;
	/** Where the team's own commands run; the directory of rounds.yaml. */
	readonly directory: string;
	readonly timeoutMs?: number;
}

/** The tracker that the configuration names; undefined where it names none. */
export function ticketSystem({config, ...world}: TicketOptions): TicketSystem | undefined {
	if (config?.github) return githubTickets(config.github, world);
	if (config?.jira) return jiraTickets(config.jira, world);
	if (config?.command) return commandTickets({command: config.command, find: config.find}, world);
	return undefined;
}

/** Writing a ticket as something to do: what exists is looked for first, then the form, then the write. */
export function createTicketAct(system: TicketSystem | undefined, context: () => TicketContext): (request: TicketRequest) => Act {
	return (request) => {
		const id = `ticket:${request.step}:${request.subject}`;
		const draft = ticketDraft(request, context());
		const about = `${system?.name ?? 'tickets'}: ${draft.shortDescription}`;
		if (!system) {
			const refusal = 'no tracker is configured: set tickets: {github: …}, {jira: …} or {command: …} under the service in rounds.yaml';
			return {id, title: 'ticket', about, refusal, write: () => ({problem: refusal})};
		}
		return {
			id,
			title: 'ticket',
			about,
			async prepare(signal): Promise<Prepared> {
				const fields = ticketFields(draft);
				if (!system.find) return {fields, notes: ['Existing tickets were not searched. Set find: next to command:.']};
				try {
					return {fields, existing: await system.find(draft, signal)};
				} catch (error) {
					if (!(error instanceof SourceError)) throw error;
					return {fields, notes: [`could not look for tickets that exist already: ${error.message}`]};
				}
			},
			write(values) {
				const ticket = ticketOf(values);
				if ('problem' in ticket) return ticket;
				return {id, system: system.name, title: `write a ticket: ${ticket.shortDescription}`, ...system.write(ticket)};
			},
		};
	};
}
