/** The trends of the ops log as plain text, aligned. Pure. */
import {plural} from '../../base/figures.ts';
import {type Status, statuses} from '../../base/status.ts';
import type {Symbols} from '../../base/terminal/locale.ts';
import {sanitize} from '../../base/terminal/sanitize.ts';
import {sparkline} from '../../base/terminal/sparkline.ts';
import {fit, pad, truncate, width} from '../../base/terminal/width.ts';
import {wrapWords} from '../../base/terminal/wrap.ts';
import {formatSpan} from '../../base/times.ts';
import type {Count, Trends} from './trends.ts';

export interface TrendsTextOptions {
	readonly columns: number;
	readonly symbols: Symbols;
	/** The most rows of a list, the newest or the most frequent ones. */
	readonly limit: number;
}

const labelWidth = 22;
const heights: Readonly<Record<Status, number>> = {ok: 0, warning: 1, unknown: 2, critical: 3};
const highest = 3;

/** `  label          text`, continued below itself. */
function labelled(label: string, text: string, columns: number): readonly string[] {
	return wrapWords(text, Math.max(20, columns - labelWidth)).map((line, index) => pad(index === 0 ? label : '', labelWidth) + line);
}

function more(all: number, limit: number, what: string): readonly string[] {
	return all > limit ? [`${' '.repeat(labelWidth)}and ${all - limit} ${what} (use --limit ${all})`] : [];
}

function counts(title: string, all: readonly Count[], {columns, limit}: TrendsTextOptions): readonly string[] {
	const shown = all.slice(0, limit);
	const names = Math.min(30, Math.max(0, ...shown.map(({name}) => width(sanitize(name)))));
	const digits = Math.max(0, ...shown.map(({count}) => String(count).length));
	const lines = shown.map(
		({name, count}, index) =>
			`${pad(index === 0 ? title : '', labelWidth)}${fit(sanitize(name), names)}  ${String(count).padStart(digits)}`,
	);
	return [...lines.map((line) => truncate(line, columns)), ...more(all.length, limit, 'more')];
}

function weeks({weeks}: Trends, {columns, symbols, limit}: TrendsTextOptions): readonly string[] {
	const shown = weeks.slice(-limit);
	const most = Math.max(1, ...shown.map(({rounds}) => rounds));
	const digits = String(most).length;
	const room = Math.max(1, Math.min(40, columns - labelWidth - 10 - digits - 4));
	const bar = symbols.bars.at(-1) ?? '#';
	return [
		...shown.map(({monday, rounds}, index) => {
			const length = rounds === 0 ? 0 : Math.max(1, Math.round((rounds / most) * Math.min(room, most)));
			return `${pad(index === 0 ? 'rounds per week' : '', labelWidth)}${monday}  ${String(rounds).padStart(digits)}  ${bar.repeat(length)}`.trimEnd();
		}),
		...more(weeks.length, limit, 'earlier'),
	];
}

function statusLines({statuses: count, statusOverTime}: Trends, {columns, symbols: {bars}}: TrendsTextOptions): readonly string[] {
	const values = statusOverTime.map(({status}) => heights[status]);
	const key = statuses.map((status) => `${sparkline([heights[status]], {bars, highest})} ${status} ${count[status]}`).join('  ');
	return [
		`${pad('status', labelWidth)}${sparkline(values, {bars, highest, columns: Math.max(1, columns - labelWidth)})}`,
		...labelled('', key, columns),
		...(values.length > 1 ? labelled('', '(one bar per round, newest on the right)', columns) : []),
	];
}

function recurring({recurring}: Trends, {columns, limit}: TrendsTextOptions): readonly string[] {
	const rows = recurring.slice(0, limit);
	const checks = Math.min(20, Math.max(0, ...rows.map(({check}) => width(sanitize(check)))));
	const lines = rows.flatMap(({check, subject, count, days}, index) => {
		const front = `${pad(index === 0 ? 'recurring' : '', labelWidth)}${fit(sanitize(check), checks)}  ${count} times, last on ${days.at(-1)}: `;
		return wrapWords(subject, Math.max(20, columns - width(front))).map(
			(line, row) => (row === 0 ? front : ' '.repeat(width(front))) + line,
		);
	});
	return [
		...(lines.length > 0 ? lines : [`${pad('recurring', labelWidth)}no problem occurred three times`]),
		...more(recurring.length, limit, 'more'),
	];
}

