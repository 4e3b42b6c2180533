/** Sentry's REST API for issues: search, paging by Link, statistics, changes, rate-limit headers. */
import type {ServerResponse} from 'node:http';
import {withFaults} from '../kit/faults.ts';
import {requireBearer, sendJson, startServer, type DemoRequest, type Handler} from '../kit/http-server.ts';
import type {DemoServer, World} from '../kit/world.ts';
import {actorOf, changed, changeSchema, issueOf} from './issue-changes.ts';
import {memberList, planIssues, projects, teamList, type IssuePlan} from './issues.ts';
import {planReleases, releaseOf} from './releases.ts';
import {parseSearch, SearchError, type Candidate} from './issue-query.ts';

/** The company's organisation. */
export const organization = 'example';

/** Requests a second; a person never comes near it. */
const limitPerSecond = 40;

const sorts: Readonly<Record<string, (a: Candidate, b: Candidate) => number>> = {
	date: (a, b) => Date.parse(b.issue.lastSeen) - Date.parse(a.issue.lastSeen),
	new: (a, b) => Date.parse(b.issue.firstSeen) - Date.parse(a.issue.firstSeen),
	inbox: (a, b) => Number(b.forReview) - Number(a.forReview),
	freq: (a, b) => Number(b.issue.count) - Number(a.issue.count),
	recommended: (a, b) => Number(b.issue.count) - Number(a.issue.count),
	trends: (a, b) => Number(b.issue.count) - Number(a.issue.count),
	user: (a, b) => b.issue.userCount - a.issue.userCount,
};

const periodMs: Readonly<Record<string, number>> = {m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000};

/** A request that Sentry refuses; `body` is what it sends. */
class Refusal extends Error {
	readonly status: number;
	readonly body: object;

	constructor(status: number, body: object) {
		super(JSON.stringify(body));
		this.status = status;
		this.body = body;
	}
}

const badRequest = (detail: string): Refusal => new Refusal(400, {detail});

