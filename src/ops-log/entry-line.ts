/** An entry as its line holds it: a log of years is looked through by date and status, and few of its lines are taken apart. Pure. */
import {type Status, statuses} from '../base/status.ts';
import {parseSpan, parseStamp} from '../base/times.ts';
import {type Entry, parseAnomalies, parseEntry, stampEnd} from './entry.ts';

const separator = ' · ';

/** Where the fields behind the date stand in a line, and what the outer ones say. */
interface Frame extends Pick<Entry, 'at' | 'offsetMinutes' | 'status' | 'walkedMs'> {
	readonly operator: number;
	readonly verdict: number;
	readonly findings: number;
	readonly span: number;
}

/** Where the field behind the one at `from` begins; 0 where there is none, and behind none. */
function nextField(text: string, from: number): number {
	const at = from === 0 ? -1 : text.indexOf(separator, from);
	return at === -1 ? 0 : at + separator.length;
}

/** Undefined where the line is no entry; only for lines in which nothing is escaped and no two separators share a blank. */
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

/** True where `frameOf` would not see the fields as `parseEntry` does. */
function isIntricate(text: string): boolean {
	return text.includes('\\') || text.includes('\r') || text.includes('\n') || text.startsWith(' ·', text.lastIndexOf(separator) - 2);
}

/** An entry whose findings are parted when they are asked for: most of a line, and most questions are about the rest. */
class FramedEntry implements Entry {
	readonly at: number;
	readonly offsetMinutes: number;
	readonly service: string;
	readonly environment: string;
	readonly operator: string;
	readonly status: Status;
	readonly anomalies: readonly string[];
	readonly walkedMs: number;
	/** All of them as they stand; undefined where there are none. */
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
		// Not kept: ten thousand lists of them cost more to carry along than to make again.
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

	/** All of it, taken apart when it is first asked for. */
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
