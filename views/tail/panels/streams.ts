/** Every stream and its state. */
import {formatAge, formatNumber} from '../../../src/checks/format.ts';
import {pad} from '../../../src/terminal/width.ts';
import {quoted} from '../../../src/logs/filter.ts';
import type {Stream} from '../../../src/logs/tail.ts';
import {cell, draw} from '../../primitives/line.ts';
import {addFilter} from '../filtering.ts';
import {streamWords} from '../stream-words.ts';
import type {TailSession} from '../tail-session.ts';
import type {PanelRows} from './panel.ts';

/** With the container, where a pod has several. */
function nameOf({name, container}: Stream): string {
	return container === undefined || name.endsWith(`/${container}`) ? name : `${name}/${container}`;
}

function byStream(session: TailSession, id: string, prefix: string): void {
	const stream = session.app.tail.streams.get().find(({key}) => key === id);
	const problem = stream && addFilter(session, `${prefix}stream = ${quoted(stream.name)}`);
	if (problem !== undefined) session.app.notice.set(problem);
}

/** One row per stream, in the order of opening; enter shows only its lines, x leaves them out. */
export function streamsPanel({app, theme}: TailSession, columns: number): PanelRows {
	const streams = app.tail.streams.get();
	const now = app.clock.now();
	return {
		title: `Streams · ${streams.length}`,
		head: draw(theme, [{text: `${pad('LINES', 9, 'right')}  ${pad('LAST', 8)}  ${pad('STATE', 24)}  NAME`, tone: 'dim'}], columns),
		empty: 'no stream yet',
		rows: streams.map((stream) => ({
			id: stream.key,
			line(room, selected) {
				const {text, tone} = streamWords(stream, now);
				const last = stream.lastLineAt === undefined ? '-' : formatAge(now - stream.lastLineAt);
				return [
					cell(theme, {text: formatNumber(stream.lines)}, 9, 'right'),
					cell(theme, {text: last}, 8),
					cell(theme, {text, tone}, 24),
					draw(theme, [{text: nameOf(stream), tone: selected ? 'strong' : 'plain'}], room - 47),
				].join('  ');
			},
		})),
		choose: (session, id) => byStream(session, id, ''),
		leaveOut: (session, id) => byStream(session, id, 'not '),
	};
}
