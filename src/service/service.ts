/**
 * The part of rounds.yaml that describes services, their environments and where their data comes from.
 * The schema is the one definition: types, error messages and the JSON Schema all come from it.
 */
import * as z from 'zod';

/** Secrets are never written in the file, only where to find them. */
export const secret = z
	.union([
		z.string().regex(/^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/, 'env:NAME, file:PATH, or {command: [program, argument]}'),
		z.strictObject({command: z.array(z.string()).min(1)}),
	])
	.describe('Reference to the secret: env:NAME, file:PATH (mode 600), or {command: [op, read, …]}');
export type SecretReference = z.infer<typeof secret>;

const url = z.url({protocol: /^https?$/, error: 'an http:// or https:// address'});
const headers = z.record(z.string(), z.string()).describe('Sent with each request. Put no secrets here.');

const name = z.string().min(1, 'a name');
const text = z.string().min(1, 'some text');
const argv = z.array(z.string()).min(1, 'a list: the program and its arguments');

export const link = z.strictObject({title: text.describe('What it leads to'), url: url.describe('Address of the link')});
export const contact = z.strictObject({
	name: name.describe('Person or team'),
	role: text.optional().describe('What to call them for'),
	email: text.optional().describe('E-mail address'),
	phone: text.optional().describe('Phone number'),
	chat: text.optional().describe('Channel or handle'),
});

const database = name.describe('The name the round shows');
const region = text.optional().describe('AWS region. Default: the profile’s');
const profile = text.optional().describe('AWS profile. Default: the environment’s');

const backup = z.discriminatedUnion('system', [
	z.strictObject({system: z.literal('rds'), database, instance: text.describe('RDS instance identifier'), region, profile}),
	z.strictObject({system: z.literal('aurora'), database, cluster: text.describe('Aurora cluster identifier'), region, profile}),
	z.strictObject({system: z.literal('dynamodb'), database, table: text.describe('DynamoDB table'), region, profile}),
	z.strictObject({
		system: z.literal('cloud-sql'),
		database,
		instance: text.describe('Cloud SQL instance'),
		project: text.optional().describe('Google Cloud project. Default: gcloud’s'),
	}),
	z.strictObject({
		system: z.literal('pgbackrest'),
		database,
		stanza: text.describe('pgBackRest stanza'),
		archiver: argv.optional().describe('A command that prints pg_stat_archiver.last_archived_time, for the last restorable time'),
	}),
	z.strictObject({
		system: z.literal('command'),
		database,
		command: argv.describe('Prints {"lastRestorableTime": ISO, "retentionDays": n}'),
	}),
]);
export type BackupConfig = z.infer<typeof backup>;

/** A log of the environment that is not in its cluster. */
const namedLog = z
	.strictObject({
		name: name.describe('What rounds tail calls it'),
		command: argv.optional().describe('Prints lines: [journalctl, -f, -o, json]. Runs in the directory of rounds.yaml.'),
		files: z.array(text).min(1).optional().describe('Paths, absolute or relative to rounds.yaml. * is allowed in the last part.'),
	})
	.refine(({command, files}) => (command === undefined) !== (files === undefined), {error: 'a command or files, one of the two'});
export type NamedLogConfig = z.infer<typeof namedLog>;

