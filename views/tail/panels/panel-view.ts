/** The panel next to or below the lines: which row is selected, and how the rows are drawn. */
import {draw, rule} from '../../kit/line.ts';
import {scrollTo} from '../../kit/table.ts';
import {tailLayout, type TailLayout} from '../lines/tail-layout.ts';
import type {PanelRow, PanelRows} from './panel.ts';
import {panelRows} from './all-panels.ts';
import {changeTail, type Panel, type PanelKind, type TailSession} from '../lines/tail-session.ts';

/** Cursor and a blank before each row. */
const marginColumns = 2;

/** Columns of a panel's row without the cursor before it; 0 where no panel is open. */
export function panelColumns({ui}: TailSession): number {
	return Math.max(0, (tailLayout(ui.get()).panel?.columns ?? 0) - marginColumns);
}

/** Opens a panel, or closes it where it is open already and has the keys. */
export function openPanel(session: TailSession, kind: PanelKind): void {
	const {panel, focus} = session.ui.get();
	if (panel?.kind === kind && focus === 'panel') changeTail(session, {panel: undefined, focus: 'lines'});
	else changeTail(session, {panel: panel?.kind === kind ? panel : {kind, index: 0}, focus: 'panel'});
}

/** The selected row and its place: by its id, else the one that is where it stood. */
export function selectedRow({ui}: TailSession, {rows}: PanelRows): {readonly row: PanelRow; readonly index: number} | undefined {
	const {panel} = ui.get();
	if (!panel || rows.length === 0) return undefined;
	const found = rows.findIndex(({id}) => id === panel.selected);
	const index = found >= 0 ? found : Math.max(0, Math.min(rows.length - 1, panel.index));
	const row = rows[index];
	return row && {row, index};
}

/** Moves the selection by so many rows, to an end at most. */
export function movePanel(session: TailSession, by: number): void {
	const {panel} = session.ui.get();
	const shown = panelRows(session, panelColumns(session));
	const now = shown && selectedRow(session, shown);
	if (!panel || !shown || !now) return;
	const index = Math.max(0, Math.min(shown.rows.length - 1, now.index + by));
	const selected = shown.rows[index]?.id;
	const moved: Panel = {kind: panel.kind, index, ...(selected === undefined ? {} : {selected})};
	changeTail(session, {panel: moved});
}

/** The panel's lines, exactly as many as it has rows: its title first where it is at the right. */
export function panelLines(session: TailSession, {panel: place}: TailLayout): readonly string[] {
	const {theme, ui} = session;
	if (!place) return [];
	const shown = panelRows(session, panelColumns(session));
	if (!shown) return [];
	const {columns} = place;
	const focused = ui.get().focus === 'panel';
	const title = place.at === 'right' ? [draw(theme, [{text: shown.title, tone: focused ? 'strong' : 'plain'}], columns)] : [];
	const head = shown.head === '' ? [] : [`  ${shown.head}`];
	const room = Math.max(0, place.rows - title.length - head.length);
	const now = selectedRow(session, shown);
	const selected = now?.index ?? 0;
	const top = scrollTo(Math.max(0, selected - Math.floor(room / 2)), {selected, total: shown.rows.length, rows: room});
	const rows = shown.rows.slice(top, top + room).map((row, index) => {
		const isSelected = top + index === selected;
		const cursor = isSelected ? theme.paint(focused ? 'strong' : 'dim', theme.symbols.cursor) : ' ';
		return `${cursor} ${row.line(columns - marginColumns, isSelected && focused)}`;
	});
	const empty = shown.rows.length === 0 ? [draw(theme, [{text: `  ${shown.empty}`, tone: 'dim'}], columns)] : [];
	const lines = [...title, ...head, ...empty, ...rows];
	return Array.from({length: place.rows}, (_row, index) => lines[index] ?? '');
}

/** The rule over a panel that is below the lines. */
export function panelRule(session: TailSession, columns: number): string {
	const shown = panelRows(session, panelColumns(session));
	return rule(session.theme, columns, {text: shown?.title ?? '', tone: session.ui.get().focus === 'panel' ? 'strong' : 'plain'});
}
