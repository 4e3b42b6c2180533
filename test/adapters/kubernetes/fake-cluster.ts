/** A loopback server that answers as the test says, and a kubeconfig that points to it. */
import {mkdtempSync, writeFileSync} from 'node:fs';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {kubernetesSources} from '../../../src/adapters/kubernetes/cluster-sources.ts';
import type {WirePod} from '../../../src/adapters/kubernetes/client/wire.ts';
import type {Clock} from '../../../src/ports/clock.ts';

export type Answer = (request: IncomingMessage & {readonly target: URL}, response: ServerResponse) => void;

export const realClock: Clock = {
	now: () => Date.now(),
	sleep: async (ms, signal) => {
		await sleep(ms, undefined, signal ? {signal} : {});
	},
};

/** A clock on which every wait takes a thousandth of what was asked. */
export function hastyClock(): Clock & {readonly waits: number[]} {
	const waits: number[] = [];
	return {
		waits,
		now: () => Date.now(),
		sleep: async (ms, signal) => {
			waits.push(ms);
			await sleep(ms / 1000, undefined, signal ? {signal} : {});
		},
	};
}

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
	response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(body));
}

export function sendStatus(response: ServerResponse, code: number, message: string): void {
	sendJson(response, {kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code}, code);
}

export function podList(items: readonly WirePod[], metadata: {readonly resourceVersion?: string; readonly continue?: string} = {}) {
	return {kind: 'PodList', apiVersion: 'v1', metadata: {resourceVersion: '100', ...metadata}, items};
}

export function kubeconfigText(server: string, {token = 'secret-token'} = {}): string {
	return `apiVersion: v1
kind: Config
current-context: eu-1
clusters:
- {name: eu, cluster: {server: '${server}'}}
users:
- {name: alice, user: {token: ${token}}}
contexts:
- {name: eu-1, context: {cluster: eu, user: alice, namespace: shop}}
- {name: us-1, context: {cluster: eu, user: alice}}
`;
}

export function writeKubeconfig(text: string): string {
	const file = path.join(mkdtempSync(path.join(tmpdir(), 'rounds-kube-')), 'config');
	writeFileSync(file, text);
	return file;
}

export interface FakeCluster extends AsyncDisposable {
	readonly url: string;
	readonly kubeconfig: string;
	/** Path and query of every request so far. */
	readonly requests: URL[];
	/** Replaces what is answered from now on. */
	readonly answer: (answer: Answer) => void;
}

/** Starts one; a path that the test does not answer gets 404. */
export async function startCluster(initial: Answer): Promise<FakeCluster> {
	let answer = initial;
	const requests: URL[] = [];
	const server = createServer((request, response) => {
		const target = new URL(request.url ?? '/', 'http://cluster');
		requests.push(target);
		answer(Object.assign(request, {target}), response);
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url,
		kubeconfig: writeKubeconfig(kubeconfigText(url)),
		requests,
		answer(next) {
			answer = next;
		},
		async [Symbol.asyncDispose]() {
			server.closeAllConnections();
			await new Promise((resolve) => {
				server.close(resolve);
			});
		},
	};
}

/** The sources of namespace shop on that cluster. */
export function sourcesOf(cluster: Pick<FakeCluster, 'kubeconfig'>, options: {readonly selector?: string; readonly clock?: Clock} = {}) {
	return kubernetesSources({kubeconfig: cluster.kubeconfig, namespace: 'shop', clock: realClock, random: () => 0, ...options});
}

export const soon = (): AbortSignal => AbortSignal.timeout(10_000);