/** Starts a Sentry with the organisation `example`; it wants the token as bearer, which may lack the scope that releases need. */
export function startSentry(
	world: World,
	{token, forbidden = []}: {readonly token: string; readonly forbidden?: readonly 'releases'[]},
): Promise<DemoServer> {
	const plans = new Map(planIssues(world).map((plan) => [plan.id, plan]));
	let window = {second: 0, used: 0};

	const urlOf = (request: DemoRequest): string => `http://${request.headers.host ?? 'localhost'}`;

	const candidates = (request: DemoRequest): readonly Candidate[] => {
		const at = world.clock.now();
		const inbox = request.query.getAll('expand').includes('inbox');
		return [...plans.values()]
			.filter((plan) => plan.firstSeenAt <= at)
			.map((plan) => ({plan, issue: issueOf(world, plan, {at, url: urlOf(request), organization, inbox}), forReview: plan.forReview}));
	};

	/** The issues that query, projects, environments and period leave. */
	const search = (request: DemoRequest): Candidate[] => {
		const {query} = request;
		const at = world.clock.now();
		const wanted = query.getAll('project').filter((one) => one !== '-1');
		for (const one of wanted) {
			if (!Object.values(projects).some(({id, slug}) => id === one || slug === one))
				throw new Refusal(404, {detail: 'The requested resource does not exist'});
		}
		const period = /^(\d+)([mhdw])$/.exec(query.get('statsPeriod') ?? '14d');
		if (!period) throw badRequest('Invalid statsPeriod: Valid values are of the form <int><unit>');
		const since = at - Number(period[1]) * (periodMs[period[2] ?? ''] ?? 0);
		const environments = query.getAll('environment');
		const matches = parseSearch(query.get('query') ?? 'is:unresolved', at);
		return candidates(request).filter(
			(candidate) =>
				(wanted.length === 0 || wanted.includes(candidate.issue.project.slug) || wanted.includes(candidate.issue.project.id)) &&
				(environments.length === 0 || environments.includes(candidate.plan.environment)) &&
				Date.parse(candidate.issue.lastSeen) >= since &&
				matches(candidate),
		);
	};

	const list = (request: DemoRequest, response: ServerResponse): void => {
		const {query} = request;
		const limit = Number(query.get('limit') ?? 100);
		if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw badRequest('Invalid limit parameter. Maximum 100.');
		const order = sorts[query.get('sort') ?? 'date'];
		if (!order) throw badRequest(`Invalid sort parameter: ${query.get('sort') ?? ''}`);
		const [, from] = /^\d+:(\d+):[01]$/.exec(query.get('cursor') ?? '0:0:0') ?? [];
		if (from === undefined) throw badRequest('Invalid cursor parameter.');
		const offset = Number(from);
		const found = search(request).sort((a, b) => order(a, b) || Number(a.plan.id) - Number(b.plan.id));
		const statsPeriod = query.get('groupStatsPeriod') ?? '24h';
		if (!['', '24h', '14d', 'auto'].includes(statsPeriod))
			throw badRequest("Invalid stats_period. Valid choices are '', '24h', '14d', and 'auto'");
		const without = new URLSearchParams([...query].filter(([name]) => name !== 'cursor'));
		const link = (rel: string, results: boolean, cursor: string) =>
			`<${urlOf(request)}${request.path}?${new URLSearchParams([...without, ['cursor', cursor]]).toString()}>; rel="${rel}"; results="${String(results)}"; cursor="${cursor}"`;
		sendJson(
			response,
			200,
			found.slice(offset, offset + limit).map(({issue}) => (statsPeriod === '' ? {...issue, stats: {}} : issue)),
			{
				Link: [
					link('previous', offset > 0, `0:${Math.max(0, offset - limit)}:1`),
					link('next', offset + limit < found.length, `0:${offset + limit}:0`),
				].join(', '),
				'X-Hits': String(found.length),
			},
		);
	};

	const releases = (request: DemoRequest, response: ServerResponse): void => {
		if (forbidden.includes('releases')) throw new Refusal(403, {detail: 'You do not have permission to perform this action.'});
		const {query} = request;
		const limit = Number(query.get('per_page') ?? 100);
		if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw badRequest('Invalid per_page parameter. Must be between 1 and 100.');
		if (!['date', null].includes(query.get('sort'))) throw badRequest('invalid sort');
		const ids = query.getAll('project');
		if (ids.some((id) => !/^-?\d+$/.test(id))) throw badRequest('Invalid project parameter. Values must be numbers.');
		const slugs = query.getAll('projectSlug');
		const asked = slugs.length > 0 ? slugs : ids.filter((id) => id !== '-1');
		const known = Object.values(projects).flatMap(({id, slug}) => (slugs.length > 0 ? [slug] : [id]));
		if (asked.some((one) => !known.some((name) => name === one)))
			throw new Refusal(403, {detail: 'You do not have permission to perform this action.'});
		const environments = query.getAll('environment');
		const at = world.clock.now();
		const found = planReleases(world)
			.filter(({createdAt}) => createdAt <= at)
			.filter(({project}) => asked.length === 0 || asked.includes(projects[project].slug) || asked.includes(projects[project].id))
			// An environment knows a release once it was deployed there.
			.filter(({deployedAt}) => environments.length === 0 || (environments.includes('production') && deployedAt <= at));
		sendJson(
			response,
			200,
			found.slice(0, limit).map((plan) => releaseOf(plan, {at, issues: [...plans.values()]})),
		);
	};

	const change = async (request: DemoRequest, response: ServerResponse, targets: readonly IssuePlan[], single: boolean): Promise<void> => {
		let json: unknown;
		try {
			json = JSON.parse(await request.body());
		} catch {
			throw badRequest('JSON parse error');
		}
		const parsed = changeSchema.safeParse(json);
		if (!parsed.success) {
			const [issue] = parsed.error.issues;
			throw new Refusal(400, {[issue?.path.join('.') ?? 'detail']: [issue?.message ?? 'Invalid.']});
		}
		const {assignedTo} = parsed.data;
		if (typeof assignedTo === 'string' && actorOf(assignedTo) === undefined) throw new Refusal(400, {assignedTo: ['Unknown actor input']});
		for (const plan of targets) plans.set(plan.id, changed(plan, parsed.data));
		if (!single) return sendJson(response, 200, parsed.data);
		const at = world.clock.now();
		const [plan] = targets.flatMap(({id}) => plans.get(id) ?? []);
		return sendJson(response, 200, plan && issueOf(world, plan, {at, url: urlOf(request), organization, inbox: false}));
	};

	const issues = (request: DemoRequest, response: ServerResponse, id: string | undefined): void | Promise<void> => {
		if (id === undefined) {
			if (request.method === 'GET') return list(request, response);
			if (request.method !== 'PUT') throw new Refusal(405, {detail: `Method "${request.method}" not allowed.`});
			const ids = request.query.getAll('id');
			// Without ids everything the query matches is changed: Sentry means it, and so the demo does.
			const targets = ids.length > 0 ? ids.flatMap((one) => plans.get(one) ?? []) : search(request).map(({plan}) => plan);
			return change(request, response, targets, false);
		}
		const plan = plans.get(id);
		if (!plan) throw new Refusal(404, {detail: 'The requested resource does not exist'});
		if (request.method === 'PUT') return change(request, response, [plan], true);
		return sendJson(response, 200, issueOf(world, plan, {at: world.clock.now(), url: urlOf(request), organization, inbox: true}));
	};

	const route = async (request: DemoRequest, response: ServerResponse): Promise<void> => {
		const [, slug, rest = ''] = /^\/api\/0\/organizations\/([^/]+)\/(.*)$/.exec(request.path) ?? [];
		try {
			if (slug === undefined || slug !== organization) throw new Refusal(404, {detail: 'The requested resource does not exist'});
			const issue = /^issues\/(?:([^/]+)\/)?$/.exec(rest);
			if (issue) return await issues(request, response, issue[1]);
			if (rest === 'releases/' && request.method === 'GET') return releases(request, response);
			if (rest === 'projects/')
				return sendJson(
					response,
					200,
					Object.values(projects).map((project) => ({...project, isMember: true, hasAccess: true})),
				);
			if (rest === 'members/') return sendJson(response, 200, memberList());
			if (rest === 'teams/') return sendJson(response, 200, teamList());
			if (rest === '')
				return sendJson(response, 200, {id: '4508412', slug: organization, name: 'Example', status: {id: 'active', name: 'active'}});
			throw new Refusal(404, {detail: 'The requested resource does not exist'});
		} catch (error) {
			if (error instanceof SearchError) return sendJson(response, 400, {detail: error.message});
			if (!(error instanceof Refusal)) throw error;
			return sendJson(response, error.status, error.body);
		}
	};

	const limited: Handler = (request, response) => {
		const second = Math.floor(world.clock.now() / 1000);
		window = window.second === second ? {second, used: window.used + 1} : {second, used: 1};
		response.setHeader('X-Sentry-Rate-Limit-Limit', limitPerSecond);
		response.setHeader('X-Sentry-Rate-Limit-Remaining', Math.max(0, limitPerSecond - window.used));
		response.setHeader('X-Sentry-Rate-Limit-Reset', second + 1);
		if (window.used <= limitPerSecond) return route(request, response);
		return sendJson(response, 429, {
			detail: `You are attempting to use this endpoint too frequently. Limit is ${limitPerSecond} requests in 1 seconds`,
		});
	};

	return startServer(
		withFaults({
			world,
			source: 'sentry',
			fail: (response) => sendJson(response, 500, {detail: 'Internal Error', errorId: null}),
			limit: (response, retryAfterSeconds) => {
				const reset = Math.floor(world.clock.now() / 1000) + retryAfterSeconds;
				sendJson(
					response,
					429,
					{detail: 'You are attempting to use this endpoint too frequently.'},
					{
						'X-Sentry-Rate-Limit-Limit': '40',
						'X-Sentry-Rate-Limit-Remaining': '0',
						'X-Sentry-Rate-Limit-Reset': String(reset),
						'Retry-After': String(retryAfterSeconds),
					},
				);
			},
			handler: requireBearer({
				token,
				unauthorized: (request, response) =>
					sendJson(response, 401, {
						detail: request.headers.authorization === undefined ? 'Authentication credentials were not provided.' : 'Invalid token',
					}),
				handler: limited,
			}),
		}),
	);
}
