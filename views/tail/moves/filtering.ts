/** The filter stack put to work: whoever changes it does it here. */
import {compileFilters} from '../../../src/logs/query/compile-filter.ts';
import {type Filter, parseFilter} from '../../../src/logs/query/filter.ts';
import type {Level} from '../../../src/logs/log-lines.ts';
import type {Moments} from '../../../src/base/moment.ts';
import {changeTail, type TailSession, type TailUi} from '../lines/tail-session.ts';

/** The filters that count: the least level as one of its own, then those of the stack that are on. */
function counting(ui: Pick<TailUi, 'filters' | 'leastLevel'>): readonly Filter[] {
	const level = ui.leastLevel === undefined ? undefined : parseFilter(`level >= ${ui.leastLevel}`);
	return [...(level && !('problem' in level) ? [level] : []), ...ui.filters.filter(({enabled}) => enabled)];
}

function apply(session: TailSession): void {
	const {app, analysis, ui} = session;
	const filters = counting(ui.get());
	analysis.filterBy(filters.length === 0 ? undefined : compileFilters(filters, app.tail.stream));
}

/** Changes the stack; the line under the cursor stays on its row where it passes. */
export function setFilters(session: TailSession, change: (filters: readonly Filter[]) => readonly Filter[]): void {
	const before = session.ui.get();
	const filters = change(before.filters);
	changeTail(session, {filters, selectedFrom: undefined});
	apply(session);
}

/** The least level shown; undefined for all. */
export function setLeastLevel(session: TailSession, leastLevel: Level | undefined): void {
	changeTail(session, {leastLevel, selectedFrom: undefined});
	apply(session);
}

/** What a typed time is told by: the newest line, and the times as they are shown. */
export function momentsOf({app, ui}: TailSession): Moments {
	const {lines} = app.tail;
	const now = app.clock.now();
	const newest = lines.end() > lines.first() ? lines.time(lines.end() - 1) : Number.NaN;
	return {now, near: Number.isNaN(newest) ? now : newest, utc: ui.get().time === 'utc'};
}

/** Adds a filter, or turns the one of the same words on again; its sentence where the text is no filter. */
export function addFilter(session: TailSession, text: string): string | undefined {
	const filter = parseFilter(text, momentsOf(session));
	if ('problem' in filter) return filter.problem;
	setFilters(session, (filters) =>
		filters.some(({id}) => id === filter.id) ? filters.map((one) => (one.id === filter.id ? filter : one)) : [...filters, filter],
	);
	return undefined;
}

/** Puts a filter of other words where the one with that id is; its sentence where the text is no filter. */
export function changeFilter(session: TailSession, id: string, text: string): string | undefined {
	const filter = parseFilter(text, momentsOf(session));
	if ('problem' in filter) return filter.problem;
	setFilters(session, (filters) =>
		filters.filter((one) => one.id === id || one.id !== filter.id).map((one) => (one.id === id ? filter : one)),
	);
	return undefined;
}
