/** Announcements through the team's own command: the message as JSON on standard input, its address on standard output. */
import type {Message} from '../../round/incident/incident-message.ts';
import type {SentCommand} from '../../round/outside/outside-write.ts';
import type {CommandRunner} from '../../ports/commands.ts';
import {addressesIn} from '../../runbooks/match-runbook.ts';
import {type AnnounceSystem, arrived} from '../../outside/announce/announce-system.ts';
import {sendCommand} from '../programs/send-command.ts';

export interface CommandOptions {
	readonly command: readonly string[];
	readonly commands: CommandRunner;
	/** Where it runs; the directory of rounds.yaml. */
	readonly directory: string;
	readonly service: string;
	readonly environment: string;
}

/** What the command reads; what is not known is left out. */
function inputOf({post, original, facts, until}: Message, {service, environment}: CommandOptions): string {
	const announced = original && {at: new Date(original.at).toISOString(), text: original.post.text, url: original.post.url};
	return `${JSON.stringify({kind: post.kind, service, environment, text: post.text, ...facts, until, announced}, undefined, 2)}\n`;
}

/** Hands each message over; what belongs together is told by `announced`. */
export function commandAnnouncements(options: CommandOptions): AnnounceSystem {
	const {command, commands, directory} = options;
	const program = command[0] ?? '';
	const install = 'Check announce.command in rounds.yaml. The command runs in the directory of that file.';
	return {
		name: () => 'the team’s own command',
		way: () => 'by the team’s own command',
		to: {id: 'to', label: 'to', value: 'command', choices: [{value: 'command', label: `the team’s own command ${program}`}]},
		note: ({post, original}) => (original ? `the command gets it as "kind": "${post.kind}" with what was announced` : undefined),
		write(message) {
			const sent: SentCommand = {kind: 'command', argv: command, input: inputOf(message, options)};
			return {
				sent,
				run: () =>
					sendCommand(sent, {commands, install, failures: [], cwd: directory}, ({stdout}) => {
						const [url] = addressesIn(stdout);
						return arrived(message, url === undefined ? {} : {url});
					}),
			};
		},
	};
}
