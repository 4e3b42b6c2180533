/** A log entry that is parsed when needed: a search reads date and status of every line, but all fields of only a few. Pure. */
import {type Status, statuses} from '../base/status.ts';
import {parseSpan, parseStamp} from '../base/times.ts';
import {type Entry, parseAnomalies, parseEntry, stampEnd} from './entry.ts';

const separator = ' · ';

/** Where the fields after the date are in a line, and the values of the outer ones. */
interface Frame extends Pick<Entry, 'at' | 'offsetMinutes' | 'status' | 'walkedMs'> {
	readonly operator: number;
	readonly verdict: number;
	readonly findings: number;
	readonly span: number;
}

/** Where the field after the one at `from` starts; 0 if there is none. */
function nextField(text: string, from: number): number {
	const at = from === 0 ? -1 : text.indexOf(separator, from);
	return at === -1 ? 0 : at + separator.length;
}

/** Undefined if the line is not a log entry; only for lines without escapes and without two separators that share a space. */
function frameOf(text: string): Frame | undefined {
	const time = parseStamp(text.slice(2, stampEnd));
	if (!time || !text.startsWith(separator, stampEnd)) return undefined;
	const place = stampEnd + separator.length;
	const operator = nextField(text, place);
	const verdict = nextField(text, operator);
	const findings = nextField(text, verdict);
	if (findings === 0) return undefined;
	const slash = text.indexOf('/', place);
	if (slash === -1 || slash >= operator - separator.length) return undefined;
	const word = text.slice(verdict, findings - separator.length);
	const status = statuses.find((known) => known === word);
	const span = text.lastIndexOf(separator) + separator.length;
	const walkedMs = parseSpan(text.slice(span));
	if (status === undefined || walkedMs === undefined) return undefined;
	return {at: time.at, offsetMinutes: time.offsetMinutes, status, walkedMs, operator, verdict, findings, span};
}

/** True if `frameOf` would split the fields differently from `parseEntry`. */
function isIntricate(text: string): boolean {
	return text.includes('\\') || text.includes('\r') || text.includes('\n') || text.startsWith(' ·', text.lastIndexOf(separator) - 2);
}

/** A log entry that splits its findings when they are needed: they are most of a line, and most queries need the rest. */
class FramedEntry implements Entry {
	readonly at: number;
	readonly offsetMinutes: number;
	readonly service: string;
	readonly environment: string;
	readonly operator: string;
	readonly status: Status;
	readonly anomalies: readonly string[];
	readonly walkedMs: number;
	/** All findings as in the line; undefined if there are none. */
	private readonly found: string | undefined;

	constructor(text: string, {at, offsetMinutes, status, walkedMs, operator, verdict, findings, span}: Frame) {
		const place = stampEnd + separator.length;
		const slash = text.indexOf('/', place);
		const end = span - separator.length;
		const last = Math.max(findings, text.lastIndexOf(separator, end - 1) + separator.length);
		const anomalies = findings === span ? undefined : parseAnomalies(text.slice(last, end));
		this.at = at;
		this.offsetMinutes = offsetMinutes;
		this.service = text.slice(place, slash);
		this.environment = text.slice(slash + 1, operator - separator.length);
		this.operator = text.slice(operator, verdict - separator.length);
		this.status = status;
		this.anomalies = anomalies ?? [];
		this.walkedMs = walkedMs;
		const foundEnd = anomalies ? last - separator.length : end;
		this.found = foundEnd < findings ? undefined : text.slice(findings, foundEnd);
	}

	get findings(): readonly string[] {
		// Not cached: keeping ten thousand lists costs more than splitting again.
		return this.found?.split(separator) ?? [];
	}
}

/** A line that is an entry. */
export class EntryLine {
	readonly kind = 'entry';
	/** Counts from 1. */
	readonly number: number;
	readonly text: string;
	readonly at: number;
	readonly status: Status;
	private readonly frame: Frame | undefined;
	private known: Entry | undefined;

	constructor(line: {readonly text: string; readonly number: number}, read: Frame | Entry) {
		this.number = line.number;
		this.text = line.text;
		this.at = read.at;
		this.status = read.status;
		this.frame = 'span' in read ? read : undefined;
		this.known = 'span' in read ? undefined : read;
	}

	/** The whole entry, parsed at its first use. */
	get entry(): Entry {
		if (this.known) return this.known;
		if (!this.frame) throw new Error('a line without its entry');
		this.known = new FramedEntry(this.text, this.frame);
		return this.known;
	}
}

/** The line as an entry; undefined for every line that `parseEntry` does not read. */
export function entryLine(text: string, number: number): EntryLine | undefined {
	if (!text.startsWith('- ')) return undefined;
	const read = isIntricate(text) ? parseEntry(text) : frameOf(text);
	return read && new EntryLine({text, number}, read);
}
