import {expect, test} from 'vitest';
import {type CheckKind, checkKinds, checkOf, openKinds} from '../../../src/checks/index.ts';
import stringWidth from 'string-width';
import {panes, paneOf} from '../../../views/panes/index.ts';
import type {CellContext, Pane} from '../../../views/kit/pane.ts';
import {headerLine, placeColumns, rowLine, scrollTo} from '../../../views/kit/table.ts';
import {createTheme} from '../../../views/kit/theme.ts';
import {morning, pod, podsData, readings} from '../../helpers/fake-readings.ts';

const theme = createTheme({unicode: true, colour: false});
const context: CellContext = {now: morning, theme};

function cells(kind: CheckKind, row = 0): Readonly<Record<string, string>> {
	const pane = panes[kind] as unknown as Pane;
	const item = pane.items(readings[kind])[row];
	return Object.fromEntries(pane.columns.map((column) => [column.title, column.cell(item, context).text]));
}

test.each(checkKinds)('%s has a pane whose rows have ids, words to search, to copy and to pin', (kind) => {
	const pane = paneOf(kind);
	const items = pane?.items(readings[kind]) ?? [];
	expect(items.length).toBeGreaterThan(0);
	const ids = items.map((item) => pane?.id(item));
	expect(new Set(ids).size).toBe(ids.length);
	for (const item of items) {
		expect(pane?.search(item)).not.toBe('');
		expect(pane?.copy(item)).not.toBe('');
		expect(pane?.evidence(item)).not.toBe('');
	}
	expect(pane?.empty(readings[kind])).not.toBe('');
});

test.each(checkKinds)('%s stays within its columns at every width and never moves them', (kind) => {
	const pane = panes[kind] as unknown as Pane;
	const items = pane.items(readings[kind]);
	for (const columns of [58, 78, 84, 110, 160]) {
		const placed = placeColumns(pane, columns);
		expect(placed.columns.length).toBeGreaterThan(0);
		const lines = items.map((item) => rowLine(placed, context, {item, selected: true, focused: true, pinned: true, columns}));
		for (const line of [...lines, headerLine(placed, context, {columns, sorted: undefined, reverse: false})])
			expect(stringWidth(line)).toBeLessThanOrEqual(columns);
	}
});

/** What speaks of no row by itself: the whole, a source, or a part of a row. */
const ofNoRow = /^(?:logs:5xx|limit:password_reset\/203\.0\.113\.7)$|^(?:Grafana|test restore) /;

test.each(checkKinds.filter((kind) => kind !== 'dashboards' && !openKinds.includes(kind)))(
	'%s: what the check finds belongs to a row, so that a pin is no second evidence and the row knows its reason',
	(kind) => {
		const pane = panes[kind] as unknown as Pane;
		const {judge, options} = checkOf(kind);
		const finding = judge(readings[kind], {id: kind, options: options.parse({}), now: morning});
		const items = pane.items(readings[kind]);
		const ids = items.map((item) => pane.id(item));
		expect(finding.reasons.some(({status}) => status !== 'ok')).toBe(true);
		expect(finding.evidence.filter(({id}) => !ids.includes(id) && !ofNoRow.test(id))).toEqual([]);
		const told = finding.reasons
			.filter(({status}) => status !== 'ok')
			.filter((reason) => !items.some((item) => pane.isAbout?.(reason, item)));
		expect(told.filter(({subject, text}) => !ofNoRow.test(`${subject} ${text}`))).toEqual([]);
		// One reason is of one row, or of a row and its part.
		for (const reason of finding.reasons) expect(items.filter((item) => pane.isAbout?.(reason, item)).length).toBeLessThanOrEqual(2);
	},
);

test('a kind no one registered has no pane', () => {
	expect(paneOf('toString')).toBeUndefined();
});

test('pods print as kubectl prints them, with what it hides', () => {
	expect(cells('pods')).toEqual({
		NAME: 'api-54fb9-n4vkg',
		READY: '0/1',
		STATUS: 'CrashLoopBackOff',
		RESTARTS: '14 (38s ago)',
		AGE: '2d4h',
		CPU: '12m',
		MEMORY: '488/512Mi',
		LAST: 'OOMKilled',
	});
});

