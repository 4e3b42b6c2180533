import type {Baseline} from '../../src/base/baseline.ts';
import {formatAge, formatMs, formatNumber, formatPercent} from '../../src/base/figures.ts';
import type {LogsData, RouteFigures} from '../../src/checks/logs/types.ts';
import {sparkline} from '../kit/sparkline-cells.ts';
import {byRank, definePane} from '../kit/pane.ts';

/** How fast each route answers, and which share of the 5xx comes from each pod. */
type Row = {readonly kind: 'pod'; readonly pod: string; readonly share: number} | ({readonly kind: 'route'} & RouteFigures);

const usual = (baseline: Baseline, print: (value: number) => string) => (baseline.known ? print(baseline.median) : 'no history yet');
const slow = (row: Row) => row.kind === 'route' && row.usual.known && row.p95 > 3 * row.usual.median;
const concentrated = (row: Row) => row.kind === 'pod' && row.share > 0.5;
/** The pod that most come from, what is slow, the other routes; a pod with its fair share of the 5xx comes last. */
const rank = (row: Row) => (row.kind === 'pod' ? (concentrated(row) ? 0 : 3) : slow(row) ? 1 : 2);
const nameOf = (row: Row) => (row.kind === 'pod' ? row.pod : row.route);
const figure = (row: Row) => (row.kind === 'pod' ? formatPercent(row.share) : formatMs(row.p95));

export const logs = definePane<LogsData, Row>({
	noun: ['figure', 'figures'],
	items: ({pods, routes}) =>
		byRank<Row>(
			[...routes.map((route) => ({kind: 'route' as const, ...route})), ...pods.map((pod) => ({kind: 'pod' as const, ...pod}))],
			rank,
		),
	variables: (row) => (row.kind === 'pod' ? {POD: row.pod} : {ROUTE: row.route}),
	id: (row) => `logs:${row.kind}/${nameOf(row)}`,
	columns: [
		{title: 'FIGURE', width: 12, drop: 1, cell: (row) => ({text: row.kind === 'pod' ? 'share of 5xx' : 'p95 of route', tone: 'dim'})},
		{title: 'OF', width: 20, grow: 1, max: 48, drop: 0, cell: (row) => ({text: nameOf(row)})},
		{
			title: 'NOW',
			width: 9,
			align: 'right',
			drop: 0,
			cell: (row) => ({text: figure(row), tone: slow(row) || concentrated(row) ? 'amber' : 'plain'}),
			sort: (row) => (row.kind === 'pod' ? -row.share : -row.p95),
		},
		{
			title: 'USUAL',
			width: 14,
			align: 'right',
			drop: 2,
			cell: (row) => ({text: row.kind === 'pod' ? '' : usual(row.usual, formatMs), tone: 'dim'}),
		},
	],
	search: nameOf,
	url: (_row, {url}) => url,
	logs: (row) => (row.kind === 'pod' ? {selection: {podNames: [row.pod]}} : undefined),
	copy: (row) => `${nameOf(row)} ${figure(row)}`,
	isAbout: ({subject, text}, row) => (row.kind === 'route' ? subject === row.route : subject === '5xx' && text.endsWith(` ${row.pod}`)),
	evidence: (row) =>
		row.kind === 'pod'
			? `${figure(row)} of the 5xx come from ${row.pod}`
			: `${row.route} p95 ${figure(row)}, usual ${usual(row.usual, formatMs)}`,
	head(data, {theme, columns}) {
		const ratio = data.errorRatio === undefined ? '5xx not known' : `5xx ${formatPercent(data.errorRatio)}`;
		const normal = data.usualErrorRatio;
		const mad = normal.known ? formatPercent(normal.mad) : '';
		// A spread that rounds to nothing says nothing.
		const spread = mad === '' || mad === formatPercent(0) ? '' : ` ± ${mad}`;
		const text = `${ratio} ${theme.symbols.separator} ${normal.known ? `usual ${formatPercent(normal.median)}${spread}` : 'no history yet'}`;
		// Without a trend of the day, the same hour of the past weeks and now.
		const weeks = data.trend.length > 0 || data.errorRatio === undefined ? [] : [...normal.points.toReversed(), data.errorRatio];
		const rate =
			data.requestsPerSecond === undefined ? '' : ` ${theme.symbols.separator} ${formatNumber(data.requestsPerSecond)} requests/s`;
		const from =
			data.from === 'pod-logs' && data.lines
				? ` ${theme.symbols.separator} from ${formatNumber(data.lines.understood)} of ${formatNumber(data.lines.read)} pod log lines`
				: '';
		const trend = sparkline(
			theme,
			data.trend.map(({value}) => value),
			Math.min(36, columns),
		);
		return [
			{text: `${text}${rate}${from}`},
			...(weeks.length > 1 ? [{text: `${sparkline(theme, weeks, 12)} this hour of the last weeks, and now`, tone: 'dim' as const}] : []),
			...(trend === ''
				? []
				: [{text: `${trend} last ${formatAge((data.trend.at(-1)?.at ?? 0) - (data.trend[0]?.at ?? 0))}`, tone: 'dim' as const}]),
		];
	},
	empty: () => 'no pod and no route had anything to show',
});
