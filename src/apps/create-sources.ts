/** From one environment of rounds.yaml to the sources that the checks ask. Nothing is connected before it is asked. */
import {resolve} from 'node:path';
import type {Environment} from '../service/service.ts';
import type {Sources} from '../ports/sources.ts';
import type {CommandRunner} from '../ports/commands.ts';
import type {AlertSource} from '../ports/alert-source.ts';
import type {LogSource} from '../ports/pod-log-source.ts';
import type {PodSource} from '../ports/pod-source.ts';
import type {Clock} from '../ports/clock.ts';
import type {DebugLog} from '../ports/debug-log.ts';
import {createAlertmanager} from '../adapters/alertmanager/alertmanager.ts';
import {createBackup} from '../adapters/backups/backups.ts';
import {createGithub} from '../adapters/github/github.ts';
import {createGrafana} from '../adapters/grafana/grafana.ts';
import {createHttpProbe} from '../adapters/http/http-probe.ts';
import {createPrometheus} from '../adapters/prometheus/prometheus.ts';
import {kubernetesSources} from '../adapters/kubernetes/cluster-sources.ts';
import type {Secrets} from '../adapters/machine/secrets.ts';
import {createSentry} from '../adapters/sentry/sentry.ts';
import {createStripe} from '../adapters/stripe/stripe.ts';

export interface SourcesOptions {
	readonly environment: Environment;
	readonly clock: Clock;
	readonly secrets: Secrets;
	readonly commands: CommandRunner;
	/** Silent if absent. */
	readonly debug?: DebugLog;
	/** In place of the cluster that the environment names. */
	readonly kubernetes?: {readonly pods: PodSource; readonly logs: LogSource};
	/** Where the team's own commands run; the directory of rounds.yaml. */
	readonly directory?: string;
	/** For each answer over HTTP; 10 s by default. */
	readonly timeoutMs?: number;
}

/** Makes every source that the environment configures; the others are absent. */
export function createSources(options: SourcesOptions): Sources {
	const {clock, commands, secrets} = options;
	const config = options.environment.sources;
	const common = {clock, ...(options.timeoutMs === undefined ? {} : {timeoutMs: options.timeoutMs})};
	const token = (reference: Parameters<Secrets['credential']>[0] | undefined, whoFor: string) =>
		reference === undefined ? {} : {credential: secrets.credential(reference, whoFor)};

	const kubernetes =
		options.kubernetes ??
		(config.kubernetes &&
			kubernetesSources({...config.kubernetes, ...fromDirectory(config.kubernetes.kubeconfig, options.directory), clock}));
	const prometheus =
		config.prometheus &&
		createPrometheus({
			...common,
			url: config.prometheus.url,
			...token(config.prometheus.token, 'Prometheus'),
			...(config.prometheus.headers ? {headers: config.prometheus.headers} : {}),
		});
	const alertmanager =
		config.alertmanager &&
		createAlertmanager({
			...common,
			url: config.alertmanager.url,
			...token(config.alertmanager.token, 'Alertmanager'),
			...(config.alertmanager.filter ? {filter: config.alertmanager.filter} : {}),
		});
	const grafana = config.grafana && createGrafana({...common, url: config.grafana.url, ...token(config.grafana.token, 'Grafana')});
	const alerts: readonly AlertSource[] = [alertmanager, prometheus, grafana].filter((source) => source !== undefined);

	return {
		http: createHttpProbe(clock),
		commands,
		alerts,
		backups: (config.backups ?? []).map((backup) =>
			createBackup(backup, {commands, ...(options.directory === undefined ? {} : {cwd: options.directory})}),
		),
		...kubernetes,
		...(prometheus ? {metrics: prometheus} : {}),
		...(config.sentry
			? {
					issues: createSentry({
						...common,
						url: config.sentry.url,
						organization: config.sentry.organization,
						projects: config.sentry.projects,
						credential: secrets.credential(config.sentry.token, 'Sentry'),
						...(config.sentry.environment === undefined ? {} : {environment: config.sentry.environment}),
					}),
				}
			: {}),
		...(config.stripe
			? {
					payments: createStripe({
						...common,
						...(options.debug ? {debug: options.debug} : {}),
						credential: secrets.credential(config.stripe.key, 'Stripe'),
						dashboard: config.stripe.dashboard,
						...(config.stripe.url === undefined ? {} : {url: config.stripe.url}),
					}),
				}
			: {}),
		...(config.github ? {repositories: createGithub({...config.github, commands})} : {}),
		...(config.grafana ? {grafanaUrl: config.grafana.url.replace(/\/+$/, '')} : {}),
	};
}

/** A relative kubeconfig in rounds.yaml is next to it, wherever the program was started. */
function fromDirectory(kubeconfig: string | undefined, directory: string | undefined): {readonly kubeconfig?: string} {
	if (kubeconfig === undefined || directory === undefined || kubeconfig.startsWith('~')) return {};
	return {kubeconfig: resolve(directory, kubeconfig)};
}
