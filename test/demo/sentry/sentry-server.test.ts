import {afterEach, beforeEach, expect, test} from 'vitest';
import {startSentry} from '../../../src/demo/sentry/sentry-server.ts';
import type {SentryIssue} from '../../../src/demo/sentry/sentry-wire.ts';
import {morningAt, running, type Running} from '../clock.ts';

let sentry: Running;
beforeEach(async () => {
	sentry = await running(startSentry);
});
afterEach(() => sentry.close());

const root = '/api/0/organizations/example';
const search = (query: string, more = '') =>
	sentry.json<readonly SentryIssue[]>(`${root}/issues/?query=${encodeURIComponent(query)}${more}`);
const names = async (query: string, more = '') => (await search(query, more)).map((issue) => issue.shortId).sort();
const put = (path: string, body: object) => sentry.get(`${root}${path}`, {method: 'PUT', body: JSON.stringify(body)});

test('what is new, what came back and what grows', async () => {
	expect(await names('is:unresolved is:new')).toEqual(['CHECKOUT-API-7Q1', 'CHECKOUT-WEB-9F2']);
	expect(await names('is:unresolved is:regressed')).toEqual(['CHECKOUT-API-5D9']);
	expect(await names('is:unresolved is:escalating')).toEqual(['CHECKOUT-API-2M4']);
	expect(await names('is:unresolved firstSeen:-24h issue.priority:high')).toEqual(['CHECKOUT-API-7Q1']);
	expect(await names('is:for_review')).toHaveLength(4);
});

test('every word of a query really filters', async () => {
	const all = await search('', '&limit=100');
	expect(await names('level:fatal')).toEqual(['CHECKOUT-API-7Q1']);
	expect(await names('is:unresolved !level:fatal is:for_review')).toHaveLength(3);
	expect(await names('timesSeen:>7000')).toContain('CHECKOUT-API-2M4');
	// What was seen before the release carries the one that was there then.
	expect(await names('release:1.42.0')).toEqual(expect.not.arrayContaining(['CHECKOUT-WEB-9F2']));
	expect(await names('release:1.42.0')).toHaveLength(3);
	expect(await names('"search did not answer"')).toEqual(['CHECKOUT-API-2M4']);
	expect((await search('assigned:bob@example.com')).every((issue) => issue.assignedTo?.email === 'bob@example.com')).toBe(true);
	expect((await search('assigned:bob@example.com')).length).toBeGreaterThan(10);
	expect((await search('is:resolved')).every((issue) => issue.status === 'resolved')).toBe(true);
	expect(await names('lastSeen:+30d')).toEqual([]);
	expect(all.some((issue) => issue.project.slug === 'checkout-web')).toBe(true);
	expect((await search('', '&project=checkout-api')).every((issue) => issue.project.slug === 'checkout-api')).toBe(true);
	expect((await search('', '&environment=staging')).length).toBeLessThan(40);
});

test('the default is unresolved, and pages follow the Link header to the end', async () => {
	const seen: string[] = [];
	let path = `${root}/issues/?limit=50`;
	for (let pages = 0; path !== '' && pages < 10; pages += 1) {
		const response = await sentry.get(path);
		const issues = (await response.json()) as readonly SentryIssue[];
		expect(issues.every((issue) => issue.status === 'unresolved')).toBe(true);
		seen.push(...issues.map((issue) => issue.id));
		const [, next = ''] = /<([^>]+)>; rel="next"; results="true"/.exec(response.headers.get('link') ?? '') ?? [];
		expect(response.headers.get('link')).toContain('rel="previous"');
		path = next.replace(sentry.url, '');
	}
	expect(seen.length).toBeGreaterThan(120);
	expect(new Set(seen).size).toBe(seen.length);
});

test('statistics are 24 hours with a partial last one; the count is a string that grows', async () => {
	const of = async () => (await search('is:regressed'))[0];
	const spike = (await search('is:escalating'))[0];
	const stats = spike?.stats['24h'] ?? [];
	expect(stats).toHaveLength(24);
	expect(stats.at(-1)?.[0]).toBe(Date.UTC(2026, 10, 20, 8) / 1000);
	const usual = stats.slice(0, 20).map(([, events]) => events);
	expect(Math.max(...usual)).toBeLessThan(30);
	expect(stats.at(-2)?.[1]).toBeGreaterThan(200);
	const first = await of();
	expect(first?.count).toMatch(/^\d+$/);
	sentry.clock.forward(2 * 3_600_000);
	const later = await of();
	expect(Number(later?.count)).toBeGreaterThan(Number(first?.count));
	expect(later?.stats['24h']?.at(-1)?.[0]).toBe(Date.UTC(2026, 10, 20, 10) / 1000);
});

