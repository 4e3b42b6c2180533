/** The whole log screen as lines: one drawing, so that what moves together is painted in one frame. Pure. */
import {rule} from '../kit/line.ts';
import {truncate, width} from '../../src/base/terminal/width.ts';
import {headColumns} from './lines/draw-line.ts';
import {filterLine} from './filter-line.ts';
import {footLines, type PageInSight} from './tail-foot.ts';
import {histogramLines} from './histogram-lines.ts';
import {tailLayout} from './lines/tail-layout.ts';
import {linesRegion} from './lines-region.ts';
import {padded} from './lines/padded.ts';
import {panelLines, panelRule} from './panels/panel-view.ts';
import {wholeLine} from './panels/line-details.ts';
import {statusLine} from './status-line.ts';
import type {TailSession} from './lines/tail-session.ts';
import {timeColumns} from './lines/time-cell.ts';
import {marginColumns} from './lines/lines-view.ts';

/** The rule over the lines; it names the columns of chosen fields. */
function linesRule({theme, view, ui}: TailSession, columns: number): string {
	const look = view.look();
	if (look.fields.length === 0) return rule(theme, columns);
	const {time} = ui.get();
	const cell = timeColumns[time];
	const dash = theme.symbols.rule;
	/** The name, then dashes up to the blank before the next one. */
	const title = (name: string, room: number) =>
		`${truncate(name, room - 1)} ${dash.repeat(Math.max(0, room - width(name) - 2))}`.slice(0, room - 1);
	const before = marginColumns + (cell === 0 ? 0 : cell + 2) + headColumns({...look, fields: []});
	const names = look.fields.map(({name, columns: room}) => title(name, room + look.gap)).join(' ');
	const text = truncate(`${dash.repeat(Math.max(0, before - 1))} ${names} `, columns);
	return theme.paint('dim', text + dash.repeat(Math.max(0, columns - width(text))));
}

function body(session: TailSession, now: number): readonly string[] {
	const {theme, ui} = session;
	const layout = tailLayout(ui.get());
	const lines = linesRegion(session, layout.lines, now);
	const {panel} = layout;
	if (!panel) return lines;
	const beside = panelLines(session, layout);
	if (panel.at === 'below') return [...lines, panelRule(session, layout.columns), ...beside];
	const bar = theme.paint('dim', theme.symbols.verticalRule);
	return lines.map((line, index) => `${padded(line, layout.lines.columns)}${bar} ${beside[index] ?? ''}`);
}

/** The screen between its first line and the footer, where the whole line lies over it. */
function wholePage(session: TailSession, rows: number): {readonly lines: readonly string[]; readonly place: PageInSight} | undefined {
	const {ui} = session;
	const {overlay, columns} = ui.get();
	if (overlay?.kind !== 'line') return undefined;
	const all = wholeLine(session, overlay.line, columns - 2);
	const {top} = overlay;
	return {lines: all.slice(top, top + rows).map((line) => ` ${line}`), place: {top, rows, total: all.length}};
}

/** Every line of the screen; `now` is the clock's time, epoch milliseconds. Not for the help, which is a list of its own. */
export function drawScreen(session: TailSession, now: number): readonly string[] {
	const {theme, ui} = session;
	const state = ui.get();
	const {columns, rows, filterRows} = tailLayout(state);
	const page = wholePage(session, rows - 4);
	const foot = footLines(session, page?.place);
	const middle = page
		? [rule(theme, columns), ...page.lines]
		: [...histogramLines(session), ...(filterRows > 0 ? [filterLine(session)] : []), linesRule(session, columns), ...body(session, now)];
	const above = [statusLine(session, now), ...middle];
	return [...Array.from({length: rows - foot.length}, (_row, index) => above[index] ?? ''), ...foot];
}
