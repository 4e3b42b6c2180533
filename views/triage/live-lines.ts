/** A check's finding in small: next to an investigation it continues being live while the operator thinks. Pure. */
import type {CheckRun} from '../../src/checks/kit/check.ts';
import {sanitize} from '../../src/base/terminal/sanitize.ts';
import {wrapAtMost} from '../../src/base/terminal/wrap.ts';
import {clockTimeOf} from '../../src/base/times.ts';
import {draw, spread} from '../kit/line.ts';
import {troubleOf} from '../round/finding-lines.ts';
import {markOf, statusTones, type Theme} from '../kit/theme.ts';

/** Fewer rows say too little to be looked at. */
const leastRows = 4;
const mostOfReason = 3;

/** At most `rows` lines; none where there is no room, or no finding yet. */
export function liveLines(
	theme: Theme,
	{title, run, now}: {readonly title: string; readonly run: CheckRun | undefined; readonly now: number},
	{columns, rows}: {readonly columns: number; readonly rows: number},
): readonly string[] {
	if (!run?.finding || rows < leastRows) return [];
	const {status, summary, reasons} = run.finding;
	const trouble = troubleOf(run, now);
	const asOf = run.reading ? `as of ${clockTimeOf(run.reading.startedAt)} ` : '';
	const tone = statusTones[status];
	const lines = [
		spread(theme, {left: [{text: ` ${title} now`, tone: 'strong'}], right: [{text: asOf, tone: 'dim'}]}, columns),
		...(trouble ? [draw(theme, [' ', trouble], columns - 1)] : []),
		...wrapAtMost(`${status}: ${summary}`, columns - 5, 2).map((line, index) =>
			draw(theme, [{text: index === 0 ? `  ${markOf(theme, status)} ` : '    ', tone}, line], columns - 1),
		),
	];
	const telling = reasons.filter((reason) => reason.status !== 'ok' && reason.text !== summary);
	const room = rows - lines.length;
	const shown = telling.length > room ? telling.slice(0, room - 1) : telling;
	const more = telling.length - shown.length;
	// Whole where there is room for all of them, else a line each.
	const whole = shown.map(({subject, text}) => wrapAtMost(`${subject}  ${text}`, columns - 7, mostOfReason));
	const fits = whole.reduce((sum, {length}) => sum + length, 0) <= room;
	return [
		...lines,
		...shown.flatMap(({status, subject, text}, index) =>
			(fits ? (whole[index] ?? []) : [`${sanitize(subject)}  ${text}`]).map((line, at) =>
				draw(theme, ['    ', {text: at === 0 ? `${markOf(theme, status)} ` : '  ', tone: statusTones[status]}, line], columns - 1),
			),
		),
		...(more > 0 ? [draw(theme, [{text: `    and ${more} more, press ctrl-g for all`, tone: 'dim'}], columns - 1)] : []),
	].slice(0, rows);
}
