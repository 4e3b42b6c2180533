import {createHash} from 'node:crypto';
import type {Alert} from '../../ports/alert-source.ts';

type Labels = Readonly<Record<string, string>>;

/** What Prometheus, Alertmanager and Grafana alike keep in labels and annotations. */
export function alertText(
	labels: Labels,
	annotations: Labels,
): Pick<Alert, 'id' | 'name' | 'labels' | 'severity' | 'summary' | 'runbookUrl'> {
	const severity = labels['severity'] ?? labels['priority'];
	const summary = annotations['summary'] ?? annotations['description'] ?? annotations['message'];
	const runbookUrl = annotations['runbook_url'] ?? annotations['runbook'];
	return {
		id: fingerprint(labels),
		name: labels['alertname'] ?? 'unnamed',
		labels,
		...(severity ? {severity} : {}),
		...(summary ? {summary} : {}),
		...(runbookUrl ? {runbookUrl} : {}),
	};
}

/** Labels are an alert's identity; the same set gives the same id in any order. */
function fingerprint(labels: Labels): string {
	const pairs = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
	return createHash('sha256').update(JSON.stringify(pairs)).digest('hex').slice(0, 16);
}
