import {describe, expect, it} from 'vitest';
import {createBackup} from '../../../src/adapters/backups/backups.ts';
import type {BackupConfig} from '../../../src/service/service.ts';
import type {CommandResult, CommandRunner} from '../../../src/ports/commands.ts';
import type {Backup} from '../../../src/ports/backup-source.ts';
import {SourceError} from '../../../src/base/source-error.ts';
import {never} from '../loopback.ts';

/** Answers each program with what it would print, and writes down what was run. */
function fakeCommands(answers: Readonly<Record<string, string | Partial<CommandResult>>>): CommandRunner & {readonly ran: string[]} {
	const ran: string[] = [];
	return {
		ran,
		async run(argv) {
			ran.push(argv.join(' '));
			const answer = answers[argv[0] ?? ''];
			if (answer === undefined) {
				throw new SourceError({
					source: 'x',
					kind: 'not-configured',
					message: `${argv[0]} is not installed, or not in PATH`,
					advice: 'Install it',
				});
			}
			return {exitCode: 0, stdout: '', stderr: '', durationMs: 1, ...(typeof answer === 'string' ? {stdout: answer} : answer)};
		},
	};
}

const read = (config: BackupConfig, commands: CommandRunner): Promise<Backup> => createBackup(config, {commands}).read(never);
const at = Date.parse('2026-11-20T07:55:00Z');
const rds: BackupConfig = {system: 'rds', database: 'orders', instance: 'orders-prod', region: 'eu-west-1', profile: 'ops'};

describe('AWS', () => {
	it('reads RDS, with region and profile', async () => {
		const commands = fakeCommands({
			aws: JSON.stringify({DBInstances: [{LatestRestorableTime: '2026-11-20T07:55:00+00:00', BackupRetentionPeriod: 7}]}),
		});
		expect(await read(rds, commands)).toEqual({
			database: 'orders',
			system: 'RDS',
			location: 'orders-prod',
			lastRestorableAt: at,
			retentionDays: 7,
		});
		expect(commands.ran).toEqual([
			'aws rds describe-db-instances --db-instance-identifier orders-prod --output json --region eu-west-1 --profile ops',
		]);
	});

	it('says that a retention of 0 days means off', async () => {
		const off = await read(rds, fakeCommands({aws: JSON.stringify({DBInstances: [{BackupRetentionPeriod: 0}]})}));
		expect(off.problem).toMatch(/backups are off/);
		expect(off).not.toHaveProperty('lastRestorableAt');
	});

	it('reads Aurora and DynamoDB, also with times in epoch seconds', async () => {
		const aurora = {
			DBClusters: [
				{EarliestRestorableTime: '2026-11-13T00:00:00Z', LatestRestorableTime: '2026-11-20T07:55:00Z', BackupRetentionPeriod: 7},
			],
		};
		expect(await read({system: 'aurora', database: 'a', cluster: 'c'}, fakeCommands({aws: JSON.stringify(aurora)}))).toMatchObject({
			system: 'Aurora',
			lastRestorableAt: at,
			earliestRestorableAt: Date.parse('2026-11-13T00:00:00Z'),
		});
		const table = (status: string) => ({
			ContinuousBackupsDescription: {
				PointInTimeRecoveryDescription: {PointInTimeRecoveryStatus: status, LatestRestorableDateTime: at / 1000, RecoveryPeriodInDays: 35},
			},
		});
		const config: BackupConfig = {system: 'dynamodb', database: 'd', table: 't'};
		expect(await read(config, fakeCommands({aws: JSON.stringify(table('ENABLED'))}))).toEqual({
			database: 'd',
			system: 'DynamoDB',
			location: 't',
			lastRestorableAt: at,
			retentionDays: 35,
		});
		expect((await read(config, fakeCommands({aws: JSON.stringify(table('DISABLED'))}))).problem).toMatch(/recovery is off/);
	});

	it.each([
		['Error when retrieving token from sso: Token has expired and refresh failed', 'unauthorized', /^aws sso login --profile ops$/],
		[
			'Unable to locate credentials. You can configure credentials by running "aws login".',
			'missing-credential',
			/aws configure --profile ops/,
		],
		['An error occurred (AccessDenied) when calling the DescribeDBInstances operation', 'forbidden', /rds:DescribeDBInstances/],
		['An error occurred (DBInstanceNotFound) when calling the DescribeDBInstances operation', 'not-found', /name and the region/],
		['The config profile (ops) could not be found', 'not-configured', /aws configure sso/],
		['An error occurred (Throttling): Rate exceeded', 'rate-limited', /Wait/],
		['usage: aws\nsomething new', 'server-error', /by hand/],
	])('explains “%s”', async (stderr, kind, advice) => {
		await expect(read(rds, fakeCommands({aws: {exitCode: 254, stderr}}))).rejects.toMatchObject({
			kind,
			source: 'AWS (orders)',
			advice: expect.stringMatching(advice) as string,
		});
	});

	it('says what to install', async () => {
		await expect(read(rds, fakeCommands({}))).rejects.toMatchObject({
			kind: 'not-configured',
			advice: expect.stringContaining('Install the AWS CLI') as string,
		});
	});

	it('names what is wrong with the output', async () => {
		await expect(read(rds, fakeCommands({aws: '{"DBInstances": ['}))).rejects.toThrow('aws printed something that is not JSON');
		await expect(read(rds, fakeCommands({aws: ''}))).rejects.toThrow('aws printed nothing');
		await expect(read(rds, fakeCommands({aws: '{"DBInstances": [{"LatestRestorableTime": "soon"}]}'}))).rejects.toThrow(/DBInstances\.0\./);
	});
});

