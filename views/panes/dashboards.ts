import type {DashboardsData} from '../../src/checks/dashboards.ts';
import {definePane} from './pane.ts';

export const dashboards = definePane<DashboardsData, DashboardsData['links'][number]>({
	noun: ['dashboard', 'dashboards'],
	items: ({links}) => links,
	id: ({url}) => `dashboard:${url}`,
	columns: [
		{title: 'DASHBOARD', width: 20, grow: 1, drop: 0, cell: ({title}) => ({text: title})},
		{title: 'ADDRESS', width: 20, grow: 2, drop: 1, cell: ({url}) => ({text: url, tone: 'dim'})},
	],
	search: ({title, url}) => `${title} ${url}`,
	url: ({url}) => url,
	copy: ({url}) => url,
	evidence: ({title, url}) => `${title} ${url}`,
	head: () => [{text: 'Only an eye can judge these: o opens one in the browser', tone: 'dim'}],
	empty: () => 'no dashboard is configured',
});
