/** A small API server whose pods log what the test says, and whose connections break as the test says. */
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {WirePod} from '../../../../src/adapters/kubernetes/client/wire.ts';
import {kubeconfigText, podList, sendJson, sendStatus, writeKubeconfig} from '../fake-cluster.ts';

interface FakeLine {
	readonly second: number;
	readonly nanos: number;
	readonly bytes: string;
}

export interface FakeRun {
	readonly id: string;
	readonly startedAt: number;
	lines: FakeLine[];
	exit?: {readonly reason: string; readonly at: number};
	readonly followers: Set<ServerResponse>;
}

export interface FakeContainer {
	readonly name: string;
	readonly kind: 'main' | 'init';
	readonly runs: FakeRun[];
}

export interface FakePod {
	readonly name: string;
	readonly namespace: string;
	readonly uid: string;
	/** Epoch seconds. */
	readonly createdAt: number;
	labels: Record<string, string>;
	readonly owner: {readonly kind: string; readonly name: string} | undefined;
	readonly containers: FakeContainer[];
	leaving: boolean;
}

/** Where the logs' time begins: 20 November 2026, 08:00 UTC, in epoch seconds. */
export const begin = Date.UTC(2026, 10, 20, 8) / 1000;

const stamp = ({second, nanos}: FakeLine) => `${new Date(second * 1000).toISOString().slice(0, 19)}.${String(nanos).padStart(9, '0')}Z`;
const iso = (second: number) => new Date(second * 1000).toISOString();

function matches(labels: Readonly<Record<string, string>>, selector: string | null): boolean {
	return (selector ?? '')
		.split(',')
		.filter(Boolean)
		.every((part) => {
			const [key = '', value] = part.split('=');
			return value === undefined ? key in labels : labels[key] === value;
		});
}

