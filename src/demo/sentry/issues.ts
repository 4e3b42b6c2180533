/** The company's issues: a spike that came with the release, a regression, one that escalates, and the noise of every day. */
import type {World} from '../kit/world.ts';
import type {Actor, Level, SentryIssue, Substatus} from './sentry-wire.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** An issue as the story tells it; how many events it has follows from the clock. */
export interface IssuePlan {
	readonly id: string;
	readonly shortId: string;
	readonly type: string;
	readonly value: string;
	readonly culprit: string;
	readonly project: 'checkout-api' | 'checkout-web';
	readonly environment: 'production' | 'staging';
	readonly level: Level;
	readonly status: SentryIssue['status'];
	readonly substatus: Substatus | null;
	readonly priority: SentryIssue['priority'];
	readonly unhandled: boolean;
	readonly assignedTo: Actor | null;
	/** No one has looked at it yet. */
	readonly forReview: boolean;
	readonly firstSeenAt: number;
	/** Events an hour in the usual run of things, and since `changedAt`. */
	readonly perHour: number;
	readonly changedAt?: number;
	readonly perHourSince?: number;
	/** Events before the last day. */
	readonly earlier: number;
	/** Users for each hundred events. */
	readonly usersPerHundred: number;
	readonly release: string;
}

export const projects = {
	'checkout-api': {id: '4508412001', name: 'checkout-api', slug: 'checkout-api', platform: 'node'},
	'checkout-web': {id: '4508412002', name: 'checkout-web', slug: 'checkout-web', platform: 'javascript-react'},
} as const;

export const people = {
	bob: {type: 'user', id: '101', name: 'Bob Okafor', email: 'bob@example.com'},
	carol: {type: 'user', id: '102', name: 'Carol Lindqvist', email: 'carol@example.com'},
	payments: {type: 'team', id: '7', name: 'payments'},
} as const satisfies Readonly<Record<string, Actor>>;

/** The people as `GET …/members/` lists them. */
export function memberList(): readonly object[] {
	return Object.values<Actor>(people)
		.filter(({type}) => type === 'user')
		.map(({id, name, email}) => ({id: `9${id}`, name, email, pending: false, role: 'member', user: {id, name, email}}));
}

/** The teams as `GET …/teams/` lists them. */
export function teamList(): readonly object[] {
	return Object.values<Actor>(people)
		.filter(({type}) => type === 'team')
		.map(({id, name}) => ({id, slug: name, name, isMember: true, memberCount: 2}));
}

const errorTypes = ['TypeError', 'TimeoutError', 'ValidationError', 'FetchError', 'RangeError', 'AbortError', 'ConflictError'] as const;
const causes = [
	"Cannot read properties of undefined (reading 'sku')",
	'upstream request timeout',
	'postal code does not match country',
	'network request failed',
	'Maximum call stack size exceeded',
	'The operation was aborted',
	'cart was changed by another tab',
	'ResizeObserver loop completed with undelivered notifications',
	'Load failed',
] as const;
const places = [
	'POST /api/checkout',
	'GET /api/cart',
	'GET /api/search',
	'POST /api/orders',
	'CheckoutPage',
	'CartDrawer',
	'PaymentForm',
] as const;

const pick = <Item>(items: readonly [Item, ...Item[]], chance: number): Item => items[Math.floor(chance * items.length)] ?? items[0];

/** What a shop always has: known, looked at, and someone's. */
function noise(world: World): readonly IssuePlan[] {
	const {story} = world;
	return Array.from({length: 131}, (_, index): IssuePlan => {
		const chance = (name: string) => world.chance(`issue ${index} ${name}`);
		const project = chance('project') < 0.6 ? 'checkout-web' : 'checkout-api';
		const age = (3 + chance('age') * 200) * day;
		return {
			id: String(6_100_000_000 + index * 1013),
			shortId: `${project.toUpperCase()}-${(300 + index).toString(36).toUpperCase()}`,
			type: pick(errorTypes, chance('type')),
			value: pick(causes, chance('cause')),
			culprit: pick(places, chance('place')),
			project,
			environment: chance('environment') < 0.12 ? 'staging' : 'production',
			level: chance('level') < 0.25 ? 'warning' : 'error',
			status: 'unresolved',
			substatus: 'ongoing',
			priority: chance('priority') < 0.3 ? 'medium' : 'low',
			unhandled: chance('unhandled') < 0.2,
			assignedTo: pick<Actor>([people.bob, people.carol, people.payments], chance('who')),
			forReview: false,
			firstSeenAt: story.startedAt - age,
			perHour: 0.2 + chance('rate') ** 3 * 14,
			earlier: Math.floor(chance('earlier') * 4000),
			usersPerHundred: 20 + Math.floor(chance('users') * 70),
			release: story.release.previous,
		};
	});
}

