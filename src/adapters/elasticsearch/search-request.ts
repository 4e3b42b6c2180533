/** Searches as Elasticsearch and OpenSearch take them: JSON sent by POST. Reads only: what is sent is the query. */
import type * as z from 'zod';
import type {Clock} from '../../ports/clock.ts';
import {redact, secretsOf} from '../../base/redact.ts';
import {SourceError} from '../../base/source-error.ts';
import {explainNetworkError} from '../http/network-error.ts';
import {bodyProblem, explainStatus} from '../http/request-errors.ts';
import type {Credential} from '../machine/secrets.ts';

export interface SearchClientOptions {
	readonly source: string;
	/** Base address; `user:password@` in it becomes basic authentication. */
	readonly url: string;
	readonly clock: Clock;
	readonly credential?: Credential;
	/** How the credential is sent: `ApiKey` for the keys that Kibana makes, else `Bearer`. */
	readonly scheme: 'ApiKey' | 'Bearer';
	readonly headers?: Readonly<Record<string, string>>;
	readonly permission: string;
	/** For the whole answer, milliseconds; 10 s by default. */
	readonly timeoutMs?: number;
}

export interface SearchClient {
	/** Base address without credentials, without a final slash. */
	readonly url: string;
	/**
	 * Sends `body` to `path` below the base address and validates the answer.
	 * @throws SourceError for every failure; the signal's reason when aborted
	 */
	readonly search: <T>(
		path: string,
		options: {readonly body: unknown; readonly schema: z.ZodType<T>; readonly signal: AbortSignal},
	) => Promise<T>;
}

const mostBytes = 64 * 1024 * 1024;

/** Makes the client; nothing is sent and no secret is read before the first search. */
export function createSearchClient(options: SearchClientOptions): SearchClient {
	const {source, clock, credential, timeoutMs = 10_000} = options;
	const address = new URL(options.url);
	const {username, password, host} = address;
	const base = `${address.protocol}//${host}${address.pathname.replace(/\/+$/, '')}`;
	const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
	const authorization = async () => {
		if (credential) return `${options.scheme} ${await credential.value()}`;
		return username || password ? `Basic ${Buffer.from(pair).toString('base64')}` : undefined;
	};
	const failed = (kind: SourceError['kind'], problem: string, advice: string, cause?: unknown) =>
		new SourceError({source, kind, message: `${source} at ${host} ${problem}`, advice, cause});

	const send = async (url: URL, sent: {readonly headers: Record<string, string>; readonly body: string; readonly signal: AbortSignal}) => {
		const limit = AbortSignal.timeout(timeoutMs);
		try {
			const signal = AbortSignal.any([sent.signal, limit]);
			const response = await fetch(url, {method: 'POST', headers: sent.headers, body: sent.body, signal, redirect: 'manual'});
			return {response, text: await readBody(response)};
		} catch (error) {
			sent.signal.throwIfAborted();
			if (limit.aborted)
				throw failed('timeout', `did not answer within ${timeoutMs / 1000} s`, 'Ask for less, or look at the server itself');
			const failure = explainNetworkError(error);
			if (!failure) throw error;
			throw failed(failure.kind, failure.problem, failure.advice, error);
		}
	};

	return {
		url: base,
		async search(path, {body, schema, signal}) {
			signal.throwIfAborted();
			const authorized = await authorization();
			const url = new URL(`${base}/${path}`);
			const headers = {
				accept: 'application/json',
				'content-type': 'application/json',
				'user-agent': 'rounds',
				...options.headers,
				...(authorized === undefined ? {} : {authorization: authorized}),
			};
			const {response, text} = await send(url, {headers, body: JSON.stringify(body), signal});
			if (response.status >= 300 && response.status < 400) {
				throw failed(
					'bad-response',
					`sends us on (${response.status}) instead of answering`,
					'Set the url to the address that answers the API itself',
				);
			}
			if (!response.ok) {
				const said = reasonIn(text);
				const told = said === undefined ? text : JSON.stringify({message: said});
				throw explainStatus({
					source,
					host,
					path: url.pathname,
					status: response.status,
					headers: response.headers,
					body: redact(told, secretsOf(headers)),
					now: clock.now(),
					credential: credential?.name,
					permission: options.permission,
				});
			}
			const problem = bodyProblem(text, response.headers);
			if (problem) throw failed('bad-response', problem.text, problem.advice);
			const parsed = schema.safeParse(JSON.parse(text));
			if (parsed.success) return parsed.data;
			const issue = parsed.error.issues[0];
			throw failed(
				'bad-response',
				`answered in an unexpected shape: ${issue?.path.map(String).join('.') || 'the whole answer'}: ${issue?.message ?? 'invalid'}`,
				'Check that the address is Elasticsearch or OpenSearch',
			);
		},
	};
}

async function readBody(response: Response): Promise<string> {
	const parts: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
		bytes += chunk.byteLength;
		if (bytes > mostBytes) break;
		parts.push(chunk);
	}
	return new TextDecoder().decode(Buffer.concat(parts));
}

/** What was wrong, from the error's innermost cause: the outer one says `all shards failed`. */
function reasonIn(body: string): string | undefined {
	try {
		const {error} = JSON.parse(body) as {error?: unknown};
		return typeof error === 'object' && error !== null ? innermost(error as Readonly<Record<string, unknown>>, 0) : undefined;
	} catch {
		return undefined;
	}
}

function innermost(error: Readonly<Record<string, unknown>>, depth: number): string | undefined {
	const inner = [error['caused_by'], first(error['failed_shards'], 'reason'), first(error['root_cause'])].find(
		(each) => typeof each === 'object' && each !== null,
	) as Readonly<Record<string, unknown>> | undefined;
	const below = inner && depth < 5 ? innermost(inner, depth + 1) : undefined;
	return below ?? (typeof error['reason'] === 'string' ? error['reason'] : undefined);
}

function first(list: unknown, key?: string): unknown {
	const item: unknown = Array.isArray(list) ? list[0] : undefined;
	return key === undefined || typeof item !== 'object' || item === null ? item : (item as Readonly<Record<string, unknown>>)[key];
}
