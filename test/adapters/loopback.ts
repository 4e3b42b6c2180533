/** A server on a free loopback port whose answers the test decides. */
import {createServer, type IncomingMessage, type RequestListener, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {onTestFinished} from 'vitest';
import type {Clock} from '../../src/ports/clock.ts';
import type {Credential} from '../../src/adapters/machine/secrets.ts';

/** Starts it; it is gone, with its connections, when the test ends. */
export async function loopback(listener: RequestListener): Promise<string> {
	const server = createServer(listener);
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	onTestFinished(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => {
			server.close(resolve);
		});
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The address of a port that no one listens on. */
export async function closedPort(): Promise<string> {
	const server = createServer();
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const {port} = server.address() as AddressInfo;
	await new Promise((resolve) => {
		server.close(resolve);
	});
	return `http://127.0.0.1:${port}`;
}

export function json(
	response: ServerResponse,
	body: unknown,
	options: {readonly status?: number; readonly headers?: Record<string, string>} = {},
): void {
	response.writeHead(options.status ?? 200, {'content-type': 'application/json', ...options.headers});
	response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

export function queryOf(request: IncomingMessage): URLSearchParams {
	return new URL(request.url ?? '/', 'http://loopback').searchParams;
}

export function pathOf(request: IncomingMessage): string {
	return new URL(request.url ?? '/', 'http://loopback').pathname;
}

export const token = 'sntrys_very-secret-token-1234567890';

export const credential: Credential = {name: 'env:THE_TOKEN', value: async () => token};

/** Stands at a given time; every sleep is over at once and written down. */
export function fixedClock(at: number): Clock & {readonly sleeps: number[]} {
	const sleeps: number[] = [];
	return {
		now: () => at,
		async sleep(ms) {
			sleeps.push(ms);
		},
		sleeps,
	};
}

export const never = new AbortController().signal;
