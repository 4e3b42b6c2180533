import * as z from 'zod';
import type {BackupConfig} from '../../service/service.ts';
import type {Backup} from '../../ports/backup-source.ts';
import {SourceError} from '../../base/source-error.ts';
import {time, type BackupContext} from './backup-time.ts';
import {runJson, runTool, type ToolFailure} from '../programs/command-json.ts';

const answer = z.array(
	z.object({
		name: z.string(),
		status: z.object({code: z.number(), message: z.string()}),
		backup: z.array(z.object({error: z.boolean().nullish(), timestamp: z.object({stop: z.number()})})).default([]),
	}),
);

const failures: readonly ToolFailure[] = [
	{
		pattern: /unable to open|Permission denied/i,
		kind: 'forbidden',
		message: 'pgbackrest may not read its repository or configuration',
		advice: 'Run as a user who may read them (often postgres)',
	},
	{
		pattern: /HostConnectError|unable to connect|timeout/i,
		kind: 'unreachable',
		message: 'pgbackrest cannot reach its repository',
		advice: 'Check the network and the repository host',
	},
];

/**
 * The last backup from `pgbackrest info`. Its archive position is the name of a WAL file and no time, so the last
 * restorable time is known only where the team gives a command that prints `pg_stat_archiver.last_archived_time`.
 */
export async function pgBackRest(config: Extract<BackupConfig, {readonly system: 'pgbackrest'}>, context: BackupContext): Promise<Backup> {
	const source = `pgBackRest (${config.database})`;
	const install = 'Install pgbackrest here, or use system: command with ssh to the repository host';
	const stanzas = await runJson({
		source,
		argv: ['pgbackrest', 'info', `--stanza=${config.stanza}`, '--output=json'],
		schema: answer,
		install,
		failures,
		...context,
	});
	const stanza = stanzas.find(({name}) => name === config.stanza);
	if (!stanza) {
		throw new SourceError({
			source,
			kind: 'not-found',
			message: `pgbackrest knows no stanza ${config.stanza}`,
			advice: `It knows: ${stanzas.map(({name}) => name).join(', ') || 'none'}`,
		});
	}
	const stops = stanza.backup.filter((each) => each.error !== true).map((each) => each.timestamp.stop * 1000);
	const lastRestorableAt = config.archiver === undefined ? undefined : await lastArchived({...config, archiver: config.archiver}, context);
	return {
		database: config.database,
		system: 'pgBackRest',
		location: config.stanza,
		...(stops.length === 0 ? {} : {lastBackupAt: Math.max(...stops), earliestRestorableAt: Math.min(...stops)}),
		...(lastRestorableAt === undefined ? {} : {lastRestorableAt}),
		...(stanza.status.code === 0 ? {} : {problem: stanza.status.message}),
	};
}

/** Undefined where nothing was archived yet: psql prints an empty line. */
async function lastArchived(
	{database, archiver}: {readonly database: string; readonly archiver: readonly string[]},
	context: BackupContext,
): Promise<number | undefined> {
	const program = archiver[0] ?? '';
	const source = `Archiver of ${database}`;
	const {stdout} = await runTool({source, argv: archiver, install: `Install ${program}, or check its path`, failures: [], ...context});
	const text = stdout.trim();
	if (text === '') return undefined;
	const parsed = time.safeParse(text);
	if (parsed.success) return parsed.data;
	throw new SourceError({
		source,
		kind: 'bad-response',
		message: `${program} printed something that is not a time`,
		advice: 'It should print pg_stat_archiver.last_archived_time and nothing else (psql -Atc)',
	});
}
