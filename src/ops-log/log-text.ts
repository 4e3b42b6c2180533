/** The ops log as text for people: aligned, harmless, and within the terminal's columns. Pure. */
import {paintStatus} from '../checks/report.ts';
import {sanitize} from '../terminal/sanitize.ts';
import {pad, truncate, width} from '../terminal/width.ts';
import {wrapWords} from '../terminal/wrap.ts';
import type {Entry} from './entry.ts';
import type {LogItem} from './search.ts';
import {formatSpan, formatStamp} from './times.ts';

export interface LogTextOptions {
	/** Of the terminal; undefined prints each item on one line, however long, for the next program. */
	readonly columns?: number | undefined;
	readonly colour: boolean;
	/** The part of an entry that is shown; all of it where absent. */
	readonly said?: ((entry: Entry) => readonly string[]) | undefined;
}

const longestName = 40;

interface Row {
	/** Date, status, service and environment, operator, time taken. */
	readonly cells: readonly string[];
	readonly entry: Entry;
	/** What was found, then the anomalies. */
	readonly details: readonly string[];
}

function rowOf(entry: Entry, said: LogTextOptions['said']): Row {
	const {anomalies} = entry;
	const all = [
		entry.findings.join(' · '),
		anomalies.length === 0 ? '' : `${anomalies.length === 1 ? '1 anomaly' : `${anomalies.length} anomalies`}: ${anomalies.join('; ')}`,
	];
	return {
		cells: [
			formatStamp(entry),
			entry.status,
			truncate(sanitize(`${entry.service}/${entry.environment}`), longestName),
			truncate(sanitize(entry.operator), longestName),
			formatSpan(entry.walkedMs),
		],
		entry,
		details: (said ? [said(entry).join(' · ')] : all).filter((detail) => detail !== '').map(sanitize),
	};
}

function wrapped(text: string, columns: number): readonly string[] {
	return wrapWords(text, columns - 2).map((line) => `  ${line}`);
}

/** One paragraph per item in a terminal, else one line; every line ends with a line break. */
export function logText(items: readonly LogItem[], {columns, colour, said}: LogTextOptions): string {
	const rows = items.map((item) => (item.kind === 'entry' ? rowOf(item.entry, said) : sanitize(item.text)));
	const widths: number[] = [];
	for (const row of rows) {
		if (typeof row !== 'string') row.cells.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, width(cell))));
	}
	const head = ({cells, entry}: Row) => {
		const padded = cells.map((cell, index) => pad(cell, index === cells.length - 1 && columns !== undefined ? 0 : (widths[index] ?? 0)));
		const line = columns === undefined ? padded.join('  ') : truncate(padded.join('  ').trimEnd(), columns);
		const [stamp = ''] = padded;
		const status = padded[1] ?? '';
		const [from, to] = [stamp.length + 2, stamp.length + 2 + status.length];
		return colour && line.length >= to ? line.slice(0, from) + paintStatus(entry.status, line.slice(from, to)) + line.slice(to) : line;
	};
	const lines = rows.flatMap((row): readonly string[] => {
		if (typeof row === 'string') {
			if (columns === undefined) return [row];
			const [first = '', ...rest] = wrapWords(row, columns);
			return [first, ...(rest.length > 0 ? wrapped(rest.join(' '), columns) : [])];
		}
		if (columns === undefined) return [[head(row), row.details.join(' · ')].join('  ').trimEnd()];
		return [head(row), ...row.details.flatMap((detail) => wrapped(detail, columns))];
	});
	return lines.map((line) => `${line}\n`).join('');
}

/** What programs get of an item: the entry with its time as ISO 8601, or a hand-written line as it stands. */
export function itemJson(item: LogItem): object {
	if (item.kind === 'other') return {text: item.text};
	const {at, offsetMinutes, ...rest} = item.entry;
	const [date = '', time = '', offset = ''] = formatStamp({at, offsetMinutes}).split(' ');
	return {at: `${date}T${time}:00${offset}`, ...rest};
}
