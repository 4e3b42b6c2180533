import * as z from 'zod';
import type {CommandRunner} from '../../ports/commands.ts';

/** What every reader of a backup needs. */
export interface BackupContext {
	readonly commands: CommandRunner;
	readonly signal: AbortSignal;
	/** Where the team's own commands run: the directory of rounds.yaml. */
	readonly cwd?: string;
}

/** An ISO date, a PostgreSQL timestamp or (old AWS CLIs) epoch seconds; epoch milliseconds once read. */
export const time = z.union([z.number(), z.string()]).transform((value, context) => {
	if (typeof value === 'number') return value * 1000;
	// PostgreSQL writes 2026-11-20 08:12:33.5+00, which is ISO but for the blank and the missing minutes.
	const at = Date.parse(
		value
			.trim()
			.replace(/^(\d{4}-\d\d-\d\d) /, '$1T')
			.replace(/([+-]\d\d)$/, '$1:00'),
	);
	if (Number.isNaN(at)) context.addIssue({code: 'custom', message: 'a date'});
	return at;
});
