/**
 * Starts the simulated company: every server on its own free port, and a directory with the kubeconfig, the team's
 * script and a rounds.yaml like any team's. The product is pointed at these and cannot tell.
 */
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Clock} from '../../ports/clock.ts';
import {startAlertmanager} from '../alertmanager/alertmanager-server.ts';
import {companyConfig} from './company-config.ts';
import {startGrafana} from '../grafana/grafana-server.ts';
import {startHealth} from './health-server.ts';
import {kubeconfigOf} from '../kubernetes/api/demo-kubeconfig.ts';
import {hexOf} from '../kubernetes/plan/random.ts';
import {startKubernetes} from '../kubernetes/api/kubernetes-server.ts';
import {startPrometheus} from '../prometheus/prometheus-server.ts';
import {startSentry} from '../sentry/sentry-server.ts';
import {startSlack} from '../slack/slack-server.ts';
import {createWorld} from '../kit/story.ts';
import {stripeScript} from '../stripe/cli-script.ts';
import {startStripe} from '../stripe/stripe-server.ts';
import {askScript, postScript, startTeamTools} from './team-tools.ts';
import type {DemoServer, ScenarioName, World} from '../kit/world.ts';

export interface CompanyOptions {
	readonly scenario: ScenarioName;
	readonly seed?: number;
	readonly clock: Clock;
	/** Pods beyond the story's, for measuring; 0 by default. */
	readonly extraPods?: number;
	/** Changes a second among those; 0 by default. */
	readonly changesPerSecond?: number;
	/** Pods that write much, and how many lines a second they write together, for measuring; none by default. */
	readonly logPods?: number;
	readonly logLinesPerSecond?: number;
	/** How long one fault of a story with faults lasts; 10 s by default. */
	readonly faultWindowMs?: number;
	/** How long there are any, from the start on; for ever by default. */
	readonly faultsForMs?: number;
	/** Where to write the files, kept after `close`; a temporary directory that goes with the company where absent. */
	readonly directory?: string;
}

export interface Company {
	readonly world: World;
	readonly directory: string;
	readonly configPath: string;
	readonly kubeconfigPath: string;
	/** The variables that rounds.yaml's `env:NAME` references name. */
	readonly environment: Readonly<Record<string, string>>;
	/** For clients that we did not write; passwords are in the address where a client takes them from there. */
	readonly addresses: readonly {readonly name: string; readonly url: string}[];
	/** Ends every server, and removes the directory where it was temporary. */
	readonly close: () => Promise<void>;
}

/** A token as long as a real one, that follows from the seed. */
const tokenOf = (seed: number, name: string, prefix: string): string => `${prefix}${hexOf(`${seed} token ${name}`, 40)}`;

const withPassword = (url: string, password: string): string => url.replace('://', `://rounds:${password}@`);

