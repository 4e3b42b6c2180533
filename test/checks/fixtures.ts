/** Plain data for the checks' tests: one good thing of each kind, to be spoilt by the test. */
import type {CheckContext, JudgeContext} from '../../src/checks/kit/check.ts';
import {checks, type CheckKind, type OptionsOf} from '../../src/checks/index.ts';
import {type Environment, type Service, service as serviceSchema} from '../../src/service/service.ts';
import type {Sources} from '../../src/ports/sources.ts';
import type {Backup} from '../../src/ports/backup-source.ts';
import type {Alert} from '../../src/ports/alert-source.ts';
import type {MetricSource, Sample} from '../../src/ports/metric-source.ts';
import type {Issue} from '../../src/ports/issue-source.ts';
import type {LogSource} from '../../src/ports/pod-log-source.ts';
import type {Container, Pod, PodList} from '../../src/ports/pod-source.ts';
import type {HttpAnswer} from '../../src/ports/probe.ts';
import {SourceError} from '../../src/base/source-error.ts';

/** A Friday, 08:31 UTC. */
export const now = Date.parse('2026-11-20T08:31:00Z');
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export function optionsOf<K extends CheckKind>(kind: K, set: object = {}): OptionsOf<K> {
	return checks[kind].options.parse(set) as OptionsOf<K>;
}

/** What a judge is given: the kind's defaults, changed by `set` as rounds.yaml would write them. */
export function judging<K extends CheckKind>(kind: K, set: object = {}, id: string = kind): JudgeContext<OptionsOf<K>> {
	return {id, options: optionsOf(kind, set), now};
}

export const service: Service = serviceSchema.parse({
	name: 'checkout',
	owner: 'team checkout',
	environments: [
		{name: 'staging', health: [{url: 'https://staging.example.com/healthz'}]},
		{
			name: 'production',
			health: [{url: 'https://example.com/healthz'}, {name: 'api', url: 'https://api.example.com/healthz'}],
			sources: {kubernetes: {namespace: 'checkout-prod'}},
		},
	],
});

const production: Environment = service.environments[1] as Environment;

export function reading<K extends CheckKind>(
	kind: K,
	{logs, ...sources}: Omit<Partial<Sources>, 'logs'> & {readonly logs?: Pick<LogSource, 'recent'>} = {},
	rest: {readonly set?: object; readonly service?: Service; readonly environment?: Environment} = {},
): CheckContext<OptionsOf<K>> {
	return {
		id: kind,
		service: rest.service ?? service,
		environment: rest.environment ?? production,
		options: optionsOf(kind, rest.set),
		sources: {
			http: {get: () => Promise.reject(failure('HTTP'))},
			commands: {run: () => Promise.reject(failure('command'))},
			alerts: [],
			backups: [],
			...sources,
			...(logs ? {logs: {...logs, feed: () => unasked('a feed')}} : {}),
		},
		clock: {now: () => now, sleep: () => Promise.resolve()},
		signal: new AbortController().signal,
	};
}

function unasked(what: string): never {
	throw new Error(`no check asks for ${what}`);
}

export function failure(source: string, kind: 'unreachable' | 'forbidden' = 'unreachable'): SourceError {
	return new SourceError({source, kind, message: `${source} refused the connection`, advice: 'Look at the address'});
}

export function answer(change: Partial<HttpAnswer> = {}): HttpAnswer {
	return {url: 'https://example.com/healthz', status: 200, latencyMs: 84, body: '{}', certificateDaysLeft: 60, ...change};
}

export function container(change: Partial<Container> = {}): Container {
	return {
		name: 'api',
		image: 'registry.example.com/checkout/api:1.42.0',
		restarts: 0,
		cpu: 210,
		cpuLimit: 1000,
		memory: 300 * 2 ** 20,
		memoryLimit: 512 * 2 ** 20,
		...change,
	};
}

export function pod(change: Partial<Pod> = {}): Pod {
	return {
		namespace: 'checkout-prod',
		name: 'api-54fb9-2jw8k',
		uid: change.name ?? 'api-54fb9-2jw8k',
		ready: '1/1',
		status: 'Running',
		restarts: 0,
		createdAt: now - 2 * day,
		node: 'node-1',
		owner: 'ReplicaSet/api-54fb9',
		labels: {},
		containers: [container()],
		...change,
	};
}

export function podList(pods: readonly Pod[], change: Partial<PodList> = {}): PodList {
	return {context: 'eu-1', namespace: 'checkout-prod', pods, complete: true, warnings: [], metrics: 'available', ...change};
}

export function issue(change: Partial<Issue> = {}): Issue {
	return {
		id: '1',
		shortId: 'CHECKOUT-1',
		title: 'TypeError: cart is undefined',
		url: 'https://sentry.example.com/issues/1',
		project: 'checkout',
		level: 'error',
		priority: 'medium',
		substatus: 'new',
		count: 12,
		users: 7,
		firstSeen: now - 5 * hour,
		lastSeen: now - 3 * minute,
		unhandled: true,
		hourly: [...Array.from({length: 23}, () => 1), 0],
		...change,
	};
}

export function alert(change: Partial<Alert> = {}): Alert {
	return {
		source: 'Alertmanager',
		id: 'a1',
		name: 'CheckoutErrorBudgetBurn',
		severity: 'critical',
		state: 'firing',
		startedAt: now - 39 * minute,
		labels: {alertname: 'CheckoutErrorBudgetBurn', namespace: 'checkout-prod'},
		...change,
	};
}

export function backup(change: Partial<Backup> = {}): Backup {
	return {database: 'orders', system: 'RDS', lastRestorableAt: now - 4 * minute, retentionDays: 35, ...change};
}

export function sample(value: number, labels: Readonly<Record<string, string>> = {}, at = now): Sample {
	return {labels, value, at};
}

/** A Prometheus whose answers are told by the query and how many days ago it is asked for. */
export function metrics(
	answers: (promql: string, daysAgo: number) => readonly Sample[],
): MetricSource & {readonly asked: readonly string[]} {
	const asked: string[] = [];
	return {
		asked,
		url: 'https://prometheus.example.com',
		query: (promql, {at}) => {
			asked.push(promql);
			return Promise.resolve().then(() => answers(promql, Math.round((now - (at ?? now)) / day)));
		},
		queryRange: () => Promise.resolve([]),
	};
}