test('pods in trouble stand first, the worst on top, the others as they come', () => {
	const items = panes.pods.items(podsData(5)).map((item) => panes.pods.id(item));
	expect(items).toEqual([
		'pod:checkout-prod/api-54fb9-n4vkg',
		'pod:checkout-prod/worker-7c4d-x2x1',
		'pod:checkout-prod/web-6d5f-00000',
		'pod:checkout-prod/web-6d5f-00001',
		'pod:checkout-prod/web-6d5f-00002',
	]);
});

test('a pod without a limit on one container shows no limit', () => {
	const memory = panes.pods.columns.find(({title}) => title === 'MEMORY');
	const [first] = pod('a').containers;
	const two = pod('a', {containers: [...(first ? [first] : []), {name: 'sidecar', image: 'x', restarts: 0, memory: 10 * 1_048_576}]});
	expect(memory?.cell(two, context).text).toBe('311Mi');
});

test('an issue of an older record, which knows no severity, shows the priority that Sentry gave it', () => {
	const severity = panes.errors.columns.find(({title}) => title === 'SEVERITY');
	const shown = readings.errors.issues.map((issue) => severity?.cell({...issue, severity: undefined}, context).text);
	expect(shown).toEqual(['high']);
});

test('each kind tells its figure with the normal next to it', () => {
	expect(cells('health')).toMatchObject({ENVIRONMENT: 'staging', ANSWER: '500', TOOK: '310 ms'});
	expect(cells('alerts')).toMatchObject({STATE: 'firing', ALERT: 'HighErrorRate', SINCE: '42 m', FROM: 'Alertmanager +1'});
	expect(cells('errors')).toMatchObject({STATE: 'escalating', SEVERITY: 'critical', EVENTS: '1,204', USERS: '310', 'LAST 24 H': '▁▁▁▁▂▃█'});
	expect(cells('logs', 1)).toMatchObject({OF: 'POST /pay', NOW: '1.8 s', USUAL: '240 ms'});
	expect(cells('payments')).toMatchObject({KIND: 'webhook', SINCE: '2 h'});
	expect(cells('payments', 1)).toMatchObject({KIND: 'invoice', AMOUNT: 'EUR 149.00'});
	expect(cells('rate-limits')).toMatchObject({ACTION: 'password reset', 'BLOCKS/H': '480', USUAL: '40', SOURCES: '3'});
	expect(cells('backups')).toMatchObject({DATABASE: 'orders', AGO: '10 h 21 m', 'RESTORABLE TO': '2026-11-19T22:10Z'});
	expect(cells('capacity')).toMatchObject({KIND: 'memory', USED: '96 %', 'OF ITS LIMIT': '488/512Mi'});
	expect(cells('security')).toMatchObject({STATE: 'failure', WHAT: 'ci on main'});
	expect(cells('log-standard')).toEqual({
		SOURCE: 'web/web',
		LINES: '150',
		STRUCTURE: '0 %',
		LEVEL: '12 %',
		TIMESTAMP: '100 %',
		'REQUEST ID': '0 %',
	});
	expect(cells('readiness')).toEqual({
		STATE: 'never',
		ITEM: 'Threat model',
		CONFIRMED: '-',
		DUE: 'now',
		'WHAT MUST BE TRUE': 'it knows every door',
	});
	expect(cells('readiness', 1)).toMatchObject({
		STATE: 'doubted',
		ITEM: 'Tests',
		DUE: '2026-12-03',
		'WHAT MUST BE TRUE': 'ci on main fails',
	});
	expect(cells('readiness', 2)).toMatchObject({STATE: 'ready', CONFIRMED: '2026-09-01', DUE: '2026-11-30'});
	expect(cells('command')).toMatchObject({FROM: 'err', LINE: 'b timed out'});
});

