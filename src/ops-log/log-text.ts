/** The ops log as text for people: aligned, harmless, and within the terminal's columns. Pure. */
import {paintStatus} from '../checks/report.ts';
import {sanitize} from '../terminal/sanitize.ts';
import type {Status} from '../status.ts';
import {truncate, width} from '../terminal/width.ts';
import {wrapWords} from '../terminal/wrap.ts';
import type {Entry} from './entry.ts';
import type {LogItem} from './search.ts';
import {formatSpan} from '../times.ts';

export interface LogTextOptions {
	/** Of the terminal; undefined prints each item on one line, however long, for the next program. */
	readonly columns?: number | undefined;
	readonly colour: boolean;
	/** The part of an entry that is shown; all of it where absent. */
	readonly said?: ((entry: Entry) => readonly string[]) | undefined;
	/** What `rounds log show` takes for the entry's round; undefined where no record is kept of it. */
	readonly record?: ((entry: Entry) => string | undefined) | undefined;
}

const longestName = 40;
/** Where the stamp of a line ends: `- 2026-11-20 08:42 +01:00`. */
const stampEnd = 25;

interface Row {
	/** Date, status, service and environment, operator, time taken, record. */
	readonly cells: readonly [string, string, string, string, string, string];
	readonly status: Status;
	/** What was found, then the anomalies. */
	readonly details: readonly string[];
}

/** The same few names come back in thousands of lines. */
function remembering<Value>(make: (text: string) => Value): (text: string) => Value {
	const made = new Map<string, Value>();
	return (text) => {
		const known = made.get(text);
		if (known !== undefined) return known;
		const value = make(text);
		made.set(text, value);
		return value;
	};
}

function detailsOf({findings, anomalies}: Entry): readonly string[] {
	if (anomalies.length === 0) return [findings.join(' · ')];
	return [findings.join(' · '), `${anomalies.length === 1 ? '1 anomaly' : `${anomalies.length} anomalies`}: ${anomalies.join('; ')}`];
}

function wrapped(text: string, columns: number): readonly string[] {
	return wrapWords(text, columns - 2).map((line) => `  ${line}`);
}

/** One paragraph per item in a terminal, else one line; every line ends with a line break. */
export function logText(items: readonly LogItem[], {columns, colour, said, record}: LogTextOptions): string {
	const nameOf = remembering((name) => truncate(sanitize(name), longestName));
	const nameWidth = remembering(width);
	// Only names may be anything but ASCII.
	const widthOf = (cell: string, index: number) => (index === 2 || index === 3 ? nameWidth(cell) : cell.length);
	const rowOf = (entry: Entry, text: string): Row => ({
		cells: [
			// As it stands in the line: only such a stamp is read at all.
			text.slice(2, stampEnd),
			entry.status,
			nameOf(`${entry.service}/${entry.environment}`),
			nameOf(entry.operator),
			formatSpan(entry.walkedMs),
			record?.(entry) ?? '',
		],
		status: entry.status,
		details: (said ? [said(entry).join(' · ')] : detailsOf(entry)).filter((detail) => detail !== '').map(sanitize),
	});
	const rows = items.map((item) => (item.kind === 'entry' ? rowOf(item.entry, item.text) : sanitize(item.text)));
	const widths = [0, 0, 0, 0, 0, 0];
	for (const row of rows) {
		if (typeof row !== 'string') row.cells.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, widthOf(cell, index))));
	}
	const head = ({cells, status}: Row) => {
		const [stamp, word, ...rest] = cells.map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - widthOf(cell, index)));
		const shown = colour ? paintStatus(status, word ?? '') : word;
		if (widths.at(-1) === 0) rest.pop();
		const line = `${stamp}  ${shown}  ${rest.join('  ')}`;
		// Too narrow for the line: then without its colour, for an escape sequence has no width that could be cut.
		if (columns !== undefined && widths.reduce((sum, width) => (width === 0 ? sum : sum + width + 2), -2) > columns)
			return truncate(`${stamp}  ${word}  ${rest.join('  ')}`.trimEnd(), columns);
		return columns === undefined ? line : line.trimEnd();
	};
	const lines = rows.flatMap((row): readonly string[] => {
		if (typeof row === 'string') {
			if (columns === undefined) return [row];
			const [first = '', ...rest] = wrapWords(row, columns);
			return [first, ...(rest.length > 0 ? wrapped(rest.join(' '), columns) : [])];
		}
		if (columns === undefined) return [`${head(row)}  ${row.details.join(' · ')}`.trimEnd()];
		return [head(row), ...row.details.flatMap((detail) => wrapped(detail, columns))];
	});
	return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** What programs get of an item: the entry with its time as ISO 8601 and the id of its record, or a hand-written line as it stands. */
export function itemJson(item: LogItem, record?: string): object {
	if (item.kind === 'other') return {text: item.text};
	const {at: _at, offsetMinutes: _offset, ...rest} = item.entry;
	const [date = '', time = '', offset = ''] = item.text.slice(2, stampEnd).split(' ');
	return {at: `${date}T${time}:00${offset}`, ...rest, ...(record === undefined ? {} : {record})};
}
