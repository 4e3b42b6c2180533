/** Sentry's issue search as far as it has one: words `key:value`, negation, quoted values, free text; no AND, OR or brackets. */
import type {IssuePlan} from './issues.ts';
import type {SentryIssue} from './sentry-wire.ts';

export interface Candidate {
	readonly plan: IssuePlan;
	readonly issue: SentryIssue;
	readonly forReview: boolean;
}

type Test = (candidate: Candidate) => boolean;

/** A query Sentry refuses with 400; the message is its `detail`. */
export class SearchError extends Error {}

const unitMs: Readonly<Record<string, number>> = {m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000};

/** `-24h` is younger than 24 hours, `+24h` older; `>2026-11-01T00:00:00` compares with a date. */
function time(key: string, value: string, now: number): (at: number) => boolean {
	const relative = /^([-+])(\d+)([mhdw])$/.exec(value);
	if (relative) {
		const edge = now - Number(relative[2]) * (unitMs[relative[3] ?? ''] ?? 0);
		return relative[1] === '-' ? (at) => at >= edge : (at) => at <= edge;
	}
	const absolute = /^(>=|<=|>|<)(.+)$/.exec(value);
	const edge = Date.parse(absolute?.[2] ?? '');
	if (!absolute || Number.isNaN(edge))
		throw new SearchError(`Invalid date: ${value}. Expected +/-duration (e.g. +1h) or ISO 8601-like for ${key}.`);
	return (at) => compare(at, absolute[1] ?? '', edge);
}

function compare(value: number, operator: string, limit: number): boolean {
	switch (operator) {
		case '>':
			return value > limit;
		case '>=':
			return value >= limit;
		case '<':
			return value < limit;
		case '<=':
			return value <= limit;
		default:
			return value === limit;
	}
}

const words: Readonly<Record<string, Test>> = {
	unresolved: ({issue}) => issue.status === 'unresolved',
	resolved: ({issue}) => issue.status === 'resolved',
	ignored: ({issue}) => issue.status === 'ignored',
	archived: ({issue}) => issue.status === 'ignored',
	new: ({issue}) => issue.substatus === 'new',
	ongoing: ({issue}) => issue.substatus === 'ongoing',
	escalating: ({issue}) => issue.substatus === 'escalating',
	regressed: ({issue}) => issue.substatus === 'regressed',
	for_review: ({issue, forReview}) => issue.status === 'unresolved' && forReview,
	assigned: ({issue}) => issue.assignedTo !== null,
	unassigned: ({issue}) => issue.assignedTo === null,
};

const assignee = (value: string, {issue}: Candidate): boolean => {
	const {assignedTo} = issue;
	if (value === 'none') return assignedTo === null;
	return assignedTo !== null && [assignedTo.name, assignedTo.email, assignedTo.id, `#${assignedTo.name}`].includes(value);
};

const oneOf = (value: string): readonly string[] =>
	/^\[.*\]$/.test(value)
		? value
				.slice(1, -1)
				.split(',')
				.map((one) => one.trim())
		: [value];

const like = (text: string, value: string): boolean => {
	const pattern = value.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${pattern.join('.*')}$`, 'i').test(text);
};

function test(key: string, value: string, now: number): Test {
	switch (key) {
		case 'is': {
			const known = words[value];
			if (!known) throw new SearchError(`Invalid value for "is" search, valid values are ['${Object.keys(words).join("', '")}']`);
			return known;
		}
		case 'firstSeen':
		case 'lastSeen': {
			const holds = time(key, value, now);
			return ({issue}) => holds(Date.parse(key === 'firstSeen' ? issue.firstSeen : issue.lastSeen));
		}
		case 'timesSeen': {
			const [, operator = '', limit] = /^(>=|<=|>|<)?(\d+)$/.exec(value) ?? [];
			if (limit === undefined)
				throw new SearchError(`Invalid number: ${value}. Expected number then optional k, m, or b suffix (e.g. 500k).`);
			return ({issue}) => compare(Number(issue.count), operator, Number(limit));
		}
		case 'issue.priority':
			return ({issue}) => oneOf(value).includes(issue.priority ?? '');
		case 'level':
			return ({issue}) => oneOf(value).includes(issue.level);
		case 'assigned':
		case 'assigned_to':
			return (candidate) => oneOf(value).some((one) => assignee(one, candidate));
		case 'release':
			return ({plan}) => oneOf(value).some((one) => like(plan.release, one));
		case 'project':
			return ({issue}) => oneOf(value).includes(issue.project.slug);
		case 'environment':
			return ({plan}) => oneOf(value).includes(plan.environment);
		case 'title':
		case 'message':
			return ({issue}) => like(issue.title, value);
		default:
			// A key that is no field is a tag, and no event of this company carries one.
			return () => false;
	}
}

/** The test that a query means. Throws SearchError. */
export function parseSearch(query: string, now: number): Test {
	const tests: Test[] = [];
	for (const [word] of query.matchAll(/!?[\w.]+:(?:"[^"]*"|\[[^\]]*\]|\S+)|"[^"]*"|\S+/g)) {
		if (/^(AND|OR)$|^[()]|[()]$/.test(word)) {
			throw new SearchError('Boolean statements containing "OR" or "AND" are not supported in this search');
		}
		const match = /^(!?)([\w.]+):(.+)$/.exec(word);
		const value = (match?.[3] ?? word).replaceAll('"', '');
		const holds: Test = match?.[2] ? test(match[2], value, now) : ({issue}) => issue.title.toLowerCase().includes(value.toLowerCase());
		tests.push(match?.[1] === '!' ? (candidate) => !holds(candidate) : holds);
	}
	return (candidate) => tests.every((holds) => holds(candidate));
}
