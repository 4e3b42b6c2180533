import type {V1Pod} from '@kubernetes/client-node';
import {onTestFinished} from 'vitest';
import {startServer} from '../../../src/demo/kit/http-server.ts';
import {createKubernetes, type KubernetesOptions} from '../../../src/demo/kubernetes/api/kubernetes-server.ts';
import {createWorld} from '../../../src/demo/kit/story.ts';
import type {ScenarioName, World} from '../../../src/demo/kit/world.ts';
import {createFakeClock, type FakeClock} from '../../helpers/fake-clock.ts';

export const token = 'right-token';
export const tableType = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

export interface Table {
	readonly kind: 'Table';
	readonly columnDefinitions: readonly {readonly name: string; readonly priority: number}[] | null;
	readonly rows: readonly {readonly cells: readonly (string | number)[]; readonly object?: V1Pod}[];
	readonly metadata: {readonly resourceVersion: string};
}

export interface Answer<T> {
	readonly status: number;
	readonly body: T;
}

export interface Stream {
	/** Lines that have come so far. */
	readonly lines: readonly string[];
	/** What has come after the last line break. */
	readonly rest: () => string;
	/** Settles when the server ends the stream; rejects where it is cut. */
	readonly ended: Promise<void>;
	readonly stop: () => void;
}

export interface Served {
	readonly url: string;
	readonly clock: FakeClock;
	readonly world: World;
	readonly request: (path: string, init?: RequestInit) => Promise<Response>;
	readonly get: <T>(path: string, headers?: Readonly<Record<string, string>>) => Promise<Answer<T>>;
	readonly text: (path: string) => Promise<string>;
	readonly stream: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Stream>;
}

/** The simulated API server of a scenario over plain HTTP, with a clock that does not move until told. */
export async function serve(
	scenario: ScenarioName,
	options: Omit<KubernetesOptions, 'token'> & {readonly seed?: number; readonly faultWindowMs?: number} = {},
): Promise<Served> {
	const clock = createFakeClock();
	const {seed, faultWindowMs} = options;
	const world = createWorld({scenario, clock, ...(seed !== undefined && {seed}), ...(faultWindowMs !== undefined && {faultWindowMs})});
	const kubernetes = createKubernetes(world, {token, ...options});
	const server = await startServer(kubernetes.handler);
	onTestFinished(async () => {
		kubernetes.close();
		await server.close();
	});
	const request = (path: string, init: RequestInit = {}) =>
		fetch(server.url + path, {...init, headers: {authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>)}});
	return {
		url: server.url,
		clock,
		world,
		request,
		get: async <T>(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer<T>> => {
			const response = await request(path, {headers});
			return {status: response.status, body: (await response.json()) as T};
		},
		text: async (path) => (await request(path)).text(),
		stream: async (path, headers = {}) => {
			const controller = new AbortController();
			const response = await request(path, {headers, signal: controller.signal});
			const lines: string[] = [];
			let rest = '';
			const read = async () => {
				for await (const chunk of (response.body ?? new ReadableStream<Uint8Array>()).pipeThrough(new TextDecoderStream())) {
					const parts = (rest + chunk).split('\n');
					rest = parts.pop() ?? '';
					lines.push(...parts);
				}
			};
			const ended = read();
			ended.catch(() => undefined);
			return {lines, rest: () => rest, ended, stop: () => controller.abort()};
		},
	};
}
