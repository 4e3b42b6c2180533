/** The text of a first rounds.yaml: what was found is ready, what was not is next to it as a comment. */
import {stringify} from 'yaml';
import type {FoundSystem, Surroundings} from './surroundings.ts';

export interface FirstEnvironment {
	readonly name: 'production' | 'staging';
	readonly namespace?: string | undefined;
	readonly health?: string | undefined;
}

export interface FirstConfig extends Pick<Surroundings, 'repository' | 'prometheus' | 'alertmanager' | 'grafana' | 'stripe' | 'sentry'> {
	/** What `$schema` says: a path next to or below the file. */
	readonly schema: string;
	readonly service: string;
	readonly owner: string;
	readonly operator?: string | undefined;
	readonly context?: string | undefined;
	/** The first one is production. */
	readonly environments: readonly FirstEnvironment[];
}

/** A value as YAML writes it, in quotes where it must. */
function scalar(value: string): string {
	return stringify(value, {lineWidth: 0, blockQuote: false}).trimEnd();
}

/** The lines as they are, or as an example to be taken over. */
function either(found: readonly string[] | undefined, example: readonly string[]): readonly string[] {
	return found ?? example.map((line) => `# ${line}`);
}

function systemLines(
	name: string,
	{found, example}: {readonly found: FoundSystem | undefined; readonly example: string},
): readonly string[] {
	const token = name === 'grafana' ? 'GRAFANA_TOKEN' : undefined;
	return either(
		found && [`${name}:`, `  url: ${scalar(found.url)}`, ...(found.token === undefined ? [] : [`  token: env:${found.token}`])],
		[`${name}:`, `  url: ${example}`, ...(token === undefined ? [] : [`  token: env:${token}`])],
	);
}

function kubernetesLines(namespace: string | undefined, context: string | undefined): readonly string[] {
	return either(
		namespace === undefined
			? undefined
			: ['kubernetes:', ...(context === undefined ? [] : [`  context: ${scalar(context)}`]), `  namespace: ${scalar(namespace)}`],
		['kubernetes:', '  context: my-cluster', '  namespace: my-service-prod'],
	);
}

function sentryLines({sentry}: FirstConfig): readonly string[] {
	const {organization, project, url, token} = sentry ?? {};
	return either(
		organization === undefined || token === undefined
			? undefined
			: [
					'sentry:                          # scopes of the token: event:read, org:read, project:read',
					...(url === undefined ? [] : [`  url: ${scalar(url)}`]),
					`  organization: ${scalar(organization)}`,
					...(project === undefined ? [] : [`  projects: [${stringify(project, {defaultStringType: 'QUOTE_DOUBLE'}).trimEnd()}]`]),
					`  token: env:${token}`,
				],
		['sentry:', '  organization: my-organization', '  projects: [my-service]', '  token: env:SENTRY_AUTH_TOKEN'],
	);
}

function sourceLines(config: FirstConfig, {namespace, name}: FirstEnvironment): readonly string[] {
	const kubernetes = kubernetesLines(namespace, config.context);
	if (name !== 'production') return kubernetes;
	return [
		...kubernetes,
		...systemLines('prometheus', {found: config.prometheus, example: 'https://prometheus.example.com'}),
		...systemLines('alertmanager', {found: config.alertmanager, example: 'https://alertmanager.example.com'}),
		...systemLines('grafana', {found: config.grafana, example: 'https://grafana.example.com'}),
		...sentryLines(config),
		...either(
			config.stripe === undefined
				? undefined
				: ['stripe:                          # best a restricted key that may only read', `  key: env:${config.stripe}`],
			['stripe:', '  key: env:STRIPE_API_KEY'],
		),
		...either(
			config.repository === undefined
				? undefined
				: ['github:                          # through the gh command and its login', `  repositories: [${scalar(config.repository)}]`],
			['github:', '  repositories: [owner/name]'],
		),
		'# backups:                         # rds, aurora, dynamodb, cloud-sql, pgbackrest, or any command',
		'#   - {system: rds, database: orders, instance: orders-prod}',
	];
}

function environmentLines(config: FirstConfig, environment: FirstEnvironment): readonly string[] {
	const sources = sourceLines(config, environment);
	// A mapping of comments only is empty, which is no mapping.
	const head = sources.every((line) => line.startsWith('#'))
		? 'sources: {}                        # take {} away with the first #'
		: 'sources:';
	return [
		`- name: ${environment.name}`,
		...either(
			environment.health === undefined
				? undefined
				: ['health:                            # answers 200 while all is well', `  - url: ${scalar(environment.health)}`],
			['health:', '  - url: https://my-service.example.com/healthz'],
		).map((line) => `  ${line}`),
		`  ${head}`,
		...sources.map((line) => `    ${line}`),
	];
}

/** The whole file, ending with a newline; it is valid as it is. */
export function firstConfig(config: FirstConfig): string {
	const environments = config.environments.flatMap((environment) => environmentLines(config, environment));
	return `${[
		`# yaml-language-server: $schema=${config.schema}`,
		'# What the morning round looks at. `rounds doctor` tests it and reports every mistake with its line.',
		'# Never write secrets here, only references: env:NAME, file:PATH (mode 600), or {command: [op, read, …]}.',
		'',
		...(config.operator === undefined ? [] : [`# operator: ${scalar(config.operator)}   # who walks. Default: the login name`, '']),
		'services:',
		`  - name: ${scalar(config.service)}`,
		`    owner: ${scalar(config.owner)}`,
		'    criticality: next-morning            # or wake-someone, next-week: what a failure at night deserves',
		'    # expert: {name: Who knows it best, chat: "#channel"}',
		'    # runbooks: docs/runbooks            # the team’s own, read before the embedded ones',
		'    # announce: {slack: {channel: "#my-service", token: env:SLACK_BOT_TOKEN}}   # for announcing outages, also by webhook or command',
		'    environments:',
		...environments.map((line) => `      ${line}`),
		'',
		'# Every check whose source is configured is made, in a sound order with sound thresholds. To choose and tune:',
		'# checks:',
		'#   - health',
		'#   - check: pods',
		'#     options: {restarts: 5, window: 1h}',
		'#   - check: readiness                   # once a month: what must be right before a bad night',
		'#     options: {confirmed: {tests: 2026-11-02, threat-model: 2026-09-14, backups: 2026-10-11}}',
		'',
		'opsLog:',
		'  path: docs/ops/ops-log.md              # the line of each round, relative to this file',
		'  records: docs/ops/rounds               # the full JSON record of each round',
		'  commit: false                          # git add and commit the line, shown first',
	].join('\n')}\n`;
}