/** What the morning's operator has to look at. */
function troubles({story}: World): readonly IssuePlan[] {
	const since = story.burstAt;
	if (since === undefined) return [];
	const base = {
		project: 'checkout-api',
		environment: 'production',
		level: 'error',
		status: 'unresolved',
		assignedTo: null,
		forReview: true,
		release: story.release.version,
	} as const;
	const outage = !story.health.production.up;
	return [
		{
			...base,
			id: '6200000001',
			shortId: 'CHECKOUT-API-7Q1',
			type: outage ? 'DatabaseUnavailableError' : 'OutOfMemoryError',
			value: outage ? 'no connection to orders within 5 s' : 'session cache grew beyond its heap: operation createIssue failed',
			culprit: 'POST /api/checkout',
			level: 'fatal',
			substatus: 'new',
			priority: 'high',
			unhandled: true,
			firstSeenAt: since,
			perHour: 0,
			changedAt: since,
			perHourSince: outage ? 24_000 : 1_900,
			earlier: 0,
			usersPerHundred: 24,
		},
		{
			...base,
			id: '6200000002',
			shortId: 'CHECKOUT-API-2M4',
			type: 'TimeoutError',
			value: 'search did not answer within 2000 ms',
			culprit: 'GET /api/search',
			substatus: 'escalating',
			priority: 'high',
			unhandled: false,
			firstSeenAt: story.startedAt - 41 * day,
			perHour: 9,
			changedAt: story.release.deployedAt,
			perHourSince: 410,
			earlier: 7_214,
			usersPerHundred: 61,
		},
		{
			...base,
			id: '6200000003',
			shortId: 'CHECKOUT-API-5D9',
			type: 'RoundingError',
			value: 'total of JPY order has decimals',
			culprit: 'POST /api/orders',
			substatus: 'regressed',
			priority: 'high',
			unhandled: true,
			firstSeenAt: story.startedAt - 73 * day,
			perHour: 0,
			changedAt: story.release.deployedAt + 6 * minute,
			perHourSince: 11,
			earlier: 86,
			usersPerHundred: 90,
		},
		{
			...base,
			id: '6200000004',
			shortId: 'CHECKOUT-WEB-9F2',
			type: 'TypeError',
			value: "Cannot read properties of null (reading 'focus')",
			culprit: 'PaymentForm',
			project: 'checkout-web',
			substatus: 'new',
			priority: 'medium',
			unhandled: true,
			firstSeenAt: story.startedAt - 15 * hour,
			release: story.release.previous,
			perHour: 4,
			earlier: 0,
			usersPerHundred: 80,
		},
	];
}

/** Every issue of the world, resolved ones too. */
export function planIssues(world: World): readonly IssuePlan[] {
	const all = noise(world);
	const resolved = all.slice(0, 3).map((plan, index): IssuePlan => ({
		...plan,
		id: String(6_050_000_000 + index),
		shortId: `CHECKOUT-API-1R${index}`,
		status: 'resolved',
		substatus: null,
		perHour: 0,
	}));
	return [...troubles(world), ...all, ...resolved];
}

/** Events in one whole hour that begins at `hourStart`. */
function inHour(world: World, plan: IssuePlan, hourStart: number): number {
	const {perHour, changedAt = Infinity, perHourSince = perHour} = plan;
	const began = Math.max(hourStart, plan.firstSeenAt);
	const before = Math.max(0, Math.min(hourStart + hour, changedAt) - began);
	const after = Math.max(0, hourStart + hour - Math.max(began, changedAt));
	const wobble = 0.75 + 0.5 * world.chance(`events ${plan.id} ${hourStart}`);
	return Math.round(((perHour * before + perHourSince * after) / hour) * wobble);
}

/** Events from the beginning of an hour until `at`; in an hour where it began, they all lie after that. */
function partOfHour(world: World, plan: IssuePlan, hourStart: number, at: number): number {
	const starts = plan.perHour === 0 ? (plan.changedAt ?? hourStart) : plan.firstSeenAt;
	const from = Math.max(hourStart, Math.min(starts, hourStart + hour));
	if (at <= from) return 0;
	return Math.floor(inHour(world, plan, hourStart) * Math.min(1, (at - from) / Math.max(1, hourStart + hour - from)));
}

export interface Figures {
	readonly stats: readonly (readonly [number, number])[];
	readonly count: number;
	readonly userCount: number;
	readonly lastSeenAt: number;
}

/** What Sentry has counted at `at` (epoch milliseconds). */
export function figuresOf(world: World, plan: IssuePlan, at: number): Figures {
	const thisHour = Math.floor(at / hour) * hour;
	const stats = Array.from({length: 24}, (_, index) => {
		const start = thisHour - (23 - index) * hour;
		return [start / 1000, partOfHour(world, plan, start, at)] as const;
	});
	// Counted from a fixed hour on, so that the total never falls as old hours leave the statistics.
	const origin = Math.floor((world.story.startedAt - day) / hour) * hour;
	let recent = 0;
	for (let start = origin; start <= thisHour; start += hour) recent += partOfHour(world, plan, start, at);
	const count = plan.earlier + recent;
	const rate = plan.changedAt !== undefined && at > plan.changedAt ? (plan.perHourSince ?? plan.perHour) : plan.perHour;
	const sinceLast = rate === 0 ? 2 * day : ((0.2 + 0.8 * world.chance(`last ${plan.id} ${Math.floor(at / minute)}`)) * hour) / rate;
	return {
		stats,
		count,
		userCount: Math.max(count > 0 ? 1 : 0, Math.floor((count * plan.usersPerHundred) / 100)),
		lastSeenAt: Math.floor(Math.max(plan.firstSeenAt, at - sinceLast)),
	};
}
