/** Searches the ops log: the rounds' entries and the lines people wrote by hand, newest first. Pure. */
import type {Status} from '../../base/status.ts';
import type {Entry} from '../entry.ts';
import type {EntryLine} from '../entry-line.ts';
import {handDate} from '../hand-date.ts';
import {header} from '../log-header.ts';
import {anomalyCheckReader, anomalyReader, type KnownCheck, mentionOf} from '../mentions.ts';
import {conflictMark, type LogLine} from '../read-log-file.ts';

export interface EntryItem extends Pick<EntryLine, 'kind' | 'at' | 'text' | 'status' | 'entry'> {
	/** What the check that was asked for said; absent where none was. */
	readonly said?: readonly string[];
}

export type LogItem =
	| EntryItem
	/** Indented lines below a hand-written one belong to it, parted by `\n`. */
	| {readonly kind: 'other'; readonly at: number; readonly text: string};

export interface LogQuery {
	/** All of them must occur, in whatever case; one of several words must occur as it is. */
	readonly words: readonly string[];
	/** Epoch milliseconds, inclusive. */
	readonly since?: number | undefined;
	/** Epoch milliseconds, exclusive. */
	readonly until?: number | undefined;
	/** Whole names, in whatever case. */
	readonly operator?: string | undefined;
	readonly service?: string | undefined;
	readonly environment?: string | undefined;
	readonly status?: Status | undefined;
	/** Only entries in which this check said something; the words must then occur in what it said. */
	readonly check?: string | undefined;
	/** Only entries with an anomaly that ended so, by the outcome's title, or `not triaged`; with `check`, one of that check. */
	readonly outcome?: string | undefined;
	/** Whose words the findings may be. */
	readonly checks: readonly KnownCheck[];
}

const dayMs = 86_400_000;

/** When a hand-written line says it was, on this machine's clock; a day alone is no earlier than what stands above it of that day. */
function dateOf(text: string, above: number): number | undefined {
	const {day, time} = handDate(text) ?? {};
	if (day === undefined) return undefined;
	const at = Date.parse(`${day}T${time ?? '00:00'}`);
	if (Number.isNaN(at)) return undefined;
	return time === undefined && above > at && above < at + dayMs ? above : at;
}

/** Headings, rules, blank lines and the marks of a merge lay the file out; nobody looks for them. */
function isLayout(text: string): boolean {
	return text === '' || text.startsWith('#') || header.includes(text) || conflictMark.test(text) || !/[\p{L}\p{N}]/u.test(text);
}

/**
 * Calls `found` with each thing the log tells, in the file's order. A hand-written line without a date of its own is as
 * old as what stands above it; minus infinity where nothing does.
 */
export async function eachItem(lines: AsyncIterable<readonly LogLine[]>, found: (item: LogItem) => void): Promise<void> {
	let at = Number.NEGATIVE_INFINITY;
	let open: LogItem | undefined;
	const close = () => {
		if (open) found(open);
		open = undefined;
	};
	for await (const chunk of lines) {
		for (const line of chunk) {
			if (line.kind === 'entry') {
				close();
				({at} = line);
				found(line);
			} else if (open && /^\s+\S/.test(line.text)) {
				open = {...open, text: `${open.text}\n${line.text.trim()}`};
			} else {
				close();
				// A heading may be the date of all that stands below it.
				at = dateOf(line.text, at) ?? at;
				if (!isLayout(line.text)) open = {kind: 'other', at, text: line.text};
			}
		}
	}
	close();
}

// oxlint-disable-next-line no-control-regex -- every character of ASCII
const ascii = /^[\u0000-\u007F·]*$/;
const folded = (text: string) => text.normalize().toLowerCase();

/** What is searched of an entry: the line as it stands, and where something is escaped there also as it was meant. */
function haystack(item: EntryItem): string {
	if (!item.text.includes('\\')) return item.text;
	const {service, operator, findings, anomalies} = item.entry;
	return [item.text, service, operator, ...findings, ...anomalies].join('\n');
}

