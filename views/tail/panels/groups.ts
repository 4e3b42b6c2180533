/** The lines counted by a field, or by several together. */
import {formatNumber} from '../../../src/base/figures.ts';
import {groupFilter, type GroupRow} from '../../../src/logs/count/group.ts';
import {draw} from '../../kit/line.ts';
import {addFilter} from '../moves/filtering.ts';
import {noLineWords} from '../moves/tail-states.ts';
import type {TailSession} from '../lines/tail-session.ts';
import {countCells, countTitles} from './counts.ts';
import type {PanelRows} from './panel.ts';

const most = 1000;

const idOf = ({values, label}: GroupRow) => (values.length === 0 ? label : JSON.stringify(values.map((value) => value ?? null)));

/** One row per value; enter shows only its lines, x leaves them out. */
export function groupsPanel(session: TailSession, columns: number): PanelRows {
	const {analysis, app, theme} = session;
	const group = analysis.group();
	const rows = group.rows(most);
	const filter = (id: string, prefix: string) => {
		const row = rows.find((one) => idOf(one) === id);
		const text = row && groupFilter(group.fields, row.values);
		if (text === undefined) app.notice.set('too many values to count each');
		else {
			const problem = addFilter(session, prefix === '' ? text : `${prefix}(${text})`);
			if (problem !== undefined) app.notice.set(problem);
		}
	};
	return {
		title: `By ${group.fields.join(' and ')} · ${formatNumber(group.size())} ${group.size() === 1 ? 'value' : 'values'} · ${formatNumber(group.total())} lines · a chooses other fields`,
		head: draw(theme, [{text: `${countTitles(columns)}${group.fields.join(' · ').toUpperCase()}`, tone: 'dim'}], columns),
		empty: `${noLineWords(session)}, so there is nothing to count`,
		rows: rows.map((row) => ({
			id: idOf(row),
			line(room, selected) {
				const cells = countCells(theme, {...row, level: row.worst}, room);
				return `${cells}${draw(theme, [{text: row.label, tone: selected ? 'strong' : 'plain'}], room - countTitles(room).length)}`;
			},
		})),
		choose: (_session, id) => filter(id, ''),
		leaveOut: (_session, id) => filter(id, 'not '),
	};
}
