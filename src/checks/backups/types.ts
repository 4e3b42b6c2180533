/** What the check is set up with and what it reads. */
import * as z from 'zod';
import {duration} from '../../base/duration.ts';
import type {Backup} from '../../ports/backup-source.ts';
import type {PartialFailure} from '../kit/partial-failure.ts';
import type {Recorded} from '../kit/recorded.ts';

export interface BackupsData {
	readonly backups: readonly Backup[];
	/** Databases whose system did not answer. */
	readonly failures: readonly PartialFailure[];
	/** As rounds.yaml records it. */
	readonly testRestore?: Recorded;
	/** Where rounds.yaml says that test restores are recorded in another place. */
	readonly testRestoreElsewhere?: true;
}

export const options = z.strictObject({
	maxAge: duration.prefault('1h').describe('The last restorable time may be this old'),
	maxBackupAge: duration.prefault('26h').describe('Where only the last backup is known, it may be this old'),
	databases: z
		.record(
			z.string(),
			z.strictObject({
				maxAge: duration.optional(),
				maxBackupAge: duration.optional(),
				retentionDays: z.number().int().positive().optional(),
			}),
		)
		.default({})
		.describe('Other limits for one database, by its name'),
	retentionDays: z.number().int().positive().default(7).describe('At least this many days must be kept'),
	testRestore: z
		.strictObject({
			lastOn: z.iso.date().describe('When a restore was last tried and worked'),
			every: duration.prefault('90d').describe('How often it must be tried'),
		})
		.optional()
		.describe('An untested backup may not restore. Record the last restore test here'),
	testRestoreRequired: z
		.boolean()
		.default(true)
		.describe('`false` where test restores are recorded in another place: then none is asked for here'),
});

export type BackupsOptions = z.output<typeof options>;
