/** The rows of a check as they are looked at: filtered and sorted, worked out once per reading and shared by screen and keys. */
import type {Evidence, Reason} from '../../src/checks/kit/check.ts';
import type {CellContext, Pane} from '../kit/pane.ts';
import {paneOf} from '../panes/index.ts';
import {currentStep, type Session, type TableState, tableOf} from './session.ts';

export interface TableView {
	readonly pane: Pane;
	readonly data: unknown;
	readonly items: readonly unknown[];
	/** Rows before the filter. */
	readonly total: number;
}

interface Cached {
	readonly all: readonly unknown[];
	readonly key: string;
	readonly items: readonly unknown[];
}

/** The last projection of each reading; gone with the reading. */
const cache = new WeakMap<object, Cached>();

function matches(pane: Pane, words: readonly string[]) {
	return (item: unknown) => {
		const text = pane.search(item).toLowerCase();
		return words.every((word) => text.includes(word));
	};
}

function compare(a: number | string, b: number | string): number {
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	return a < b ? -1 : a > b ? 1 : 0;
}

function sorted(pane: Pane, items: readonly unknown[], {sort, reverse}: TableState, context: CellContext): readonly unknown[] {
	const column = sort === undefined ? undefined : pane.columns[sort];
	if (!column) return reverse ? items.toReversed() : items;
	const keyOf = column.sort ?? ((item: unknown) => column.cell(item, context).text);
	const keyed = items.map((item) => ({item, key: keyOf(item)}));
	keyed.sort((a, b) => (reverse ? compare(b.key, a.key) : compare(a.key, b.key)));
	return keyed.map(({item}) => item);
}

/** Projects a reading for the screen; the same reading, filter and order give the same array. */
export function project(pane: Pane, data: unknown, state: TableState, context: CellContext): TableView {
	const key = JSON.stringify([state.filter, state.sort, state.reverse]);
	const kept = typeof data === 'object' && data !== null ? cache.get(data) : undefined;
	if (kept?.key === key) return {pane, data, items: kept.items, total: kept.all.length};
	const all = kept?.all ?? pane.items(data);
	const words = state.filter.toLowerCase().split(/\s+/).filter(Boolean);
	const items = sorted(pane, words.length === 0 ? all : all.filter(matches(pane, words)), state, context);
	if (typeof data === 'object' && data !== null) cache.set(data, {all, key, items});
	return {pane, data, items, total: all.length};
}

/** Index of the selected row: by its id wherever it is now, else where it stood. -1 without rows. */
export function selectedIndex({pane, items}: TableView, {selected, index}: TableState): number {
	if (items.length === 0) return -1;
	if (selected === undefined) return Math.min(index, items.length - 1);
	const there = items[index];
	if (there !== undefined && pane.id(there) === selected) return index;
	const found = items.findIndex((item) => pane.id(item) === selected);
	return found >= 0 ? found : Math.min(index, items.length - 1);
}

/** The rows of that check; undefined while there is no reading. */
export function viewOf(session: Session, check: string): (TableView & {readonly check: string; readonly state: TableState}) | undefined {
	const {app, ui, theme} = session;
	const configured = app.checks.find(({id}) => id === check);
	const reading = configured && app.runs.get(configured.id)?.get().reading;
	const pane = configured && paneOf(configured.check.kind);
	if (!reading || !pane) return undefined;
	const state = tableOf(ui.get(), configured.id);
	return {...project(pane, reading.data, state, {now: app.clock.now(), theme}), check: configured.id, state};
}

/** The rows of the step the operator is at; undefined while there is no reading. */
export function currentView(session: Session): ReturnType<typeof viewOf> {
	const step = currentStep(session);
	return step && viewOf(session, step.id);
}

/** The selected row of the current step. */
export function selectedItem(session: Session): {readonly item: unknown; readonly view: TableView & {readonly check: string}} | undefined {
	const view = currentView(session);
	if (!view) return undefined;
	const item = view.items[selectedIndex(view, view.state)];
	return item === undefined ? undefined : {item, view};
}

/** The row as evidence. */
export function rowEvidence({item, view}: NonNullable<ReturnType<typeof selectedItem>>, at: number): Evidence {
	const url = view.pane.url?.(item, view.data);
	return {id: view.pane.id(item), check: view.check, text: view.pane.evidence(item), at, ...(url === undefined ? {} : {url})};
}

/** What the check's finding says of the row, the most urgent first; undefined where it finds nothing wrong with it. */
export function reasonOfRow({app}: Session, {item, view}: NonNullable<ReturnType<typeof selectedItem>>): Reason | undefined {
	const reasons = app.runs.get(view.check)?.get().finding?.reasons ?? [];
	return reasons.find((reason) => reason.status !== 'ok' && view.pane.isAbout?.(reason, item));
}
