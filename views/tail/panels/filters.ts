/** The stack of filters, one per row. */
import {describeFilter} from '../../../src/logs/query/filter.ts';
import {draw} from '../../kit/line.ts';
import {setFilters} from '../moves/filtering.ts';
import type {TailSession} from '../lines/tail-session.ts';
import type {PanelRows} from './panel.ts';

/** Enter turns the selected filter on or off, x takes it out. */
export function filtersPanel({theme, ui}: TailSession, columns: number): PanelRows {
	const {filters} = ui.get();
	return {
		title: `Filters · ${filters.length}`,
		head: draw(theme, [{text: 'no  is   what passes', tone: 'dim'}], columns),
		empty: 'No filters. Press f to add one.',
		rows: filters.map((filter, index) => ({
			id: String(index),
			line: (room, selected) =>
				draw(
					theme,
					[
						`${index + 1}   `,
						{text: filter.enabled ? 'on   ' : 'off  ', tone: filter.enabled ? 'plain' : 'dim'},
						{text: describeFilter(filter), tone: selected ? 'strong' : filter.enabled ? 'plain' : 'dim'},
					],
					room,
				),
		})),
		choose(session, id) {
			setFilters(session, (stack) => stack.map((one, index) => (String(index) === id ? {...one, enabled: !one.enabled} : one)));
		},
		leaveOut(session, id) {
			setFilters(session, (stack) => stack.filter((_one, index) => String(index) !== id));
		},
	};
}
