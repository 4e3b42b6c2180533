/**
 * The company's alert rules. Prometheus evaluates them, Alertmanager is told, Grafana has one of its own.
 * When an alert became active is a fact of the story, so that all three agree to the second.
 */
import type {World} from '../kit/world.ts';

const minute = 60_000;

export interface AlertRule {
	readonly name: string;
	readonly severity: 'critical' | 'warning';
	readonly expr: string;
	/** How long the expression must hold, milliseconds. */
	readonly forMs: number;
	readonly labels: Readonly<Record<string, string>>;
	readonly annotations: Readonly<Record<string, string>>;
	/** When the expression began to hold; undefined where it does not. */
	readonly activeAt: number | undefined;
	/** Someone has silenced it. */
	readonly silence?: {readonly by: string; readonly comment: string; readonly from: number; readonly until: number};
	/** Name of the alert that inhibits it while it fires. */
	readonly inhibitedBy?: string;
}

/** An alert at a moment. */
export interface ActiveAlert extends AlertRule {
	readonly activeAt: number;
	readonly state: 'pending' | 'firing';
}

/** Where the company keeps its runbooks. */
const runbook = (name: string): string => `https://runbooks.example.com/checkout/${name}`;

const production = '{namespace="checkout-prod"}';
const errorRatio = `sum(rate(http_requests_total{namespace="checkout-prod",status=~"5.."}[5m])) / sum(rate(http_requests_total${production}[5m]))`;

/** All rules, active or not, in the order of the rule file. */
export function alertRules({story}: World): readonly AlertRule[] {
	const {startedAt, burstAt, release, health} = story;
	const team = {team: 'payments', service: story.service};
	const labels = (environment: 'production' | 'staging') => ({...team, environment, namespace: story.namespaces[environment]});
	const slow = story.routes.some((route) => route.p95 > 1);
	const slowSince = story.failingPod === undefined ? (burstAt ?? release.deployedAt) : release.deployedAt;
	const down = !health.production.up;
	const degraded = Object.values(health.staging.dependencies).some((state) => state !== 'ok');
	return [
		{
			name: 'CheckoutDown',
			severity: 'critical',
			expr: `${errorRatio} > 0.5`,
			forMs: minute,
			labels: labels('production'),
			annotations: {
				summary: 'More than half of checkout’s requests fail',
				description: 'Customers cannot pay.',
				runbook_url: runbook('checkout-down'),
			},
			activeAt: down && burstAt !== undefined ? burstAt + 3.5 * minute : undefined,
		},
		{
			name: 'CheckoutHighErrorRate',
			severity: 'critical',
			expr: `${errorRatio} > 0.01`,
			forMs: 5 * minute,
			labels: labels('production'),
			annotations: {
				summary: 'More than 1 % of checkout’s requests are answered 5xx',
				description: 'Customers see errors while they pay. Group the 5xx by pod and by route before anything else.',
				runbook_url: runbook('checkout-high-error-rate'),
				dashboard_url: 'https://grafana.example.com/d/checkout-overview',
			},
			activeAt: burstAt === undefined ? undefined : burstAt + 4 * minute,
		},
		{
			name: 'CheckoutSlowEndpoint',
			severity: 'warning',
			expr: `histogram_quantile(0.95, sum by (le, route) (rate(http_request_duration_seconds_bucket${production}[5m]))) > 1`,
			// Becomes an alert a few minutes into the morning's round.
			forMs: 90 * minute,
			labels: labels('production'),
			annotations: {
				summary: 'An endpoint of checkout has been slower than 1 s for an hour and a half',
				runbook_url: runbook('checkout-slow-endpoint'),
			},
			activeAt: slow ? slowSince + 3 * minute : undefined,
			...(down && {inhibitedBy: 'CheckoutDown'}),
		},
		{
			name: 'CheckoutDependencyDegraded',
			severity: 'warning',
			expr: 'sum(checkout_dependency_degraded{namespace="checkout-staging"}) > 0',
			forMs: 10 * minute,
			labels: labels('staging'),
			annotations: {summary: 'Search of staging answers slowly', runbook_url: runbook('checkout-dependency')},
			activeAt: degraded ? startedAt - 3 * 60 * minute : undefined,
			silence: {
				by: 'dan@example.com',
				comment: 'Search is being reindexed on staging, back by noon',
				from: startedAt - 2.5 * 60 * minute,
				until: startedAt + 4 * 60 * minute,
			},
		},
		{
			name: 'VolumeFillingUp',
			severity: 'warning',
			expr: 'kubelet_volume_stats_used_bytes / kubelet_volume_stats_capacity_bytes > 0.85',
			forMs: 15 * minute,
			labels: team,
			annotations: {summary: 'A volume is more than 85 % full', runbook_url: runbook('volume-filling-up')},
			activeAt: undefined,
		},
	];
}

/** What is pending or firing at `at` (epoch milliseconds). */
export function activeAlerts(world: World, at: number): readonly ActiveAlert[] {
	return alertRules(world).flatMap((rule) => {
		const {activeAt} = rule;
		if (activeAt === undefined || at < activeAt) return [];
		return [{...rule, activeAt, state: at >= activeAt + rule.forMs ? ('firing' as const) : ('pending' as const)}];
	});
}

/** When it started to fire; the moment Alertmanager heard of it. */
export const firingSince = (alert: ActiveAlert): number => alert.activeAt + alert.forMs;

/** All labels of the alert, as Prometheus sends them. */
export const alertLabels = ({name, severity, labels}: AlertRule): Readonly<Record<string, string>> => ({
	alertname: name,
	...labels,
	severity,
});
