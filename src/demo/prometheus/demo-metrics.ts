/** Everything the demo's Prometheus knows; README and tests read the list from here. */
import {activeAlerts, alertLabels, alertRules} from '../alertmanager/demo-alerts.ts';
import {planCluster} from '../kubernetes/cluster/plan-cluster.ts';
import type {World} from '../kit/world.ts';
import {historyMs} from './promql-flow.ts';
import {limitSeries} from './limits.ts';
import {requestSeries} from './request-series.ts';
import {resourceSeries} from './resource-series.ts';
import type {SeriesSource} from './series.ts';

/** Name, labels and meaning of every metric. */
export const metricList = [
	['http_requests_total', 'service, environment, namespace, pod, route, status, method', 'counter: requests answered'],
	[
		'http_request_duration_seconds_bucket',
		'service, environment, namespace, pod, route, le',
		'histogram: how long they took; also _sum and _count',
	],
	['rate_limit_requests_total', 'service, environment, namespace, action', 'counter: requests that a limit looked at'],
	['rate_limit_blocked_total', 'service, environment, namespace, action, source', 'counter: those it refused, by address'],
	['kubelet_volume_stats_used_bytes', 'namespace, persistentvolumeclaim', 'gauge; also _capacity_bytes'],
	['container_cpu_usage_seconds_total', 'namespace, pod, container, image', 'counter: CPU seconds'],
	['container_memory_working_set_bytes', 'namespace, pod, container, image', 'gauge: absent while the container does not run'],
	['kube_pod_container_resource_limits', 'namespace, pod, container, resource, unit', 'gauge; also _requests'],
	['kube_pod_container_status_restarts_total', 'namespace, pod, container', 'counter'],
	['database_storage_used_bytes', 'environment, namespace, database', 'gauge; also _capacity_bytes'],
	['pg_database_size_bytes', 'environment, namespace, datname', 'gauge'],
	['checkout_dependency_degraded', 'environment, namespace, dependency', 'gauge: 1 while /healthz calls it degraded or down'],
	['up', 'job, instance, service, namespace, pod', 'gauge: 1 while the target answers'],
	['ALERTS', 'alertname, alertstate and the alert’s own labels', 'gauge: 1 while pending or firing'],
] as const;

function dependencies({story}: World): readonly SeriesSource[] {
	return story.environments.flatMap((environment) =>
		Object.entries(story.health[environment].dependencies).map(([dependency, state]) => {
			const since = environment === 'production' ? (story.burstAt ?? story.startedAt) : story.startedAt - 3 * 3_600_000;
			const labels = {service: story.service, environment, namespace: story.namespaces[environment], dependency};
			return {
				labels: {__name__: 'checkout_dependency_degraded', ...labels},
				valueAt: (at: number) => (state !== 'ok' && at >= since ? 1 : 0),
			};
		}),
	);
}

function alertSeries(world: World): readonly SeriesSource[] {
	return alertRules(world).flatMap((rule) =>
		(['pending', 'firing'] as const).map((alertstate) => ({
			labels: {__name__: 'ALERTS', ...alertLabels(rule), alertstate},
			valueAt: (at: number) =>
				activeAlerts(world, at).some((alert) => alert.name === rule.name && alert.state === alertstate) ? 1 : undefined,
		})),
	);
}

/** All series of the world; none has a value from the future or from before its history. */
export function seriesOf(world: World): readonly SeriesSource[] {
	const cluster = planCluster(world);
	const all = [
		...requestSeries(world, cluster),
		...limitSeries(world),
		...resourceSeries(world, cluster),
		...dependencies(world),
		...alertSeries(world),
	];
	const origin = world.story.startedAt - historyMs;
	return all.map(({labels, valueAt}) => ({
		labels,
		valueAt: (at) => (at < origin || at > world.clock.now() ? undefined : valueAt(at)),
	}));
}