test('the backups say above the rows when a restore was last tried', () => {
	const head = (change: object) => panes.backups.head?.({...readings.backups, ...change}, {...context, columns: 110}) ?? [];
	// What is due is among the reasons: twice would be a line for nothing.
	expect(head({})).toEqual([]);
	expect(head({testRestore: {lastOn: '2026-10-11', every: 90 * 86_400_000}})).toEqual([
		{text: 'test restore last on 2026-10-11, 40 days ago, due every 90 d', tone: 'dim'},
	]);
	expect(head({testRestore: undefined})).toEqual([]);
	expect(head({testRestore: undefined, testRestoreElsewhere: true})).toEqual([
		{text: 'test restore recorded in another place', tone: 'dim'},
	]);
});

test('narrow tables give up the columns that can wait, never the name', () => {
	const titles = (columns: number) => placeColumns(panes.pods as unknown as Pane, columns).columns.map(({column}) => column.title);
	expect(titles(110)).toEqual(['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'CPU', 'MEMORY', 'LAST']);
	expect(titles(83)).toEqual(['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'MEMORY', 'LAST']);
	expect(titles(58)).toEqual(['NAME', 'READY', 'STATUS', 'RESTARTS']);
});

test('the view scrolls only as far as the selection asks', () => {
	expect(scrollTo(0, {selected: 3, total: 100, rows: 10})).toBe(0);
	expect(scrollTo(0, {selected: 10, total: 100, rows: 10})).toBe(1);
	expect(scrollTo(50, {selected: 20, total: 100, rows: 10})).toBe(20);
	expect(scrollTo(95, {selected: 99, total: 100, rows: 10})).toBe(90);
	expect(scrollTo(5, {selected: 0, total: 3, rows: 10})).toBe(0);
});

test('the pod that most of the 5xx come from comes first, then what is slow; a fair share of them comes last', () => {
	const known = (median: number) => ({known: true, median, mad: 0, points: [median]});
	const data = {
		...readings.logs,
		pods: [
			{pod: 'api-a', share: 0.91},
			{pod: 'api-b', share: 0.05},
		],
		routes: [
			{route: '/cart', p95: 100, usual: known(100)},
			{route: '/search', p95: 2400, usual: known(240)},
		],
	};
	const {items, columns} = panes.logs as unknown as Pane;
	const rows = items(data).map((row) => columns.slice(0, 2).map(({cell}) => cell(row, context).text));
	expect(rows).toEqual([
		['share of 5xx', 'api-a'],
		['p95 of route', '/search'],
		['p95 of route', '/cart'],
		['share of 5xx', 'api-b'],
	]);
	const [line] =
		panes.logs.head?.(
			{...readings.logs, errorRatio: 0.019, usualErrorRatio: {...known(0.002), mad: 0.000001}},
			{
				...context,
				columns: 80,
			},
		) ?? [];
	expect(line?.text).toMatch(/^5xx 1\.9 % · usual 0\.2 % ·/);
});

test('an issue keeps its title and an alert its name where the checklist is next to them', () => {
	const widths = (kind: 'errors' | 'alerts') =>
		Object.fromEntries(placeColumns(panes[kind] as unknown as Pane, 83).columns.map(({column, width}) => [column.title, width]));
	expect(widths('errors')).toMatchObject({ISSUE: 32, 'LAST 24 H': 12});
	expect(widths('alerts')['ALERT']).toBeGreaterThanOrEqual(28);
});

test('what is fullest comes first, whatever its kind', () => {
	const usages = [
		{kind: 'cpu' as const, name: 'api-a', ratio: 0.28},
		{kind: 'memory' as const, name: 'api-b', ratio: 0.74},
		{kind: 'volume' as const, name: 'data-0', ratio: 0.61},
	];
	const {items, columns} = panes.capacity as unknown as Pane;
	const rows = items({...readings.capacity, usages}).map((row) => columns[1]?.cell(row, context).text);
	expect(rows).toEqual(['api-b', 'data-0', 'api-a']);
});
