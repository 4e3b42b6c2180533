/** Joins what several sources say of the same alert. Pure. */
import type {Alert} from '../../ports/alert-source.ts';
import type {MergedAlert} from './types.ts';

/** Grafana and Prometheus add labels of their own; these never distinguish two alerts. */
const incidental = new Set([
	'alertname',
	'severity',
	'grafana_folder',
	'prometheus',
	'receive',
	'replica',
	'__alert_rule_uid__',
	'__name__',
	'alertstate',
]);

function identity({name, labels}: Alert): string {
	const telling = Object.entries(labels)
		.filter(([key]) => !incidental.has(key))
		.sort(([a], [b]) => (a < b ? -1 : 1));
	return JSON.stringify([name, telling]);
}

const states: readonly Alert['state'][] = ['firing', 'pending', 'silenced', 'inhibited'];
const severities = ['critical', 'page', 'emergency', 'error', 'high', 'warning', 'medium', 'low', 'info', 'none'];

function severityRank({severity}: Alert): number {
	const rank = severities.indexOf(severity?.toLowerCase() ?? 'warning');
	return rank === -1 ? severities.indexOf('warning') : rank;
}

/** Alertmanager alone knows of silences, so its word on the state wins. */
function join(one: MergedAlert, other: Alert): MergedAlert {
	const [first, second] = other.source === 'Alertmanager' ? [other, one] : [one, other];
	return {
		...second,
		...first,
		severity: first.severity ?? second.severity,
		summary: first.summary ?? second.summary,
		runbookUrl: first.runbookUrl ?? second.runbookUrl,
		url: first.url ?? second.url,
		startedAt: Math.min(one.startedAt, other.startedAt),
		labels: {...second.labels, ...first.labels},
		sources: one.sources.includes(other.source) ? one.sources : [...one.sources, other.source],
	};
}

/** One row per alert, firing first, the most severe first, the oldest first. */
export function mergeAlerts(alerts: readonly Alert[]): readonly MergedAlert[] {
	const merged = new Map<string, MergedAlert>();
	for (const alert of alerts) {
		const key = identity(alert);
		const known = merged.get(key);
		merged.set(key, known ? join(known, alert) : {...alert, sources: [alert.source]});
	}
	return [...merged.values()].sort(
		(a, b) => states.indexOf(a.state) - states.indexOf(b.state) || severityRank(a) - severityRank(b) || a.startedAt - b.startedAt,
	);
}
