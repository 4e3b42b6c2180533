/**
 * Tickets through the team's own command: the ticket as JSON on standard input, its address on standard output.
 * Looking for existing ones is a command of its own, for what only looks must never write.
 */
import type {SentCommand, Ticket} from '../../round/outside/outside-write.ts';
import type {TicketDraft} from '../../outside/ticket/ticket.ts';
import type {CommandRunner} from '../../ports/commands.ts';
import {SourceError} from '../../base/source-error.ts';
import {sendCommand} from '../programs/send-command.ts';
import {type TicketSystem, writtenTicket} from '../../outside/ticket/ticket-system.ts';

const inputOf = (draft: TicketDraft) => `${JSON.stringify(draft, undefined, 2)}\n`;

/** Lines of `ADDRESS TITLE`; others are talk. */
function ticketsIn(text: string): readonly Ticket[] {
	return text.split('\n').flatMap((line) => {
		const [, url, title = ''] = /^\s*(https?:\/\/\S+)\s*(.*)$/.exec(line) ?? [];
		return url === undefined ? [] : [{url, title: title.trim() === '' ? url : title.trim()}];
	});
}

/** Finds and writes tickets through commands that run in the directory of rounds.yaml. */
export function commandTickets(
	{command, find}: {readonly command: readonly string[]; readonly find: readonly string[] | undefined},
	{commands, directory}: {readonly commands: CommandRunner; readonly directory: string},
): TicketSystem {
	return {
		name: 'the team’s tracker',
		...(find && {
			async find(draft, signal) {
				const {exitCode, stdout, stderr} = await commands.run(find, {timeoutMs: 20_000, signal, input: inputOf(draft), cwd: directory});
				if (exitCode === 0) return ticketsIn(stdout).slice(0, 5);
				const said = stderr.trim().split('\n').at(-1) ?? '';
				throw new SourceError({
					source: 'Tickets',
					kind: 'server-error',
					message: `${find[0] ?? ''} ended with exit code ${exitCode}${said === '' ? '' : `: ${said}`}`,
				});
			},
		}),
		write(draft) {
			const sent: SentCommand = {kind: 'command', argv: command, input: inputOf(draft)};
			const install = 'Check tickets.command in rounds.yaml. The command runs in the directory of that file.';
			return {
				sent,
				run: () => sendCommand(sent, {commands, install, failures: [], cwd: directory}, ({stdout}) => writtenTicket(stdout, draft)),
			};
		},
	};
}