/** True for the texts in which the word occurs, in whatever case. */
function occurrence(word: string): (text: string) => boolean {
	const small = folded(word);
	// An expression reads the text as it is, where to search small letters writes all of it anew.
	const plain = /^[a-z0-9 _-]+$/.test(small) ? new RegExp(small, 'i') : undefined;
	return (text) => {
		// To normalise costs more than to search, and ASCII is normal already.
		if (!ascii.test(text)) return folded(text).includes(small);
		return plain ? plain.test(text) : text.toLowerCase().includes(small);
	};
}

/** The item as the query asks for it; undefined where it does not. */
function matcher(query: LogQuery): (item: LogItem) => LogItem | undefined {
	const {since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY, status} = query;
	const words = query.words.map(occurrence);
	const [operator, service, environment] = [query.operator, query.service, query.environment].map((name) => name && folded(name));
	const saidIn = query.check === undefined ? undefined : saidBy(query.check, query.checks);
	const ended = query.outcome === undefined ? undefined : endedWith(query.outcome, query);
	const has = (text: string) => words.every((occurs) => occurs(text));
	const asksPlace = Boolean(operator || service || environment);
	const isThere = (entry: Entry) =>
		(!operator || folded(entry.operator) === operator) &&
		(!service || folded(entry.service) === service) &&
		(!environment || folded(entry.environment) === environment);
	/** A line by hand has no fields that could be asked for. */
	const fieldless = status === undefined && !operator && !service && !environment && !saidIn && !ended;
	return (item) => {
		if (item.at < since || item.at >= until) return undefined;
		if (item.kind === 'other') return fieldless && has(item.text) ? item : undefined;
		if (status !== undefined && item.status !== status) return undefined;
		// What the line shows as it stands comes first: most lines need not be taken apart.
		if (!saidIn && !has(haystack(item))) return undefined;
		if (asksPlace && !isThere(item.entry)) return undefined;
		if (ended && !ended(item)) return undefined;
		if (!saidIn) return item;
		const {kind, at, text, entry} = item;
		const said = saidIn(entry);
		return said.length > 0 && has(said.join('\n')) ? {kind, at, text, status: item.status, entry, said} : undefined;
	};
}

function idOf(check: string, checks: readonly KnownCheck[]): string {
	const id = folded(check).replaceAll(' ', '-');
	return checks.find((known) => known.id.toLowerCase() === id)?.id ?? id;
}

/** True for the entries with an anomaly of that outcome, and of that check where one is asked for. */
function endedWith(title: string, {check, checks}: Pick<LogQuery, 'check' | 'checks'>): (item: EntryItem) => boolean {
	const read = anomalyReader(checks);
	const wanted = check === undefined ? undefined : idOf(check, checks);
	return (item) => {
		// The title stands in the text, or the reader need not look.
		if (!item.text.includes(title) && !item.text.includes('\\')) return false;
		return item.entry.anomalies.some((text) => {
			if (!text.includes(title)) return false;
			const anomaly = read(text, item.entry);
			return anomaly.outcome === title && (wanted === undefined || anomaly.check === wanted);
		});
	};
}

/** The findings and anomalies of an entry that are the check's. */
function saidBy(check: string, checks: readonly KnownCheck[]): (entry: Entry) => readonly string[] {
	const wanted = idOf(check, checks);
	const isOf = mentionOf(wanted, checks);
	const checkOf = anomalyCheckReader(checks);
	return (entry) => {
		const said: string[] = [];
		for (const finding of entry.findings) if (isOf(finding)) said.push(finding);
		for (const anomaly of entry.anomalies) if (checkOf(anomaly, entry) === wanted) said.push(anomaly);
		return said;
	};
}

/** What the query asks for, newest first: by time, and of the same minute the later line. */
export async function searchLog(lines: AsyncIterable<readonly LogLine[]>, query: LogQuery): Promise<readonly LogItem[]> {
	const match = matcher(query);
	const found: LogItem[] = [];
	await eachItem(lines, (item) => {
		const matched = match(item);
		if (matched) found.push(matched);
	});
	// Sorting is stable; minus infinity has no difference to itself.
	return found.toReversed().sort((a, b) => (a.at === b.at ? 0 : b.at - a.at));
}
