import type {BackupsData} from '../../src/checks/backups/types.ts';
import {formatAge, formatMinute} from '../../src/base/figures.ts';
import {judgeRecorded} from '../../src/checks/kit/recorded.ts';
import type {Backup} from '../../src/ports/backup-source.ts';
import {byRank, definePane} from '../kit/pane.ts';

const minute = (at: number | undefined) => (at === undefined ? 'not known' : formatMinute(at));

export const backups = definePane<BackupsData, Backup>({
	noun: ['database', 'databases'],
	items: ({backups}) => byRank(backups, ({problem, lastRestorableAt}) => (problem !== undefined || lastRestorableAt === undefined ? 0 : 1)),
	id: ({system, database}) => `backup:${system}/${database}`,
	columns: [
		{title: 'DATABASE', width: 14, grow: 1, max: 32, drop: 0, cell: ({database}) => ({text: database})},
		{title: 'SYSTEM', width: 10, drop: 3, cell: ({system}) => ({text: system, tone: 'dim'})},
		{
			title: 'RESTORABLE TO',
			width: 17,
			drop: 0,
			cell: ({lastRestorableAt}) => ({text: minute(lastRestorableAt), tone: lastRestorableAt === undefined ? 'amber' : 'plain'}),
			sort: ({lastRestorableAt}) => lastRestorableAt ?? 0,
		},
		{
			title: 'AGO',
			width: 10,
			align: 'right',
			drop: 0,
			cell: ({lastRestorableAt}, {now}) => ({text: lastRestorableAt === undefined ? '-' : formatAge(now - lastRestorableAt)}),
			sort: ({lastRestorableAt}) => lastRestorableAt ?? 0,
		},
		{
			title: 'BACK TO',
			width: 17,
			drop: 4,
			cell: ({earliestRestorableAt, retentionDays}) => ({
				text:
					earliestRestorableAt === undefined
						? retentionDays === undefined
							? 'not known'
							: `${retentionDays} d kept`
						: minute(earliestRestorableAt),
			}),
		},
		{
			title: 'LAST BACKUP',
			width: 17,
			drop: 5,
			cell: ({lastBackupAt}) => ({text: minute(lastBackupAt)}),
			sort: ({lastBackupAt}) => lastBackupAt ?? 0,
		},
		{title: 'SAYS', width: 8, grow: 1, drop: 1, cell: ({problem}) => ({text: problem ?? '', tone: 'red'})},
	],
	search: ({database, system, problem}) => `${database} ${system} ${problem ?? ''}`,
	variables: ({database, location, system}) => ({
		DATABASE: database,
		// Where the system says so itself, it is the name it goes by there.
		INSTANCE: system === 'rds' || system === 'cloudsql' ? location : undefined,
	}),
	copy: ({database, lastRestorableAt}) => `${database} ${minute(lastRestorableAt)}`,
	isAbout: ({subject}, {database}) => subject === database,
	evidence: ({database, lastRestorableAt, problem}) =>
		`${database} restorable to ${minute(lastRestorableAt)}${problem ? `, ${problem}` : ''}`,
	details: ({location, retentionDays, lastBackupAt}) => [
		['kept at', location ?? 'not known'],
		['retention', retentionDays === undefined ? 'not known' : `${retentionDays} days`],
		['last backup', minute(lastBackupAt)],
	],
	head({failures, testRestore, testRestoreElsewhere = false}, {now}) {
		const none = testRestoreElsewhere
			? {overdue: false, text: 'recorded in another place'}
			: {overdue: true, text: 'none recorded: the runbook says how'};
		const {overdue, text} = testRestore ? judgeRecorded(testRestore, now) : none;
		const missing = failures.map(({source, message}) => ({text: `${source}: ${message}`, tone: 'amber' as const}));
		// Where it is due, it is among the reasons already.
		return overdue ? missing : [{text: `test restore ${text}`, tone: 'dim'}, ...missing];
	},
	empty: () => 'no database answered',
});