test('no issue’s count ever falls, and nothing was seen in the future', async () => {
	const counts = async () => new Map((await search('', '&sort=freq')).map((issue) => [issue.id, Number(issue.count)]));
	let before = await counts();
	for (let minutes = 0; minutes < 180; minutes += 20) {
		sentry.clock.forward(20 * 60_000);
		const now = await counts();
		for (const [id, count] of before) expect(now.get(id) ?? count).toBeGreaterThanOrEqual(count);
		before = now;
	}
	expect((await search('')).every((issue) => Date.parse(issue.lastSeen) <= sentry.clock.now())).toBe(true);
});

test('sorting', async () => {
	const byCount = (await search('', '&sort=freq&limit=20')).map((issue) => Number(issue.count));
	expect(byCount).toEqual([...byCount].sort((a, b) => b - a));
	const byUsers = (await search('', '&sort=user&limit=20')).map((issue) => issue.userCount);
	expect(byUsers).toEqual([...byUsers].sort((a, b) => b - a));
});

test('one issue is assigned and thereby reviewed', async () => {
	const [issue] = await search('is:escalating');
	const answer = (await (await put(`/issues/${issue?.id ?? ''}/`, {assignedTo: 'user:101'})).json()) as SentryIssue;
	expect(answer.assignedTo?.name).toBe('Bob Okafor');
	expect(await names('is:for_review')).not.toContain('CHECKOUT-API-2M4');
	expect((await put(`/issues/${issue?.id ?? ''}/`, {assignedTo: 'user:999'})).status).toBe(400);
	expect((await put(`/issues/${issue?.id ?? ''}/`, {status: 'asleep'})).status).toBe(400);
	expect((await put('/issues/1/', {status: 'resolved'})).status).toBe(404);
});

test('in bulk with ids only those change; without ids everything the query matches', async () => {
	const found = await search('is:for_review');
	await put(`/issues/?id=${found[0]?.id ?? ''}&id=${found[1]?.id ?? ''}`, {status: 'resolved'});
	expect(await names('is:for_review')).toHaveLength(2);
	await put('/issues/?query=is%3Aunresolved', {inbox: false});
	expect(await names('is:for_review')).toEqual([]);
});

test.each([
	['?query=is:asleep', 'Invalid value for "is"'],
	['?query=is:new%20OR%20is:regressed', 'not supported'],
	['?query=firstSeen:soon', 'Invalid date'],
	['?limit=1000', 'limit'],
	['?sort=colour', 'sort'],
	['?cursor=nonsense', 'cursor'],
])('%s is refused with 400', async (query, detail) => {
	const response = await sentry.get(`${root}/issues/${query}`);
	expect(response.status).toBe(400);
	expect(await response.json()).toEqual({detail: expect.stringContaining(detail) as string});
});

test('tokens, organisations and limits', async () => {
	expect(await (await sentry.get(`${root}/issues/`, {token: 'wrong'})).json()).toEqual({detail: 'Invalid token'});
	expect((await fetch(`${sentry.url}${root}/issues/`)).status).toBe(401);
	expect((await sentry.get('/api/0/organizations/other/issues/')).status).toBe(404);
	expect(await sentry.json<readonly {readonly slug: string}[]>(`${root}/projects/`)).toHaveLength(2);
	sentry.clock.forward(5000);
	const first = await sentry.get(`${root}/projects/`);
	expect(first.headers.get('x-sentry-rate-limit-remaining')).toBe('39');
	expect(first.headers.get('x-sentry-rate-limit-reset')).toBe(String(morningAt / 1000 + 6));
	const statuses = [first.status];
	for (let index = 1; index < 42; index += 1) statuses.push((await sentry.get(`${root}/projects/`)).status);
	expect([statuses[39], statuses[40]]).toEqual([200, 429]);
});

test('when all is clear everything is someone’s', async () => {
	await sentry.close();
	sentry = await running(startSentry, 'all-clear');
	expect(await names('is:for_review')).toEqual([]);
	expect(await names('is:unassigned')).toEqual([]);
	expect((await names('')).length).toBeGreaterThan(50);
});
