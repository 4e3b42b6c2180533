import {describe, expect, it} from 'vitest';
import {createSentry, nextCursor} from '../../../src/adapters/sentry/sentry.ts';
import {credential, fixedClock, json, loopback, never, pathOf, queryOf, token} from '../loopback.ts';

const clock = fixedClock(Date.parse('2026-11-20T08:00:00Z'));

function wireIssue(id: string, more: Record<string, unknown> = {}): Record<string, unknown> {
	return {
		id,
		shortId: `SHOP-${id}`,
		title: `Error ${id}`,
		culprit: 'app/pay in charge',
		permalink: `https://shop.sentry.io/issues/${id}/`,
		project: {id: '1', slug: 'api', name: 'API'},
		level: 'error',
		status: 'unresolved',
		substatus: 'ongoing',
		priority: 'medium',
		count: '1042',
		userCount: 17,
		firstSeen: '2026-11-19T07:00:00Z',
		lastSeen: '2026-11-20T07:59:00.000000Z',
		isUnhandled: true,
		assignedTo: null,
		stats: {
			'24h': [
				[1763625600, 5],
				[1763622000, 3],
			],
		},
		...more,
	};
}

const noMore =
	'<http://x/?cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1", <http://x/?cursor=0:100:0>; rel="next"; results="false"; cursor="0:100:0"';
const more = (cursor: string) =>
	noMore.replace('rel="next"; results="false"; cursor="0:100:0"', `rel="next"; results="true"; cursor="${cursor}"`);

const wireRelease = (version: string, more: Record<string, unknown> = {}) => ({
	id: 2,
	version,
	shortVersion: version,
	dateCreated: '2026-11-20T06:00:00Z',
	dateReleased: null,
	newGroups: 3,
	projects: [{id: 1, slug: 'api', name: 'API'}],
	lastDeploy: null,
	...more,
});

describe('releases', () => {
	const options = {organization: 'shop', credential, clock};

	it('tells when each went live in this environment, and leaves out those of other projects', async () => {
		const deploy = (environment: string) => ({environment, dateFinished: '2026-11-20T07:10:00Z'});
		const url = await loopback((_request, response) =>
			json(response, [
				wireRelease('1.42.0', {lastDeploy: deploy('production')}),
				wireRelease('1.41.9', {lastDeploy: deploy('staging'), dateReleased: '2026-11-20T06:30:00Z', newGroups: null}),
				wireRelease('0fb4c1', {version: '0fb4c1d2e3', shortVersion: ''}),
				wireRelease('9.0.0', {projects: [{id: 7, slug: 'search'}]}),
			]),
		);
		const sentry = createSentry({...options, url, projects: ['api'], environment: 'production'});
		expect(await sentry.releases(never)).toEqual([
			{version: '1.42.0', at: Date.parse('2026-11-20T07:10:00Z'), projects: ['api'], newIssues: 3},
			{version: '1.41.9', at: Date.parse('2026-11-20T06:30:00Z'), projects: ['api'], newIssues: 0},
			{version: '0fb4c1d2e3', at: Date.parse('2026-11-20T06:00:00Z'), projects: ['api'], newIssues: 3},
		]);
	});

	it.each([
		[['api', 'web'], 'projectSlug=api&projectSlug=web'],
		[['1', '2'], 'project=1&project=2'],
		[['-1'], 'project=-1'],
		[['api', '2'], ''],
		[[], ''],
	])('asks for the projects %j as “%s”', async (projects, query) => {
		const asked: URLSearchParams[] = [];
		const url = await loopback((request, response) => {
			asked.push(queryOf(request));
			json(response, []);
		});
		await createSentry({...options, url, projects}).releases(never);
		const rest = new URLSearchParams([...(asked[0] ?? [])].filter(([name]) => !['per_page', 'sort'].includes(name)));
		expect(rest.toString()).toBe(query);
	});

	it('says which scope is missing', async () => {
		const url = await loopback((_request, response) => json(response, {detail: 'No permission'}, {status: 403}));
		await expect(createSentry({...options, url, projects: []}).releases(never)).rejects.toMatchObject({
			kind: 'forbidden',
			advice: expect.stringContaining('project:read') as string,
		});
	});
});

