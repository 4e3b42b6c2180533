/** The time line next to an investigation: a row each for deploys, releases, alerts and errors, the share of 5xx below, one axis for all. */
import type {AlertsData} from '../../src/checks/alerts/types.ts';
import type {ErrorsData} from '../../src/checks/errors/types.ts';
import type {LogsData} from '../../src/checks/logs/types.ts';
import type {PodsData} from '../../src/checks/pods/types.ts';
import {postsOf} from '../../src/round/incident/announced.ts';
import {clockTimeOf} from '../../src/base/times.ts';
import {type Happening, type Timeline, timelineOf} from '../../src/triage/timeline.ts';
import {draw, spread} from '../kit/line.ts';
import type {Session} from '../session/session.ts';
import type {Theme, Tone} from '../kit/theme.ts';

const rows = [
	{kind: 'deploy', mark: 'D', tone: 'strong'},
	{kind: 'release', mark: 'R', tone: 'strong'},
	{kind: 'alert', mark: 'A', tone: 'red'},
	{kind: 'error', mark: 'E', tone: 'amber'},
	{kind: 'message', mark: 'M', tone: 'strong'},
] as const satisfies readonly {readonly kind: Happening['kind']; readonly mark: string; readonly tone: Tone}[];

const label = 8;
const kindWidth = Math.max(...rows.map(({kind}) => kind.length));

/** The newest reading of that kind of check; undefined while there is none. */
function readingOf({app}: Pick<Session, 'app'>, kind: string): unknown {
	const check = app.checks.find((one) => one.check.kind === kind);
	return check && app.runs.get(check.id)?.get().reading?.data;
}

/** The time line of what the checks have read so far. */
export function timelineNow(session: Pick<Session, 'app'>, now: number): Timeline {
	const {issues, releases, releasesMissing} = (readingOf(session, 'errors') as ErrorsData | undefined) ?? {};
	return timelineOf(
		{
			pods: (readingOf(session, 'pods') as PodsData | undefined)?.list.pods,
			issues,
			releases,
			releasesMissing,
			alerts: (readingOf(session, 'alerts') as AlertsData | undefined)?.alerts,
			messages: postsOf(session.app.round.get()),
			trend: (readingOf(session, 'logs') as LogsData | undefined)?.trend,
		},
		now,
	);
}

/**
 * What each cell of the axis shows: the highest of its values, or where the axis is finer than they are, the last one
 * until the next is due. A cell without any is a gap in what was measured.
 */
function barsOf(errors: Timeline['errors'], place: (at: number) => number, width: number): readonly (number | undefined)[] {
	const apart = Math.min(...errors.slice(1).map(({at}, index) => at - (errors[index]?.at ?? at)));
	const bars = Array.from({length: width}, (): number | undefined => undefined);
	for (const {at, value} of errors) bars.fill(value, place(at), place(Number.isFinite(apart) ? at + apart - 1 : at) + 1);
	for (const [cell, values] of Map.groupBy(errors, ({at}) => place(at))) bars[cell] = Math.max(...values.map(({value}) => value));
	return bars;
}

/** At most `most` lines: the marks (an arrow at the left edge for what is older than the axis), the axis, and what happened, newest last. */
export function timelineLines(
	theme: Theme,
	line: Timeline,
	{columns, most}: {readonly columns: number; readonly most: number},
): readonly string[] {
	const width = columns - label - 2;
	if (width < 8 || most < 4 || (line.happenings.length === 0 && line.errors.length === 0)) return [];
	const place = (at: number) => Math.max(0, Math.min(width - 1, Math.floor(((at - line.from) / (line.to - line.from)) * width)));
	const marked = rows.flatMap(({kind, mark, tone}) => {
		const of = line.happenings.filter((one) => one.kind === kind);
		if (of.length === 0) return [];
		const cells = Array.from({length: width}, () => ' ');
		for (const {at, lasts} of of) if (lasts) cells.fill(theme.symbols.rule, place(at));
		for (const {at} of of) cells[place(at)] = at < line.from ? theme.symbols.earlier : mark;
		return [
			draw(
				theme,
				[
					{text: ` ${kind.padEnd(label)}`, tone: 'dim'},
					{text: cells.join(''), tone},
				],
				columns,
			),
		];
	});
	const highest = Math.max(...line.errors.map(({value}) => value), 0);
	const bars = barsOf(line.errors, place, width).map((value) => {
		if (value === undefined) return ' ';
		const height = highest === 0 ? 0 : Math.min(theme.symbols.bars.length - 1, Math.floor((value / highest) * theme.symbols.bars.length));
		return theme.symbols.bars[height] ?? ' ';
	});
	const share =
		line.errors.length === 0
			? []
			: [
					draw(
						theme,
						[
							{text: ` ${'5xx'.padEnd(label)}`, tone: 'dim'},
							{text: bars.join(''), tone: 'red'},
						],
						columns,
					),
				];
	const axis = spread(
		theme,
		{left: [' '.repeat(label + 1), {text: clockTimeOf(line.from), tone: 'dim'}], right: [{text: clockTimeOf(line.to), tone: 'dim'}]},
		label + 1 + width,
	);
	const missing = line.missing === undefined ? [] : [draw(theme, [{text: ` no releases: ${line.missing}`, tone: 'dim'}], columns)];
	const room = most - marked.length - share.length - missing.length - 2;
	const told = line.happenings.slice(-Math.max(0, room)).map(({at, kind, text}) => {
		const edge = at < line.from ? theme.symbols.earlier : ' ';
		return draw(theme, [{text: `${edge}${clockTimeOf(at)} ${kind.padEnd(kindWidth)} `, tone: 'dim'}, text], columns - 1);
	});
	return [draw(theme, [{text: ' Time line', tone: 'strong'}], columns), ...marked, ...share, axis, ...missing, ...(room > 0 ? told : [])];
}
