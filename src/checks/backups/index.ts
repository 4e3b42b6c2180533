/** The last restorable time of every database, its retention, and when a restore was last tried. */
import {judgeBackups} from './judge.ts';
import {defineCheck} from '../kit/check.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {partialFailure} from '../kit/partial-failure.ts';
import {type BackupsData, options, type BackupsOptions} from './types.ts';

export const backups = defineCheck<BackupsData, BackupsOptions>({
	kind: 'backups',
	title: 'Backups',
	why: 'How much would be lost if a database died now: that is the age of its last restorable time.',
	tips: [
		'Fresh means minutes, not hours. A last restorable time that does not move means log archiving stopped.',
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
