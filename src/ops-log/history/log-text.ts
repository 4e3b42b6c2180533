/** The ops log as text for people: aligned, harmless, and within the terminal's columns. Pure. */
import {paintStatus} from '../../checks/kit/check-report.ts';
import {sanitize} from '../../base/terminal/sanitize.ts';
import {truncate, width} from '../../base/terminal/width.ts';
import {wrapWords} from '../../base/terminal/wrap.ts';
import {type Entry, stampEnd} from '../entry.ts';
import type {EntryItem, LogItem} from './search-log.ts';
import {formatSpan} from '../../base/times.ts';

export interface LogTextOptions {
	/** The terminal's width; undefined prints each item on one line of any length, for another program. */
	readonly columns?: number | undefined;
	readonly colour: boolean;
	/** The id of the entry's round for `rounds log show`; undefined if it has no record. */
	readonly record?: ((entry: Entry) => string | undefined) | undefined;
}

const longestName = 40;

/** The same few names occur in thousands of lines. */
function remembering<Key, Value>(make: (of: Key) => Value): (of: Key) => Value {
	const made = new Map<Key, Value>();
	return (of) => {
		const known = made.get(of);
		if (known !== undefined) return known;
		const value = make(of);
		made.set(of, value);
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

/** Spaces up to that many columns; ten thousand rows need the same few. */
const blanks = remembering((columns: number) => ' '.repeat(columns));

/** One paragraph per item in a terminal, else one line; every line ends with a line break. */
export function logText(items: readonly LogItem[], {columns, colour, record}: LogTextOptions): string {
	const spanOf = remembering(formatSpan);
	const nameOf = remembering((name: string) => truncate(sanitize(name), longestName));
	const nameWidth = remembering(width);
	const idOf = record ?? (() => undefined);
	const placeOf = ({service, environment}: Entry) => nameOf(`${service}/${environment}`);
	// Two passes over the items instead of one list of rows, which would only be garbage.
	let [status, place, operator, time, id] = [0, 0, 0, 0, 0];
	for (const item of items) {
		if (item.kind === 'other') continue;
		const {entry} = item;
		status = Math.max(status, entry.status.length);
		place = Math.max(place, nameWidth(placeOf(entry)));
		operator = Math.max(operator, nameWidth(nameOf(entry.operator)));
		time = Math.max(time, spanOf(entry.walkedMs).length);
		id = Math.max(id, idOf(entry)?.length ?? 0);
	}
	const padded = (cell: string, used: number, columns: number) => cell + blanks(columns - used);
	const all = stampEnd - 2 + status + place + operator + time + 8 + (id === 0 ? 0 : id + 2);
	const head = ({entry, text}: EntryItem) => {
		const [name, who, took] = [placeOf(entry), nameOf(entry.operator), spanOf(entry.walkedMs)];
		const word = padded(entry.status, entry.status.length, status);
		const known = idOf(entry) ?? '';
		// The stamp as in the line: only valid ones are read.
		const front = `${text.slice(2, stampEnd)}  `;
		const rest = `  ${padded(name, nameWidth(name), place)}  ${padded(who, nameWidth(who), operator)}  ${padded(took, took.length, time)}${id === 0 ? '' : `  ${padded(known, known.length, id)}`}`;
		// The terminal is too narrow: without colour, because an escape sequence cannot be cut.
		if (columns !== undefined && all > columns) return truncate(`${front}${word}${rest}`.trimEnd(), columns);
		const line = `${front}${colour ? paintStatus(entry.status, word) : word}${rest}`;
		return columns === undefined ? line : line.trimEnd();
	};
	const detailsIn = ({entry, said}: EntryItem) => (said ? [said.join(' · ')] : detailsOf(entry)).filter((detail) => detail !== '');
	const lines = items.flatMap((item): string | readonly string[] => {
		if (item.kind === 'other') {
			const text = sanitize(item.text);
			if (columns === undefined) return text;
			const [first = '', ...rest] = wrapWords(text, columns);
			return [first, ...(rest.length > 0 ? wrapped(rest.join(' '), columns) : [])];
		}
		const details = detailsIn(item);
		if (columns === undefined) return `${head(item)}  ${sanitize(details.join(' · '))}`.trimEnd();
		return [head(item), ...details.flatMap((detail) => wrapped(sanitize(detail), columns))];
	});
	return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** An item as JSON: the entry with its time as ISO 8601 and the id of its record, or a handwritten line unchanged. */
export function itemJson(item: LogItem, record?: string): object {
	if (item.kind === 'other') return {text: item.text};
	const {service, environment, operator, status, findings, anomalies, walkedMs} = item.entry;
	const [date = '', time = '', offset = ''] = item.text.slice(2, stampEnd).split(' ');
	const at = `${date}T${time}:00${offset}`;
	return {at, service, environment, operator, status, findings, anomalies, walkedMs, ...(record === undefined ? {} : {record})};
}
