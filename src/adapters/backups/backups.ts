/** The last restorable time of each database, asked of the tool that its platform offers. */
import * as z from 'zod';
import type {BackupConfig} from '../../service/service.ts';
import type {CommandRunner} from '../../ports/commands.ts';
import type {Backup, BackupSource} from '../../ports/backup-source.ts';
import {time, type BackupContext} from './backup-time.ts';
import {awsFailures, gcloudFailures} from './cloud-failures.ts';
import {runJson, type ToolFailure} from '../programs/command-json.ts';
import {pgBackRest} from './pgbackrest.ts';

/** Makes the reader of one configured database. */
export function createBackup(config: BackupConfig, options: {readonly commands: CommandRunner; readonly cwd?: string}): BackupSource {
	return {database: config.database, read: (signal) => readBackup(config, {...options, signal})};
}

function readBackup(config: BackupConfig, context: BackupContext): Promise<Backup> {
	switch (config.system) {
		case 'rds':
			return rds(config, context);
		case 'aurora':
			return aurora(config, context);
		case 'dynamodb':
			return dynamodb(config, context);
		case 'cloud-sql':
			return cloudSql(config, context);
		case 'pgbackrest':
			return pgBackRest(config, context);
		default:
			return ownCommand(config, context);
	}
}

type Config<System extends BackupConfig['system']> = Extract<BackupConfig, {readonly system: System}>;

interface Aws {
	readonly database: string;
	readonly region?: string | undefined;
	readonly profile?: string | undefined;
}

function aws<T>(
	config: Aws,
	command: {readonly argv: readonly string[]; readonly permission: string; readonly schema: z.ZodType<T>},
	context: BackupContext,
): Promise<T> {
	return runJson({
		source: `AWS (${config.database})`,
		argv: [
			'aws',
			...command.argv,
			'--output',
			'json',
			...(config.region === undefined ? [] : ['--region', config.region]),
			...(config.profile === undefined ? [] : ['--profile', config.profile]),
		],
		schema: command.schema,
		install: 'Install the AWS CLI (aws), version 2',
		failures: awsFailures({profile: config.profile, permission: command.permission}),
		...context,
	});
}

const retentionOff = 'automated backups are off (retention 0 days)';

const rdsAnswer = z.object({
	DBInstances: z.array(z.object({LatestRestorableTime: time.optional(), BackupRetentionPeriod: z.number()})).min(1),
});

async function rds(config: Config<'rds'>, context: BackupContext): Promise<Backup> {
	const answer = await aws(
		config,
		{
			argv: ['rds', 'describe-db-instances', '--db-instance-identifier', config.instance],
			permission: 'rds:DescribeDBInstances',
			schema: rdsAnswer,
		},
		context,
	);
	const instance = answer.DBInstances[0];
	return {
		database: config.database,
		system: 'RDS',
		location: config.instance,
		...(instance?.LatestRestorableTime === undefined ? {} : {lastRestorableAt: instance.LatestRestorableTime}),
		...(instance ? {retentionDays: instance.BackupRetentionPeriod} : {}),
		...(instance?.BackupRetentionPeriod === 0 ? {problem: retentionOff} : {}),
	};
}

const auroraAnswer = z.object({
	DBClusters: z
		.array(
			z.object({
				EarliestRestorableTime: time.optional(),
				LatestRestorableTime: time.optional(),
				BackupRetentionPeriod: z.number().optional(),
			}),
		)
		.min(1),
});

async function aurora(config: Config<'aurora'>, context: BackupContext): Promise<Backup> {
	const answer = await aws(
		config,
		{
			argv: ['rds', 'describe-db-clusters', '--db-cluster-identifier', config.cluster],
			permission: 'rds:DescribeDBClusters',
			schema: auroraAnswer,
		},
		context,
	);
	const cluster = answer.DBClusters[0];
	return {
		database: config.database,
		system: 'Aurora',
		location: config.cluster,
		...(cluster?.LatestRestorableTime === undefined ? {} : {lastRestorableAt: cluster.LatestRestorableTime}),
		...(cluster?.EarliestRestorableTime === undefined ? {} : {earliestRestorableAt: cluster.EarliestRestorableTime}),
		...(cluster?.BackupRetentionPeriod === undefined ? {} : {retentionDays: cluster.BackupRetentionPeriod}),
	};
}

