/** Readings of every kind of check, small and telling, for the tests of panes and frames. */
import type {CheckKind, DataOf} from '../../src/checks/index.ts';
import type {Pod} from '../../src/ports/pod-source.ts';

/** The morning all fake readings are of: Friday 20 November 2026, 08:31 UTC. */
export const morning = Date.UTC(2026, 10, 20, 8, 31);

const hour = 3_600_000;

/** A healthy pod, changed where told. */
export function pod(name: string, over: Partial<Pod> = {}): Pod {
	return {
		namespace: 'checkout-prod',
		name,
		uid: `uid-${name}`,
		ready: '1/1',
		status: 'Running',
		restarts: 0,
		createdAt: morning - 52 * hour,
		node: 'node-1',
		owner: 'ReplicaSet/api-54fb9',
		labels: {app: 'api'},
		containers: [
			{name: 'api', image: 'registry.example.com/api:1.42.0', restarts: 0, cpu: 210, memory: 301 * 1_048_576, memoryLimit: 512 * 1_048_576},
		],
		...over,
	};
}

const crashing = pod('api-54fb9-n4vkg', {
	ready: '0/1',
	status: 'CrashLoopBackOff',
	restarts: 14,
	lastRestartAt: morning - 38_000,
	containers: [
		{
			name: 'api',
			image: 'registry.example.com/api:1.42.0',
			restarts: 14,
			cpu: 12,
			memory: 488 * 1_048_576,
			memoryLimit: 512 * 1_048_576,
			waiting: {reason: 'CrashLoopBackOff', message: 'back-off 5m0s'},
			lastTermination: {reason: 'OOMKilled', exitCode: 137, finishedAt: morning - 38_000},
		},
	],
});

/** `count` pods: one crashing, one whose image cannot be pulled, the rest healthy. */
export function podsData(count = 38): DataOf<'pods'> {
	const healthy = Array.from({length: Math.max(0, count - 2)}, (_one, index) => pod(`web-6d5f-${String(index).padStart(5, '0')}`));
	const pulling = pod('worker-7c4d-x2x1', {
		ready: '0/1',
		status: 'ImagePullBackOff',
		createdAt: morning - 86 * 60_000,
		containers: [{name: 'worker', image: 'registry.example.com/worker:1.42.0', restarts: 0}],
	});
	return {
		list: {
			context: 'eu-1',
			namespace: 'checkout-prod',
			pods: [...healthy, pulling, crashing],
			complete: true,
			warnings: [],
			metrics: 'available',
		},
	};
}

const known = (median: number) => ({known: true as const, median, mad: median / 10, points: [median, median, median]});

