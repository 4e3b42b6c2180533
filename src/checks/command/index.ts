/** An open kind: any command of the team's, read as a Nagios plug-in or as JSON. */
import * as z from 'zod';
import {duration} from '../../base/duration.ts';
import type {CommandResult} from '../../ports/commands.ts';
import {defineCheck} from '../kit/check.ts';
import {judgeCommand} from './judge.ts';

export interface CommandData {
	readonly command: readonly string[];
	readonly result: CommandResult;
}

const options = z.strictObject({
	command: z.array(z.string()).min(1).describe('The program and its arguments; no shell'),
	output: z
		.enum(['nagios', 'json'])
		.default('nagios')
		.describe(
			'nagios: the exit code 0, 1, 2, 3 is the status and the first line the summary; json: prints {"status", "summary", "reasons": [{status, subject, text}]}',
		),
	timeout: duration.prefault('30s').describe('How long it may take'),
	directory: z.string().optional().describe('Where it runs; default: where rounds was started'),
});
export type CommandOptions = z.output<typeof options>;

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
