/** What the check is set up with and what it reads. */
import * as z from 'zod';
import {duration} from '../../base/duration.ts';
import type {CommandResult} from '../../ports/commands.ts';

export interface CommandData {
	readonly command: readonly string[];
	readonly result: CommandResult;
}

export const options = z.strictObject({
	command: z.array(z.string()).min(1).describe('The program and its arguments, run without a shell'),
	output: z
		.enum(['nagios', 'json'])
		.default('nagios')
		.describe(
			'nagios: the exit code 0, 1, 2 or 3 is the status and the first line the summary. json: prints {"status", "summary", "reasons": [{status, subject, text}]}',
		),
	timeout: duration.prefault('30s').describe('How long it may take'),
	directory: z.string().optional().describe('Working directory. Default: the one that rounds was started in'),
});

export type CommandOptions = z.output<typeof options>;
