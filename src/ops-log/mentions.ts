/** Reads the fields of a log entry: the check of a finding; check, problem and outcome of an anomaly. Pure. */
import {podHash} from '../base/steady.ts';
import {outcomeGuides} from '../round/investigation/investigation.ts';
import type {Entry} from './entry.ts';

export interface KnownCheck {
	readonly id: string;
	/** As on the screen: `Rate limits`. */
	readonly title: string;
}

export interface Anomaly {
	/** Undefined if the line does not say. */
	readonly check: string | undefined;
	readonly problem: string;
	/** An outcome's title, or `not triaged`; undefined if the line does not say. */
	readonly outcome: string | undefined;
	/** The text after the outcome: the root cause, a ticket. */
	readonly cause: string | undefined;
}

/** The first words of a check's findings, if they are not its name. */
const otherNames: Readonly<Record<string, readonly string[]>> = {logs: ['5xx'], backups: ['pitr']};

/** When it was announced and resolved; a link if the message has an address. */
const announced = String.raw`announced \d\d:\d\d(?:, resolved \d\d:\d\d)?`;
/** The links to the investigation's record, its announcement and its tickets, at the end. */
const links = new RegExp(String.raw`(?: \[(?:record|ticket|${announced})\]\([^)\s]*\)| ${announced})+$`);
const outcomes = [...outcomeGuides.map(({title}) => title), 'not triaged'].join('|');
// As rounds writes it, then as a person may have edited it. The text before it is the problem.
const ending = new RegExp(` (${outcomes})(?: \\((.*)\\))?$`, 's');
const editedEnding = new RegExp(` (${outcomes})(?![\\w-])[\\s:,–-]*(.*)$`, 's');

/** True for an ASCII letter or digit, false for another character of ASCII; undefined if only the Unicode tables can say. */
function isWordCode(code: number): boolean | undefined {
	if (code >= 128) return undefined;
	return ((code | 32) >= 97 && (code | 32) <= 122) || (code >= 48 && code <= 57);
}

/** The letters and digits that a text begins with, in small letters. */
function firstWord(text: string): string {
	for (let at = 0; at < text.length; at++) {
		const isWord = isWordCode(text.charCodeAt(at));
		// Nearly every word is ASCII, and the expression takes ten times as long.
		if (isWord === false) return text.slice(0, at).toLowerCase();
		if (isWord === undefined) break;
	}
	return /^[\p{L}\p{N}]*/u.exec(text)?.[0].toLowerCase() ?? '';
}

/** True if the text starts with the name as a whole word, in any case. */
function beginsWith(text: string, name: string): boolean {
	if (text.slice(0, name.length).toLowerCase() !== name) return false;
	if (text.length === name.length) return true;
	return !(isWordCode(text.charCodeAt(name.length)) ?? /^[\p{L}\p{N}]/u.test(text.slice(name.length)));
}

function namesOf({id, title}: KnownCheck): readonly string[] {
	return [id.replaceAll('-', ' '), title, ...(otherNames[id] ?? [])].map((name) => name.toLowerCase());
}

/** The id of the longest name that the text starts with; undefined if there is none. */
export function mentionReader(checks: readonly KnownCheck[]): (text: string) => string | undefined {
	const names = checks
		.flatMap((check) => namesOf(check).map((name) => ({id: check.id, name})))
		.sort((a, b) => b.name.length - a.name.length);
	const byWord = Map.groupBy(names, ({name}) => firstWord(name));
	return (text) => byWord.get(firstWord(text))?.find(({name}) => beginsWith(text, name))?.id;
}

/** True for the texts that `mentionReader` calls this check's. */
export function mentionOf(check: string, checks: readonly KnownCheck[]): (text: string) => boolean {
	const names = checks.filter(({id}) => id === check).flatMap(namesOf);
	// Nearly every text starts with another letter: then nothing else is tried.
	const first = new Set(names.flatMap((name) => [name.charCodeAt(0), name.toUpperCase().charCodeAt(0)]));
	const checkOf = mentionReader(checks);
	return (text) => first.has(text.charCodeAt(0)) && checkOf(text) === check;
}

function wordsOf(text: string): ReadonlySet<string> {
	return new Set(text.toLowerCase().match(/\p{L}[\p{L}\p{N}_-]{2,}/gu));
}

/** The one check whose finding shares the most words with the problem. */
function nearestFinding(
	problem: string,
	{findings}: Pick<Entry, 'findings'>,
	checkOf: (text: string) => string | undefined,
): string | undefined {
	const words = wordsOf(problem);
	let best: {readonly check: string | undefined; readonly shared: number} | undefined;
	for (const finding of findings) {
		const shared = [...wordsOf(finding)].filter((word) => words.has(word)).length;
		if (shared > (best?.shared ?? 0)) best = {check: checkOf(finding), shared};
	}
	return best?.check;
}

/**
 * Reads an anomaly as rounds writes it, `pods: api is killed serious (a cache without a bound)`. If an edited
 * or older line names no check, a check's name in the text, a pod's name or the most similar finding decides.
 */
export function anomalyReader(checks: readonly KnownCheck[]): (text: string, entry: Pick<Entry, 'findings'>) => Anomaly {
	const checkOf = mentionReader(checks);
	const hasPods = checks.some(({id}) => id === 'pods');
	return (whole, entry) => {
		// Few texts end in either, and the expression is slow.
		const text = whole.endsWith(')') || whole.at(-3) === ':' ? whole.replace(links, '') : whole;
		const end = ending.exec(text) ?? editedEnding.exec(text);
		const [, outcome, cause] = end ?? [];
		const problem = text.slice(0, end?.index);
		const colon = problem.indexOf(': ');
		const front = colon < 1 ? undefined : problem.slice(0, colon);
		// A removed check is still in the findings of old entries.
		const named =
			front === undefined
				? undefined
				: (checkOf(front) ?? (entry.findings.some((finding) => finding.startsWith(`${front} `)) ? front.replaceAll(' ', '-') : undefined));
		const told = () => checkOf(problem) ?? (hasPods && podHash.test(problem) ? 'pods' : nearestFinding(problem, entry, checkOf));
		return {
			check: named ?? told(),
			problem: named === undefined ? problem : problem.slice(colon + 2),
			outcome,
			cause: cause === undefined || cause === '' ? undefined : cause,
		};
	};
}

/** The check of an anomaly. If its name comes first, the rest of the text is not read. */
export function anomalyCheckReader(checks: readonly KnownCheck[]): (text: string, entry: Pick<Entry, 'findings'>) => string | undefined {
	const checkOf = mentionReader(checks);
	const read = anomalyReader(checks);
	// The same few names start thousands of anomalies.
	const known = new Map<string, string | undefined>();
	const named = (front: string) => {
		if (!known.has(front)) known.set(front, checkOf(front));
		return known.get(front);
	};
	return (text, entry) => {
		const colon = text.indexOf(': ');
		return (colon === -1 ? undefined : named(text.slice(0, colon))) ?? read(text, entry).check;
	};
}