it('reads Cloud SQL and explains an expired log-in', async () => {
	const config: BackupConfig = {system: 'cloud-sql', database: 'c', instance: 'main', project: 'shop'};
	const commands = fakeCommands({gcloud: '{"kind":"sql#getLatestRecoveryTime","latestRecoveryTime":"2026-11-20T07:55:00Z"}'});
	expect(await read(config, commands)).toEqual({database: 'c', system: 'Cloud SQL', location: 'main', lastRestorableAt: at});
	expect(commands.ran).toEqual(['gcloud sql instances get-latest-recovery-time main --format=json --project=shop']);
	const stderr = 'ERROR: (gcloud.sql) There was a problem refreshing your current auth tokens: invalid_grant';
	await expect(read(config, fakeCommands({gcloud: {exitCode: 1, stderr}}))).rejects.toMatchObject({
		kind: 'unauthorized',
		advice: 'gcloud auth login',
	});
});

describe('pgBackRest', () => {
	const config: BackupConfig = {system: 'pgbackrest', database: 'ledger', stanza: 'main'};
	const info = (code: number) =>
		JSON.stringify([
			{
				name: 'main',
				status: {code, message: code === 0 ? 'ok' : 'missing stanza data'},
				backup: [
					{timestamp: {start: 1, stop: 1000}},
					{timestamp: {start: 2, stop: 3000}},
					{error: true, timestamp: {start: 3, stop: 9000}},
				],
				archive: [{id: '17-1', max: '000000010000000000000009'}],
			},
		]);

	it('gives backups that went well, and takes no WAL name for a time', async () => {
		expect(await read(config, fakeCommands({pgbackrest: info(0)}))).toEqual({
			database: 'ledger',
			system: 'pgBackRest',
			location: 'main',
			lastBackupAt: 3_000_000,
			earliestRestorableAt: 1_000_000,
		});
	});

	it('takes the last restorable time from the archiver', async () => {
		const withArchiver = {...config, archiver: ['psql', '-Atc', 'select last_archived_time from pg_stat_archiver']};
		const backup = await read(withArchiver, fakeCommands({pgbackrest: info(0), psql: '2026-11-20 07:55:00+00\n'}));
		expect(backup.lastRestorableAt).toBe(at);
		expect(await read(withArchiver, fakeCommands({pgbackrest: info(0), psql: '\n'}))).not.toHaveProperty('lastRestorableAt');
		await expect(read(withArchiver, fakeCommands({pgbackrest: info(0), psql: 'ERROR'}))).rejects.toThrow('not a time');
	});

	it('passes on what pgbackrest itself finds wrong, and an unknown stanza', async () => {
		expect((await read(config, fakeCommands({pgbackrest: info(1)}))).problem).toBe('missing stanza data');
		await expect(read({...config, stanza: 'other'}, fakeCommands({pgbackrest: info(0)}))).rejects.toMatchObject({
			kind: 'not-found',
			advice: 'It knows: main',
		});
	});
});

it('reads a command of the team’s own', async () => {
	const config: BackupConfig = {system: 'command', database: 'search', command: ['./backup-status', 'search']};
	expect(await read(config, fakeCommands({'./backup-status': '{"lastRestorableTime":"2026-11-20T07:55:00Z","retentionDays":14}'}))).toEqual(
		{
			database: 'search',
			system: 'command',
			lastRestorableAt: at,
			retentionDays: 14,
		},
	);
	await expect(read(config, fakeCommands({'./backup-status': {exitCode: 2, stderr: 'trace\nno connection to vault\n'}}))).rejects.toThrow(
		'./backup-status ended with exit code 2: no connection to vault',
	);
});
