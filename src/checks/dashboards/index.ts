/** Dashboards to look at by eye: no machine sees an odd shape in a graph. */
import {defineCheck} from '../kit/check.ts';
import {finding, label} from '../kit/finding.ts';
import {plural} from '../../base/figures.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {type DashboardsData, options, type DashboardsOptions, type Shown} from './types.ts';

/** The page below Grafana's address with `from` and `to`; any other address, and one with its own range, as it is. */
function withRange(address: string, {grafana, range, now}: Shown): string {
	if (grafana === undefined) return address;
	const [page, root] = [new URL(address), new URL(grafana)];
	const below = root.pathname.endsWith('/') ? root.pathname : `${root.pathname}/`;
	if (page.origin !== root.origin || !page.pathname.startsWith(below) || page.pathname === below) return address;
	if (page.searchParams.has('from') || page.searchParams.has('to')) return address;
	// Appended as text: setting it through searchParams would write the other parameters anew.
	page.search = `${page.search}${page.search === '' ? '?' : '&'}from=${now - range}&to=${now}`;
	return page.href;
}

export const dashboards = defineCheck<DashboardsData, DashboardsOptions>({
	kind: 'dashboards',
	title: 'Dashboards',
	why: 'Some trouble has a shape before it has a threshold.',
	tips: [
		'Grafana opens with the last 24 hours. Then set 7 days: look for what is new, not for what is high.',
		'Look for saw-teeth that grow, a line that went flat, or a daily peak at another hour.',
		'A flat zero is as often a broken exporter as a quiet service.',
		'If you check a graph by eye every day, add a `promql` check to rounds.yaml.',
	],
	serves: 'performance',
	cadence: 'daily',
	runbook: 'dashboards',
	byEye: true,
	source: 'rounds.yaml',
	options,
	// Nothing is asked of anybody: only the time range moves on.
	everyMs: 60_000,
	timeoutMs: 5000,
	configured: ({service, environment, sources}) => service.links.length + environment.links.length > 0 || sources.grafanaUrl !== undefined,
	read({service, environment, sources, options, clock}) {
		const grafana = sources.grafanaUrl === undefined ? [] : [{title: 'Grafana', url: sources.grafanaUrl}];
		const all = [...options.links, ...environment.links, ...service.links, ...grafana];
		const links = all.filter(({url}, index) => all.findIndex((other) => other.url === url) === index);
		if (links.length === 0) return Promise.reject(notConfigured('Dashboards', '`links: [{title: …, url: …}]`'));
		const shown = {grafana: sources.grafanaUrl, range: options.range, now: clock.now()};
		return Promise.resolve({links: links.map(({title, url}) => ({title, address: url, url: withRange(url, shown)}))});
	},
	// Unknown until someone looked: nothing was measured, and `ok` would be a lie.
	judge: ({links}, {id, now}) =>
		finding({
			summary: `${plural(links.length, 'dashboard')} to look at by eye`,
			short: `${label(id)} ${links.length} to look at`,
			reasons: links.map(({title}) => ({status: 'unknown', subject: title, text: 'look at it: nothing here is measured'})),
			evidence: links.map(({title, address, url}) => ({id: `dashboard:${address}`, check: id, text: title, url, at: now})),
		}),
});
