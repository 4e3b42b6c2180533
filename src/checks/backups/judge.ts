/** Judges each database: how much would be lost now, how far back one can go, and whether a restore was ever tried. Pure. */
import type {Backup} from '../../ports/backup-source.ts';
import type {Status} from '../../base/status.ts';
import type {BackupsData, BackupsOptions} from './types.ts';
import type {Evidence, Finding, JudgeContext, Reason} from '../kit/check.ts';
import {finding, label, someOf} from '../kit/finding.ts';
import {formatAge, formatMinute, plural} from '../../base/figures.ts';
import {failureReason} from '../kit/partial-failure.ts';
import {judgeRecorded} from '../kit/recorded.ts';

/** A clock of another machine may be this far ahead. */
const clockSkewMs = 5 * 60_000;

interface Freshness {
	readonly status: Status;
	readonly at?: number;
	readonly text: string;
}

function freshness(backup: Backup, {options, now}: JudgeContext<BackupsOptions>): Freshness {
	const own = options.databases[backup.database];
	const [at, longest, what] =
		backup.lastRestorableAt === undefined
			? [backup.lastBackupAt, own?.maxBackupAge ?? options.maxBackupAge, 'last backup']
			: [backup.lastRestorableAt, own?.maxAge ?? options.maxAge, 'last restorable'];
	if (at === undefined || !Number.isFinite(at))
		return {status: 'unknown', text: `${backup.system} reports neither a last restorable time nor a last backup`};
	const age = now - at;
	if (age < -clockSkewMs) return {status: 'unknown', at, text: `${what} ${formatMinute(at)} lies in the future`};
	const limit = `should be within ${formatAge(longest)}`;
	return {status: age > longest ? 'critical' : 'ok', at, text: `${what} ${formatMinute(at)}, ${formatAge(age)} ago, ${limit}`};
}

function retention({retentionDays, database, system}: Backup, options: BackupsOptions): Reason[] {
	if (retentionDays === undefined) return [];
	const least = options.databases[database]?.retentionDays ?? options.retentionDays;
	if (retentionDays === 0) return [{status: 'critical', subject: database, text: `${system} keeps 0 days: point-in-time recovery is off`}];
	return retentionDays < least
		? [{status: 'warning', subject: database, text: `kept for ${plural(retentionDays, 'day')}, should be ${least} or more`}]
		: [];
}

function reasonsOf(backup: Backup, context: JudgeContext<BackupsOptions>): readonly Reason[] {
	const {status, text} = freshness(backup, context);
	return [
		...(backup.problem === undefined ? [] : [{status: 'critical' as const, subject: backup.database, text: backup.problem}]),
		{status, subject: backup.database, text},
		...retention(backup, context.options),
	];
}

/** A backup that no one restored is not known to be one: without a record of it there is no green. */
function testRestoreReason({testRestore, testRestoreRequired}: BackupsOptions, now: number): Reason & {readonly note?: string} {
	const subject = 'test restore';
	if (testRestore) {
		const {overdue, text} = judgeRecorded(testRestore, now);
		return overdue ? {status: 'warning', subject, text, note: 'test restore overdue'} : {status: 'ok', subject, text};
	}
	if (!testRestoreRequired) return {status: 'ok', subject, text: 'recorded in another place, says rounds.yaml'};
	const text =
		'none recorded: restore one as the runbook backups says, then write the day into the options of this check, testRestore: {lastOn: YYYY-MM-DD}';
	return {status: 'warning', subject, text, note: 'no test restore recorded'};
}

function evidenceOf(backup: Backup, context: JudgeContext<BackupsOptions>): Evidence {
	const {text} = freshness(backup, context);
	const kept = backup.retentionDays === undefined ? '' : `, kept ${plural(backup.retentionDays, 'day')}`;
	const location = backup.location === undefined ? '' : `, ${backup.location}`;
	return {
		id: `backup:${backup.system}/${backup.database}`,
		check: context.id,
		text: `${backup.database} (${backup.system}) ${text}${kept}${location}`,
		at: context.now,
	};
}

/** Judges the databases; one that could not be read is unknown next to the others. */
export function judgeBackups(data: BackupsData, context: JudgeContext<BackupsOptions>): Finding {
	const {id, options, now} = context;
	if (data.backups.length + data.failures.length === 0) {
		return finding({
			summary: 'no database was asked',
			short: `${id === 'backups' ? 'PITR' : label(id)} unknown`,
			reasons: [],
			none: 'unknown',
		});
	}
	const judged = data.backups
		.map((backup) => ({backup, fresh: freshness(backup, context)}))
		.sort((a, b) => Number(a.fresh.status === 'ok') - Number(b.fresh.status === 'ok'));
	const stale = judged.filter(({fresh}) => fresh.status === 'critical');
	const off = data.backups.filter(({retentionDays}) => retentionDays === 0).map(({database}) => database);
	const broken = data.backups.filter(({problem}) => problem !== undefined).map(({database}) => database);
	const unknown = [
		...judged.filter(({fresh}) => fresh.status === 'unknown').map(({backup}) => backup.database),
		...data.failures.map(({source}) => source),
	];
	const {note, ...restore} = testRestoreReason(options, now);
	const notes = [
		...stale.slice(0, 2).map(({backup, fresh}) => `${backup.database} stale ${formatAge(now - (fresh.at ?? now))}`),
		...(stale.length > 2 ? [`${stale.length - 2} more stale`] : []),
		...(off.length > 0 ? [`recovery off for ${someOf(off)}`] : []),
		...(broken.length > 0 ? [`${someOf(broken)} with a problem`] : []),
		...(unknown.length > 0 ? [`${someOf(unknown)} unknown`] : []),
		...(note === undefined ? [] : [note]),
	];
	const times = judged.map(({backup, fresh}) =>
		[backup.database, fresh.at === undefined ? 'unknown' : formatMinute(fresh.at), fresh.status === 'critical' ? 'stale' : '']
			.filter(Boolean)
			.join(' '),
	);
	return finding({
		summary:
			notes.length > 0
				? notes.join(', ')
				: `${plural(judged.length, 'database')} restorable, oldest to ${formatMinute(Math.min(...judged.map(({fresh}) => fresh.at ?? now)))}`,
		short: `${id === 'backups' ? 'PITR' : label(id)} ${[...times, ...data.failures.map(({source}) => `${source} unknown`)].join(', ')}`,
		reasons: [...data.backups.flatMap((one) => reasonsOf(one, context)), ...data.failures.map(failureReason), restore],
		evidence: judged.map(({backup}) => evidenceOf(backup, context)),
	});
}
