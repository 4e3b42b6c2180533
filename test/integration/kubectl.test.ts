/**
 * Proof of faithfulness by a client that we did not write: the real kubectl against the simulated cluster.
 * Where kubectl is missing this fails: a proof that was not made is none.
 */
import {execFile, spawn} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, it, onTestFinished, vi} from 'vitest';
import {kubeconfigOf} from '../../src/demo/kubernetes/api/demo-kubeconfig.ts';
import {startKubernetes, type KubernetesServer} from '../../src/demo/kubernetes/api/kubernetes-server.ts';
import {createWorld} from '../../src/demo/kit/story.ts';
import type {Clock} from '../../src/ports/clock.ts';

const run = promisify(execFile);
const clock: Clock = {
	now: () => Date.now(),
	sleep: async (ms, signal) => {
		await sleep(ms, undefined, {...(signal && {signal})});
	},
};

let server: KubernetesServer;
let directory: string;

const environment = (config = 'kubeconfig') => ({
	...process.env,
	KUBECONFIG: join(directory, config),
	KUBECACHEDIR: join(directory, 'cache'),
	HOME: directory,
});

const kubectl = async (...args: readonly string[]): Promise<string> => (await run('kubectl', [...args], {env: environment()})).stdout;

/** The error of a call that must fail. */
const refused = async (...args: readonly string[]): Promise<string> => {
	const outcome = await run('kubectl', [...args], {env: environment()}).catch((error: unknown) => error as {stderr: string});
	return outcome.stderr;
};

const rows = (text: string): readonly (readonly string[])[] =>
	text
		.trimEnd()
		.split('\n')
		.map((line) => line.trim().split(/\s{2,}/));

/** A kubectl that continues until the test ends; `lines` grows. */
const follow = (...args: readonly string[]) => {
	const child = spawn('kubectl', [...args], {env: environment(), stdio: ['ignore', 'pipe', 'pipe']});
	let text = '';
	child.stdout.on('data', (chunk: Buffer) => {
		text += chunk.toString();
	});
	const ended = new Promise<number | null>((resolve) => {
		child.on('close', resolve);
	});
	onTestFinished(async () => {
		child.kill();
		await ended;
	});
	return {lines: () => text.split('\n').slice(0, -1), ended};
};

beforeAll(async () => {
	directory = await mkdtemp(join(tmpdir(), 'kubectl-'));
	server = await startKubernetes(createWorld({scenario: 'morning', clock}), {token: 'right'});
	const {url, certificateAuthority} = server;
	const own = {url, context: 'eu-1', namespace: 'checkout-prod', cluster: 'eu-1'};
	await writeFile(join(directory, 'kubeconfig'), kubeconfigOf({...own, token: 'right', certificateAuthority}));
	await writeFile(join(directory, 'wrong-token'), kubeconfigOf({...own, token: 'wrong', certificateAuthority}));
	await writeFile(join(directory, 'unverified'), kubeconfigOf({...own, token: 'right'}));
});

afterAll(async () => {
	await server.close();
	await rm(directory, {recursive: true});
});

