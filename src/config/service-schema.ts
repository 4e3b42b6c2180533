/**
 * The part of rounds.yaml that describes services, their environments and where their data comes from.
 * The schema is the one definition: types, error messages and the JSON Schema all come from it.
 */
import {z} from 'zod';
import {duration} from './duration.ts';

/** Secrets are never written in the file, only where to find them. */
export const secret = z
	.union([
		z.string().regex(/^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/, 'env:NAME, file:PATH, or {command: [program, argument]}'),
		z.strictObject({command: z.array(z.string()).min(1)}),
	])
	.describe('Where the secret is: env:NAME, file:PATH (mode 600), or {command: [op, read, …]}');
export type SecretReference = z.infer<typeof secret>;

const url = z.url({protocol: /^https?$/, error: 'an http:// or https:// address'});

export const link = z.strictObject({title: z.string(), url});
export const contact = z.strictObject({
	name: z.string(),
	role: z.string().optional(),
	email: z.string().optional(),
	phone: z.string().optional(),
	chat: z.string().optional(),
});

const backup = z.discriminatedUnion('system', [
	z.strictObject({
		system: z.literal('rds'),
		database: z.string(),
		instance: z.string(),
		region: z.string().optional(),
		profile: z.string().optional(),
	}),
	z.strictObject({
		system: z.literal('aurora'),
		database: z.string(),
		cluster: z.string(),
		region: z.string().optional(),
		profile: z.string().optional(),
	}),
	z.strictObject({
		system: z.literal('dynamodb'),
		database: z.string(),
		table: z.string(),
		region: z.string().optional(),
		profile: z.string().optional(),
	}),
	z.strictObject({system: z.literal('cloud-sql'), database: z.string(), instance: z.string(), project: z.string().optional()}),
	z.strictObject({
		system: z.literal('pgbackrest'),
		database: z.string(),
		stanza: z.string(),
		archiver: z
			.array(z.string())
			.min(1)
			.optional()
			.describe('A command that prints pg_stat_archiver.last_archived_time, for the last restorable time'),
	}),
	z.strictObject({
		system: z.literal('command'),
		database: z.string(),
		command: z.array(z.string()).min(1).describe('Prints {"lastRestorableTime": ISO, "retentionDays": n}'),
	}),
]);
export type BackupConfig = z.infer<typeof backup>;

/** Every outside system one environment's data comes from. */
export const sources = z.strictObject({
	kubernetes: z
		.strictObject({
			kubeconfig: z.string().optional(),
			context: z.string().optional(),
			namespace: z.string(),
			selector: z.string().optional(),
		})
		.optional(),
	prometheus: z.strictObject({url, token: secret.optional(), headers: z.record(z.string(), z.string()).optional()}).optional(),
	alertmanager: z
		.strictObject({
			url,
			token: secret.optional(),
			filter: z.array(z.string()).optional().describe('Matchers such as namespace="checkout-prod"'),
		})
		.optional(),
	grafana: z.strictObject({url, token: secret.optional()}).optional(),
	sentry: z
		.strictObject({
			url: url.default('https://sentry.io'),
			organization: z.string(),
			projects: z.array(z.string()).default([]),
			environment: z.string().optional(),
			token: secret,
		})
		.optional(),
	stripe: z
		.strictObject({
			key: secret,
			url: url.optional().describe('Another API address than api.stripe.com'),
			dashboard: url.default('https://dashboard.stripe.com'),
		})
		.optional(),
	github: z
		.strictObject({repositories: z.array(z.string().regex(/^[^/\s]+\/[^/\s]+$/, 'owner/name')).min(1), branch: z.string().default('main')})
		.optional(),
	backups: z.array(backup).optional(),
});
export type SourcesConfig = z.infer<typeof sources>;

export const environment = z.strictObject({
	name: z.string(),
	production: z
		.boolean()
		.optional()
		.describe('Red in the status bar, writes ask for the service by name; default: the name is production, prod or live'),
	cluster: z.string().optional().describe('Shown in the status bar'),
	health: z.array(z.strictObject({name: z.string().optional(), url, headers: z.record(z.string(), z.string()).optional()})).default([]),
	sources: sources.default({}),
	links: z.array(link).default([]),
});
export type Environment = z.infer<typeof environment>;

export const service = z.strictObject({
	name: z.string(),
	description: z.string().optional(),
	owner: z.string(),
	expert: contact.optional().describe('The person who knows it best'),
	contacts: z.array(contact).default([]),
	criticality: z.enum(['wake-someone', 'next-morning', 'next-week']).default('next-morning').describe('What a failure at night deserves'),
	links: z.array(link).default([]),
	dependencies: z.array(z.strictObject({name: z.string(), url: url.optional(), when_it_fails: z.string().optional()})).default([]),
	runbooks: z.string().optional().describe('Directory of the team’s own runbooks, read before the embedded ones'),
	environments: z.array(environment).min(1),
});
export type Service = z.infer<typeof service>;

/** Where the line goes and what happens to it after. */
export const opsLog = z.strictObject({
	path: z.string().default('docs/ops/ops-log.md').describe('Relative to rounds.yaml'),
	records: z.string().default('docs/ops/rounds').describe('Directory of the full JSON records'),
	commit: z.boolean().default(false).describe('git add and commit the line, shown first'),
	push: z.boolean().default(false).describe('git push after the commit, shown first'),
});
export type OpsLogConfig = z.infer<typeof opsLog>;

/** Whether writing to it deserves the greatest care. */
export function isProduction(of: Pick<Environment, 'name' | 'production'>): boolean {
	return of.production ?? ['production', 'prod', 'live'].includes(of.name.toLowerCase());
}

/** Re-exported so that check options read the same durations as the rest of the file. */
export {duration};
