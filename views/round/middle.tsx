import {useState} from 'react';
import {announcedAt} from '../../src/round/incident/announced.ts';
import {untoldOutage} from '../../src/round/incident/lead-in.ts';
import type {CheckRun} from '../../src/checks/kit/check.ts';
import {formatAge, plural} from '../../src/base/figures.ts';
import {useSession} from '../session/context.ts';
import {suggestionOf} from '../session/decide.ts';
import {layoutOf, type Region} from '../session/layout.ts';
import {Lines} from '../kit/lines.tsx';
import {draw, type Part, spread} from '../kit/line.ts';
import {headerLine, placeColumns, rowLine, scrollTo} from '../kit/table.ts';
import {drawField} from '../kit/text-field.ts';
import {seenAt, seenLines} from '../session/seen.ts';
import {isPinned, type Session, tableOf} from '../session/session.ts';
import {sinceParts} from './since.ts';
import {currentView, selectedIndex} from '../session/table-view.ts';
import {useNow} from '../kit/use-now.ts';
import {useStore} from '../kit/use-store.ts';
import {findingLines, troubleOf} from './finding-lines.ts';
import {promptLines} from './prompt.ts';
import {useRun} from '../session/use-run.ts';

/** Where the rows are, how many, and how fresh. */
function freshness(run: CheckRun | undefined, now: number): string {
	if (!run?.reading) return '';
	if (run.liveness?.state === 'live') return 'live';
	const old = `${formatAge(now - run.reading.startedAt)} old`;
	return run.phase === 'running' ? `${old}, asking again` : old;
}

function filterParts(session: Session, check: string): readonly Part[] {
	const {overlay} = session.ui.get();
	const {filter} = tableOf(session.ui.get(), check);
	if (overlay?.kind === 'filter') return [{text: '  /', tone: 'strong'}, {text: filter}, {text: ' ', tone: 'cursor'}];
	return filter === ''
		? []
		: [
				{text: `  /${filter}`, tone: 'strong'},
				{text: '  esc shows all', tone: 'dim'},
			];
}

/** The pane's title line: name and filter at the left, count and age at the right; the age ticks by itself. */
export function PaneHead({columns}: {readonly columns: number}) {
	const session = useSession();
	const {app, theme} = session;
	useStore(session.ui);
	const {steps, cursor} = useStore(app.round);
	const step = steps[cursor];
	const run = useRun(step?.id);
	const now = useNow(app.clock, 1000);
	if (!step) return <Lines columns={columns} rows={2} lines={[' this round has no checks: add some under checks: in rounds.yaml']} />;
	const view = currentView(session);
	const counted =
		view &&
		(view.items.length === view.total
			? plural(view.total, ...view.pane.noun)
			: `${view.items.length} of ${plural(view.total, ...view.pane.noun)}`);
	const right = [counted, freshness(run, now)].filter(Boolean).join(` ${theme.symbols.separator} `);
	const trouble = run && troubleOf(run, now);
	return (
		<Lines
			columns={columns}
			rows={2}
			lines={[
				spread(
					theme,
					{left: [{text: ` ${step.title}`, tone: 'strong'}, ...filterParts(session, step.id)], right: [{text: right, tone: 'dim'}, ' ']},
					columns,
				),
				trouble ? draw(theme, [' ', trouble], columns) : '',
			]}
		/>
	);
}

/** Lines of the least prompt: a rule, what is asked, what is typed. */
const promptRows = 3;

/** Lines that all rows of the check take, with their head and titles; undefined while there are none to show. */
function rowsNeeded(session: Session, columns: number, now: number): number | undefined {
	const view = currentView(session);
	if (!view) return undefined;
	const head = view.pane.head?.(view.data, {now, theme: session.theme, columns: columns - 4}) ?? [];
	return Math.min(head.length, 2) + 1 + Math.max(1, view.items.length);
}

