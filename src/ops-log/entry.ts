/**
 * The log entry of a round: one line, written and read back. Pure.
 *
 * `- DATE TIME OFFSET · service/environment · operator · status · one field per check… · N anomalies: a; b · 6m12s`
 *
 * Fields are separated by ` · `. Inside a field a backslash escapes `\`, `·` and (in anomalies) `;`, line breaks are `\n`
 * and `\r`, and control or invisible characters are `\u{hex}`: the entry stays one line and is harmless in `less`.
 */
import {type Status, statuses} from '../base/status.ts';
import {formatSpan, formatStamp, parseSpan, parseStamp} from '../base/times.ts';

export interface Entry {
	/** Epoch milliseconds, whole minutes. */
	readonly at: number;
	/** Minutes east of UTC, as the operator's clock showed it. */
	readonly offsetMinutes: number;
	readonly service: string;
	readonly environment: string;
	readonly operator: string;
	readonly status: Status;
	/** A short result per check, in the checklist's order. */
	readonly findings: readonly string[];
	readonly anomalies: readonly string[];
	/** Time spent walking, milliseconds, whole seconds. */
	readonly walkedMs: number;
}

const acting = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

function hex(character: string): string {
	return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function escape(text: string, separators = '·'): string {
	let result = '';
	for (const character of text) {
		const separates = character === '\\' || separators.includes(character);
		result += separates ? `\\${character}` : character;
	}
	return result
		.replaceAll('\n', String.raw`\n`)
		.replaceAll('\r', String.raw`\r`)
		.replaceAll('\t', String.raw`\t`)
		.replaceAll(acting, hex);
}

const letters: Readonly<Record<string, string>> = {n: '\n', r: '\r', t: '\t'};

function unescape(text: string): string {
	if (!text.includes('\\')) return text;
	return text.replaceAll(/\\(?:u\{([0-9a-f]{1,6})\}|(.))/gu, (whole, code: string | undefined, letter: string | undefined) => {
		if (code === undefined) return letters[letter ?? ''] ?? letter ?? whole;
		const point = Number.parseInt(code, 16);
		return point > 0x10_ff_ff ? whole : String.fromCodePoint(point);
	});
}

/** Splits at each unescaped separator; one space on each side belongs to it. */
function cut(text: string, separator: string): string[] {
	// Nearly every line has no escape, and this is five times as fast: an operator waits while a log of years is read.
	if (!text.includes('\\')) return text.split(separator);
	const result: string[] = [];
	let from = 0;
	for (let at = 0; at < text.length; at++) {
		if (text[at] === '\\') {
			at++;
		} else if (text.startsWith(separator, at)) {
			result.push(text.slice(from, at));
			from = at + separator.length;
			at = from - 1;
		}
	}
	result.push(text.slice(from));
	return result;
}

function formatAnomalies(anomalies: readonly string[]): string {
	if (anomalies.length === 0) return 'no anomalies';
	const count = anomalies.length === 1 ? '1 anomaly' : `${anomalies.length} anomalies`;
	return `${count}: ${anomalies.map((anomaly) => escape(anomaly, '·;')).join('; ')}`;
}

/** Undefined if this is not the field of anomalies. A wrong count is accepted, because the line still can be read. */
export function parseAnomalies(field: string): readonly string[] | undefined {
	if (field === 'no anomalies') return [];
	const match = /^\d+ anomal(?:y|ies): /.exec(field);
	if (!match) return undefined;
	const anomalies = cut(field.slice(match[0].length), '; ');
	return field.includes('\\') ? anomalies.map(unescape) : anomalies;
}

/** The line, without a line break at its end. */
export function formatEntry(entry: Entry): string {
	const fields = [
		`- ${formatStamp(entry)}`,
		// Only the service's slash is escaped: the first unescaped one separates the two.
		`${escape(entry.service, '·/')}/${escape(entry.environment)}`,
		escape(entry.operator),
		entry.status,
		...entry.findings.map((finding) => escape(finding)),
		formatAnomalies(entry.anomalies),
		formatSpan(entry.walkedMs),
	];
	return fields.join(' · ');
}

/** Where the stamp of a line ends: `- 2026-11-20 08:42 +01:00`. */
export const stampEnd = 25;

/** The parsed line, or one sentence why it is not a log entry. */
export function readEntry(line: string): {readonly entry: Entry} | {readonly problem: string} {
	const text = line.endsWith('\n') || line.endsWith('\r') ? line.replace(/\r?\n?$/, '') : line;
	if (text.includes('\n') || text.includes('\r')) return {problem: 'a log entry is one line: remove the line breaks'};
	if (!text.startsWith('- ')) return {problem: 'a log entry starts with “- ” and the date'};
	const [stamp = '', place, operator, status, ...rest] = cut(text.slice(2), ' · ');
	const time = parseStamp(stamp);
	if (!time) return {problem: `“${stamp.slice(0, 40)}” is not a date and time such as 2026-11-20 08:42 +01:00`};
	const [service, ...environments] = cut(place ?? '', '/');
	if (place === undefined || service === undefined || environments.length === 0) {
		return {problem: 'expected service/environment after the date, such as checkout/production'};
	}
	if (operator === undefined) return {problem: 'expected the operator after the service'};
	const known = statuses.find((known) => known === status);
	if (!known) return {problem: `expected the status after the operator (${statuses.join(', ')}), found “${(status ?? '').slice(0, 40)}”`};
	const walkedMs = parseSpan(rest.at(-1) ?? '');
	if (walkedMs === undefined) return {problem: 'a log entry ends with the time taken, such as 6m12s'};
	rest.pop();
	const anomalies = parseAnomalies(rest.at(-1) ?? '');
	if (anomalies) rest.pop();
	return {
		entry: {
			at: time.at,
			offsetMinutes: time.offsetMinutes,
			service: unescape(service),
			environment: unescape(environments.join('/')),
			operator: unescape(operator),
			status: known,
			findings: text.includes('\\') ? rest.map(unescape) : rest,
			anomalies: anomalies ?? [],
			walkedMs,
		},
	};
}

/** The parsed line; undefined for a handwritten line in another form. */
export function parseEntry(line: string): Entry | undefined {
	if (!line.startsWith('- ')) return undefined;
	const read = readEntry(line);
	return 'entry' in read ? read.entry : undefined;
}

/** What is wrong with an edited log entry, in one sentence; undefined if it can be read back. */
export function entryProblem(text: string): string | undefined {
	const read = readEntry(text);
	return 'problem' in read ? read.problem : undefined;
}
