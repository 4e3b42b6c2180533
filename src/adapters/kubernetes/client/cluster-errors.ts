/** What a cluster's refusal, silence or nonsense means to the operator: one sentence, one advice, never a secret. */
import {retryAfterMs} from '../../../base/retry-after.ts';
import {SourceError, type SourceErrorKind} from '../../../base/source-error.ts';
import type {WireStatus} from './wire.ts';

/** Who was asked for what, for the sentence. */
export interface Asked {
	/** `Kubernetes (eu-1)`. */
	readonly source: string;
	/** Host and port of the cluster. */
	readonly host: string;
	/** As it follows `may not`: `list pods in namespace checkout-prod`. */
	readonly doing: string;
}

const refused = 'Look at the network, the VPN and the server address of the context';
const wrongPlace = 'A proxy or a log-in page may be in front of the cluster. Check the server address of the context.';

function parseStatus(body: string): WireStatus | undefined {
	try {
		const parsed: unknown = JSON.parse(body);
		return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
	} catch {
		return undefined;
	}
}

/** A server's own words on one line, cut where they continue for too long. */
function quote(text: string | undefined): string {
	const line = text?.trim().split('\n', 1)[0] ?? '';
	return line === '' ? '' : `: ${line.length > 200 ? `${line.slice(0, 200)}…` : line}`;
}

function describeStatus(status: number, asked: Asked, words: string): {kind: SourceErrorKind; message: string; advice?: string} {
	if (status === 401)
		return {
			kind: 'unauthorized',
			message: 'the cluster does not accept the credential of this context',
			advice: 'Log in to the cluster again, then `kubectl get pods` shows whether it worked',
		};
	if (status === 403)
		return {
			kind: 'forbidden',
			message: `not allowed to ${asked.doing}`,
			advice: '`rounds rbac` prints the missing role. Check the namespace’s name too.',
		};
	if (status === 404)
		return {
			kind: 'not-found',
			message: `cannot ${asked.doing}: the cluster does not have it${words}`,
			advice: '`rounds doctor` shows which namespace and which resources are there',
		};
	if (status === 410)
		return {
			kind: 'server-error',
			message: `cannot ${asked.doing}: 410 Gone, the resource version expired${words}`,
			advice: 'rounds tries again automatically',
		};
	if (status === 429)
		return {
			kind: 'rate-limited',
			message: `cannot ${asked.doing}: 429 Too Many Requests`,
			advice: 'rounds tries again automatically',
		};
	if (status >= 500)
		return {
			kind: 'server-error',
			message: `cannot ${asked.doing}: the cluster answered ${status}${words}`,
			advice: 'Look at the cluster itself: `kubectl get --raw /readyz?verbose`',
		};
	return {
		kind: 'bad-request',
		message: `cannot ${asked.doing}: the cluster answered ${status}${words}`,
		advice: 'Check the namespace and the selector in rounds.yaml',
	};
}

/** The error of an answer that is no success; `cause` is the server's Status with its code. */
export function statusError(
	asked: Asked,
	answer: {readonly status: number; readonly body: string; readonly retryAfter: string | undefined; readonly now: number},
): SourceError {
	const status = parseStatus(answer.body);
	return new SourceError({
		source: asked.source,
		...describeStatus(answer.status, asked, quote(status?.message)),
		retryAfterMs: retryAfterMs(answer.retryAfter ?? status?.details?.retryAfterSeconds, answer.now),
		cause: {...status, code: answer.status} satisfies WireStatus,
	});
}

/** An answer that is not what Kubernetes sends. */
export function notJson(asked: Asked, contentType: string): SourceError {
	const what = contentType.includes('html') ? 'a web page' : contentType === '' ? 'something without a content type' : contentType;
	return new SourceError({
		source: asked.source,
		kind: 'bad-response',
		message: `${asked.host} answered with ${what} instead of JSON`,
		advice: wrongPlace,
	});
}

/** An answer that stops in the middle or is not what was asked for. */
function brokenOff(asked: Asked, cause: unknown): SourceError {
	return new SourceError({
		source: asked.source,
		kind: 'bad-response',
		message:
			cause instanceof SyntaxError
				? `the answer of ${asked.host} is not Kubernetes JSON, or only a part of it`
				: `the connection to ${asked.host} broke off in the middle of the answer`,
		advice: 'rounds tries again automatically. If this stays, a proxy in between may cut long answers.',
		cause,
	});
}

/** A connection's error code; undici wraps the system's error as its cause. */
function codeOf(error: unknown): string {
	for (let current = error; current instanceof Error; current = current.cause) {
		const {code} = current as {code?: unknown};
		if (typeof code === 'string' && code !== '') return code;
		if (current instanceof AggregateError) return codeOf(current.errors[0]);
	}
	return '';
}

const brokenOffCodes = [
	'UND_ERR_SOCKET',
	'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
	'UND_ERR_ABORTED',
	'ECONNRESET',
	'EPIPE',
	'Z_BUF_ERROR',
	'Z_DATA_ERROR',
];
const timeoutCodes = ['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT'];

/** The error of a connection that failed; `begun` where the answer had begun. Passes SourceErrors and the caller's own abort on. */
export function transportError(
	asked: Asked,
	error: unknown,
	{begun, signal}: {readonly begun: boolean; readonly signal: AbortSignal},
): unknown {
	if (error instanceof SourceError) return error;
	const timedOut = (signal.reason as {name?: unknown} | undefined)?.name === 'TimeoutError';
	if (signal.aborted && !timedOut) return signal.reason;
	const code = codeOf(error);
	const {source, host} = asked;
	if (timedOut || timeoutCodes.includes(code))
		return new SourceError({source, kind: 'timeout', message: `${host} did not answer in time`, advice: refused, cause: error});
	if (error instanceof SyntaxError || (begun && brokenOffCodes.includes(code))) return brokenOff(asked, error);
	const unreachable = (message: string, advice = refused) => new SourceError({source, kind: 'unreachable', message, advice, cause: error});
	if (code === 'ECONNREFUSED') return unreachable(`nothing listens at ${host} (connection refused)`);
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return unreachable(`the name of ${host} cannot be found`);
	if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return unreachable(`there is no route to ${host}`);
	if (brokenOffCodes.includes(code)) return unreachable(`${host} closed the connection without an answer`);
	if (/CERT|SELF_SIGNED|ALTNAME|VERIFY|TLS|SSL/.test(code))
		return unreachable(`the certificate of ${host} is not accepted (${code})`, 'Look at certificate-authority in the kubeconfig');
	return unreachable(`the connection to ${host} failed${quote(error instanceof Error ? error.message : undefined)}`);
}

/** True for 410: what we hold is too old, list again. */
export function isGone(error: unknown): boolean {
	return error instanceof SourceError && (error.cause as WireStatus | undefined)?.code === 410;
}

/** The HTTP status behind an error; undefined where no one answered. */
export function statusCode(error: unknown): number | undefined {
	return error instanceof SourceError ? (error.cause as WireStatus | undefined)?.code : undefined;
}