/** The visible rows with head, titles and what lies beyond the edge; exactly `rows` lines. */
function tableLines(session: Session, place: Region & {readonly now: number; readonly top: {current: number}}): readonly string[] {
	const {theme, app, ui} = session;
	const {rows, now, top} = place;
	// Its right edge is that of the lines above it.
	const columns = place.columns - 1;
	const view = currentView(session);
	if (rows < 2) return [];
	if (!view)
		return app.replayOf === undefined
			? []
			: [draw(theme, [{text: '   no rows: the record holds only what was found here', tone: 'dim'}], columns)];
	const context = {now, theme};
	const head = (view.pane.head?.(view.data, {...context, columns: columns - 3}) ?? [])
		.slice(0, rows > 8 ? 2 : 0)
		.map((part) => draw(theme, ['   ', part], columns));
	if (view.items.length === 0) {
		const text =
			view.total > 0
				? `no ${view.pane.noun[0]} contains “${view.state.filter}”. Press esc to show all ${view.total}`
				: view.pane.empty(view.data);
		return [...head, draw(theme, [{text: `   ${text}`, tone: 'dim'}], columns)];
	}
	const room = rows - head.length - 2;
	const selected = selectedIndex(view, view.state);
	top.current = scrollTo(top.current, {selected, total: view.items.length, rows: room});
	const placed = placeColumns(view.pane, columns);
	const {pins} = app.round.get();
	const focused = ui.get().focus === 'table';
	const lines = view.items.slice(top.current, top.current + room).map((item, index) =>
		rowLine(placed, context, {
			item,
			selected: top.current + index === selected,
			focused,
			pinned: pins.length > 0 && isPinned(pins, view.check, view.pane.id(item)),
			columns,
		}),
	);
	const beyond = view.items.length - top.current - lines.length;
	const sorted = view.state.sort === undefined ? undefined : view.pane.columns[view.state.sort];
	return [
		...head,
		headerLine(placed, context, {columns, sorted, reverse: view.state.reverse}),
		...lines,
		...(beyond > 0
			? [draw(theme, [{text: `   ${theme.symbols.ellipsis} ${beyond} more${focused ? '' : ', tab to browse'}`, tone: 'dim'}], columns)]
			: []),
	];
}

/** The finding, the live rows, and what is being typed, in one region of fixed size. */
export function Middle({columns, rows}: Region) {
	const session = useSession();
	const {app, theme} = session;
	const ui = useStore(session.ui);
	const round = useStore(app.round);
	useStore(app.memory);
	const step = round.steps[round.cursor];
	const run = useRun(step?.id);
	// Ages in the rows move with the data; without data they need a slow clock of their own, and waiting a quick one.
	const now = useNow(app.clock, run?.finding ? 10_000 : 1000);
	// Where each check's rows were scrolled to: only drawing needs it, so it redraws nothing.
	const [tops] = useState(() => new Map<string, {current: number}>());
	if (!step) return null;
	const top = tops.get(step.id) ?? {current: 0};
	tops.set(step.id, top);
	const source = app.checks.find(({id}) => id === step.id)?.check.source ?? step.title;
	const prompt = promptLines(session, ui, columns, drawField);
	// Where the side pane is at the right, it is there.
	const beside = layoutOf(ui).runbook?.at === 'right';
	const seen = beside ? [] : seenLines(theme, seenAt(session, step), {columns, rows: rows >= 18 ? 4 : 1, now: app.clock.now()});
	const below = [...(seen.length > 1 ? [''] : []), ...seen];
	// What few rows leave free is room for the reasons; a note that is begun moves nothing.
	const free = rows - 1 - below.length - promptRows - (rowsNeeded(session, columns, now) ?? rows);
	const finding = findingLines(
		{
			step,
			run,
			suggestion: suggestionOf(session, step),
			source,
			askedFor: Math.max(0, app.clock.now() - session.startedAt),
			told: {announced: announcedAt(round, step.id), untold: untoldOutage(round, step)},
			since: sinceParts(session, step.id),
		},
		{theme, columns, rows: Math.max(2, Math.floor(rows * 0.38), free), now, past: app.replayOf !== undefined},
	);
	const table = tableLines(session, {
		columns,
		rows: rows - finding.length - 1 - below.length - prompt.length,
		now: Math.max(now, run?.reading?.startedAt ?? 0),
		top,
	});
	const filled = [...finding, '', ...table];
	const blank = Array.from({length: Math.max(0, rows - filled.length - below.length - prompt.length)}, () => '');
	return <Lines columns={columns} rows={rows} lines={[...filled, ...blank, ...below, ...prompt]} />;
}
