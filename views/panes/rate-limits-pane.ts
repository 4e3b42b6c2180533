import {formatNumber, formatPercent} from '../../src/base/figures.ts';
import {actionName} from '../../src/checks/rate-limits/judge.ts';
import type {ActionFigures, RateLimitsData} from '../../src/checks/rate-limits/types.ts';
import {sparkline} from '../kit/sparkline-cells.ts';
import {byRank, definePane} from '../kit/pane.ts';

const times = ({blocks, usual}: ActionFigures) =>
	blocks === undefined || !usual.known || usual.median === 0 ? undefined : blocks / usual.median;
const shown = (value: number | undefined) => (value === undefined ? 'no data' : formatNumber(Math.round(value)));
const rate = ({requests, blocks}: ActionFigures) =>
	requests === undefined || blocks === undefined || requests === 0 ? '-' : formatPercent(blocks / requests);
const usualText = ({usual}: ActionFigures) => (usual.known ? formatNumber(Math.round(usual.median)) : 'no history yet');

export const rateLimits = definePane<RateLimitsData, ActionFigures>({
	noun: ['action', 'actions'],
	items: ({actions}) => byRank(actions, (action) => ((times(action) ?? 1) > 3 ? 0 : 1)),
	id: ({action}) => `limit:${action}`,
	columns: [
		{title: 'ACTION', width: 16, grow: 1, max: 28, drop: 0, cell: ({action}) => ({text: actionName(action)})},
		{
			title: 'REQUESTS/H',
			width: 10,
			align: 'right',
			drop: 3,
			cell: ({requests}) => ({text: shown(requests)}),
			sort: ({requests}) => -(requests ?? 0),
		},
		{
			title: 'BLOCKS/H',
			width: 9,
			align: 'right',
			drop: 0,
			cell: (action) => ({text: shown(action.blocks), tone: (times(action) ?? 1) > 3 ? 'amber' : 'plain'}),
			sort: ({blocks}) => -(blocks ?? 0),
		},
		{title: 'USUAL', width: 14, align: 'right', drop: 1, cell: (action) => ({text: usualText(action), tone: 'dim'})},
		{title: 'BLOCKED', width: 8, align: 'right', drop: 2, cell: (action) => ({text: rate(action)})},
		{title: 'SOURCES', width: 8, align: 'right', drop: 4, cell: ({sources}) => ({text: shown(sources)})},
		{title: 'MOST FROM', width: 15, grow: 1, drop: 5, cell: ({topSources}) => ({text: topSources[0]?.source ?? '', tone: 'dim'})},
	],
	search: ({action, topSources}) => `${action} ${topSources.map(({source}) => source).join(' ')}`,
	url: (_action, {url}) => url,
	copy: (action) => `${action.action} ${shown(action.blocks)} blocks`,
	isAbout: ({subject}, {action}) => subject === actionName(action),
	evidence: (action) =>
		`${action.action}: ${shown(action.blocks)} blocks in an hour, usual ${usualText(action)}, from ${shown(action.sources)} sources`,
	details: ({topSources, blocks, usual}, {theme}) => [
		// The newest week last, and then now.
		...(usual.points.length > 0 && blocks !== undefined
			? [['past weeks, now', sparkline(theme, [...usual.points.toReversed(), blocks], usual.points.length + 1)] as const]
			: []),
		...topSources.map(({source, blocks}) => [source, `${formatNumber(blocks)} blocks`] as const),
	],
	empty: () => 'No rate-limit data',
});