describe('createSentry', () => {
	it('asks for each kind by itself, scoped, and turns the answer into issues', async () => {
		const asked: URLSearchParams[] = [];
		const seen = new Set<string>();
		const url = await loopback((request, response) => {
			asked.push(queryOf(request));
			seen.add(`${pathOf(request)} ${request.headers.authorization}`);
			json(response, [wireIssue('1', {assignedTo: {type: 'team', id: '3', name: 'payments'}})], {headers: {link: noMore}});
		});
		const sentry = createSentry({
			url: `${url}/api/0/`,
			organization: 'shop',
			projects: ['api', 'web'],
			environment: 'production',
			credential,
			clock,
		});
		const {issues, truncated, url: page} = await sentry.unresolved(never);
		expect(new Set(asked.map((query) => query.get('query')))).toEqual(
			new Set([
				'is:unresolved',
				'is:unresolved firstSeen:-24h issue.priority:high',
				'is:unresolved is:escalating',
				'is:unresolved is:for_review',
				'is:unresolved is:regressed',
			]),
		);
		for (const query of asked) {
			expect(query.getAll('project')).toEqual(['api', 'web']);
			expect(Object.fromEntries(query)).toMatchObject({
				environment: 'production',
				statsPeriod: '24h',
				groupStatsPeriod: '24h',
				limit: '100',
			});
		}
		expect([...seen]).toEqual([`/api/0/organizations/shop/issues/ Bearer ${token}`]);
		expect(truncated).toBe(false);
		expect(page).toBe(
			`${url}/organizations/shop/issues/?query=is%3Aunresolved&statsPeriod=24h&project=api&project=web&environment=production`,
		);
		expect(issues).toEqual([
			{
				id: '1',
				shortId: 'SHOP-1',
				title: 'Error 1',
				culprit: 'app/pay in charge',
				url: 'https://shop.sentry.io/issues/1/',
				project: 'api',
				level: 'error',
				priority: 'medium',
				substatus: 'ongoing',
				count: 1042,
				users: 17,
				firstSeen: Date.parse('2026-11-19T07:00:00Z'),
				lastSeen: Date.parse('2026-11-20T07:59:00Z'),
				unhandled: true,
				forReview: true,
				assignee: 'payments',
				hourly: [3, 5],
			},
		]);
	});

	it('puts what no one has looked at first, and drops what is resolved by now', async () => {
		const answers: Record<string, readonly Record<string, unknown>[]> = {
			'is:unresolved is:escalating': [wireIssue('esc', {substatus: 'escalating'})],
			'is:unresolved is:regressed': [wireIssue('reg', {substatus: 'regressed'}), wireIssue('done', {status: 'resolved'})],
			'is:unresolved is:for_review': [wireIssue('review', {substatus: 'new'})],
			'is:unresolved': [wireIssue('old'), wireIssue('reg', {substatus: 'regressed'}), wireIssue('review', {substatus: 'new'})],
		};
		const url = await loopback((request, response) =>
			json(response, answers[queryOf(request).get('query') ?? ''] ?? [], {headers: {link: noMore}}),
		);
		const {issues} = await createSentry({url, organization: 'shop', projects: [], credential, clock}).unresolved(never);
		expect(issues.map(({id}) => id)).toEqual(['review', 'esc', 'reg', 'old']);
		expect(issues.map(({forReview}) => forReview)).toEqual([true, false, false, false]);
	});

	it('does not take for reviewed what lies beyond the reviews it read', async () => {
		const url = await loopback((request, response) => {
			const isReview = queryOf(request).get('query') === 'is:unresolved is:for_review';
			return json(response, [wireIssue(isReview ? 'review' : 'other')], {headers: {link: isReview ? more('0:100:0') : noMore}});
		});
		const {issues} = await createSentry({url, organization: 'shop', projects: [], credential, clock}).unresolved(never);
		expect(issues.map(({id, forReview}) => [id, forReview])).toEqual([
			['review', true],
			['other', undefined],
		]);
	});

	it('follows the cursor for three pages of the plain list, then says that there is more', async () => {
		const cursors: (string | null)[] = [];
		const url = await loopback((request, response) => {
			const query = queryOf(request);
			if (query.get('query') !== 'is:unresolved') return json(response, [], {headers: {link: noMore}});
			cursors.push(query.get('cursor'));
			return json(response, [wireIssue(String(cursors.length))], {headers: {link: more(`0:${cursors.length}00:0`)}});
		});
		const {issues, truncated} = await createSentry({url, organization: 'shop', projects: [], credential, clock}).unresolved(never);
		expect(cursors).toEqual([null, '0:100:0', '0:200:0']);
		expect(issues).toHaveLength(3);
		expect(truncated).toBe(true);
	});

	it('copes with what older and newer servers leave out', async () => {
		const sparse = wireIssue('1', {
			culprit: '',
			permalink: null,
			priority: 'urgent',
			substatus: null,
			isUnhandled: undefined,
			stats: undefined,
		});
		const url = await loopback((_, response) => json(response, [sparse]));
		const {issues} = await createSentry({url, organization: 'shop', projects: [], credential, clock}).unresolved(never);
		expect(issues[0]).toMatchObject({url: `${url}/organizations/shop/issues/1/`, unhandled: false, hourly: []});
		expect(issues[0]).not.toHaveProperty('priority');
	});

	it('names the field that makes no sense', async () => {
		const url = await loopback((_, response) => json(response, [wireIssue('1', {lastSeen: 'yesterday'})]));
		const reading = createSentry({url, organization: 'shop', projects: [], credential, clock}).unresolved(never);
		await expect(reading).rejects.toThrow('0.lastSeen: a date');
	});
});

it('reads the next cursor only where there are results', () => {
	expect(nextCursor(noMore)).toBeUndefined();
	expect(nextCursor(more('1:2:0'))).toBe('1:2:0');
	expect(nextCursor(null)).toBeUndefined();
});
