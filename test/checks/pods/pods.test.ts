import {describe, expect, test} from 'vitest';
import {pods} from '../../../src/checks/pods/index.ts';
import type {PodsData} from '../../../src/checks/pods/types.ts';
import type {Pod, PodList} from '../../../src/ports/pod-source.ts';
import {container, day, failure, hour, judging, metrics, minute, now, pod, podList, reading, sample} from '../fixtures.ts';

const judge = (list: readonly Pod[], rest: Partial<PodsData> = {}, set = {}) =>
	pods.judge({list: podList(list), ...rest}, judging('pods', set));
const healthy = Array.from({length: 4}, (_, index) => pod({name: `web-${index}`, owner: 'ReplicaSet/web'}));
const oom = {reason: 'OOMKilled', exitCode: 137, finishedAt: now - 38_000};

describe('judging one pod among healthy ones', () => {
	test.each<[string, Partial<Pod>, string, string]>([
		['crash loop', {status: 'CrashLoopBackOff', ready: '0/1'}, 'critical', 'CrashLoopBackOff'],
		['init crash loop', {status: 'Init:CrashLoopBackOff', ready: '0/1'}, 'critical', 'Init:CrashLoopBackOff'],
		['error', {status: 'Error', ready: '0/1'}, 'critical', 'Error'],
		['exit code', {status: 'ExitCode:3', ready: '0/1'}, 'critical', 'ExitCode:3'],
		['node lost', {status: 'Unknown'}, 'critical', 'Unknown'],
		[
			'image',
			{
				status: 'ImagePullBackOff',
				ready: '0/1',
				containers: [container({image: 'r.example.com/checkout-worker:1.42.0@sha256:aa', waiting: {reason: 'ImagePullBackOff'}})],
			},
			'critical',
			'image checkout-worker:1.42.0 cannot be pulled',
		],
		[
			'config',
			{
				status: 'CreateContainerConfigError',
				containers: [container({waiting: {reason: 'CreateContainerConfigError', message: 'secret "db" not found'}})],
			},
			'critical',
			'secret "db" not found',
		],
		['not ready', {ready: '1/2'}, 'warning', 'Running but only 1/2 ready'],
		['nothing ready', {ready: '0/1'}, 'critical', 'Running but only 0/1 ready'],
		['just started', {ready: '0/1', createdAt: now - minute}, 'ok', '5 pods, none failing'],
		['just restarted', {ready: '0/1', lastRestartAt: now - minute}, 'ok', '5 pods, none failing'],
		['pending too long', {status: 'Pending', ready: '0/1', createdAt: now - 12 * minute}, 'warning', 'Pending for 12 m'],
		['still starting', {status: 'ContainerCreating', ready: '0/1', createdAt: now - minute}, 'ok', 'none failing'],
		['completed', {status: 'Completed', ready: '0/1', owner: 'Job/nightly'}, 'ok', 'none failing'],
		['a failed job', {status: 'Error', ready: '0/1', owner: 'Job/nightly'}, 'warning', 'its job failed'],
		['evicted', {status: 'Evicted', ready: '0/1'}, 'warning', 'leftover'],
		['terminating', {status: 'Terminating', ready: '0/1'}, 'ok', 'none failing'],
		[
			'killed for memory, running again',
			{restarts: 1, lastRestartAt: now - 7 * hour, containers: [container({lastTermination: {...oom, finishedAt: now - 7 * hour}})]},
			'warning',
			'last OOMKilled 7 h ago',
		],
		[
			'killed long ago',
			{restarts: 1, containers: [container({lastTermination: {...oom, finishedAt: now - 3 * day}})]},
			'ok',
			'none failing',
		],
		['memory', {containers: [container({memory: 488 * 2 ** 20})]}, 'warning', 'memory 95 % of its limit 512Mi'],
		['CPU', {containers: [container({cpu: 990})]}, 'warning', 'CPU 99 % of its limit 1000m'],
		['no limits, no judgement', {containers: [container({memoryLimit: undefined, cpuLimit: undefined, cpu: 9000})]}, 'ok', 'none failing'],
	])('%s', (_, change, status, text) => {
		const finding = judge([...healthy, pod(change)]);
		expect(finding.status).toBe(status);
		expect([finding.summary, ...finding.reasons.map((reason) => reason.text)].join('\n')).toContain(text);
	});
});