describe('kubectl', () => {
	it('gets pods, as a table of 38 with the failing ones in it', async () => {
		const [head, ...pods] = rows(await kubectl('get', 'pods'));
		expect(head).toEqual(['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE']);
		expect(pods.filter(([name]) => !name?.startsWith('sweep-carts'))).toHaveLength(38);
		expect(pods.find(([name]) => name === 'api-54fb9-n4vkg')).toEqual([
			'api-54fb9-n4vkg',
			expect.stringMatching(/^[01]\/1$/),
			expect.stringMatching(/^(CrashLoopBackOff|Running|OOMKilled|Error)$/),
			expect.stringMatching(/^1[4-9] \(\d+m?\d*s ago\)$/),
			expect.stringMatching(/^(89|9\d)m$/),
		]);
		expect(pods.filter(([, , status]) => status === 'ImagePullBackOff')).toHaveLength(1);
		expect(pods.filter(([name]) => name?.startsWith('payments-')).map(([, ready]) => ready)).toEqual(['2/2', '2/2']);
	});

	it('gets the same page by page', async () => {
		const names = async (...args: readonly string[]) =>
			rows(await kubectl('get', 'pods', '-l', 'app!=sweep-carts', ...args)).map(([name]) => name);
		expect(await names('--chunk-size=10')).toEqual(await names('--chunk-size=0'));
	});

	it('prints whole objects of all namespaces', async () => {
		const list = JSON.parse(await kubectl('get', 'pods', '-A', '-o', 'json')) as {items: {kind: string; metadata: {namespace: string}}[]};
		expect(list.items.length).toBeGreaterThanOrEqual(48);
		expect(new Set(list.items.map(({metadata}) => metadata.namespace))).toEqual(new Set(['checkout-prod', 'checkout-staging']));
		expect(await kubectl('get', 'pod', 'redis-0', '-o', 'jsonpath={.spec.containers[*].name}')).toBe('redis exporter');
	});

	it('selects by label and field', async () => {
		expect(rows(await kubectl('get', 'pods', '--no-headers', '-l', 'app in (api,web)'))).toHaveLength(22);
		expect(rows(await kubectl('get', 'pods', '--no-headers', '-l', 'app=worker', '--field-selector', 'status.phase=Pending'))).toHaveLength(
			1,
		);
	});

	it('gets pods -w and sees the failing pod change', async () => {
		const watch = follow('get', 'pods', '-w');
		await vi.waitFor(() => expect(watch.lines().length).toBeGreaterThanOrEqual(39), {timeout: 20_000});
		await vi.waitFor(() => expect(watch.lines().slice(39).join('\n')).toContain('api-54fb9-n4vkg'), {timeout: 90_000, interval: 200});
		const changed = rows(watch.lines().slice(39).join('\n')).find(([name]) => name === 'api-54fb9-n4vkg');
		expect(changed).toHaveLength(5);
		expect(changed?.[3]).toMatch(/^1[4-9] \(/);
	});

	it('follows logs with timestamps, in order and without a gap to the history', async () => {
		const name = rows(await kubectl('get', 'pods', '--no-headers', '-l', 'app=web'))[0]?.[0] ?? '';
		const log = follow('logs', '-f', '--timestamps', '--tail=3', name);
		await vi.waitFor(() => expect(log.lines().length).toBeGreaterThan(8), {timeout: 30_000});
		const seen = log.lines();
		const history = (await kubectl('logs', '--timestamps', '--since=2m', name)).split('\n');
		const start = history.indexOf(seen[0] ?? '');
		expect(start).toBeGreaterThan(-1);
		expect(history.slice(start, start + seen.length)).toEqual(seen);
		expect(seen.every((line) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z /.test(line))).toBe(true);
	});

	it('reads the previous container’s log, from its start to the end it came to', async () => {
		const text = await kubectl('logs', '--previous', 'api-54fb9-n4vkg');
		expect(text).toContain('starting api 1.42.0');
		expect(text).toContain('creating issue: operation X failed');
		expect(text).toMatch(/has no bound|cannot allocate memory/);
	});

	it('is told in the kubelet’s words why there is no log', async () => {
		const mailer = rows(await kubectl('get', 'pods', '--no-headers', '-l', 'app=mailer'))[0]?.[0] ?? '';
		expect(await refused('logs', '--previous', mailer)).toContain(`previous terminated container "mailer" in pod "${mailer}" not found`);
		const pending =
			rows(await kubectl('get', 'pods', '--no-headers', '--field-selector', 'status.phase=Pending', '-l', 'app=worker'))[0]?.[0] ?? '';
		expect(await refused('logs', pending)).toContain('is waiting to start: trying and failing to pull image');
	});

	it('gets events, and describes the pod with them', async () => {
		const events = await kubectl('get', 'events');
		expect(events.split('\n')[0]).toMatch(/^LAST SEEN\s+TYPE\s+REASON\s+OBJECT\s+MESSAGE$/);
		expect(events).toMatch(/Warning\s+BackOff\s+pod\/api-54fb9-n4vkg\s+Back-off restarting failed container api/);
		expect(events).toMatch(/Warning\s+Failed\s+pod\/worker-\S+\s+Error: ImagePullBackOff/);
		expect(await kubectl('describe', 'pod', 'api-54fb9-n4vkg')).toMatch(/BackOff\s+\S+ \(x\d+ over \S+\)\s+kubelet/);
	});

	it('shows what pods and nodes use', async () => {
		const [head, ...pods] = rows(await kubectl('top', 'pods'));
		expect(head).toEqual(['NAME', 'CPU(cores)', 'MEMORY(bytes)']);
		expect(pods.length).toBeGreaterThanOrEqual(35);
		expect(pods.every(([, cpu, memory]) => /^\d+m$/.test(cpu ?? '') && /^\d+Mi$/.test(memory ?? ''))).toBe(true);
		expect(rows(await kubectl('top', 'nodes'))).toHaveLength(5);
	});

	it('gets deployments, replica sets, nodes and claims', async () => {
		const deployments = rows(await kubectl('get', 'deployments', '--no-headers'));
		expect(deployments.find(([name]) => name === 'worker')?.slice(0, 4)).toEqual(['worker', '7/8', '1', '7']);
		expect(rows(await kubectl('get', 'rs', '--no-headers', '-l', 'app=api')).map((row) => row.slice(0, 3))).toEqual([
			['api-54fb9', '12', '12'],
			['api-6c8d7', '0', '0'],
		]);
		expect(await kubectl('get', 'nodes,pvc,ns')).toContain('Bound');
	});

	it('asks what it may do, and may not do more', async () => {
		expect((await kubectl('auth', 'can-i', 'list', 'pods')).trim()).toBe('yes');
		expect((await kubectl('auth', 'can-i', 'get', 'pods', '--subresource=log')).trim()).toBe('yes');
		const denied = await run('kubectl', ['auth', 'can-i', 'delete', 'pods'], {env: environment()}).catch(
			(error: unknown) => error as {stdout: string},
		);
		expect(denied.stdout.trim()).toBe('no');
		expect(await refused('delete', 'pod', 'redis-0')).toContain('Error from server (Forbidden): pods "redis-0" is forbidden');
	});

	it('is turned away with a wrong token, and let in without verifying', async () => {
		const wrong = await run('kubectl', ['get', 'pods'], {env: environment('wrong-token')}).catch(
			(error: unknown) => error as {stderr: string},
		);
		expect(wrong.stderr).toContain('You must be logged in to the server (Unauthorized)');
		expect((await run('kubectl', ['get', 'pod', 'redis-0'], {env: environment('unverified')})).stdout).toContain('redis-0');
	});

	it('is told that a pod does not exist', async () => {
		expect(await refused('get', 'pod', 'none')).toContain('Error from server (NotFound): pods "none" not found');
	});
});