export const readings: {readonly [K in CheckKind]: DataOf<K>} = {
	health: {
		probes: [
			{
				environment: 'production',
				selected: true,
				name: 'api',
				url: 'https://checkout.example.com/healthz',
				answer: {url: 'https://checkout.example.com/healthz', status: 200, latencyMs: 84, certificateDaysLeft: 61},
				dependencies: [{name: 'orders-db', state: 'ok', said: 'ok'}],
				version: '1.42.0',
			},
			{
				environment: 'staging',
				selected: false,
				name: 'api',
				url: 'https://staging.example.com/healthz',
				answer: {url: 'https://staging.example.com/healthz', status: 500, latencyMs: 310, body: '{"queue":"degraded"}'},
				dependencies: [{name: 'queue', state: 'degraded', said: 'degraded'}],
			},
		],
	},
	alerts: {
		alerts: [
			{
				source: 'Alertmanager',
				sources: ['Alertmanager', 'Prometheus'],
				id: 'a1',
				name: 'HighErrorRate',
				severity: 'critical',
				state: 'firing',
				summary: '5xx above 1 %',
				startedAt: morning - 42 * 60_000,
				labels: {service: 'checkout'},
				runbookUrl: 'https://runbooks.example.com/high-error-rate',
			},
		],
		read: ['Alertmanager', 'Prometheus'],
		failures: [{source: 'Grafana', message: 'answered 401'}],
	},
	pods: podsData(),
	errors: {
		issues: [
			{
				id: '41',
				shortId: 'CHECKOUT-41',
				title: 'TypeError: total is undefined',
				url: 'https://sentry.example.com/issues/41',
				project: 'checkout',
				level: 'error',
				priority: 'high',
				severity: 'critical',
				substatus: 'escalating',
				count: 1204,
				users: 310,
				firstSeen: morning - 90 * 60_000,
				lastSeen: morning - 60_000,
				unhandled: true,
				hourly: [0, 0, 1, 2, 4, 9, 40],
			},
		],
		truncated: false,
		url: 'https://sentry.example.com',
	},
	logs: {
		from: 'prometheus',
		errorRatio: 0.019,
		usualErrorRatio: known(0.002),
		requestsPerSecond: 120,
		routes: [{route: 'POST /pay', p95: 1800, usual: known(240)}],
		pods: [{pod: 'api-54fb9-n4vkg', share: 1}],
		trend: [0.002, 0.002, 0.019].map((value, index) => ({at: morning - (3 - index) * 300_000, value})),
	},
	payments: {
		live: true,
		since: morning - 24 * hour,
		webhooks: [
			{id: 'evt_1', type: 'invoice.paid', createdAt: morning - 2 * hour, pending: 1, url: 'https://dashboard.stripe.com/events/evt_1'},
		],
		endpoints: [],
		invoices: [
			{
				id: 'in_1',
				number: 'A-0007',
				customer: 'cus_9',
				kind: 'payment-failed',
				amount: {currency: 'EUR', minor: 14_900},
				attempts: 2,
				reason: 'card declined',
				createdAt: morning - 5 * hour,
				url: 'https://dashboard.stripe.com/invoices/in_1',
			},
		],
		payments: [],
	},
	'rate-limits': {
		url: 'https://prometheus.example.com',
		actions: [
			{
				action: 'password_reset',
				requests: 900,
				blocks: 480,
				usual: known(40),
				sources: 3,
				topSources: [{source: '203.0.113.7', blocks: 400}],
			},
		],
	},
	backups: {
		backups: [{database: 'orders', system: 'RDS', lastRestorableAt: morning - 10.35 * hour, retentionDays: 7}],
		failures: [],
		testRestore: {lastOn: '2026-07-31', every: 90 * 24 * hour},
	},
	capacity: {
		usages: [{kind: 'memory', name: 'api-54fb9-n4vkg', ratio: 0.96, used: 488 * 1_048_576, limit: 512 * 1_048_576}],
		missing: [{kind: 'volume', why: 'no data'}],
		failures: [],
	},
	security: {
		repositories: ['shop/checkout'],
		vulnerabilities: [
			{
				repository: 'shop/checkout',
				id: 'GHSA-1',
				package: 'left-pad',
				severity: 'high',
				summary: 'pads too far',
				url: 'https://github.com/advisories/GHSA-1',
				createdAt: morning - 48 * hour,
			},
		],
		builds: [
			{
				repository: 'shop/checkout',
				workflow: 'ci',
				branch: 'main',
				conclusion: 'failure',
				url: 'https://github.com/shop/checkout/actions/1',
				at: morning - hour,
			},
		],
	},
	'log-standard': {
		reviews: [
			{
				source: 'web/web',
				lines: 150,
				shares: {structure: 0, level: 0.12, timestamp: 1, 'request id': 0},
				lacking: ['structure', 'level', 'request id'],
			},
			{source: 'api/api', lines: 148, shares: {structure: 1, level: 1, timestamp: 1, 'request id': 0.98}, lacking: []},
		],
		failures: [],
	},
	readiness: {
		items: [
			{
				id: 'tests',
				title: 'Tests',
				asks: 'they pass on the main branch',
				every: 31 * 24 * hour,
				lastOn: '2026-11-02',
				doubts: ['ci on main fails'],
			},
			{
				id: 'threat-model',
				title: 'Threat model',
				asks: 'it knows every door',
				every: 180 * 24 * hour,
				url: 'https://wiki.example.com/threats',
				doubts: [],
			},
			{id: 'logs', title: 'Logs', asks: 'they are in one place', every: 90 * 24 * hour, lastOn: '2026-09-01', doubts: []},
		],
	},
	dashboards: {
		links: [
			{
				title: 'Checkout overview',
				address: 'https://grafana.example.com/d/checkout',
				url: `https://grafana.example.com/d/checkout?from=${morning - 24 * hour}&to=${morning}`,
			},
		],
	},
	http: {url: 'https://example.com/version', answer: {url: 'https://example.com/version', status: 200, latencyMs: 21, body: '1.42.0'}},
	promql: {
		query: 'sum(queue_length)',
		samples: [{labels: {queue: 'orders'}, value: 1204, at: morning}],
		url: 'https://prometheus.example.com',
	},
	command: {command: ['./check-dns', 'eu-1'], result: {exitCode: 1, stdout: 'a ok\nb slow\n', stderr: 'b timed out\n', durationMs: 340}},
};
