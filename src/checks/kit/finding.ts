/** How every check builds its finding, so that status, order and the one-line rule are the same everywhere. */
import {byUrgency, type Status, worst} from '../../base/status.ts';
import type {Evidence, Finding, Reason} from './check.ts';

/** The longest `short`: the ops log's line must stay a line one can read. */
const longestShort = 120;

/** More reasons or evidence rows than this help no one at three in the morning; the rest are counted. */
const mostReasons = 50;
const mostEvidence = 200;

/** One line without the ops log's separator: names from outside must not forge a field of the entry. */
export function oneLine(text: string): string {
	return text
		.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
		.replaceAll('·', '-')
		.trim();
}

function cut(text: string, longest: number): string {
	return text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`;
}

/**
 * A finding whose status is that of its most urgent reason.
 * @param parts.none Status where there are no reasons; `ok` unless told.
 */
export function finding(parts: {
	readonly summary: string;
	readonly short: string;
	readonly reasons: readonly Reason[];
	readonly evidence?: readonly Evidence[];
	readonly none?: Status;
}): Finding {
	const sorted = [...parts.reasons].sort((a, b) => byUrgency(a.status, b.status));
	const [firstLeftOut] = sorted.slice(mostReasons);
	const rest = firstLeftOut
		? [{status: firstLeftOut.status, subject: 'more', text: `${sorted.length - mostReasons} further reasons are not listed`}]
		: [];
	return {
		status: worst(
			sorted.map(({status}) => status),
			parts.none,
		),
		summary: parts.summary,
		short: cut(oneLine(parts.short), longestShort),
		reasons: [...sorted.slice(0, mostReasons), ...rest],
		evidence: (parts.evidence ?? []).slice(0, mostEvidence),
	};
}

/** The check's id as words, for the front of `short`: `rate-limits` is `rate limits`. */
export function label(id: string): string {
	return id.replaceAll('-', ' ');
}

/** `a, b and 3 more`: the first `shown` of the names. */
export function someOf(names: readonly string[], shown = 2): string {
	return names.length <= shown ? names.join(', ') : `${names.slice(0, shown).join(', ')} and ${names.length - shown} more`;
}
