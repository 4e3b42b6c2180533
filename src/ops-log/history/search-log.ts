/** Searches the ops log: the rounds' entries and the lines people wrote by hand, newest first. Pure. */
import type {Status} from '../../base/status.ts';
import type {Entry} from '../entry.ts';
import type {EntryLine} from '../entry-line.ts';
import {handDate} from '../hand-date.ts';
import {header} from '../log-header.ts';
import {anomalyCheckReader, anomalyReader, type KnownCheck, mentionOf} from '../mentions.ts';
import {conflictMark, type LogLine} from '../read-log-file.ts';

export interface EntryItem extends Pick<EntryLine, 'kind' | 'at' | 'text' | 'status' | 'entry'> {
	/** The findings and anomalies of the requested check; absent if none was requested. */
	readonly said?: readonly string[];
}

export type LogItem =
	| EntryItem
	/** Indented lines below a handwritten line belong to it, separated by `\n`. */
	| {readonly kind: 'other'; readonly at: number; readonly text: string};

export interface LogQuery {
	/** All of them must occur, in any case. A phrase must occur as a whole. */
	readonly words: readonly string[];
	/** Epoch milliseconds, inclusive. */
	readonly since?: number | undefined;
	/** Epoch milliseconds, exclusive. */
	readonly until?: number | undefined;
	/** Whole names, in any case. */
	readonly operator?: string | undefined;
	readonly service?: string | undefined;
	readonly environment?: string | undefined;
	readonly status?: Status | undefined;
	/** Only entries with a finding or anomaly of this check; the words must then occur in those. */
	readonly check?: string | undefined;
	/** Only entries with an anomaly of this outcome (its title, or `not triaged`); with `check`, an anomaly of that check. */
	readonly outcome?: string | undefined;
	/** The checks that findings may belong to. */
	readonly checks: readonly KnownCheck[];
}

const dayMs = 86_400_000;

/** The date of a handwritten line on this machine's clock. A day without a time is not earlier than lines above it of that day. */
function dateOf(text: string, above: number): number | undefined {
	const {day, time} = handDate(text) ?? {};
	if (day === undefined) return undefined;
	const at = Date.parse(`${day}T${time ?? '00:00'}`);
	if (Number.isNaN(at)) return undefined;
	return time === undefined && above > at && above < at + dayMs ? above : at;
}

/** Headings, rules, blank lines and conflict markers are layout, not content. */
function isLayout(text: string): boolean {
	return text === '' || text.startsWith('#') || header.includes(text) || conflictMark.test(text) || !/[\p{L}\p{N}]/u.test(text);
}

/**
 * Calls `found` with each item of the log, in the file's order. A handwritten line without its own date has the date of
 * the item above it; minus infinity if there is none.
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
				// A heading may be the date of the lines below it.
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

/** The searched text of an entry: the line, and its unescaped fields if something is escaped. */
function haystack(item: EntryItem): string {
	if (!item.text.includes('\\')) return item.text;
	const {service, operator, findings, anomalies} = item.entry;
	return [item.text, service, operator, ...findings, ...anomalies].join('\n');
}

/** True for the texts in which the word occurs, in whatever case. */
function occurrence(word: string): (text: string) => boolean {
	const small = folded(word);
	// A regular expression avoids a lower-case copy of the text.
	const plain = /^[a-z0-9 _-]+$/.test(small) ? new RegExp(small, 'i') : undefined;
	return (text) => {
		// To normalise costs more than to search, and ASCII is normal already.
		if (!ascii.test(text)) return folded(text).includes(small);
		return plain ? plain.test(text) : text.toLowerCase().includes(small);
	};
}

/** The item as the query wants it; undefined if it does not match. */
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
		// Tests on the raw line come first: most lines need no parsing.
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

/** True for entries with an anomaly of that outcome, and of the requested check if there is one. */
function endedWith(title: string, {check, checks}: Pick<LogQuery, 'check' | 'checks'>): (item: EntryItem) => boolean {
	const read = anomalyReader(checks);
	const wanted = check === undefined ? undefined : idOf(check, checks);
	return (item) => {
		// If the title is not in the text, no parsing is needed.
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
