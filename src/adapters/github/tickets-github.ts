/** Tickets as issues of a GitHub repository, through `gh`, which brings its own log-in. */
import * as z from 'zod';
import type {SentCommand} from '../../round/outside/outside-write.ts';
import {priorityOfLabels} from '../../round/outside/priority.ts';
import {searchWords, ticketMarkdown} from '../../outside/ticket/ticket.ts';
import type {TicketsConfig} from '../../service/service.ts';
import type {CommandRunner} from '../../ports/commands.ts';
import {runJson, type ToolFailure} from '../programs/command-json.ts';
import {usualFailures} from './github-failures.ts';
import {sendCommand} from '../programs/send-command.ts';
import {type TicketSystem, writtenTicket} from '../../outside/ticket/ticket-system.ts';

const install = 'Install the GitHub CLI (gh), then gh auth login';
const issues = z.array(z.object({title: z.string(), url: z.string(), labels: z.array(z.object({name: z.string()})).optional()}));

function failuresOf(repository: string): readonly ToolFailure[] {
	return [
		...usualFailures,
		{
			pattern: /could not add label|label.*not found/i,
			kind: 'bad-request',
			message: `a label of tickets.github.labels does not exist in ${repository}`,
			advice: `Make it (gh label create …) or take it out of rounds.yaml`,
		},
		{
			pattern: /disabled issues|issues are disabled/i,
			kind: 'forbidden',
			message: `${repository} has its issues turned off`,
			advice: 'Name another repository under tickets.github',
		},
		{
			pattern: /HTTP 403|Resource not accessible|must have (write|triage)/i,
			kind: 'forbidden',
			message: `GitHub does not allow this on ${repository} (403)`,
			advice: 'The log-in needs the scope repo: gh auth refresh -s repo',
		},
		{
			pattern: /HTTP 404|Could not resolve to a Repository/i,
			kind: 'not-found',
			message: `GitHub has no ${repository}, or hides it from this log-in (404)`,
			advice: 'Check tickets.github.repository',
		},
		{
			pattern: /dial tcp|no such host|error connecting/i,
			kind: 'unreachable',
			message: 'GitHub cannot be reached',
			advice: 'Check the network and the VPN',
		},
	];
}

/** Finds and writes issues. */
export function githubTickets(
	{repository, labels}: NonNullable<TicketsConfig['github']>,
	{commands}: {readonly commands: CommandRunner},
): TicketSystem {
	const failures = failuresOf(repository);
	return {
		name: `GitHub ${repository}`,
		find: async (draft, signal) => {
			const words = searchWords(draft);
			if (words.length === 0) return [];
			const found = await runJson({
				source: 'GitHub',
				argv: [
					'gh',
					'issue',
					'list',
					'-R',
					repository,
					'--state',
					'open',
					'--limit',
					'5',
					'--json',
					'title,url,labels',
					'--search',
					`${words.join(' ')} in:title`,
				],
				schema: issues,
				commands,
				signal,
				install,
				failures,
			});
			return found.map(({title, url, labels: its = []}) => {
				const priority = priorityOfLabels(its.map(({name}) => name));
				return {title, url, ...(priority === undefined ? {} : {priority})};
			});
		},
		write(draft) {
			const sent: SentCommand = {
				kind: 'command',
				argv: [
					'gh',
					'issue',
					'create',
					'-R',
					repository,
					'-t',
					draft.shortDescription,
					'-F',
					'-',
					...labels.flatMap((label) => ['-l', label]),
				],
				input: ticketMarkdown(draft),
			};
			return {sent, run: () => sendCommand(sent, {commands, install, failures}, ({stdout}) => writtenTicket(stdout, draft))};
		},
	};
}
