/** Where the eye goes among the lines. Whatever moves it away from the newest line freezes the view. */
import {tailLayout} from '../lines/tail-layout.ts';
import {changeTail, type Place, type TailSession} from '../lines/tail-session.ts';

/** The view does not move from now on, exactly as it is on the screen. */
export function freeze(session: TailSession): void {
	const {ui, view, app} = session;
	if (ui.get().frozen) return;
	const {cursor, cursorRow} = view.picture();
	changeTail(session, {frozen: true, cursor, cursorRow, receivedAtFreeze: app.tail.received().total});
}

/** Follows the newest line again: said at once; the rows go there at the next tick, which is asked for in case no line comes. */
export function follow(session: TailSession): void {
	session.seeking.stop();
	changeTail(session, {frozen: false, cursor: undefined, selectedFrom: undefined, cursorRow: 0, receivedAtFreeze: 0, focus: 'lines'});
	session.analysis.wake();
}

/** Back to where the eye was. */
export function leave(session: TailSession, place: Place): void {
	session.seeking.stop();
	const {frozen, cursor, cursorRow, receivedAtFreeze, search} = place;
	changeTail(session, {frozen, cursor, cursorRow, receivedAtFreeze, search});
	if (!frozen) session.analysis.wake();
}

/** Where the eye is. */
export function placeOf({ui, view}: TailSession): Place {
	const {frozen, receivedAtFreeze, search} = ui.get();
	const {cursor, cursorRow} = view.picture();
	return {frozen, cursorRow, receivedAtFreeze, ...(cursor === undefined ? {} : {cursor}), ...(search ? {search} : {})};
}

/** The row for a line, so that no row stays empty below the newest line while older lines could fill it. */
function settledRow({ui, analysis}: TailSession, line: number, row: number): number {
	const {rows} = tailLayout(ui.get()).lines;
	const {matches} = analysis;
	const above = matches.rank(line);
	const below = matches.count() - above - 1;
	return Math.max(0, Math.min(rows - 1, Math.max(row, Math.min(above, rows - 1 - below))));
}

function select(session: TailSession, line: number, row: number): void {
	freeze(session);
	changeTail(session, {cursor: line, cursorRow: settledRow(session, line, row)});
}

/** Row of the line in the present picture; undefined where it is not in sight. */
function rowOf({view}: TailSession, line: number): number | undefined {
	const index = view.picture().rows.findIndex((row) => row.line === line && row.part === 0);
	return index < 0 ? undefined : index;
}

/** Selects a line wherever it is: the view stays where it is in sight, else the line comes to its middle. */
export function goToLine(session: TailSession, line: number): void {
	freeze(session);
	const {rows} = tailLayout(session.ui.get()).lines;
	select(session, line, rowOf(session, line) ?? Math.floor(rows / 2));
}

function lineAway({analysis, view}: TailSession, by: number): number | undefined {
	const {matches} = analysis;
	const {cursor} = view.picture();
	if (cursor === undefined) return undefined;
	const rank = Math.max(0, Math.min(matches.count() - 1, matches.rank(cursor) + by));
	return matches.at(rank);
}

/** So many lines on; the view moves only where the line is out of sight. */
export function step(session: TailSession, by: number): void {
	freeze(session);
	const line = lineAway(session, by);
	if (line === undefined) return;
	const {rows} = tailLayout(session.ui.get()).lines;
	select(session, line, rowOf(session, line) ?? (by < 0 ? 0 : rows - 1));
}

/** Half a page on: lines and cursor move together. */
export function page(session: TailSession, direction: 1 | -1): void {
	freeze(session);
	const {rows} = tailLayout(session.ui.get()).lines;
	const line = lineAway(session, direction * Math.max(1, Math.floor(rows / 2)));
	if (line !== undefined) select(session, line, session.view.picture().cursorRow);
}

/** True while a line newer than the selected one passes the filters. */
export function hasNewer({analysis, view}: TailSession): boolean {
	const {cursor} = view.picture();
	return cursor !== undefined && analysis.matches.next(cursor) !== undefined;
}
