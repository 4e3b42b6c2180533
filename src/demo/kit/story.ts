/**
 * The scenarios as typed facts. Every server of the company reads them, so that no two systems contradict each other;
 * what a server makes of a fact (a pod's restarts, a counter's slope) is its own business.
 */
import type {Clock} from '../../ports/clock.ts';
import {faultWindowMs} from './faults.ts';
import type {ScenarioName, Story, World} from './world.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const ok = {database: 'ok', search: 'ok', queue: 'ok'} as const;

/** A good day: what every scenario is told as a difference from. */
const calm: Omit<Story, 'name' | 'startedAt' | 'release' | 'testRestoredAt'> = {
	service: 'checkout',
	environments: ['production', 'staging'],
	namespaces: {production: 'checkout-prod', staging: 'checkout-staging'},
	failingPod: undefined,
	burstAt: undefined,
	errorRatio: {now: 0.002, usual: 0.002},
	routes: [
		{route: '/api/cart', requestsPerSecond: 62, p95: 0.118, usualP95: 0.118},
		{route: '/api/checkout', requestsPerSecond: 24, p95: 0.342, usualP95: 0.342},
		{route: '/api/search', requestsPerSecond: 41, p95: 0.247, usualP95: 0.247},
		{route: '/api/orders', requestsPerSecond: 17, p95: 0.186, usualP95: 0.186},
		{route: '/api/login', requestsPerSecond: 6, p95: 0.163, usualP95: 0.163},
	],
	rateLimits: [
		{action: 'login', requestsPerHour: 21_600, blocksPerHour: 38, usualBlocksPerHour: 38, sources: 29},
		{action: 'password_reset', requestsPerHour: 420, blocksPerHour: 15, usualBlocksPerHour: 15, sources: 12},
		{action: 'signup', requestsPerHour: 900, blocksPerHour: 9, usualBlocksPerHour: 9, sources: 8},
	],
	health: {
		production: {up: true, latencyMs: 46, dependencies: ok},
		staging: {up: true, latencyMs: 38, dependencies: ok},
	},
	databases: [
		{name: 'orders', lagMs: 4 * minute, retentionDays: 35, storageUsedRatio: 0.61},
		{name: 'customers', lagMs: 3 * minute, retentionDays: 35, storageUsedRatio: 0.44},
	],
	accessLog: 'json',
	faults: false,
};

const stale = calm.databases.map((database) => (database.name === 'orders' ? {...database, lagMs: 10 * hour + 21 * minute} : database));

function scenario(name: ScenarioName, startedAt: number): Story {
	const usual = {
		...calm,
		name,
		startedAt,
		release: {version: '1.42.0', previous: '1.41.3', deployedAt: startedAt - 26 * hour},
		testRestoredAt: startedAt - 40 * day,
	};
	const release = {...usual.release, deployedAt: startedAt - 89 * minute};
	const morning: Story = {
		...usual,
		release,
		failingPod: 'api-54fb9-n4vkg',
		burstAt: startedAt - 39 * minute,
		errorRatio: {now: 0.019, usual: calm.errorRatio.usual},
		routes: calm.routes.map((route) => (route.route === '/api/search' ? {...route, p95: 2.4} : route)),
		rateLimits: calm.rateLimits.map((limit) =>
			limit.action === 'password_reset' ? {...limit, requestsPerHour: 610, blocksPerHour: 180, sources: 3} : limit,
		),
		health: {
			production: calm.health.production,
			staging: {up: true, latencyMs: 212, dependencies: {...ok, search: 'degraded'}},
		},
		databases: stale,
		testRestoredAt: startedAt - 112 * day,
		accessLog: 'combined',
	};
	switch (name) {
		case 'all-clear':
			return usual;
		case 'morning':
			return morning;
		case 'flaky':
			return {...morning, faults: true};
		case 'outage':
			return {
				...usual,
				release,
				burstAt: startedAt - 12 * minute,
				errorRatio: {now: 0.87, usual: calm.errorRatio.usual},
				routes: calm.routes.map((route) => ({...route, p95: 8.2})),
				health: {
					production: {up: false, latencyMs: 1_840, dependencies: {...ok, database: 'down', queue: 'degraded'}},
					staging: calm.health.staging,
				},
				databases: stale,
			};
		default:
			return name satisfies never;
	}
}

/** FNV-1a, then the finaliser of MurmurHash3, so that names that differ in one letter are far apart. */
function hash(text: string, seed: number): number {
	let state = (0x81_1c_9d_c5 ^ seed) >>> 0;
	for (let index = 0; index < text.length; index += 1) state = Math.imul(state ^ text.charCodeAt(index), 0x01_00_01_93);
	state = Math.imul(state ^ (state >>> 16), 0x85_eb_ca_6b);
	state = Math.imul(state ^ (state >>> 13), 0xc2_b2_ae_35);
	return (state ^ (state >>> 16)) >>> 0;
}

/**
 * A world that begins at the clock's present.
 * @param options.seed Another seed gives other names and noise, never another story. Default 1.
 * @param options.faultWindowMs How long one fault lasts, where there are any; 10 s by default.
 * @param options.faultsForMs How long there are any; for ever by default.
 */
export function createWorld(options: {
	readonly scenario: ScenarioName;
	readonly seed?: number;
	readonly faultWindowMs?: number;
	readonly faultsForMs?: number;
	readonly clock: Clock;
}): World {
	const seed = options.seed ?? 1;
	return {
		clock: options.clock,
		seed,
		faultWindowMs: options.faultWindowMs ?? faultWindowMs,
		faultsForMs: options.faultsForMs ?? Infinity,
		story: scenario(options.scenario, options.clock.now()),
		chance: (name) => hash(name, seed) / 2 ** 32,
	};
}