/** Which services the rounds belong to, and how to select one. */
function serviceLines({services}: Trends, {columns, limit}: TrendsTextOptions): readonly string[] {
	const [only] = services;
	if (services.length === 1 && only) return labelled('service', only.name, columns);
	const shown = services.slice(0, limit).map(({name, count}) => `${name} (${count === 1 ? '1 round' : `${count} rounds`})`);
	const rest = services.length > limit ? `, and ${services.length - limit} more` : '';
	return labelled('services', `${shown.join(', ')}${rest}. Shown together. Use --service NAME for one.`, columns);
}

/** How soon triage began and ended, if records say so. */
function triageLines({triage}: Trends, {columns}: TrendsTextOptions): readonly string[] {
	if (!triage) return [];
	const {anomalies, meanAcknowledgedMs, meanResolvedMs, records, allRecords} = triage;
	const of = anomalies === 1 ? '1 anomaly' : `${anomalies} anomalies on average`;
	const resolved = meanResolvedMs === undefined ? ', none resolved' : `, resolved ${formatSpan(meanResolvedMs)} later`;
	const newest = records < allRecords ? `, in the newest ${records} of ${allRecords} records` : '';
	const text = `${of}: triage began ${formatSpan(meanAcknowledgedMs)} after the round began${resolved}${newest}`;
	return labelled('triage', text, columns);
}

/** The anomalies of each check per week, newest on the right, all on one scale. */
function overWeeks({anomaliesByWeek}: Trends, {columns, symbols: {bars}, limit}: TrendsTextOptions): readonly string[] {
	const shown = anomaliesByWeek.slice(0, limit);
	const names = Math.min(30, Math.max(0, ...shown.map(({name}) => width(sanitize(name)))));
	const highest = Math.max(1, ...shown.flatMap(({counts}) => counts));
	const room = Math.max(1, columns - labelWidth - names - 2);
	return [
		...shown.map(
			({name, counts}, index) =>
				`${pad(index === 0 ? 'anomalies per week' : '', labelWidth)}${fit(sanitize(name), names)}  ${sparkline(counts, {bars, highest, columns: room})}`,
		),
		...labelled('', `(${shown[0]?.counts.length ?? 0} weeks, newest on the right, highest bar ${highest})`, columns),
	];
}

function roundsText({rounds, from, to, weeks, meanWalkedMs}: Trends): string {
	const took = formatSpan(meanWalkedMs);
	if (rounds === 1) return `1 on ${from}, which took ${took}`;
	return `${rounds} from ${from} to ${to}: ${(rounds / weeks.length).toFixed(1)} a week, ${took} each on average`;
}

function anomaliesText({anomalies, rounds}: Trends): string {
	if (anomalies === 0) return 'none';
	return rounds === 1 ? `${anomalies} in this round` : `${anomalies}, on average ${(anomalies / rounds).toFixed(1)} in a round`;
}

/** Sections with their name on the left, separated by blank lines; every line ends with a line break. */
export function trendsText(of: Trends, options: TrendsTextOptions): string {
	const {columns, limit} = options;
	// The newest first: people may still remember it.
	const without = of.daysWithout.toReversed();
	const days = without.slice(0, limit).join(', ');
	const walked =
		without.length === 0
			? 'none, every weekday had a round'
			: `${plural(without.length, 'weekday')} since the first round, newest first: ${days}`;
	const sections = [
		[
			...serviceLines(of, options),
			...labelled('rounds', roundsText(of), columns),
			...labelled('anomalies', anomaliesText(of), columns),
			...triageLines(of, options),
		],
		statusLines(of, options),
		weeks(of, options),
		[...labelled('no rounds', walked, columns), ...more(without.length, limit, 'earlier')],
		...(of.anomalies === 0
			? []
			: [
					counts('anomalies by check', of.anomaliesByCheck, options),
					overWeeks(of, options),
					counts('anomalies by outcome', of.anomaliesByOutcome, options),
					recurring(of, options),
				]),
	];
	return sections.map((lines) => lines.map((line) => `${line}\n`).join('')).join('\n');
}
