/** The company's rounds.yaml: what a team that has set everything up would have written. */
import {stringify} from 'yaml';
import {organization} from '../sentry/sentry-server.ts';
import type {World} from '../kit/world.ts';

interface Addresses {
	readonly sentry: string;
	readonly stripe: string;
	readonly prometheus: string;
	readonly alertmanager: string;
	readonly grafana: string;
	readonly health: string;
	readonly slack: string;
}

interface ConfigParts {
	readonly world: World;
	readonly kubeconfigPath: string;
	readonly urls: Addresses;
	/** The command that prints what a path of the team's own server answers. */
	readonly ask: (path: string) => readonly string[];
	/** The command that posts its standard input to a path of that server. */
	readonly post: (path: string) => readonly string[];
	/** What means the Stripe CLI. */
	readonly stripeCli: readonly string[];
}

function environmentOf({world, kubeconfigPath, urls, ask, stripeCli}: ConfigParts, name: 'production' | 'staging'): object {
	const {story} = world;
	const production = name === 'production';
	return {
		name,
		cluster: 'eu-1',
		health: [
			{name: 'api', url: `${urls.health}/${name}/healthz`},
			{name: 'web', url: `${urls.health}/${name}/web/healthz`},
		],
		sources: {
			kubernetes: {kubeconfig: kubeconfigPath, context: 'eu-1', namespace: story.namespaces[name]},
			prometheus: {url: urls.prometheus, token: 'env:ROUNDS_DEMO_PROMETHEUS_TOKEN'},
			alertmanager: {url: urls.alertmanager, token: 'env:ROUNDS_DEMO_ALERTMANAGER_TOKEN'},
			grafana: {url: urls.grafana, token: 'env:ROUNDS_DEMO_GRAFANA_TOKEN'},
			sentry: {url: urls.sentry, organization, environment: name, token: 'env:ROUNDS_DEMO_SENTRY_TOKEN'},
			...(production && {
				stripe: {key: 'env:ROUNDS_DEMO_STRIPE_KEY', url: urls.stripe, cli: stripeCli},
				backups: story.databases.map((database) => ({
					system: 'command',
					database: database.name,
					command: ask(`/backups/${database.name}`),
				})),
			}),
		},
		links: [
			{title: 'Checkout overview', url: `${urls.grafana}/d/checkout-overview`},
			{title: 'Checkout payments', url: `${urls.grafana}/d/checkout-payments`},
		],
	};
}

const isoDay = (at: number) => new Date(at).toISOString().slice(0, 10);

/** When the team went through each item last; the restore is the one that the backups tell of. */
function readinessDays({startedAt, testRestoredAt}: World['story']): Readonly<Record<string, string>> {
	const ago = (days: number) => isoDay(startedAt - days * 86_400_000);
	return {tests: ago(18), 'threat-model': ago(67), backups: isoDay(testRestoredAt), logs: ago(19), alerts: ago(19)};
}

/** The text of rounds.yaml. */
export function companyConfig(parts: ConfigParts): string {
	const {world, urls, ask, post} = parts;
	const {story} = world;
	const config = {
		version: 1,
		services: [
			{
				name: story.service,
				description: 'Cart, checkout and payment of the shop',
				owner: 'payments',
				expert: {name: 'Carol Lindqvist', role: 'wrote most of it', email: 'carol@example.com', phone: '+47 5550 0142', chat: '@carol'},
				contacts: [
					{name: 'Bob Okafor', role: 'second on call', email: 'bob@example.com', phone: '+47 5550 0143'},
					{name: 'Dan Ito', role: 'owns search', email: 'dan@example.com', chat: '@dan'},
				],
				criticality: 'wake-someone',
				runbooks: 'docs/runbooks',
				announce: {slack: {channel: '#checkout', token: 'env:ROUNDS_DEMO_SLACK_TOKEN', url: `${urls.slack}/api`}},
				tickets: {command: post('/tickets'), find: post('/tickets/find')},
				links: [
					{title: 'Architecture', url: 'https://wiki.example.com/checkout/architecture'},
					{title: 'Releases', url: 'https://ci.example.com/checkout/releases'},
				],
				dependencies: [
					{name: 'database', when_it_fails: 'nobody can pay: production is down'},
					{name: 'search', when_it_fails: 'products are not found; who knows an address can still pay'},
					{name: 'queue', when_it_fails: 'confirmations come late'},
				],
				environments: story.environments.map((name) => environmentOf(parts, name)),
			},
		],
		checks: [
			// Client and servers share one laptop with whatever else it does: a busy moment of it is no slow service.
			{check: 'health', options: {slow: '4s'}},
			'alerts',
			'pods',
			'errors',
			{
				check: 'logs',
				options: {
					requests: 'sum(rate(http_requests_total{namespace="$namespace"}[5m]))',
					errors: 'sum(rate(http_requests_total{namespace="$namespace",status=~"5.."}[5m])) or vector(0)',
					latency: 'histogram_quantile(0.95, sum by (le,route)(rate(http_request_duration_seconds_bucket{namespace="$namespace"}[5m])))',
					errorsByPod: 'sum by (pod)(rate(http_requests_total{namespace="$namespace",status=~"5.."}[5m]))',
				},
			},
			'payments',
			{
				check: 'rate-limits',
				options: {
					blocked: 'sum by (action)(increase(rate_limit_blocked_total{namespace="$namespace"}[1h]))',
					requests: 'sum by (action)(increase(rate_limit_requests_total{namespace="$namespace"}[1h]))',
					blockedBySource: 'sum by (action,source)(increase(rate_limit_blocked_total{namespace="$namespace"}[1h]))',
				},
			},
			{check: 'backups', options: {testRestore: {lastOn: isoDay(story.testRestoredAt), every: '90d'}}},
			{
				check: 'capacity',
				options: {
					volumes: 'kubelet_volume_stats_used_bytes{namespace="$namespace"} / kubelet_volume_stats_capacity_bytes{namespace="$namespace"}',
				},
			},
			{check: 'security', options: {command: ask('/security')}},
			// What Redis, its exporter and Envoy print is their makers'.
			{check: 'log-standard', options: {ignore: ['redis/redis', 'redis/exporter', 'payments/proxy']}},
			{check: 'readiness', options: {confirmed: readinessDays(story)}},
			'dashboards',
		],
	};
	return `# The simulated company's checklist. Secrets are references; their values are in the environment.\n${stringify(config, {lineWidth: 0})}`;
}
