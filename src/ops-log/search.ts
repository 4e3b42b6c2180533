/** Searches the ops log: the rounds' entries and the lines people wrote by hand, newest first. Pure. */
import type {Status} from '../status.ts';
import type {Entry} from './entry.ts';
import {handDate} from './hand-date.ts';
import {header} from './header.ts';
import {anomalyCheckReader, anomalyReader, beginsWith, type KnownCheck, mentionReader} from './mentions.ts';
import {conflictMark, type LogLine} from './read.ts';

export type LogItem =
	| {readonly kind: 'entry'; readonly at: number; readonly text: string; readonly entry: Entry}
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
				({at} = line.entry);
				found({kind: 'entry', at, text: line.text, entry: line.entry});
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
function haystack({text, entry}: Extract<LogItem, {readonly kind: 'entry'}>): string {
	return text.includes('\\') ? [text, entry.service, entry.operator, ...entry.findings, ...entry.anomalies].join('\n') : text;
}

/** True for the items that the query asks for. */
function matcher(query: LogQuery): (item: LogItem) => boolean {
	const {since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY, status} = query;
	const words = query.words.map(folded);
	const [operator, service, environment] = [query.operator, query.service, query.environment].map((name) => name && folded(name));
	const said = query.check === undefined ? undefined : saidBy(query.check, query.checks);
	const ended = query.outcome === undefined ? undefined : endedWith(query.outcome, query);
	const has = (text: string) => {
		if (words.length === 0) return true;
		// To normalise costs more than to search, and ASCII is normal already.
		const where = ascii.test(text) ? text.toLowerCase() : folded(text);
		return words.every((word) => where.includes(word));
	};
	const isWanted = (entry: Entry) =>
		(status === undefined || entry.status === status) &&
		(!operator || folded(entry.operator) === operator) &&
		(!service || folded(entry.service) === service) &&
		(!environment || folded(entry.environment) === environment) &&
		(!ended || ended(entry));
	/** A line by hand has no fields that could be asked for. */
	const fieldless = status === undefined && !operator && !service && !environment && !said && !ended;
	return (item) => {
		if (item.at < since || item.at >= until) return false;
		if (item.kind === 'other') return fieldless && has(item.text);
		if (!isWanted(item.entry)) return false;
		if (!said) return has(haystack(item));
		const parts = said(item.entry);
		return parts.length > 0 && has(parts.join('\n'));
	};
}

function idOf(check: string, checks: readonly KnownCheck[]): string {
	const id = folded(check).replaceAll(' ', '-');
	return checks.find((known) => known.id.toLowerCase() === id)?.id ?? id;
}

/** True for the entries with an anomaly of that outcome, and of that check where one is asked for. */
function endedWith(title: string, {check, checks}: Pick<LogQuery, 'check' | 'checks'>): (entry: Entry) => boolean {
	const read = anomalyReader(checks);
	const wanted = check === undefined ? undefined : idOf(check, checks);
	return (entry) =>
		entry.anomalies.some((text) => {
			// The title stands in the text, or the reader need not look.
			if (!text.includes(title)) return false;
			const anomaly = read(text, entry);
			return anomaly.outcome === title && (wanted === undefined || anomaly.check === wanted);
		});
}

/** The findings and anomalies of an entry that are the check's. */
export function saidBy(check: string, checks: readonly KnownCheck[]): (entry: Entry) => readonly string[] {
	const wanted = idOf(check, checks);
	const findingOf = mentionReader(checks);
	const checkOf = anomalyCheckReader(checks);
	const begins = beginsWith(wanted, checks);
	return (entry) => [
		...entry.findings.filter((finding) => begins(finding) && findingOf(finding) === wanted),
		...entry.anomalies.filter((anomaly) => checkOf(anomaly, entry) === wanted),
	];
}

/** What the query asks for, newest first: by time, and of the same minute the later line. */
export async function searchLog(lines: AsyncIterable<readonly LogLine[]>, query: LogQuery): Promise<readonly LogItem[]> {
	const matches = matcher(query);
	const found: LogItem[] = [];
	await eachItem(lines, (item) => {
		if (matches(item)) found.push(item);
	});
	// Sorting is stable; minus infinity has no difference to itself.
	return found.toReversed().sort((a, b) => (a.at === b.at ? 0 : b.at - a.at));
}