/** Starts every server at once. Throws what the first one to fail threw, with the others closed. */
export async function startCompany(options: CompanyOptions): Promise<Company> {
	const world = createWorld({
		scenario: options.scenario,
		clock: options.clock,
		...(options.seed === undefined ? {} : {seed: options.seed}),
		...(options.faultWindowMs === undefined ? {} : {faultWindowMs: options.faultWindowMs}),
		...(options.faultsForMs === undefined ? {} : {faultsForMs: options.faultsForMs}),
	});
	const token = (name: string, prefix = '') => tokenOf(world.seed, name, prefix);
	const tokens = {
		kubernetes: token('kubernetes'),
		sentry: token('sentry', 'sntryu_'),
		stripe: token('stripe', 'rk_live_'),
		prometheus: token('prometheus'),
		alertmanager: token('alertmanager'),
		grafana: token('grafana', 'glsa_'),
		slack: token('slack', 'xoxb-'),
		team: token('team'),
	};
	const {extraPods = 0, changesPerSecond = 0, logPods = 0, logLinesPerSecond = 0} = options;
	const starting = [
		startKubernetes(world, {token: tokens.kubernetes, extraPods, changesPerSecond, logPods, logLinesPerSecond}),
		startSentry(world, {token: tokens.sentry}),
		startStripe(world, {token: tokens.stripe}),
		startPrometheus(world, {token: tokens.prometheus}),
		startAlertmanager(world, {token: tokens.alertmanager}),
		startGrafana(world, {token: tokens.grafana}),
		startHealth(world),
		startTeamTools(world, {token: tokens.team}),
		startSlack(world, {token: tokens.slack}),
	] as const;
	const settled = await Promise.allSettled(starting);
	const closeAll = async () => {
		const running = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []) as readonly DemoServer[]);
		await Promise.all(running.map((server) => server.close()));
	};
	const failed = settled.find((one) => one.status === 'rejected');
	if (failed) {
		await closeAll();
		throw failed.reason;
	}
	const [kubernetes, sentry, stripe, prometheus, alertmanager, grafana, health, team, slack] = await Promise.all(starting);

	const temporary = options.directory === undefined;
	const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'rounds-demo-')));
	// Where the team's own runbooks, and the tips added to them, are.
	await mkdir(join(directory, 'docs', 'runbooks'), {recursive: true});
	const file = (name: string) => join(directory, name);
	const kubeconfigPath = file('kubeconfig');
	const configPath = file('rounds.yaml');
	const secret = {mode: 0o600};
	const {namespaces} = world.story;
	await Promise.all([
		writeFile(
			kubeconfigPath,
			kubeconfigOf({
				url: kubernetes.url,
				token: tokens.kubernetes,
				context: 'eu-1',
				namespace: namespaces.production,
				cluster: 'eu-1',
				certificateAuthority: kubernetes.certificateAuthority,
			}),
			secret,
		),
		writeFile(file('ask.mjs'), askScript),
		writeFile(file('post.mjs'), postScript),
		writeFile(file('stripe.mjs'), stripeScript),
		writeFile(file('stripe-key'), `${tokens.stripe}\n`, secret),
		writeFile(file('team-token'), `${tokens.team}\n`, secret),
		writeFile(
			configPath,
			companyConfig({
				world,
				kubeconfigPath,
				urls: {
					sentry: sentry.url,
					stripe: stripe.url,
					prometheus: prometheus.url,
					alertmanager: alertmanager.url,
					grafana: grafana.url,
					health: health.url,
					slack: slack.url,
				},
				ask: (path) => [process.execPath, file('ask.mjs'), `${team.url}${path}`, file('team-token')],
				post: (path) => [process.execPath, file('post.mjs'), `${team.url}${path}`, file('team-token')],
				stripeCli: [process.execPath, file('stripe.mjs'), stripe.url, file('stripe-key')],
			}),
		),
	]);

	return {
		world,
		directory,
		configPath,
		kubeconfigPath,
		environment: {
			ROUNDS_DEMO_SENTRY_TOKEN: tokens.sentry,
			ROUNDS_DEMO_STRIPE_KEY: tokens.stripe,
			ROUNDS_DEMO_PROMETHEUS_TOKEN: tokens.prometheus,
			ROUNDS_DEMO_ALERTMANAGER_TOKEN: tokens.alertmanager,
			ROUNDS_DEMO_GRAFANA_TOKEN: tokens.grafana,
			ROUNDS_DEMO_SLACK_TOKEN: tokens.slack,
		},
		addresses: [
			{name: 'Kubernetes', url: kubernetes.url},
			{name: 'Sentry', url: sentry.url},
			{name: 'Stripe', url: stripe.url},
			{name: 'Prometheus', url: withPassword(prometheus.url, tokens.prometheus)},
			{name: 'Alertmanager', url: withPassword(alertmanager.url, tokens.alertmanager)},
			{name: 'Grafana', url: grafana.url},
			{name: 'health', url: `${health.url}/production/healthz`},
			{name: 'Slack', url: `${slack.url}/api`},
			{name: 'team scripts', url: team.url},
		],
		close: async () => {
			await closeAll();
			if (temporary) await rm(directory, {recursive: true, force: true});
		},
	};
}
