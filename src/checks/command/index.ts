/** An open kind: any command of the team's, read as a Nagios plug-in or as JSON. */
import {defineCheck} from '../kit/check.ts';
import {judgeCommand} from './judge.ts';
import {type CommandData, options, type CommandOptions} from './types.ts';

export const command = defineCheck<CommandData, CommandOptions>({
	kind: 'command',
	title: 'Command',
	why: 'Whatever the team can script belongs into the round, not into someone’s memory.',
	tips: [
		'Run the same command by hand: what it prints on standard error is often the whole story.',
		'Exit 0 is ok, 1 a warning, 2 critical, and anything else could not be made.',
		'It runs with your own rights: a permission missing here may be there for the service.',
	],
	serves: 'integrity',
	cadence: 'daily',
	runbook: 'command',
	source: 'a command',
	options,
	everyMs: 120_000,
	timeoutMs: 60_000,
	configured: () => false,
	read: async ({options, sources, signal}) => ({
		command: options.command,
		result: await sources.commands.run(options.command, {
			timeoutMs: options.timeout,
			signal,
			...(options.directory === undefined ? {} : {cwd: options.directory}),
		}),
	}),
	judge: judgeCommand,
});
