/** Every HTTP request of the program for the debug log, whoever makes it: Node tells of each on its diagnostics channels. */
import {subscribe} from 'node:diagnostics_channel';
import type {ClientRequest, IncomingMessage} from 'node:http';
import type {DebugLog} from '../../ports/debug-log.ts';

/** As fetch and undici tell of it. */
interface UndiciMessage {
	readonly request: {readonly method: string; readonly origin: string | URL; readonly path: string};
	readonly response?: {readonly statusCode: number};
	readonly error?: unknown;
}

/** As `node:http` tells of it. */
interface HttpMessage {
	readonly request: ClientRequest;
	readonly response?: IncomingMessage;
	readonly error?: unknown;
}

interface Asked {
	readonly method: string;
	readonly address: string;
	/** Of those that run side by side, none follows another's failure. */
	readonly attempt: number;
	readonly startedAt: number;
}

/** A code (`ECONNREFUSED`) says more than the sentence around it. */
function reason(error: unknown): string {
	const code = (error as {readonly code?: unknown} | undefined)?.code;
	return typeof code === 'string' ? code : error instanceof Error ? error.message : String(error);
}

const withoutQuery = (path: string) => path.split('?', 1)[0];

/** Writes each request when its answer begins or when it fails. */
export function logRequests(debug: DebugLog): void {
	const open = new WeakMap<object, Asked>();
	/** Failures in a row by method and address. */
	const failures = new Map<string, number>();

	const keyOf = ({method, address}: Pick<Asked, 'method' | 'address'>) => `${method} ${address}`;
	const begin = (request: object, asked: Pick<Asked, 'method' | 'address'>) =>
		open.set(request, {...asked, attempt: 1 + (failures.get(keyOf(asked)) ?? 0), startedAt: performance.now()});
	const end = (request: object, {status, error}: {readonly status?: number | undefined; readonly error?: unknown}) => {
		const asked = open.get(request);
		// An answer that breaks off has been written when it began.
		if (!asked) return;
		open.delete(request);
		const {method, address, attempt, startedAt} = asked;
		const key = keyOf(asked);
		if (status !== undefined && status < 400) failures.delete(key);
		else failures.set(key, attempt);
		debug.write({
			kind: 'request',
			method,
			address,
			attempt,
			ms: Math.round(performance.now() - startedAt),
			status,
			error: error === undefined ? undefined : reason(error),
		});
	};

	const undici = (name: string, listener: (message: UndiciMessage) => void) =>
		subscribe(`undici:request:${name}`, (message) => listener(message as UndiciMessage));
	undici('create', ({request}) =>
		begin(request, {method: request.method, address: `${new URL(request.origin).host}${withoutQuery(request.path)}`}),
	);
	undici('headers', ({request, response}) => end(request, {status: response?.statusCode}));
	undici('error', ({request, error}) => end(request, {error}));

	const http = (name: string, listener: (message: HttpMessage) => void) =>
		subscribe(`http.client.${name}`, (message) => listener(message as HttpMessage));
	http('request.start', ({request}) =>
		begin(request, {method: request.method, address: `${String(request.getHeader('host'))}${withoutQuery(request.path)}`}),
	);
	http('response.finish', ({request, response}) => end(request, {status: response?.statusCode}));
	http('request.error', ({request, error}) => end(request, {error}));
}
