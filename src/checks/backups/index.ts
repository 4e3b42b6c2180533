/** The last restorable time of every database, its retention, and when a restore was last tried. */
import * as z from 'zod';
import {duration} from '../../base/duration.ts';
import type {Backup} from '../../ports/backup-source.ts';
import {judgeBackups} from './judge.ts';
import {defineCheck} from '../kit/check.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {partialFailure, type PartialFailure} from '../kit/partial-failure.ts';
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

const options = z.strictObject({
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
		.describe('A backup nobody restored is a hope: record the last test here'),
	testRestoreRequired: z
		.boolean()
		.default(true)
		.describe('`false` where test restores are recorded in another place: then none is asked for here'),
});
export type BackupsOptions = z.output<typeof options>;

export const backups = defineCheck<BackupsData, BackupsOptions>({
	kind: 'backups',
	title: 'Backups',
	why: 'How much would be lost if a database died now: that is the age of its last restorable time.',
	tips: [
		'Fresh is minutes, not hours: a last restorable time that stands still means log archiving stopped.',
		'A stale time with green backups is a full archive disk or an expired credential of the archiver.',
		'Retention 0 means point-in-time recovery is off, whatever the console’s green tick says.',
		'A backup counts once it was restored: write the date of the last test into rounds.yaml.',
	],
	serves: 'integrity',
	cadence: 'daily',
	runbook: 'backups',
	source: 'the databases’ backup systems',
	options,
	everyMs: 300_000,
	timeoutMs: 30_000,
	configured: ({sources}) => sources.backups.length > 0,
	async read({sources, options: {testRestore, testRestoreRequired}, signal}) {
		if (sources.backups.length === 0) throw notConfigured('Backups', '`sources: {backups: [{system: rds, database: …, instance: …}]}`');
		const settled = await Promise.allSettled(sources.backups.map((source) => source.read(signal)));
		return {
			backups: settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
			failures: settled.flatMap((one, index) =>
				one.status === 'rejected' ? [partialFailure(sources.backups[index]?.database ?? 'backups', one.reason)] : [],
			),
			...(testRestore ? {testRestore} : {}),
			...(testRestoreRequired ? {} : {testRestoreElsewhere: true as const}),
		};
	},
	judge: judgeBackups,
});
