/** JSON over HTTP for the sources without an SDK: one place where every way to fail gets its sentence. */
import type * as z from 'zod';
import type {Clock} from '../../ports/clock.ts';
import {redact, secretsOf} from '../../base/redact.ts';
import {SourceError} from '../../base/source-error.ts';
import {explainNetworkError} from './network-error.ts';
import {bodyProblem, explainStatus} from './request-errors.ts';
import type {Credential} from '../machine/secrets.ts';

export interface JsonClientOptions {
	/** Who is asked, as a person says it: `Sentry`. */
	readonly source: string;
	/** Base address; a path in it is kept, `user:password@` in it becomes basic authentication. */
	readonly url: string;
	readonly clock: Clock;
	/** Sent as `Authorization: Bearer`, or by the scheme that is named. */
	readonly credential?: Credential;
	readonly scheme?: 'Bearer' | 'Basic';
	readonly headers?: Readonly<Record<string, string>>;
	/** What a 403 lacks, as advice: `The token needs the scope event:read`. */
	readonly permission: string;
	/** For the whole answer; 10 s by default. */
	readonly timeoutMs?: number;
}

export type Query = readonly (readonly [name: string, value: string])[];

export interface JsonClient {
	/** Base address without credentials, without a final slash; for links. */
	readonly url: string;
	/**
	 * Reads `path` below the base address and validates what comes.
	 * @throws SourceError for every failure; the signal's reason when aborted
	 */
	readonly get: <T>(
		path: string,
		options: {readonly query?: Query; readonly schema: z.ZodType<T>; readonly signal: AbortSignal},
	) => Promise<{readonly data: T; readonly headers: Headers}>;
}

const maxBodyBytes = 32 * 1024 * 1024;
const maxRedirects = 5;

/** Makes the client; nothing is sent and no secret is read before the first `get`. */
export function createJsonClient(options: JsonClientOptions): JsonClient {
	const {source, clock, credential, scheme = 'Bearer', timeoutMs = 10_000} = options;
	const {base, basic} = splitCredentials(options.url);
	const host = new URL(base).host;

	const headers = async (): Promise<Record<string, string>> => ({
		accept: 'application/json',
		'user-agent': 'rounds',
		...(basic === undefined ? {} : {authorization: basic}),
		...options.headers,
		...(credential ? {authorization: `${scheme} ${await credential.value()}`} : {}),
	});

	const get: JsonClient['get'] = async (path, {query = [], schema, signal}) => {
		signal.throwIfAborted();
		const sent = await headers();
		const limit = AbortSignal.timeout(timeoutMs);
		const url = new URL(`${base}/${path.replace(/^\//, '')}`);
		for (const [name, value] of query) url.searchParams.append(name, value);
		let response: Response;
		let body: string;
		try {
			response = await follow(url, {headers: sent, signal: AbortSignal.any([signal, limit]), source});
			body = await readBody(response);
		} catch (error) {
			signal.throwIfAborted();
			if (error instanceof SourceError) throw error;
			if (limit.aborted) {
				throw new SourceError({
					source,
					kind: 'timeout',
					message: `${source} at ${host} did not answer within ${timeoutMs / 1000} s`,
					advice: 'Try again. If it stays slow, check the server itself.',
				});
			}
			const failure = explainNetworkError(error);
			if (!failure) throw error;
			throw new SourceError({
				source,
				kind: failure.kind,
				message: `${source}: ${host} ${failure.problem}`,
				advice: failure.advice,
				cause: error,
			});
		}
		if (!response.ok) {
			throw explainStatus({
				source,
				host,
				path: url.pathname,
				status: response.status,
				headers: response.headers,
				// A server that echoes the request must not put the credential into our error.
				body: redact(body, secretsOf(sent)),
				now: clock.now(),
				credential: credential?.name,
				permission: options.permission,
			});
		}
		const problem = bodyProblem(body, response.headers);
		if (problem)
			throw new SourceError({source, kind: 'bad-response', message: `${source} at ${host} ${problem.text}`, advice: problem.advice});
		const parsed = schema.safeParse(JSON.parse(body));
		if (parsed.success) return {data: parsed.data, headers: response.headers};
		const issue = parsed.error.issues[0];
		const field = issue && issue.path.length > 0 ? issue.path.map(String).join('.') : 'the whole answer';
		throw new SourceError({
			source,
			kind: 'bad-response',
			message: `${source} at ${host} answered in an unexpected shape: ${field}: ${issue?.message ?? 'invalid'}`,
			advice: 'Check that the address is the right service and a version that this program knows',
		});
	};
	return {url: base, get};
}

/** fetch refuses addresses with a password in them, and an error must not show it. */
export function splitCredentials(address: string): {readonly base: string; readonly basic?: string} {
	const url = new URL(address);
	const {username, password} = url;
	url.username = '';
	url.password = '';
	url.search = '';
	url.hash = '';
	const base = url.href.replace(/\/+$/, '');
	if (!username && !password) return {base};
	const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
	return {base, basic: `Basic ${Buffer.from(pair).toString('base64')}`};
}

/**
 * Follows redirects on the same host only: a credential must not travel to another one, and a redirect to
 * another one is nearly always a log-in page.
 */
async function follow(
	start: URL,
	options: {readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal; readonly source: string},
): Promise<Response> {
	let url = start;
	for (let hops = 0; hops <= maxRedirects; hops++) {
		const response = await fetch(url, {headers: options.headers, signal: options.signal, redirect: 'manual'});
		const location = response.headers.get('location');
		if (response.status < 300 || response.status > 399 || location === null) return response;
		await response.body?.cancel();
		const next = new URL(location, url);
		if (next.hostname !== url.hostname || (url.protocol === 'https:' && next.protocol !== 'https:')) {
			throw new SourceError({
				source: options.source,
				kind: 'bad-response',
				message: `${options.source} at ${url.host} sends us on to ${next.protocol}//${next.host} instead of answering`,
				advice: 'Set url to the address of the API itself. A log-in proxy in between needs a token.',
			});
		}
		url = next;
	}
	throw new SourceError({
		source: options.source,
		kind: 'bad-response',
		message: `${options.source} at ${start.host} redirects in a circle`,
		advice: 'Check the url',
	});
}

/** Reads at most 32 MiB, so that a wrong address (a download, an endless stream) cannot fill the memory. */
export async function readBody(response: Response): Promise<string> {
	if (!response.body) return '';
	const decoder = new TextDecoder();
	let text = '';
	let bytes = 0;
	for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
		bytes += chunk.byteLength;
		if (bytes > maxBodyBytes) break;
		text += decoder.decode(chunk, {stream: true});
	}
	return text + decoder.decode();
}
