/** From an HTTP status or a body that is no JSON to a sentence and what to do. */
import {waitAskedFor} from '../../base/retry-after.ts';
import {SourceError} from '../../base/source-error.ts';

export interface FailedAnswer {
	readonly source: string;
	readonly host: string;
	readonly path: string;
	readonly status: number;
	readonly headers: Headers;
	readonly body: string;
	/** Epoch milliseconds, for dates in Retry-After. */
	readonly now: number;
	/** Where the credential came from (`env:SENTRY_TOKEN`); undefined where none was sent. */
	readonly credential: string | undefined;
	readonly permission: string;
}

/** Makes the SourceError of an answer with a status that is not 2xx. */
export function explainStatus(answer: FailedAnswer): SourceError {
	const {source, host, status} = answer;
	const said = serverSays(answer.body);
	const because = said === undefined ? '' : `: ${said}`;
	const retryAfterMs = waitAskedFor(answer.headers, answer.now);
	const error = (kind: SourceError['kind'], message: string, advice: string) =>
		new SourceError({source, kind, message, advice, ...(retryAfterMs === undefined ? {} : {retryAfterMs})});

	if (status === 401) {
		return answer.credential === undefined
			? error('unauthorized', `${source} at ${host} answered 401 Unauthorized`, `Add a token for ${source} to rounds.yaml`)
			: error(
					'unauthorized',
					`${source} does not accept the credential from ${answer.credential} (401)${because}`,
					`Check that ${answer.credential} holds a token of ${source} that has not expired or been revoked`,
				);
	}
	if (status === 403) return error('forbidden', `${source} does not allow this (403)${because}`, answer.permission);
	if (status === 404) {
		return error(
			'not-found',
			`${source} at ${host} has no ${answer.path} (404)${because}`,
			'Check the url and the names in rounds.yaml. Some services answer 404 if a permission is missing.',
		);
	}
	if (status === 429) {
		const wait = retryAfterMs === undefined ? '' : `; it asks to wait ${Math.ceil(retryAfterMs / 1000)} s`;
		return error('rate-limited', `${source} limits the number of requests (429)${wait}`, 'Wait. Others may be using the same token.');
	}
	if (status === 408 || status === 504) {
		return error('timeout', `${source} at ${host} timed out (${status})${because}`, 'Try again. Check the server itself.');
	}
	if (status >= 500) return error('server-error', `${source} at ${host} failed (${status})${because}`, `Check the status of ${source}`);
	return error('bad-request', `${source} refused the request (${status})${because}`, 'Check the names and the query in rounds.yaml');
}

/** What is wrong with a body that should be JSON; undefined where it parses. */
export function bodyProblem(body: string, headers: Headers): {readonly text: string; readonly advice: string} | undefined {
	const text = body.trimStart();
	if (text === '') return {text: 'sent an empty answer', advice: 'Try again. Check that the address is the API.'};
	if (text.startsWith('<') || headers.get('content-type')?.includes('text/html')) {
		return {
			text: 'answered with a web page instead of JSON',
			advice: 'Check the url: it may be the log-in page of a proxy, or the web interface instead of the API',
		};
	}
	try {
		JSON.parse(text);
		return undefined;
	} catch {
		return {
			text: `sent JSON that breaks off or is invalid (${Buffer.byteLength(body)} bytes)`,
			advice: 'Try again. A proxy in between may cut answers.',
		};
	}
}

/** What is wrong field by field: Jira's `errorMessages` and `errors`, Sentry's lists by the field's name. */
function fieldErrors(value: object): string | undefined {
	const {errorMessages, errors, ...own} = value as Readonly<Record<string, unknown>>;
	const texts = (list: unknown) => (Array.isArray(list) ? list : [list]).filter((each) => typeof each === 'string');
	const named = Object.entries(typeof errors === 'object' && errors !== null ? errors : own);
	const all = [...texts(errorMessages), ...named.flatMap(([field, list]) => texts(list).map((text) => `${field}: ${text}`))];
	return all.length === 0 ? undefined : all.join('; ');
}

/** The server's own words, from the places where APIs put them; one line, at most 200 characters. */
export function serverSays(body: string): string | undefined {
	let value: unknown;
	try {
		value = JSON.parse(body);
	} catch {
		const plain = body.trim();
		// A web page says nothing in one line; a plain sentence does.
		value = plain.startsWith('<') || plain.includes('\n') ? undefined : plain;
	}
	if (typeof value === 'object' && value !== null) {
		const {detail, message, error} = value as Readonly<Record<string, unknown>>;
		const said = [detail, message, error].find((each) => typeof each === 'string');
		value = said ?? (typeof error === 'object' && error !== null ? (error as {message?: unknown}).message : fieldErrors(value));
	}
	if (typeof value !== 'string' || value.trim() === '') return undefined;
	const line = value.replaceAll(/\s+/g, ' ').trim();
	return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
