/** The rows: moving, filtering, sorting, and what can be done with the selected one. */
import type {LogLook} from '../../../src/apps/tail-app.ts';
import {layoutOf} from '../../session/layout.ts';
import {openLogsOver} from '../../runbook/book/logs-over-round.ts';
import {change, changeTable, currentStep, type Focus, freshTable, isPinned, type Session, tableOf} from '../../session/session.ts';
import {currentView, rowEvidence, selectedItem} from '../../session/table-view.ts';
import type {Action, Actions} from '../../session/action.ts';
import {move, hold} from '../../session/select-row.ts';

type Selected = NonNullable<ReturnType<typeof selectedItem>>;

const noRow = 'no row is selected: this check shows none';

function onRow(act: (session: Session, selected: Selected) => void, disabled?: (selected: Selected) => string | undefined): Action {
	return {
		run(session) {
			const selected = selectedItem(session);
			if (selected) act(session, selected);
		},
		disabled(session) {
			const selected = selectedItem(session);
			return selected ? disabled?.(selected) : noRow;
		},
	};
}

function page(direction: 1 | -1): Action {
	return {
		run(session, key) {
			const by = Math.max(1, Math.floor(layoutOf(session.ui.get()).bodyRows / 2)) * direction;
			move(by).run(session, key);
		},
	};
}

/** Goes through the columns that can be sorted by; beyond the last comes trouble first again. */
function sort(direction: 1 | -1): Action {
	return {
		run(session) {
			const view = currentView(session);
			if (!view) return;
			const {columns} = view.pane;
			const places = columns.length + 1;
			const now = view.state.sort ?? columns.length;
			const next = (now + direction + places) % places;
			const {sort: _sort, ...rest} = view.state;
			const {tables} = session.ui.get();
			change(session, {tables: {...tables, [view.check]: {...rest, reverse: false, ...(next < columns.length ? {sort: next} : {})}}});
			session.app.notice.set(next < columns.length ? `sorted by ${columns[next]?.title.toLowerCase() ?? ''}` : 'sorted by trouble');
		},
		disabled: (session) => (currentView(session) ? undefined : noRow),
	};
}

function pin(session: Session, selected: Selected): void {
	const {app} = session;
	const evidence = rowEvidence(selected, app.clock.now());
	const {id, check} = evidence;
	if (isPinned(app.round.get().pins, check, id)) {
		app.dispatch({type: 'unpinned', id, check});
		app.notice.set('unpinned');
		return;
	}
	app.dispatch({type: 'pinned', evidence});
	app.notice.set(`pinned: ${evidence.text}`);
}

/** The logs of the selected row, where it is a pod's. */
function previousOf(session: Session): LogLook | undefined {
	const selected = selectedItem(session);
	const look = selected && selected.view.pane.logs?.(selected.item, selected.view.data);
	return look?.selection.podNames && look.goTo === undefined ? look : undefined;
}

function openLogs(lookOf: (session: Session) => LogLook, disabled?: (session: Session) => string | undefined): Action {
	return {
		run(session) {
			const {app} = session;
			const check = currentStep(session)?.id;
			if (check !== undefined && app.openLogs) openLogsOver(session, app.openLogs(lookOf(session), check));
		},
		disabled: (session) =>
			session.app.openLogs ? disabled?.(session) : 'no cluster is configured: set kubernetes: under sources: in rounds.yaml',
	};
}

/** The panes that are on the screen, in the order of tab. */
function panesOf(session: Session): readonly Focus[] {
	return layoutOf(session.ui.get()).runbook ? ['checklist', 'table', 'runbook'] : ['checklist', 'table'];
}

function cycle(direction: 1 | -1): Action {
	return {
		run(session, key) {
			const all = panesOf(session);
			const at = Math.max(0, all.indexOf(session.ui.get().focus));
			const focus = all[(at + direction + all.length) % all.length] ?? 'checklist';
			change(session, {focus});
			if (focus === 'table') hold.run(session, key);
		},
	};
}

export const tableActions = {
	'row-down': move(1),
	'row-up': move(-1),
	'row-first': move('first'),
	'row-last': move('last'),
	'row-page-down': page(1),
	'row-page-up': page(-1),
	'row-whole': onRow((session) => change(session, {overlay: {kind: 'page', page: 'row', top: 0}})),
	browse: {
		run(session, key) {
			change(session, {focus: 'table'});
			hold.run(session, key);
		},
		disabled: (session) => (currentView(session)?.items.length ? undefined : noRow),
	},
	pin: onRow(pin),
	open: onRow(
		(session, {item, view}) => {
			const url = view.pane.url?.(item, view.data);
			if (url !== undefined) session.app.open(url);
		},
		({item, view}) => (view.pane.url?.(item, view.data) === undefined ? `a ${view.pane.noun[0]} has no page to open` : undefined),
	),
	logs: openLogs((session) => {
		const selected = selectedItem(session);
		return (selected && selected.view.pane.logs?.(selected.item, selected.view.data)) ?? {selection: {}};
	}),
	'previous-logs': openLogs(
		(session) => {
			const look = previousOf(session);
			return {selection: {...look?.selection, previous: true, follow: false}};
		},
		(session) => (previousOf(session) ? undefined : 'only a pod has previous logs'),
	),
	copy: onRow((session, {item, view}) => session.app.copy(view.pane.copy(item))),
	filter: {
		run: (session) => change(session, {focus: 'table', overlay: {kind: 'filter'}}),
		disabled: (session) => (currentView(session) ? undefined : noRow),
	},
	'filter-keep': {run: (session) => change(session, {overlay: undefined, focus: 'table'})},
	'filter-clear': {
		run(session) {
			const check = currentStep(session)?.id;
			if (check !== undefined) changeTable(session, check, {filter: freshTable.filter});
			change(session, {overlay: undefined});
		},
	},
	'filter-down': move(1),
	'filter-up': move(-1),
	'sort-next': sort(1),
	'sort-previous': sort(-1),
	'sort-reverse': {
		run(session) {
			const check = currentStep(session)?.id;
			if (check !== undefined) changeTable(session, check, {reverse: !tableOf(session.ui.get(), check).reverse});
		},
		disabled: (session) => (currentView(session) ? undefined : noRow),
	},
	'next-pane': cycle(1),
	'previous-pane': cycle(-1),
} as const satisfies Partial<Actions>;
