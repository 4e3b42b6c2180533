/**
 * Requests to one cluster with the credential of one context. The vendor's client reads the kubeconfig and signs; the
 * bytes are ours (undici), because its log reader can end the process and its typed lists convert what no one shows.
 */
import type {Readable} from 'node:stream';
import type {KubeConfig} from './client-node.ts';
import type {Dispatcher} from 'undici';
import type {Clock} from '../../../ports/clock.ts';
import {redact, secretsOf} from '../../../base/redact.ts';
import {SourceError} from '../../../base/source-error.ts';
import {type Asked, notJson, statusError, transportError} from './cluster-errors.ts';
import {type KubeconfigOptions, loadKubeconfig} from './kubeconfig.ts';

export interface Request {
	readonly path: string;
	readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
	/** As it follows `not allowed to`: `list pods in namespace checkout-prod`. */
	readonly doing: string;
	readonly signal: AbortSignal;
	/** JSON to POST; GET where absent. */
	readonly body?: unknown;
	/** What the answer must be; `text` for logs. */
	readonly expect?: 'json' | 'text';
	/** The longest silence within the answer, milliseconds; 30 s where absent. */
	readonly silenceMs?: number;
}

export interface Connection {
	readonly context: string;
	/** `Kubernetes (eu-1)`. */
	readonly source: string;
	readonly host: string;
	/** Opens an answer and gives its body, decompressed. Throws SourceError, also for every status that is no success. */
	readonly open: (request: Request) => Promise<Readable>;
	/** The whole answer as text. */
	readonly text: (request: Request) => Promise<string>;
	/** The whole answer parsed; the caller knows its shape. */
	readonly json: <T>(request: Request) => Promise<T>;
	/** Turns what reading a body threw into a SourceError (or the caller's own abort reason). */
	readonly failed: (request: Request, error: unknown) => unknown;
}

/** How long headers and connections are used before the kubeconfig's credential is asked again: tokens rotate. */
const credentialMs = 60_000;
const headersMs = 20_000;

interface Credential {
	readonly headers: Record<string, string>;
	readonly dispatcher: Dispatcher | undefined;
}

function address(server: string, {path, query = {}}: Pick<Request, 'path' | 'query'>): string {
	const parameters = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
	return parameters.size === 0 ? `${server}${path}` : `${server}${path}?${parameters.toString()}`;
}

/** Gives each request its credential, renewed once a minute; connections stay open in between. */
function createCredentials(kubeConfig: KubeConfig, {server, source, clock}: {server: string; source: string; clock: Clock}) {
	let current: Promise<Credential> | undefined;
	let until = 0;

	async function ask(): Promise<Credential> {
		const {RequestContext, HttpMethod} = await import('./client-node.ts');
		const context = new RequestContext(server, HttpMethod.GET);
		try {
			await kubeConfig.applySecurityAuthentication(context);
		} catch (error) {
			const words = error instanceof Error ? error.message.split('\n', 1)[0]?.slice(0, 200) : undefined;
			throw new SourceError({
				source,
				kind: 'unauthorized',
				message: `cannot get credentials from the kubeconfig${words ? `: ${words}` : ''}`,
				advice: 'Log in to the cluster again. `kubectl get pods` uses the same log-in',
				cause: error,
			});
		}
		return {headers: context.getHeaders(), dispatcher: context.getDispatcher()};
	}

	return {
		get(): Promise<Credential> {
			if (current && clock.now() < until) return current;
			const old = current;
			until = clock.now() + credentialMs;
			current = ask();
			// Ends once its last request has; a watch may still be on it.
			void old?.then(({dispatcher}) => dispatcher?.close()).catch(() => {});
			current.catch(() => {
				current = undefined;
			});
			return current;
		},
		forget() {
			until = 0;
		},
	};
}

/** Loopback needs no compression: it would only cost both sides time. */
function isLoopback(server: string): boolean {
	return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(server).hostname);
}

