import type {DashboardsData} from '../../src/checks/dashboards/types.ts';
import {definePane} from '../kit/pane.ts';

export const dashboards = definePane<DashboardsData, DashboardsData['links'][number]>({
	noun: ['dashboard', 'dashboards'],
	items: ({links}) => links,
	id: ({address}) => `dashboard:${address}`,
	columns: [
		{title: 'DASHBOARD', width: 20, grow: 1, drop: 0, cell: ({title}) => ({text: title})},
		{title: 'ADDRESS', width: 20, grow: 2, drop: 1, cell: ({address}) => ({text: address, tone: 'dim'})},
	],
	search: ({title, address}) => `${title} ${address}`,
	url: ({url}) => url,
	copy: ({url}) => url,
	evidence: ({title, address}) => `${title} ${address}`,
	head: () => [{text: 'Judge these by eye. Press o to open one in the browser.', tone: 'dim'}],
	empty: () => 'no dashboard is configured',
});