describe('restarts by rate', () => {
	const restarted = (change: Partial<Pod> = {}) => pod({restarts: 14, lastRestartAt: now - 38_000, ...change});

	test('as Prometheus counted them, with what is usual for the others', () => {
		const finding = judge([restarted(), pod({name: 'a'}), pod({name: 'b'})], {
			restartsLastHour: new Map([
				['api-54fb9-2jw8k', 14],
				['a', 0],
				['b', 0],
			]),
		});
		expect(finding).toMatchObject({
			status: 'critical',
			summary: '3 pods, none failing, 1 restarts too often',
			reasons: [{text: '14 restarts in the last hour, usual 0'}],
		});
	});
	test('a few in the hour are a warning', () => {
		expect(judge([restarted()], {restartsLastHour: new Map([['api-54fb9-2jw8k', 4]])})).toMatchObject({
			status: 'warning',
			reasons: [{text: '4 restarts in the last hour'}],
		});
	});
	test('many in a long life, none lately', () => {
		expect(judge([restarted({lastRestartAt: now - 3 * day})]).status).toBe('ok');
		expect(judge([restarted()], {restartsLastHour: new Map([['api-54fb9-2jw8k', 1]])}).status).toBe('ok');
	});
	test('without a rate it says what it knows', () => {
		expect(judge([restarted()])).toMatchObject({status: 'warning', reasons: [{text: '14 restarts, the last 38 s ago'}]});
	});
	test('all of a young pod’s restarts are recent', () => {
		expect(judge([restarted({createdAt: now - 50 * minute})]).reasons[0]?.text).toBe('14 restarts in the last hour');
	});
	test('as seen since an earlier look', () => {
		const earlier = {at: now - 40 * minute, restarts: new Map([['api-54fb9-2jw8k', 9]])};
		expect(judge([restarted()], {earlier}).reasons[0]?.text).toBe('5 restarts in the last hour');
	});
	test('restarts seen since Prometheus was asked count as well', () => {
		const earlier = {at: now - 40 * minute, restarts: new Map([['api-54fb9-2jw8k', 9]])};
		expect(judge([restarted()], {earlier, restartsLastHour: new Map([['api-54fb9-2jw8k', 0]])}).reasons[0]?.text).toBe(
			'5 restarts in the last hour',
		);
	});
	test('the threshold is an option', () => {
		expect(judge([restarted({restarts: 4})], {}, {restarts: 5}).status).toBe('ok');
	});
});

describe('judging a namespace', () => {
	test('the line of the sketch', () => {
		const finding = judge([
			...Array.from({length: 36}, (_, index) => pod({name: `web-${index}`})),
			pod({
				name: 'api-n4vkg',
				status: 'CrashLoopBackOff',
				ready: '0/1',
				restarts: 14,
				lastRestartAt: now - 38_000,
				containers: [container({lastTermination: oom})],
			}),
			pod({name: 'worker', status: 'ImagePullBackOff', ready: '0/1'}),
		]);
		expect(finding.short).toBe('pods 2/38 failing');
		expect(finding.summary).toBe('2 of 38 failing');
		expect(finding.reasons[0]).toEqual({
			status: 'critical',
			subject: 'api-n4vkg',
			text: 'CrashLoopBackOff, 14 restarts, the last 38 s ago, usual 0, last OOMKilled 38 s ago',
		});
		expect(finding.evidence[0]?.id).toBe('pod:checkout-prod/api-n4vkg');
	});
	test('all well', () => {
		expect(judge(healthy)).toMatchObject({status: 'ok', short: 'pods 4/4', reasons: []});
	});
	test('no pod at all is unknown', () => {
		expect(judge([])).toMatchObject({status: 'unknown', short: 'pods none found'});
	});
	test('a list still arriving is not green', () => {
		expect(pods.judge({list: podList(healthy, {complete: false})}, judging('pods'))).toMatchObject({
			status: 'unknown',
			short: 'pods 4/4, still listing',
		});
	});
	test('no metrics-server is said and is no fault', () => {
		const finding = pods.judge({list: podList(healthy, {metrics: {missing: 'no metrics-server'}})}, judging('pods'));
		expect(finding).toMatchObject({status: 'ok', reasons: [{status: 'ok', text: 'no metrics-server'}]});
	});
	test('warning events of things that are not odd already', () => {
		const event = {
			namespace: 'checkout-prod',
			object: 'Deployment/api',
			reason: 'FailedMount',
			message: 'no such secret',
			count: 8,
			lastSeen: now - minute,
		};
		const warnings = [
			event,
			{...event, object: 'Pod/bad'},
			{...event, object: 'Pod/old', lastSeen: now - 2 * hour},
			{...event, object: 'Pod/once', count: 1},
		];
		const finding = pods.judge({list: podList([...healthy, pod({name: 'bad', status: 'Error'})], {warnings})}, judging('pods'));
		expect(finding.reasons.map(({subject}) => subject)).toEqual(['bad', 'Deployment/api']);
		expect(finding.summary).toBe('1 of 5 failing, 1 warning event');
	});
	test('ten thousand failing pods are counted, not listed', () => {
		const finding = judge(Array.from({length: 10_000}, (_, index) => pod({name: `p-${index}`, status: 'CrashLoopBackOff'})));
		expect(finding.short).toBe('pods 10000/10000 failing');
		expect(finding.reasons).toHaveLength(51);
		expect(finding.reasons.at(-1)?.text).toContain('9950 further');
		expect(finding.evidence.length).toBeLessThanOrEqual(200);
	});
	test('a name cannot forge a field of the ops log', () => {
		const finding = pods.judge({list: podList([], {namespace: 'a · b\nc'})}, judging('pods', {}, 'my · pods\n'));
		expect(finding.short).not.toMatch(/ · |\n/);
	});
});

