/** The wall of lines as templates, those that no earlier look has seen on top. */
import {formatNumber, plural} from '../../../src/base/figures.ts';
import {quoted} from '../../../src/logs/query/filter.ts';
import type {Pattern} from '../../../src/logs/count/pattern-counts.ts';
import {draw, type Part} from '../../kit/line.ts';
import {addFilter} from '../moves/filtering.ts';
import {noLineWords} from '../moves/tail-states.ts';
import type {TailSession} from '../lines/tail-session.ts';
import {clockTime} from '../lines/time-cell.ts';
import {countCells, countTitles} from './counts.ts';
import type {PanelRows} from './panel.ts';

/** More than the eye goes through; the rest is in the title. */
const most = 500;

/** `new`, or when its first line came. */
function age({firstSeen}: Pattern, isNew: boolean): Part {
	if (isNew) return {text: 'new       ', tone: 'amber'};
	return {text: Number.isNaN(firstSeen) ? '-         ' : `${clockTime(firstSeen)}  `, tone: 'dim'};
}

/** One row per pattern; enter shows only its lines, x leaves them out. */
export function patternsPanel(session: TailSession, columns: number): PanelRows {
	const {app, analysis, theme} = session;
	const all = analysis.patterns.patterns();
	const {isNew, since} = app.patterns;
	const known = all.map((pattern) => ({pattern, isNew: isNew(pattern.template)}));
	const ordered = [...known.filter((one) => one.isNew), ...known.filter((one) => !one.isNew)];
	const fresh = known.filter((one) => one.isNew).length;
	const forgotten = analysis.patterns.forgotten();
	const byId = new Map(all.map((pattern) => [String(pattern.id), pattern]));
	const filter = (id: string, prefix: string) => {
		const pattern = byId.get(id);
		return pattern && addFilter(session, `${prefix}pattern: ${quoted(pattern.template)}`);
	};
	const said = (problem: string | undefined) => {
		if (problem !== undefined) app.notice.set(problem);
	};
	const facts = [
		`Patterns · ${formatNumber(all.length)}`,
		since === undefined
			? 'No earlier run to compare with'
			: `${fresh} new since ${new Date(since).toISOString().slice(0, 16).replace('T', ' ')}Z`,
		...(forgotten.patterns > 0 ? [`${plural(forgotten.patterns, 'rare one')} forgotten`] : []),
	];
	return {
		title: facts.join(' · '),
		head: draw(theme, [{text: `${countTitles(columns)}FIRST     PATTERN`, tone: 'dim'}], columns),
		empty: `${noLineWords(session)}, so there is no pattern`,
		rows: ordered.slice(0, most).map(({pattern, isNew: unseen}) => ({
			id: String(pattern.id),
			line(room, selected) {
				const cells = countCells(theme, pattern, room);
				const used = countTitles(room).length;
				return `${cells}${draw(theme, [age(pattern, unseen), {text: pattern.template, tone: selected ? 'strong' : 'plain'}], room - used)}`;
			},
		})),
		choose: (_session, id) => said(filter(id, '')),
		leaveOut: (_session, id) => said(filter(id, 'not ')),
	};
}
