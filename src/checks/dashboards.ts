/** Dashboards to look at by eye: no machine sees an odd shape in a graph. */
import {z} from 'zod';
import {link} from '../config/service-schema.ts';
import {defineCheck} from './check.ts';
import {finding, label} from './finding.ts';
import {plural} from './format.ts';
import {notConfigured} from './missing-source.ts';

export interface DashboardsData {
	readonly links: readonly {readonly title: string; readonly url: string}[];
}

const options = z.strictObject({
	links: z.array(link).default([]).describe('Dashboards to look at; the links of the environment and the service come after them'),
});
export type DashboardsOptions = z.output<typeof options>;

export const dashboards = defineCheck<DashboardsData, DashboardsOptions>({
	kind: 'dashboards',
	title: 'Dashboards',
	why: 'Some trouble has a shape before it has a threshold.',
	tips: [
		'Set the range to 24 hours, then to 7 days: look for what is new, not for what is high.',
		'Saw-teeth that grow, a line that went flat, a daily peak that came at another hour: these are the odd ones.',
		'A flat zero is as often a broken exporter as a quiet service.',
		'What you look for here every day by eye wants to be a check: add a promql item to rounds.yaml.',
	],
	serves: 'performance',
	cadence: 'daily',
	runbook: 'dashboards',
	byEye: true,
	source: 'rounds.yaml',
	options,
	everyMs: 3_600_000,
	timeoutMs: 5000,
	configured: ({service, environment, sources}) => service.links.length + environment.links.length > 0 || sources.grafanaUrl !== undefined,
	read({service, environment, sources, options}) {
		const grafana = sources.grafanaUrl === undefined ? [] : [{title: 'Grafana', url: sources.grafanaUrl}];
		const all = [...options.links, ...environment.links, ...service.links, ...grafana];
		const links = all.filter(({url}, index) => all.findIndex((other) => other.url === url) === index);
		if (links.length === 0) return Promise.reject(notConfigured('Dashboards', '`links: [{title: …, url: …}]`'));
		return Promise.resolve({links});
	},
	// Unknown until somebody looked: nothing was measured, and `ok` would be a lie.
	judge: ({links}, {id, now}) =>
		finding({
			summary: `${plural(links.length, 'dashboard')} to look at by eye`,
			short: `${label(id)} ${links.length} to look at`,
			reasons: links.map(({title}) => ({status: 'unknown', subject: title, text: 'look at it: nothing here is measured'})),
			evidence: links.map(({title, url}) => ({id: `dashboard:${url}`, check: id, text: title, url, at: now})),
		}),
});