export async function startLogCluster() {
	const pods = new Map<string, FakePod>();
	const objects = new Map<string, {readonly namespace: string; readonly name: string; readonly body: object}[]>();
	const watchers = new Set<{readonly response: ServerResponse; readonly takes: (pod: FakePod) => boolean}>();
	const requests: URL[] = [];
	const events: {readonly version: number; readonly pod: FakePod; readonly text: string}[] = [];
	let version = 100;
	let ids = 0;
	let ticks = 0;
	let intercept: (request: URL, response: ServerResponse) => boolean = () => false;
	let rest = '';

	function statusOf({name, runs}: FakeContainer) {
		const current = runs.at(-1);
		const before = runs.at(-2);
		const ended = (run: FakeRun) => ({
			terminated: {
				exitCode: 1,
				reason: run.exit?.reason ?? 'Error',
				containerID: run.id,
				startedAt: iso(run.startedAt),
				finishedAt: iso(run.exit?.at ?? run.startedAt),
			},
		});
		return {
			name,
			image: 'app:1',
			imageID: '',
			ready: true,
			restartCount: Math.max(0, runs.length - 1),
			...(current ? {containerID: current.id} : {}),
			state: !current
				? {waiting: {reason: 'ContainerCreating'}}
				: current.exit
					? ended(current)
					: {running: {startedAt: iso(current.startedAt)}},
			lastState: before ? ended(before) : {},
		};
	}

	function wire(pod: FakePod): WirePod {
		const of = (kind: FakeContainer['kind']) => pod.containers.filter((container) => container.kind === kind);
		return {
			metadata: {
				name: pod.name,
				namespace: pod.namespace,
				uid: pod.uid,
				creationTimestamp: iso(pod.createdAt),
				labels: pod.labels,
				resourceVersion: String(version),
				...(pod.owner ? {ownerReferences: [{apiVersion: 'apps/v1', ...pod.owner, uid: pod.owner.name, controller: true}]} : {}),
				...(pod.leaving ? {deletionTimestamp: iso(begin)} : {}),
			},
			spec: {containers: []},
			status: {phase: 'Running', initContainerStatuses: of('init').map(statusOf), containerStatuses: of('main').map(statusOf)},
		};
	}

	function tell(type: string, pod: FakePod): void {
		version++;
		const text = `${JSON.stringify({type, object: wire(pod)})}\n`;
		events.push({version, pod, text});
		for (const {response, takes} of watchers) if (takes(pod)) response.write(text);
	}

	function answerPods(url: URL, response: ServerResponse, namespace: string | undefined): void {
		const selector = url.searchParams.get('labelSelector');
		const takes = (pod: FakePod) => (namespace === undefined || pod.namespace === namespace) && matches(pod.labels, selector);
		if (!url.searchParams.has('watch')) {
			return sendJson(response, podList([...pods.values()].filter(takes).map(wire), {resourceVersion: String(version)}));
		}
		response.writeHead(200, {'content-type': 'application/json'}).flushHeaders();
		const since = Number(url.searchParams.get('resourceVersion'));
		for (const event of events) if (event.version > since && takes(event.pod)) response.write(event.text);
		const watcher = {response, takes};
		watchers.add(watcher);
		response.on('close', () => watchers.delete(watcher));
		return undefined;
	}

	function answerLog(url: URL, response: ServerResponse, pod: FakePod): void {
		const query = url.searchParams;
		const runs = pod.containers.find(({name}) => name === query.get('container'))?.runs ?? [];
		const run = query.has('previous') ? runs.at(-2) : runs.at(-1);
		if (!run) return sendStatus(response, 400, 'previous terminated container not found');
		const tail = query.get('tailLines');
		const since = query.get('sinceTime');
		const from = since === null ? -Infinity : Date.parse(since) / 1000;
		const lines = (tail === null ? run.lines : Number(tail) === 0 ? [] : run.lines.slice(-Number(tail))).filter(
			({second}) => second >= from,
		);
		response.writeHead(200, {'content-type': 'text/plain'}).flushHeaders();
		response.write(lines.map((line) => `${stamp(line)} ${line.bytes}\n`).join(''));
		if (!query.has('follow') || run.exit) {
			response.end(rest);
			return undefined;
		}
		run.followers.add(response);
		response.on('close', () => run.followers.delete(response));
		return undefined;
	}

	function answer(request: IncomingMessage, response: ServerResponse): void {
		const url = new URL(request.url ?? '/', 'http://cluster');
		requests.push(url);
		if (intercept(url, response)) return undefined;
		const parts = url.pathname.split('/').slice(1);
		const [root] = parts;
		const inGroup = parts.slice(root === 'api' ? 2 : 3);
		const namespace = inGroup[0] === 'namespaces' && inGroup.length > 2 ? inGroup[1] : undefined;
		const [resource = '', name, sub] = namespace === undefined ? inGroup : inGroup.slice(2);
		if (resource === 'pods' && name === undefined) return answerPods(url, response, namespace);
		const pod = pods.get(`${namespace}/${name}`);
		if (resource === 'pods' && pod) return sub === 'log' ? answerLog(url, response, pod) : sendJson(response, wire(pod));
		if (resource === 'namespaces') return sendJson(response, {kind: 'Namespace'});
		const found = (objects.get(resource) ?? []).filter((object) => namespace === undefined || object.namespace === namespace);
		if (name === undefined && objects.has(resource)) {
			const wanted = url.searchParams.get('fieldSelector')?.replace('metadata.name=', '');
			return sendJson(response, {
				kind: 'List',
				metadata: {},
				items: found.filter((object) => object.name === wanted).map(({body}) => body),
			});
		}
		const object = found.find((one) => one.name === name);
		return object ? sendJson(response, object.body) : sendStatus(response, 404, `${resource} "${name}" not found`);
	}

	const server = createServer(answer);
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	function startRun(container: FakeContainer): FakeRun {
		const run: FakeRun = {id: `containerd://${++ids}`, startedAt: begin + Math.floor(ticks / 1000), lines: [], followers: new Set()};
		container.runs.push(run);
		return run;
	}

	const runOf = (pod: FakePod, container = 'app'): FakeRun => {
		const run = pod.containers.find(({name}) => name === container)?.runs.at(-1);
		if (!run) throw new Error('it never started');
		return run;
	};

	function endRun(pod: FakePod, {container = 'app', drop = false, reason = 'Error'}): void {
		const run = runOf(pod, container);
		run.exit = {reason, at: begin + Math.floor(ticks / 1000)};
		for (const response of run.followers) {
			if (drop) response.socket?.resetAndDestroy();
			else response.end();
		}
	}

	return {
		url,
		kubeconfig: writeKubeconfig(kubeconfigText(url)),
		requests,
		runOf,
		/** Answers itself where it returns true. */
		intercept(next: typeof intercept) {
			intercept = next;
		},
		/** Text without a line break that logs end with. */
		endWith(text: string) {
			rest = text;
		},
		logRequests: () => requests.filter(({pathname}) => pathname.endsWith('/log')),
		addObject(resource: string, object: {readonly name: string; readonly namespace?: string; readonly body?: object}) {
			const {namespace = 'shop', name, body = {}} = object;
			const whole = {metadata: {name, namespace}, ...body};
			objects.set(resource, [...(objects.get(resource) ?? []), {namespace, name, body: whole}]);
		},
		addPod(
			name: string,
			options: {
				readonly namespace?: string;
				readonly labels?: Record<string, string>;
				readonly owner?: FakePod['owner'];
				readonly containers?: readonly string[];
				readonly init?: readonly string[];
				readonly waiting?: boolean;
			} = {},
		): FakePod {
			const {namespace = 'shop', labels = {}, owner, containers = ['app'], init = [], waiting = false} = options;
			const container =
				(kind: FakeContainer['kind']) =>
				(of: string): FakeContainer => ({name: of, kind, runs: []});
			const pod: FakePod = {
				name,
				namespace,
				uid: `uid-${++ids}`,
				createdAt: begin + Math.floor(ticks / 1000),
				labels,
				owner,
				containers: [...init.map(container('init')), ...containers.map(container('main'))],
				leaving: false,
			};
			if (!waiting) for (const one of pod.containers) startRun(one);
			pods.set(`${namespace}/${name}`, pod);
			tell('ADDED', pod);
			return pod;
		},
		/** Each line at the given time, or a millisecond after the one before; milliseconds since `begin`, with a fraction. */
		log(pod: FakePod, lines: readonly string[], {container = 'app', at}: {readonly container?: string; readonly at?: number} = {}): void {
			const run = runOf(pod, container);
			for (const bytes of lines) {
				if (at === undefined) ticks++;
				else ticks = at;
				const line = {second: begin + Math.floor(ticks / 1000), nanos: Math.round((ticks % 1000) * 1e6), bytes};
				run.lines.push(line);
				for (const response of run.followers) response.write(`${stamp(line)} ${bytes}\n`);
			}
		},
		/** The followers of that log: `eof` and `reset` end them, `half` after half of a next line, which is in the log. */
		cut(pod: FakePod, how: 'eof' | 'reset' | 'half', container = 'app'): void {
			const run = runOf(pod, container);
			for (const response of run.followers) {
				run.followers.delete(response);
				if (how === 'eof') response.end();
				else if (how === 'reset') response.socket?.resetAndDestroy();
				else response.write('2026-11-20T08:00:09.000000001Z ha', () => response.destroy());
			}
		},
		/** The log's file begins anew: what was in it is gone. */
		rotate(pod: FakePod, container = 'app'): void {
			runOf(pod, container).lines = [];
		},
		exit(pod: FakePod, options: {readonly container?: string; readonly drop?: boolean; readonly reason?: string} = {}): void {
			endRun(pod, options);
			tell('MODIFIED', pod);
		},
		start(pod: FakePod, name = 'app'): void {
			const container = pod.containers.find((one) => one.name === name);
			if (container) startRun(container);
			tell('MODIFIED', pod);
		},
		/** Exits and starts again before anybody hears of it. */
		restart(
			pod: FakePod,
			{drop = false, times = 1, last = []}: {readonly drop?: boolean; readonly times?: number; readonly last?: readonly string[]} = {},
		): void {
			const [container] = pod.containers;
			if (!container) return;
			for (let time = 0; time < times; time++) {
				if (time === 0 && drop) this.cut(pod, 'reset');
				this.log(pod, last);
				endRun(pod, {drop});
				ticks += 2000;
				startRun(container);
			}
			tell('MODIFIED', pod);
		},
		relabel(pod: FakePod, labels: Record<string, string>): void {
			tell('DELETED', pod);
			pod.labels = labels;
		},
		remove(pod: FakePod, {drop = false, silently = false}: {readonly drop?: boolean; readonly silently?: boolean} = {}): void {
			pod.leaving = !drop;
			for (const container of pod.containers) endRun(pod, {container: container.name, drop});
			pods.delete(`${pod.namespace}/${pod.name}`);
			if (!silently) tell('DELETED', pod);
		},
		endWatches(): void {
			for (const {response} of watchers) response.end();
		},
		async [Symbol.asyncDispose]() {
			server.closeAllConnections();
			await new Promise((resolve) => {
				server.close(resolve);
			});
		},
	};
}

export type LogCluster = Awaited<ReturnType<typeof startLogCluster>>;
