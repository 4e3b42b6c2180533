/**
 * The whole of rounds.yaml. The schema is the one definition: the types, the error messages, the JSON Schema that
 * editors complete from and the reference in the README all come from it.
 * A new key is added here (or in service-schema.ts) with its description, and nowhere else.
 */
import * as z from 'zod';
import type {Cadence, Check} from '../checks/kit/check.ts';
import {duration} from '../base/duration.ts';
import {opsLog, secret, service, type OpsLogConfig, type SecretReference, type Service} from '../service/service.ts';

/** The checks that exist, by kind, in the order of the walk. */
export type CheckRegistry = Readonly<Record<string, Check>>;

/** One item of the checklist as rounds.yaml sets it; durations in milliseconds. */
export interface CheckEntry {
	/** The kind: the check's name in the registry. */
	readonly check: string;
	readonly id?: string | undefined;
	readonly title?: string | undefined;
	readonly cadence?: Cadence | undefined;
	readonly runbook?: string | undefined;
	readonly every?: number | undefined;
	readonly timeout?: number | undefined;
	/** Parsed by the check's own schema. */
	readonly options: unknown;
}

export interface ServiceConfig extends Service {
	readonly checks?: readonly CheckEntry[] | undefined;
}

/** rounds.yaml once parsed: defaults filled in, durations in milliseconds. */
export interface RoundsConfig {
	readonly version?: 1 | undefined;
	readonly operator?: string | undefined;
	readonly services: readonly ServiceConfig[];
	/** Absent: every check whose source is configured, in the registry's order. */
	readonly checks?: readonly CheckEntry[] | undefined;
	readonly opsLog: OpsLogConfig;
	readonly crashReports?: {readonly dsn: SecretReference} | undefined;
	readonly heartbeat?: HeartbeatConfig | undefined;
}

/** When the round must have been walked, for Sentry's cron monitor. */
export interface HeartbeatConfig {
	readonly dsn: SecretReference;
	readonly monitor: string;
	readonly schedule: string;
	readonly timezone?: string | undefined;
	/** Milliseconds, as is `longest`. */
	readonly margin: number;
	readonly longest: number;
}

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'small letters, digits and hyphens, such as pods-eu');

function checkEntry(check: Check) {
	return z.strictObject({
		check: z.literal(check.kind).describe(check.title),
		id: id.optional().describe('Its name on the command line and in the record. Default: the kind'),
		title: z.string().min(1).optional().describe('What the checklist shows'),
		cadence: z
			.enum(['daily', 'weekly', 'monthly'])
			.optional()
			.describe(
				'How often it is due. A weekly or monthly check joins the round 6.5 or 27 days after its last review. `rounds check` always runs it',
			),
		runbook: z.string().min(1).optional().describe('File name without .md, of the team’s or the embedded runbooks'),
		every: duration.optional().describe('How often to read again while the operator is there'),
		timeout: duration.optional().describe('Longest a reading may take'),
		// `prefault`: options left out altogether are the defaults; kinds that cannot go without keep the key required.
		options: (check.options.safeParse({}).success ? check.options.prefault({}) : check.options).describe(
			'Thresholds and queries of this check',
		),
	});
}

/** A bare name means the check with its defaults; kinds that cannot go without options say so. */
function bareName(registry: CheckRegistry) {
	return z
		.enum(Object.keys(registry))
		.describe('The name alone: the check with its defaults')
		.transform((kind, context): CheckEntry => {
			const options = registry[kind]?.options.safeParse({});
			if (!options?.success) {
				const keys = new Set(options?.error.issues.map((issue) => String(issue.path[0] ?? 'options')));
				context.addIssue({code: 'custom', message: `a mapping with "check: ${kind}" and its options (${[...keys].join(', ')})`});
			}
			return {check: kind, options: options?.data};
		});
}

function checkList(registry: CheckRegistry): z.ZodType<readonly CheckEntry[]> {
	const entries = Object.values(registry).map(checkEntry);
	const [first, ...rest] = entries;
	if (!first) return z.array(z.never());
	return z.array(z.union([bareName(registry), z.discriminatedUnion('check', [first, ...rest])])).min(1);
}

/** The schema of rounds.yaml for these checks; each check's `options` are its own schema. */
export function createSchema(registry: CheckRegistry): z.ZodType<RoundsConfig> {
	const checks = checkList(registry);
	return z.strictObject({
		version: z.literal(1).optional().describe('Of this format'),
		operator: z
			.string()
			.min(1)
			.optional()
			.describe('Who walks. Default: the login name. ROUNDS_OPERATOR in the environment overrides both'),
		services: z
			.array(
				service.extend({
					checks: checks.optional().describe('The checklist of this service, instead of the one below'),
				}),
			)
			.min(1)
			.describe('What the team runs. The first one is the default'),
		checks: checks.optional().describe('The checklist, in the order of the walk. Default: every check whose source is configured'),
		opsLog: opsLog.prefault({}).describe('File of the ops log'),
		crashReports: z
			.strictObject({dsn: secret.describe('Sentry DSN to which crashes of rounds itself are reported')})
			.optional()
			.describe('Off unless set. Secrets are removed before sending'),
		heartbeat: z
			.strictObject({
				dsn: secret.describe('Sentry DSN of the project that has the monitor'),
				monitor: z.string().min(1).default('morning-round').describe('Slug of the cron monitor. Sentry creates it with the first round'),
				schedule: z.string().min(1).default('0 9 * * 1-5').describe('When a round begins, as in a crontab'),
				timezone: z.string().min(1).optional().describe('Time zone of the schedule, such as Europe/Zurich. Default: this machine’s'),
				margin: duration.prefault('1h').describe('Sentry alerts this long after a missed round'),
				longest: duration.prefault('2h').describe('Maximum duration of a round'),
			})
			.optional()
			.describe('A Sentry check-in for each round, so that a missed round raises an alert. Off unless set'),
	});
}