describe('reading pods', () => {
	const source = (list: PodList) => ({list: () => Promise.resolve(list), watch: () => ({stop: () => {}})});

	test('asks Prometheus for the rate in its own namespace', async () => {
		const prometheus = metrics(() => [sample(13.9, {pod: 'api'}), sample(Number.NaN, {pod: 'b'})]);
		const data = await pods.read(reading('pods', {pods: source(podList(healthy)), metrics: prometheus}));
		expect(data.restartsLastHour).toEqual(new Map([['api', 14]]));
		expect(prometheus.asked[0]).toContain('namespace=~"checkout-prod"');
	});
	test('continues when Prometheus is down', async () => {
		const down = {...metrics(() => []), query: () => Promise.reject(failure('Prometheus'))};
		expect(await pods.read(reading('pods', {pods: source(podList(healthy)), metrics: down}))).toEqual({list: podList(healthy)});
	});
	test('not configured', async () => {
		await expect(pods.read(reading('pods'))).rejects.toMatchObject({kind: 'not-configured'});
	});
	test('follows, and remembers an earlier look', () => {
		let push: (list: PodList) => void = () => {};
		const seen: PodsData[] = [];
		let stopped = false;
		const handle = pods.follow?.(
			reading('pods', {
				pods: {
					list: () => Promise.reject(failure('Kubernetes')),
					watch: ({onList}) => {
						push = onList;
						return {stop: () => (stopped = true)};
					},
				},
			}),
			{onData: (data) => seen.push(data), onLiveness: () => {}, onError: () => {}},
		);
		push(podList([pod({restarts: 1, lastRestartAt: now})], {complete: false}));
		push(podList([pod({restarts: 2, lastRestartAt: now})]));
		push(podList([pod({restarts: 6, lastRestartAt: now})]));
		expect(seen.map(({earlier}) => earlier?.restarts.get('api-54fb9-2jw8k'))).toEqual([undefined, undefined, 2]);
		expect(pods.judge(seen[2] as PodsData, judging('pods')).reasons[0]?.text).toBe('4 restarts in the last hour');
		handle?.stop();
		expect(stopped).toBe(true);
	});
});

test('the JSON is as documented, strings as kubectl prints them', () => {
	const crashing = pod({
		name: 'api-n4vkg',
		status: 'CrashLoopBackOff',
		ready: '0/1',
		restarts: 14,
		lastRestartAt: now - 38_000,
		createdAt: now - 52 * hour,
		containers: [container({cpu: 12, memory: 488 * 2 ** 20, lastTermination: oom})],
	});
	const bare = pod({name: 'bare', node: undefined, createdAt: undefined, containers: [{name: 'x', image: 'y', restarts: 0}]});
	expect(pods.toJson?.({list: podList([crashing, bare])}, now)).toEqual({
		pods: [
			{
				namespace: 'checkout-prod',
				name: 'api-n4vkg',
				ready: '0/1',
				status: 'CrashLoopBackOff',
				restarts: '14 (38s ago)',
				age: '2d4h',
				node: 'node-1',
				cpu: '12m',
				memory: '488Mi',
				lastTermination: 'OOMKilled',
			},
			{
				namespace: 'checkout-prod',
				name: 'bare',
				ready: '1/1',
				status: 'Running',
				restarts: '0',
				age: '<unknown>',
				node: null,
				cpu: null,
				memory: null,
				lastTermination: null,
			},
		],
	});
});
