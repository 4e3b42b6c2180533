/** The lines themselves: margin, time, and the drawn line, row by row. Pure. */
import {lineFlags} from '../../src/logs/log-lines.ts';
import {wrapWords} from '../../src/base/terminal/wrap.ts';
import {drawFull} from '../kit/line.ts';
import {isPinned} from './moves/line-evidence.ts';
import type {Region} from './lines/tail-layout.ts';
import {emptyWords} from './moves/tail-states.ts';
import type {TailSession} from './lines/tail-session.ts';
import {dayNumber, timeCell, timeColumns} from './lines/time-cell.ts';

/** Rows of the region, exactly as many as it has; each at most as wide. */
export function linesRegion(session: TailSession, {columns, rows}: Region, now: number): readonly string[] {
	const {theme, view, ui, app} = session;
	const state = ui.get();
	const picture = view.picture();
	const {lines} = app.tail;
	const empty = emptyWords(session);
	if (empty.length > 0) {
		const words = empty.flatMap(({text, tone}) =>
			wrapWords(text, Math.max(20, columns - 6)).map((row) => drawFull(theme, ['   ', {text: row, tone}], columns)),
		);
		const middle = Math.max(0, Math.floor((rows - words.length) / 3));
		return Array.from({length: rows}, (_row, index) => words[index - middle] ?? '');
	}
	const {cursor} = picture;
	const utc = state.time === 'utc';
	const dated = state.time === 'local' || utc;
	const zero = cursor === undefined || cursor < lines.first() ? NaN : lines.time(cursor);
	const anchor = state.selectedFrom ?? cursor ?? -1;
	const [from, to] = [Math.min(anchor, cursor ?? anchor), Math.max(anchor, cursor ?? anchor)];
	const cellColumns = timeColumns[state.time];
	const blankTime = ' '.repeat(cellColumns === 0 ? 0 : cellColumns + 2);
	let day = dayNumber(now, utc);
	return Array.from({length: rows}, (_row, index) => {
		const at = picture.rows[index];
		if (!at) return '';
		const {line, part} = at;
		const drawn = view.drawn(line);
		const row = drawn.rows[part] ?? '';
		const isCursor = line === cursor;
		const isSelected = state.selectedFrom !== undefined && line >= from && line <= to;
		const sign = isCursor
			? theme.paint('strong', theme.symbols.cursor)
			: isSelected
				? theme.paint('strong', theme.symbols.verticalRule)
				: ' ';
		if (drawn.note) return sign + row;
		const pin =
			part === 0 && line >= lines.first() && (lines.flags(line) & lineFlags.gap) === 0 && isPinned(session, line)
				? theme.paint('strong', '*')
				: ' ';
		if (part > 0) return sign + pin + blankTime + row;
		const changes = dated && !Number.isNaN(drawn.time) && dayNumber(drawn.time, utc) !== day;
		if (!Number.isNaN(drawn.time)) day = dayNumber(drawn.time, utc);
		if (cellColumns === 0) return sign + pin + row;
		const time = timeCell(drawn.time, {format: state.time, zero}, changes);
		return `${sign}${pin}${theme.paint(isCursor || changes ? 'strong' : 'dim', time)}  ${row}`;
	});
}
