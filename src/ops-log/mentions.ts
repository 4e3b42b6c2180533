/** Whose words the fields of an entry are: the check behind a finding, and check, problem and outcome of an anomaly. Pure. */
import {podHash} from '../memory/steady.ts';
import {outcomeGuides} from '../triage/investigation.ts';
import type {Entry} from './entry.ts';

export interface KnownCheck {
	readonly id: string;
	/** As on the screen: `Rate limits`. */
	readonly title: string;
}

export interface Anomaly {
	/** Undefined where the line does not tell. */
	readonly check: string | undefined;
	readonly problem: string;
	/** An outcome's title, or `not triaged`; undefined where the line does not tell. */
	readonly outcome: string | undefined;
	/** What stands behind the outcome: the root cause, a ticket. */
	readonly cause: string | undefined;
}

/** The words by which findings of these checks begin where that is not the check's own name. */
const otherNames: Readonly<Record<string, readonly string[]>> = {logs: ['5xx'], backups: ['pitr']};

/** When it was announced and resolved; a link where the message has an address. */
const announced = String.raw`announced \d\d:\d\d(?:, resolved \d\d:\d\d)?`;
/** The links to the investigation's record, its announcement and its tickets, behind all else. */
const links = new RegExp(String.raw`(?: \[(?:record|ticket|${announced})\]\([^)\s]*\)| ${announced})+$`);
const outcomes = [...outcomeGuides.map(({title}) => title), 'not triaged'].join('|');
// As written, then as somebody may have edited it; what stands before it is the problem.
const ending = new RegExp(` (${outcomes})(?: \\((.*)\\))?$`, 's');
const editedEnding = new RegExp(` (${outcomes})(?![\\w-])[\\s:,–-]*(.*)$`, 's');
const afterName = /^[^\p{L}\p{N}]/u;

/** The letters and digits that a text begins with, in small letters. */
function firstWord(text: string): string {
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at) | 32;
		if ((code >= 97 && code <= 122) || (text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57)) continue;
		// Nearly every word is ASCII, and the expression takes ten times as long.
		if (text.charCodeAt(at) < 128) return text.slice(0, at).toLowerCase();
		break;
	}
	return /^[\p{L}\p{N}]*/u.exec(text)?.[0].toLowerCase() ?? '';
}

function namesOf({id, title}: KnownCheck): readonly string[] {
	return [id.replaceAll('-', ' '), title, ...(otherNames[id] ?? [])].map((name) => name.toLowerCase());
}

/** True for every text that may be of this check: a cheap look before the reader's own. */
export function beginsWith(check: string, checks: readonly KnownCheck[]): (text: string) => boolean {
	const names = checks.filter(({id}) => id === check).flatMap(namesOf);
	const longest = Math.max(0, ...names.map(({length}) => length));
	const first = new Set(names.flatMap((name) => [name.charCodeAt(0), name.toUpperCase().charCodeAt(0)]));
	return (text) => {
		if (!first.has(text.charCodeAt(0))) return false;
		const start = text.slice(0, longest).toLowerCase();
		return names.some((name) => start.startsWith(name));
	};
}

/** The id whose name the text begins with, the longest of several; undefined where there is none. */
export function mentionReader(checks: readonly KnownCheck[]): (text: string) => string | undefined {
	const names = checks
		.flatMap((check) => namesOf(check).map((name) => ({id: check.id, name})))
		.sort((a, b) => b.name.length - a.name.length);
	const byWord = Map.groupBy(names, ({name}) => firstWord(name));
	return (text) => {
		const candidates = byWord.get(firstWord(text));
		if (!candidates) return undefined;
		const start = text.slice(0, 80).toLowerCase();
		return candidates.find(({name}) => start.startsWith(name) && (start.length === name.length || afterName.test(start.slice(name.length))))
			?.id;
	};
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
 * Reads an anomaly as rounds writes it, `pods: api is killed serious (a cache without a bound)`. Where an edited or
 * older line names no check it is told by its name in the text, by a pod's name, or by the finding it shares words with.
 */
export function anomalyReader(checks: readonly KnownCheck[]): (text: string, entry: Pick<Entry, 'findings'>) => Anomaly {
	const checkOf = mentionReader(checks);
	const hasPods = checks.some(({id}) => id === 'pods');
	return (whole, entry) => {
		// All but a few end in neither, and the expression takes its time.
		const text = whole.endsWith(')') || whole.at(-3) === ':' ? whole.replace(links, '') : whole;
		const end = ending.exec(text) ?? editedEnding.exec(text);
		const [, outcome, cause] = end ?? [];
		const problem = text.slice(0, end?.index);
		const colon = problem.indexOf(': ');
		const front = colon < 1 ? undefined : problem.slice(0, colon);
		// A check that is on no list any more still stands in its old entries' findings.
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

/** The check of an anomaly alone: where its name stands in front, nothing else of the text is read. */
export function anomalyCheckReader(checks: readonly KnownCheck[]): (text: string, entry: Pick<Entry, 'findings'>) => string | undefined {
	const checkOf = mentionReader(checks);
	const read = anomalyReader(checks);
	return (text, entry) => {
		const colon = text.indexOf(': ');
		const named = colon === -1 ? undefined : checkOf(text.slice(0, colon));
		return named ?? read(text, entry).check;
	};
}