/** Connects to the cluster of a context; asks nothing of it yet. Throws SourceError for the kubeconfig's faults. */
export async function connect({clock, ...options}: KubeconfigOptions & {readonly clock: Clock}): Promise<Connection> {
	// The default export: a bundle of a CommonJS package has no other.
	const [kubeConfig, {default: undici}, zlib] = await Promise.all([loadKubeconfig(options), import('undici'), import('node:zlib')]);
	const context = kubeConfig.getCurrentContext();
	const server = kubeConfig.getCurrentCluster()?.server ?? '';
	const source = `Kubernetes (${context})`;
	if (!URL.canParse(server)) {
		throw new SourceError({source, kind: 'not-found', message: `the kubeconfig's server "${server}" is not an address`});
	}
	const {host} = new URL(server);
	const credentials = createCredentials(kubeConfig, {server, source, clock});
	const encoding: Record<string, string> = isLoopback(server) ? {} : {'accept-encoding': 'gzip'};

	const asked = ({doing}: Request): Asked => ({source, host, doing});
	const failed = (request: Request, error: unknown) => transportError(asked(request), error, {begun: true, signal: request.signal});

	async function answer(request: Request, {headers, dispatcher}: Credential): Promise<Dispatcher.ResponseData> {
		try {
			return await undici.request(address(server, request), {
				method: request.body === undefined ? 'GET' : 'POST',
				headers: {
					accept: request.expect === 'text' ? '*/*' : 'application/json',
					...encoding,
					...(request.body === undefined ? {} : {'content-type': 'application/json'}),
					...headers,
				},
				body: request.body === undefined ? null : JSON.stringify(request.body),
				...(dispatcher ? {dispatcher} : {}),
				signal: request.signal,
				headersTimeout: headersMs,
				bodyTimeout: request.silenceMs ?? 30_000,
			});
		} catch (error) {
			throw transportError(asked(request), error, {begun: false, signal: request.signal});
		}
	}

	async function open(request: Request): Promise<Readable> {
		request.signal.throwIfAborted();
		const credential = await credentials.get();
		const {statusCode: status, headers, body} = await answer(request, credential);
		// Who destroys a body has no use for its error; who reads it gets the error from the reading.
		body.on('error', () => {});
		const contentType = String(headers['content-type'] ?? '');
		const isHtml = contentType.includes('html');
		if (status < 200 || status > 299) {
			if (status === 401) credentials.forget();
			// A server that echoes the request must not put the credential into our error.
			const text = redact(await body.text().catch(() => ''), secretsOf(credential.headers));
			if (isHtml && status !== 401 && status !== 403 && status < 500) throw notJson(asked(request), contentType);
			throw statusError(asked(request), {
				status,
				body: text,
				retryAfter: headers['retry-after'] === undefined ? undefined : String(headers['retry-after']),
				now: clock.now(),
			});
		}
		if (request.expect === 'text' ? isHtml : !contentType.includes('json')) {
			body.destroy();
			throw notJson(asked(request), contentType);
		}
		if (headers['content-encoding'] !== 'gzip') return body;
		const plain = zlib.createGunzip();
		plain.on('error', () => {});
		body.on('error', (error) => plain.destroy(error));
		plain.on('close', () => body.destroy());
		return body.pipe(plain);
	}

	async function text(request: Request): Promise<string> {
		const body = await open(request);
		try {
			const chunks: Buffer[] = [];
			for await (const chunk of body as AsyncIterable<Buffer>) chunks.push(chunk);
			return Buffer.concat(chunks).toString('utf8');
		} catch (error) {
			throw failed(request, error);
		}
	}

	async function json<T>(request: Request): Promise<T> {
		const body = await text(request);
		try {
			return JSON.parse(body) as T;
		} catch (error) {
			throw failed(request, error);
		}
	}

	return {context, source, host, open, text, json, failed};
}