/** Every outside system one environment's data comes from. */
export const sources = z.strictObject({
	kubernetes: z
		.strictObject({
			kubeconfig: text.optional().describe('Path; default: KUBECONFIG, then ~/.kube/config'),
			context: text.optional().describe('Default: the kubeconfig’s current one'),
			namespace: name.describe('The one namespace that is looked at'),
			selector: text.optional().describe('Label selector such as app=checkout'),
		})
		.optional()
		.describe('Pods, events and logs'),
	prometheus: z
		.strictObject({
			url: url.describe('Base address'),
			token: secret.optional().describe('Bearer token, if the server needs one'),
			headers: headers.optional(),
		})
		.optional()
		.describe('Metrics'),
	alertmanager: z
		.strictObject({
			url: url.describe('Base address'),
			token: secret.optional().describe('Bearer token, if the server needs one'),
			filter: z.array(text).optional().describe('Matchers such as namespace="checkout-prod"'),
		})
		.optional()
		.describe('Alerts'),
	grafana: z
		.strictObject({url: url.describe('Base address'), token: secret.optional().describe('Of a service account with the role Viewer')})
		.optional()
		.describe('Alerts and dashboards'),
	sentry: z
		.strictObject({
			url: url.default('https://sentry.io').describe('Of sentry.io, its region, or your own'),
			organization: name.describe('Slug of the organization'),
			projects: z.array(name).default([]).describe('Slugs or ids. Default: all that the token sees.'),
			environment: text.optional().describe('Sentry’s own name of this environment'),
			token: secret.describe('With the scopes event:read and org:read. Add project:read for releases and event:write to change issues.'),
		})
		.optional()
		.describe('Errors'),
	stripe: z
		.strictObject({
			key: secret.describe('Restricted, with read on Events, Webhook Endpoints, Invoices, PaymentIntents, Charges'),
			url: url.optional().describe('Another API address than api.stripe.com'),
			dashboard: url.default('https://dashboard.stripe.com').describe('Where links lead'),
			cli: argv.optional().describe('The Stripe CLI, which resends webhooks. Default: [stripe]'),
		})
		.optional()
		.describe('Payments, invoices, webhooks'),
	github: z
		.strictObject({
			repositories: z
				.array(z.string().regex(/^[^/\s]+\/[^/\s]+$/, 'owner/name'))
				.min(1)
				.describe('owner/name of each'),
			branch: name.default('main').describe('Whose builds count'),
		})
		.optional()
		.describe('Builds and vulnerability alerts, through the gh command'),
	backups: z.array(backup).optional().describe('How fresh each database’s backup is'),
	loki: z
		.strictObject({
			url: url.describe('Base address'),
			query: text.optional().describe('LogQL of the lines looked at: {namespace="checkout-prod"}'),
			tenant: text.optional().describe('Sent as X-Scope-OrgID, where Loki has several tenants'),
			token: secret.optional().describe('Bearer token, if the server needs one'),
			headers: headers.optional(),
		})
		.optional()
		.describe('Logs of Loki'),
	elasticsearch: z
		.strictObject({
			url: url.describe('Base address'),
			index: text.describe('Index, data stream or pattern such as logs-*; several with commas'),
			query: text.optional().describe('As in Kibana with Lucene: kubernetes.namespace:checkout. Default: everything'),
			timeField: text.default('@timestamp').describe('The field with the line’s time'),
			messageField: text.default('message').describe('The field with the line’s text'),
			apiKey: secret.optional().describe('With the privilege read on the index'),
			token: secret.optional().describe('Bearer token, in place of an API key'),
			headers: headers.optional(),
		})
		.optional()
		.describe('Logs of Elasticsearch or OpenSearch'),
	logs: z
		.array(namedLog)
		.refine((logs) => new Set(logs.map((log) => log.name)).size === logs.length, {error: 'names that differ'})
		.optional()
		.describe('Other logs: what a command prints, and files'),
});

export const environment = z.strictObject({
	name: name.describe('production, staging, …'),
	production: z
		.boolean()
		.optional()
		.describe('Red in the status bar, and writes ask for the service name. Default: true if the name is production, prod or live.'),
	cluster: text.optional().describe('Shown in the status bar'),
	health: z
		.array(
			z.strictObject({
				name: text.optional().describe('Default: the host'),
				url: url.describe('Answers 200 while all is well'),
				headers: headers.optional(),
			}),
		)
		.default([])
		.describe('Health endpoints'),
	sources: sources.default({}).describe('Where this environment’s data comes from'),
	links: z.array(link).default([]).describe('Dashboards and consoles of this environment'),
});
export type Environment = z.infer<typeof environment>;