const dynamodbAnswer = z.object({
	ContinuousBackupsDescription: z.object({
		PointInTimeRecoveryDescription: z
			.object({
				PointInTimeRecoveryStatus: z.string(),
				EarliestRestorableDateTime: time.optional(),
				LatestRestorableDateTime: time.optional(),
				RecoveryPeriodInDays: z.number().optional(),
			})
			.optional(),
	}),
});

async function dynamodb(config: Config<'dynamodb'>, context: BackupContext): Promise<Backup> {
	const answer = await aws(
		config,
		{
			argv: ['dynamodb', 'describe-continuous-backups', '--table-name', config.table],
			permission: 'dynamodb:DescribeContinuousBackups',
			schema: dynamodbAnswer,
		},
		context,
	);
	const recovery = answer.ContinuousBackupsDescription.PointInTimeRecoveryDescription;
	return {
		database: config.database,
		system: 'DynamoDB',
		location: config.table,
		...(recovery?.LatestRestorableDateTime === undefined ? {} : {lastRestorableAt: recovery.LatestRestorableDateTime}),
		...(recovery?.EarliestRestorableDateTime === undefined ? {} : {earliestRestorableAt: recovery.EarliestRestorableDateTime}),
		...(recovery?.RecoveryPeriodInDays === undefined ? {} : {retentionDays: recovery.RecoveryPeriodInDays}),
		...(recovery?.PointInTimeRecoveryStatus === 'ENABLED' ? {} : {problem: 'point-in-time recovery is off'}),
	};
}

const cloudSqlAnswer = z.object({latestRecoveryTime: time, earliestRecoveryTime: time.optional()});

async function cloudSql(config: Config<'cloud-sql'>, context: BackupContext): Promise<Backup> {
	const answer = await runJson({
		source: `Cloud SQL (${config.database})`,
		argv: [
			'gcloud',
			'sql',
			'instances',
			'get-latest-recovery-time',
			config.instance,
			'--format=json',
			...(config.project === undefined ? [] : [`--project=${config.project}`]),
		],
		schema: cloudSqlAnswer,
		install: 'Install the Google Cloud CLI (gcloud)',
		failures: gcloudFailures,
		...context,
	});
	return {
		database: config.database,
		system: 'Cloud SQL',
		location: config.instance,
		lastRestorableAt: answer.latestRecoveryTime,
		...(answer.earliestRecoveryTime === undefined ? {} : {earliestRestorableAt: answer.earliestRecoveryTime}),
	};
}

const ownAnswer = z.object({
	lastRestorableTime: time.nullish(),
	earliestRestorableTime: time.nullish(),
	lastBackupTime: time.nullish(),
	retentionDays: z.number().nullish(),
	location: z.string().nullish(),
	problem: z.string().nullish(),
});

const noFailures: readonly ToolFailure[] = [];

async function ownCommand(config: Config<'command'>, context: BackupContext): Promise<Backup> {
	const answer = await runJson({
		source: `Backup of ${config.database}`,
		argv: config.command,
		schema: ownAnswer,
		install: `Check the path of ${config.command[0] ?? 'the command'} in rounds.yaml. Commands run in the directory of rounds.yaml.`,
		failures: noFailures,
		...context,
	});
	return {
		database: config.database,
		system: 'command',
		...(answer.lastRestorableTime == null ? {} : {lastRestorableAt: answer.lastRestorableTime}),
		...(answer.earliestRestorableTime == null ? {} : {earliestRestorableAt: answer.earliestRestorableTime}),
		...(answer.lastBackupTime == null ? {} : {lastBackupAt: answer.lastBackupTime}),
		...(answer.retentionDays == null ? {} : {retentionDays: answer.retentionDays}),
		...(answer.location == null ? {} : {location: answer.location}),
		...(answer.problem == null ? {} : {problem: answer.problem}),
	};
}
