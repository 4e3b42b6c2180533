/** Sentry's issues, through its REST API (the SDK can only send). */
import * as z from 'zod';
import type {Issue, IssueSource} from '../../ports/issue-source.ts';
import type {Clock} from '../../ports/clock.ts';
import {createJsonClient, type JsonClient, type Query} from '../http/request.ts';
import type {Credential} from '../machine/secrets.ts';
import {date} from './sentry-date.ts';
import {readReleases} from './sentry-releases.ts';

export interface SentryOptions {
	/** `https://sentry.io`, `https://de.sentry.io`, or a self-hosted one; `/api/0` may follow. */
	readonly url: string;
	readonly organization: string;
	readonly projects: readonly string[];
	readonly environment?: string;
	readonly credential: Credential;
	readonly clock: Clock;
	readonly timeoutMs?: number;
}

const pageSize = 100;
/** 300 unresolved issues are more than a person walks through in a morning. */
const maxPages = 3;

/** What deserves eyes first, each asked by itself because Sentry's search has no OR. */
const searches = [
	{query: 'is:unresolved is:escalating', pages: 1},
	{query: 'is:unresolved firstSeen:-24h issue.priority:high', pages: 1},
	{query: 'is:unresolved is:regressed', pages: 1},
	{query: 'is:unresolved is:for_review', pages: 1, forReview: true},
	{query: 'is:unresolved', pages: maxPages},
] as const;

const issue = z.object({
	id: z.string(),
	shortId: z.string(),
	title: z.string(),
	culprit: z.string().nullish(),
	permalink: z.string().nullish(),
	project: z.object({slug: z.string()}),
	level: z.string(),
	status: z.string(),
	substatus: z.string().nullish(),
	priority: z.enum(['low', 'medium', 'high']).nullish().catch(undefined),
	// Sentry sends the number of events as a string.
	count: z.coerce.number(),
	userCount: z.number(),
	firstSeen: date,
	lastSeen: date,
	isUnhandled: z.boolean().nullish(),
	assignedTo: z.object({name: z.string().nullish(), email: z.string().nullish()}).nullish(),
	stats: z.record(z.string(), z.array(z.tuple([z.number(), z.number()]))).nullish(),
});
type WireIssue = z.infer<typeof issue>;
const issueList = z.array(issue);

/** Reads unresolved issues with the token's `event:read`, and releases with its `project:read`. */
export function createSentry(options: SentryOptions): IssueSource {
	const root = options.url.replace(/\/+$/, '').replace(/\/api\/0$/, '');
	const clientWith = (permission: string) =>
		createJsonClient({
			source: 'Sentry',
			url: root,
			clock: options.clock,
			credential: options.credential,
			permission: `The token in ${options.credential.name} needs the scope ${permission}, and access to ${options.organization}`,
			...(options.timeoutMs === undefined ? {} : {timeoutMs: options.timeoutMs}),
		});
	const client = clientWith('event:read');
	const releases = clientWith('project:read');
	const scope: Query = [
		...options.projects.map((project) => ['project', project] as const),
		...(options.environment === undefined ? [] : [['environment', options.environment] as const]),
	];
	const organization = encodeURIComponent(options.organization);
	const page = new URLSearchParams({query: 'is:unresolved', statsPeriod: '24h'});
	for (const [name, value] of scope) page.append(name, value);

	return {
		async unresolved(signal) {
			const path = `api/0/organizations/${organization}/issues/`;
			const answers = await Promise.all(
				searches.map((search) => readPages({client, path, query: search.query, scope, pages: search.pages, signal})),
			);
			const found = new Map<string, WireIssue>();
			const forReview = new Set<string>();
			let reviewsKnown = true;
			for (const [index, answer] of answers.entries()) {
				const search = searches[index];
				const isReview = search !== undefined && 'forReview' in search;
				if (isReview) reviewsKnown = !answer.truncated;
				for (const each of answer.issues) {
					// A search may lag behind a change made a moment ago.
					if (each.status === 'unresolved') found.set(each.id, each);
					if (isReview) forReview.add(each.id);
				}
			}
			// Beyond what was read of that search no one knows.
			const reviewOf = ({id}: WireIssue) => (forReview.has(id) ? true : reviewsKnown ? false : undefined);
			const issues = [...found.values()].map((each) => toIssue(each, {forReview: reviewOf(each), root: client.url, organization}));
			return {
				issues: issues.sort(byAttention),
				truncated: answers.some((answer) => answer.truncated),
				url: `${client.url}/organizations/${organization}/issues/?${page.toString()}`,
			};
		},
		releases: (signal) => readReleases(releases, {organization, scope: options, signal}),
	};
}

interface PageRequest {
	readonly client: JsonClient;
	readonly path: string;
	readonly query: string;
	readonly scope: Query;
	readonly pages: number;
	readonly signal: AbortSignal;
}

async function readPages({client, path, query, scope, pages, signal}: PageRequest) {
	const issues: WireIssue[] = [];
	let cursor: string | undefined;
	for (let page = 0; page < pages; page++) {
		const {data, headers} = await client.get(path, {
			query: [
				['query', query],
				['statsPeriod', '24h'],
				['groupStatsPeriod', '24h'],
				['sort', 'date'],
				['limit', String(pageSize)],
				...scope,
				...(cursor === undefined ? [] : [['cursor', cursor] as const]),
			],
			schema: issueList,
			signal,
		});
		issues.push(...data);
		cursor = nextCursor(headers.get('link'));
		if (cursor === undefined) return {issues, truncated: false};
	}
	return {issues, truncated: true};
}

/** Sentry's Link header always names a next page; `results="false"` says that it is empty. */
export function nextCursor(link: string | null): string | undefined {
	for (const part of link?.split(/,\s*(?=<)/) ?? []) {
		if (!/rel="next"/.test(part) || !/results="true"/.test(part)) continue;
		// The cursor, not the address: a token is only ever sent to the configured host.
		return /cursor="([^"]+)"/.exec(part)?.[1];
	}
	return undefined;
}

function toIssue(
	wire: WireIssue,
	context: {readonly forReview: boolean | undefined; readonly root: string; readonly organization: string},
): Issue {
	const buckets = [...(wire.stats?.['24h'] ?? [])].sort((a, b) => a[0] - b[0]);
	const assignee = wire.assignedTo?.name ?? wire.assignedTo?.email;
	return {
		id: wire.id,
		shortId: wire.shortId,
		title: wire.title,
		url: wire.permalink ?? `${context.root}/organizations/${context.organization}/issues/${wire.id}/`,
		project: wire.project.slug,
		level: wire.level,
		count: wire.count,
		users: wire.userCount,
		firstSeen: wire.firstSeen,
		lastSeen: wire.lastSeen,
		unhandled: wire.isUnhandled ?? false,
		...(context.forReview === undefined ? {} : {forReview: context.forReview}),
		hourly: buckets.map(([, events]) => events),
		...(wire.culprit ? {culprit: wire.culprit} : {}),
		...(wire.priority ? {priority: wire.priority} : {}),
		...(wire.substatus ? {substatus: wire.substatus} : {}),
		...(assignee ? {assignee} : {}),
	};
}

const attention = ['escalating', 'new', 'regressed'];

function rank(each: Issue): number {
	const position = attention.indexOf(each.substatus ?? '');
	return (each.forReview ? 0 : 10) + (position === -1 ? attention.length : position);
}

function byAttention(a: Issue, b: Issue): number {
	return rank(a) - rank(b) || b.lastSeen - a.lastSeen || a.id.localeCompare(b.id);
}
