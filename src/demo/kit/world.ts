/**
 * The simulated company as data: one seeded, typed world with a clock that every loopback server reads,
 * so that Kubernetes, Prometheus, Sentry and Stripe all tell the same story.
 */
import type {Clock} from '../../ports/clock.ts';

export const scenarioNames = ['morning', 'all-clear', 'outage', 'flaky'] as const;
export type ScenarioName = (typeof scenarioNames)[number];

/** The facts of a scenario that more than one system shows. Times are epoch milliseconds. */
export interface Story {
	readonly name: ScenarioName;
	/** When the world began: the clock's time at start. */
	readonly startedAt: number;
	readonly service: 'checkout';
	readonly environments: readonly ['production', 'staging'];
	/** Kubernetes namespace of each environment. */
	readonly namespaces: {readonly production: 'checkout-prod'; readonly staging: 'checkout-staging'};
	/** The newest release and when it was deployed; what went wrong began there. */
	readonly release: {readonly version: string; readonly previous: string; readonly deployedAt: number};
	/** All the 5xx come from this pod; undefined where nothing burns, and in an outage, where every pod does. */
	readonly failingPod: string | undefined;
	/** When the burst of 5xx began. */
	readonly burstAt: number | undefined;
	/** Share of production requests answered 5xx now, and usually: 0.019 is 1.9 %. */
	readonly errorRatio: {readonly now: number; readonly usual: number};
	/** p95 of each route, seconds, now and usually; a slow endpoint differs. */
	readonly routes: readonly {readonly route: string; readonly requestsPerSecond: number; readonly p95: number; readonly usualP95: number}[];
	readonly rateLimits: readonly {
		readonly action: 'login' | 'password_reset' | 'signup';
		readonly requestsPerHour: number;
		readonly blocksPerHour: number;
		readonly usualBlocksPerHour: number;
		readonly sources: number;
	}[];
	/** Per environment: what /healthz says of each dependency. */
	readonly health: Readonly<
		Record<
			'production' | 'staging',
			{readonly up: boolean; readonly latencyMs: number; readonly dependencies: Readonly<Record<string, 'ok' | 'degraded' | 'down'>>}
		>
	>;
	readonly databases: readonly {
		readonly name: string;
		readonly lagMs: number;
		readonly retentionDays: number;
		readonly storageUsedRatio: number;
	}[];
	/** When the team last restored a backup to see whether it can. */
	readonly testRestoredAt: number;
	/** How the web servers write their access log: as they come from the box, or as the team's log standard asks. */
	readonly accessLog: 'combined' | 'json';
	/** Sources fail, slow, limit or cut in turn. */
	readonly faults: boolean;
}

export interface World {
	readonly clock: Clock;
	readonly seed: number;
	readonly story: Story;
	/** How long one fault lasts in a story with faults, milliseconds. */
	readonly faultWindowMs: number;
	/** How long there are any, from the story's begin on; milliseconds, Infinity where they never end. */
	readonly faultsForMs: number;
	/** Deterministic number in [0, 1) for a name: the same seed and name give the same number, in any order. */
	readonly chance: (name: string) => number;
}

/** What a started server gives the company. */
export interface DemoServer {
	readonly url: string;
	readonly close: () => Promise<void>;
}
