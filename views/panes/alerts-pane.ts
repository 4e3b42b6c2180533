import type {AlertsData, MergedAlert} from '../../src/checks/alerts/types.ts';
import {formatAge} from '../../src/base/figures.ts';
import type {LogLook} from '../../src/apps/tail-app.ts';
import type {Tone} from '../kit/theme.ts';
import {byRank, definePane} from '../kit/pane.ts';

const order = ['firing', 'pending', 'silenced', 'inhibited'] as const;

function tone({state, severity}: MergedAlert): Tone {
	if (state === 'pending') return 'amber';
	if (state !== 'firing') return 'dim';
	return severity === undefined || /crit|page|emerg|error/i.test(severity) ? 'red' : 'amber';
}

/** What an alert's labels say of where it fires; all pods where they say nothing. */
function podsOf({pod, namespace, deployment, statefulset, daemonset, job_name: job, container}: MergedAlert['labels']): LogLook {
	const owners = {deploy: deployment, sts: statefulset, ds: daemonset, job};
	const workloads = Object.entries(owners).flatMap(([kind, name]) => (name ? [`${kind}/${name}`] : []));
	return {
		selection: {
			...(namespace ? {namespaces: [namespace]} : {}),
			...(pod ? {podNames: [pod]} : {workloads}),
			...(container ? {containers: `^${container.replaceAll(/[^\w-]/g, '.')}$`} : {}),
		},
	};
}

/** `Alertmanager +1`: one name and how many more say the same. */
const fromWhere = ([first = '', ...more]: MergedAlert['sources']) => (more.length === 0 ? first : `${first} +${more.length}`);

export const alerts = definePane<AlertsData, MergedAlert>({
	noun: ['alert', 'alerts'],
	items: ({alerts}) => byRank(alerts, ({state}) => order.indexOf(state)),
	id: ({source, id}) => `alert:${source}/${id}`,
	columns: [
		{title: 'STATE', width: 9, drop: 0, cell: (alert) => ({text: alert.state, tone: tone(alert)}), sort: ({state}) => order.indexOf(state)},
		{title: 'SEVERITY', width: 9, drop: 1, cell: ({severity}) => ({text: severity ?? '-'})},
		{title: 'ALERT', width: 28, grow: 1, drop: 0, cell: ({name}) => ({text: name})},
		{title: 'SUMMARY', width: 10, grow: 2, drop: 3, cell: ({summary}) => ({text: summary ?? '', tone: 'dim'})},
		{
			title: 'SINCE',
			width: 9,
			align: 'right',
			drop: 2,
			cell: ({startedAt}, {now}) => ({text: formatAge(now - startedAt)}),
			sort: ({startedAt}) => startedAt,
		},
		{title: 'FROM', width: 15, drop: 4, cell: ({sources}) => ({text: fromWhere(sources), tone: 'dim'})},
	],
	search: ({name, summary, severity, state, labels, runbookUrl}) =>
		`${name} ${severity ?? ''} ${state} ${summary ?? ''} ${Object.values(labels).join(' ')} ${runbookUrl ?? ''}`,
	url: ({runbookUrl, url}) => url ?? runbookUrl,
	outside: (alert) => ({kind: 'alert', alert}),
	began: ({state, startedAt}) => (state === 'firing' ? startedAt : undefined),
	logs: ({labels, startedAt}) => ({...podsOf(labels), goTo: startedAt}),
	variables: ({name, labels}) => ({
		...Object.fromEntries(Object.entries(labels).map(([label, value]) => [label.toUpperCase(), value])),
		ALERT: name,
		APP: labels['app'] ?? labels['service'],
	}),
	copy: ({name, summary}) => [name, summary].filter(Boolean).join(': '),
	isAbout: ({subject, text}, {name, summary}) => subject === name && text.includes(summary ?? ''),
	evidence: ({name, state, severity, summary}) => [`${name} ${state}`, severity, summary].filter(Boolean).join(', '),
	details: ({labels, runbookUrl, silencedUntil, sources}) => [
		['from', sources.join(', ')],
		...(runbookUrl ? [['runbook', runbookUrl] as const] : []),
		...(silencedUntil ? [['silenced until', new Date(silencedUntil).toISOString()] as const] : []),
		...Object.entries(labels),
	],
	head: ({failures}) => failures.map(({source, message}) => ({text: `${source}: ${message}`, tone: 'amber' as const})),
	empty: ({read}) => (read.length > 0 ? `No alerts firing (${read.join(', ')})` : 'no source asked'),
});