/** Where tickets are written: one of the three. */
const tickets = z
	.strictObject({
		github: z
			.strictObject({
				repository: z
					.string()
					.regex(/^[^/\s]+\/[^/\s]+$/, 'owner/name')
					.describe('owner/name'),
				labels: z.array(name).default([]).describe('Labels of every ticket. They must exist.'),
			})
			.optional()
			.describe('Issues of a GitHub repository, through the gh command'),
		jira: z
			.strictObject({
				url: url.describe('https://example.atlassian.net'),
				project: name.describe('Key of the project'),
				issueType: name.default('Task').describe('As Jira names it'),
				email: text.describe('Whose API token it is'),
				token: secret.describe('API token'),
				priorities: z
					.array(name)
					.length(5, 'five names, for P1 to P5')
					.optional()
					.describe('Jira’s names of P1 to P5, if the project has the field. The text holds the priority in any case.'),
			})
			.optional()
			.describe('Issues of a Jira project'),
		command: argv.optional().describe('The team’s own: gets the ticket as JSON on standard input, prints its address'),
		find: argv
			.optional()
			.describe('Searches for existing tickets before command runs. Gets the same JSON, prints `ADDRESS TITLE` lines, changes nothing.'),
	})
	.refine(({github, jira, command}) => [github, jira, command].filter((one) => one !== undefined).length === 1, {
		error: 'github, jira or command, one of the three',
	})
	.refine(({command, find}) => find === undefined || command !== undefined, {error: 'find belongs to command'});
export type TicketsConfig = z.infer<typeof tickets>;

/** Where announcements go: one of the three. */
const announce = z
	.strictObject({
		slack: z
			.union([
				z.strictObject({
					channel: name.describe('Name or id of the channel, in quotes: "#checkout". The bot must be a member.'),
					token: secret.describe('Bot token (xoxb-…) with the scope chat:write'),
					url: url.default('https://slack.com/api').describe('Another API address than Slack’s own'),
				}),
				z.strictObject({
					webhook: secret.describe(
						'Instead of channel and token: the address of an incoming webhook. It can neither edit a message nor answer in a thread.',
					),
				}),
			])
			.optional()
			.describe('A channel of Slack: with a bot’s token, or by webhook'),
		command: argv
			.optional()
			.describe('The team’s own: gets the message as JSON on standard input (kind: announcement, update, resolved), prints its address'),
	})
	.refine(({slack, command}) => (slack === undefined) !== (command === undefined), {error: 'slack or command, one of the two'});
export type AnnounceConfig = z.infer<typeof announce>;

export const service = z.strictObject({
	name: name.describe('As people say it'),
	description: text.optional().describe('One sentence for those who did not write it'),
	owner: text.describe('The team that answers for it'),
	expert: contact.optional().describe('The person who knows it best'),
	contacts: z.array(contact).default([]).describe('Whom to call'),
	criticality: z
		.enum(['wake-someone', 'next-morning', 'next-week'])
		.default('next-morning')
		.describe('Paging policy for a failure at night'),
	links: z.array(link).default([]).describe('Dashboards, code, design'),
	dependencies: z
		.array(
			z.strictObject({
				name: name.describe('Service or vendor'),
				url: url.optional().describe('Its status page'),
				when_it_fails: text.optional().describe('What users see, and what to do'),
			}),
		)
		.default([])
		.describe('What it cannot run without'),
	runbooks: z
		.union([text, z.array(text).min(1)])
		.transform((one) => (typeof one === 'string' ? [one] : one))
		.optional()
		.describe('Directory of the team’s own runbooks, or a list. New runbooks are written to the first. All come before the embedded ones.'),
	tickets: tickets.optional().describe('Where T writes tickets'),
	announce: announce.optional().describe('Channel for announcements when users are affected'),
	environments: z.array(environment).min(1).describe('The environments it runs in'),
});
export type Service = z.infer<typeof service>;

/** Where the line goes and what happens to it after. */
export const opsLog = z.strictObject({
	path: text.default('docs/ops/ops-log.md').describe('Relative to rounds.yaml'),
	records: text.default('docs/ops/rounds').describe('Directory of the full JSON records'),
	commit: z.boolean().default(false).describe('git add and commit the line, shown first'),
	push: z.boolean().default(false).describe('git push after the commit, shown first'),
});
export type OpsLogConfig = z.infer<typeof opsLog>;

/** Whether writing to it deserves the greatest care. */
export function isProduction(of: Pick<Environment, 'name' | 'production'>): boolean {
	return of.production ?? ['production', 'prod', 'live'].includes(of.name.toLowerCase());
}
