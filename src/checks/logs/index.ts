/** Bursts of 5xx and slow endpoints against what is usual, from Prometheus or from the pods' own logs. */
import {defineCheck} from '../kit/check.ts';
import {judgeLogs} from './judge.ts';
import {errorFact, readFromMetrics, readFromPodLogs, routeFact} from './logs-read.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {type LogsData, options, type LogsOptions} from './types.ts';

export const logs = defineCheck<LogsData, LogsOptions>({
	kind: 'logs',
	title: 'Logs',
	why: 'A burst of 5xx or a slow endpoint is users failing before anyone calls.',
	tips: [
		'First find their origin. All from one pod: that pod or its node. All from one route: its code or its dependency.',
		'Compare with the usual of this weekday and hour, not with zero: every service has its normal.',
		'Slow without errors: a dependency or a lock. Errors without slow: code or configuration.',
		'Group by pod, operation and status before reading lines. Three failures that look unrelated often share one pod.',
	],
	serves: 'performance',
	cadence: 'daily',
	runbook: 'logs',
	source: 'Prometheus or pod logs',
	options,
	everyMs: 30_000,
	timeoutMs: 20_000,
	configured: ({sources}) => sources.metrics !== undefined || sources.logs !== undefined,
	async read(context) {
		if (context.sources.metrics) return readFromMetrics(context, context.sources.metrics);
		if (context.sources.logs) return readFromPodLogs(context, context.sources.logs);
		throw notConfigured('Logs', '`sources: {prometheus: {url: …}}` or `sources: {kubernetes: {namespace: …}}`');
	},
	judge: judgeLogs,
	facts: ({errorRatio, routes}) => [
		...(errorRatio === undefined ? [] : [{id: errorFact, value: errorRatio, unit: 'ratio' as const}]),
		...routes.map(({route, p95}) => ({id: routeFact(route), value: p95, unit: 'ms' as const})),
	],
});
