/** Every stream and its state. */
import {formatAge, formatNumber} from '../../../src/base/figures.ts';
import {pad} from '../../../src/base/terminal/width.ts';
import {quoted} from '../../../src/logs/query/filter.ts';
import type {Stream} from '../../../src/logs/hold/tail.ts';
import {cell, draw} from '../../kit/line.ts';
import {addFilter} from '../moves/filtering.ts';
import {streamWords} from '../lines/stream-words.ts';
import type {TailSession} from '../lines/tail-session.ts';
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

/** What is wrong first, what is over last. */
const order: readonly Stream['state']['kind'][] = ['denied', 'reconnecting', 'queued', 'connecting', 'live', 'ended'];

/** Columns of the state: why a stream ended or waits is half of what the list tells. */
const stateColumns = (columns: number) => Math.max(24, Math.min(56, columns - 64));

/** One row per stream, those of one state in the order of opening; enter shows only its lines, x leaves them out. */
export function streamsPanel({app, theme}: TailSession, columns: number): PanelRows {
	const opened = app.tail.streams.get();
	const streams = opened.toSorted((a, b) => order.indexOf(a.state.kind) - order.indexOf(b.state.kind));
	const severalContexts = new Set(opened.map(({context}) => context ?? '')).size > 1;
	const contextOf = ({context}: Stream) => (severalContexts && context !== undefined ? `${context}:` : '');
	const now = app.clock.now();
	const wide = stateColumns(columns);
	return {
		title: `Streams · ${streams.length}`,
		head: draw(theme, [{text: `${pad('LINES', 9, 'right')}  ${pad('LAST', 8)}  ${pad('STATE', wide)}  NAME`, tone: 'dim'}], columns),
		empty: 'no stream yet',
		rows: streams.map((stream) => ({
			id: stream.key,
			line(room, selected) {
				const {text, tone} = streamWords(stream, now);
				const last = stream.lastLineAt === undefined ? '-' : formatAge(now - stream.lastLineAt);
				return [
					cell(theme, {text: formatNumber(stream.lines)}, 9, 'right'),
					cell(theme, {text: last}, 8),
					cell(theme, {text, tone}, wide),
					draw(theme, [{text: `${contextOf(stream)}${nameOf(stream)}`, tone: selected ? 'strong' : 'plain'}], room - wide - 23),
				].join('  ');
			},
		})),
		choose: (session, id) => byStream(session, id, ''),
		leaveOut: (session, id) => byStream(session, id, 'not '),
	};
}
