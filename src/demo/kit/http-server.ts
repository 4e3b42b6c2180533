/**
 * What every server of the simulated company is made of: a loopback server on a free port, a handler that gets the
 * request ready parsed, JSON answers, a bearer check that lets each vendor answer 401 in its own words.
 */
import {createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse} from 'node:http';
import {createServer as createSecureServer} from 'node:https';
import type {AddressInfo, Socket} from 'node:net';
import type {DemoServer} from './world.ts';

export interface DemoRequest {
	readonly method: string;
	/** Path without query, still percent-encoded. */
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: IncomingHttpHeaders;
	/** The whole body as UTF-8; at most 1 MiB is read. */
	readonly body: () => Promise<string>;
	/** The same, as bytes. */
	readonly bytes: () => Promise<Buffer>;
	readonly raw: IncomingMessage;
}

export type Handler = (request: DemoRequest, response: ServerResponse) => void | Promise<void>;

const bodyLimit = 1024 * 1024;

const readBody = async (raw: IncomingMessage): Promise<Buffer> => {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of raw as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > bodyLimit) {
			throw new Error('The request body is larger than 1 MiB');
		}
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
};

const parseRequest = (raw: IncomingMessage): DemoRequest => {
	const target = raw.url ?? '/';
	const mark = target.indexOf('?');
	let read: Promise<Buffer> | undefined;
	const bytes = (): Promise<Buffer> => (read ??= readBody(raw));
	return {
		method: raw.method ?? 'GET',
		path: mark === -1 ? target : target.slice(0, mark),
		query: new URLSearchParams(mark === -1 ? '' : target.slice(mark + 1)),
		headers: raw.headers,
		body: async () => (await bytes()).toString('utf8'),
		bytes,
		raw,
	};
};

/** Answers with JSON and a Content-Length; a string body is sent as it is, already serialised. */
export const sendJson = (
	response: ServerResponse,
	status: number,
	body: unknown,
	headers: Readonly<Record<string, string | readonly string[]>> = {},
): void => {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	response.statusCode = status;
	response.setHeader('Content-Type', 'application/json');
	response.setHeader('Content-Length', Buffer.byteLength(text));
	for (const [name, value] of Object.entries(headers)) {
		response.setHeader(name, value);
	}
	response.end(text);
};

/** A signal that aborts when the caller has its answer or has gone: for sleeps and streams inside a handler. */
export const goneSignal = (response: ServerResponse): AbortSignal => {
	const controller = new AbortController();
	const abort = () => controller.abort(new Error('The caller has gone'));
	if (response.destroyed || response.writableFinished) {
		abort();
	} else {
		response.once('close', abort);
	}
	return controller.signal;
};

/** Lets a request through only with `Authorization: Bearer TOKEN`; `unauthorized` answers 401 in the vendor's shape. */
export const requireBearer =
	(options: {readonly token: string; readonly unauthorized: Handler; readonly handler: Handler}): Handler =>
	(request, response) =>
		request.headers.authorization === `Bearer ${options.token}`
			? options.handler(request, response)
			: options.unauthorized(request, response);

/** A server that can be as good as gone for a while. */
export interface RunningServer extends DemoServer {
	/** Drops every connection and refuses new ones. */
	readonly shut: () => Promise<void>;
	/** Listens on the same port again. */
	readonly reopen: () => Promise<void>;
}

const listen = async (server: ReturnType<typeof createServer>, port = 0): Promise<AddressInfo> => {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => {
			server.off('error', reject);
			resolve();
		});
	});
	return server.address() as AddressInfo;
};

/**
 * Starts a server on 127.0.0.1 on a free port; with `tls` (key and certificate in PEM) its URL is https. A handler that throws gets 500, or its connection cut where the head
 * is out already. `close` ends open streams at once instead of waiting for them.
 */
export const startServer = async (
	handler: Handler,
	options: {readonly tls?: {readonly key: string; readonly cert: string}} = {},
): Promise<RunningServer> => {
	const sockets = new Set<Socket>();
	const listener = (raw: IncomingMessage, response: ServerResponse): void => {
		const fail = (error: unknown) => {
			if (response.headersSent || response.destroyed) {
				response.destroy();
			} else {
				sendJson(response, 500, {message: error instanceof Error ? error.message : String(error)});
			}
		};
		Promise.resolve()
			.then(() => handler(parseRequest(raw), response))
			.catch(fail);
	};
	const server = options.tls ? createSecureServer({...options.tls}, listener) : createServer(listener);
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	const {port} = await listen(server);
	const shut = async (): Promise<void> => {
		const closed = new Promise<void>((resolve) => {
			server.close(() => resolve());
		});
		for (const socket of sockets) {
			socket.destroy();
		}
		await closed;
	};
	return {
		url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
		shut,
		reopen: async () => {
			await listen(server, port);
		},
		close: shut,
	};
};
