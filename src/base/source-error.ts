/** Why a source could not be read; each kind has its own advice on the screen and in `doctor`. */
export type SourceErrorKind =
	| 'not-configured'
	| 'missing-credential'
	| 'unauthorized'
	| 'forbidden'
	| 'not-found'
	| 'rate-limited'
	| 'timeout'
	| 'unreachable'
	| 'bad-response'
	| 'server-error'
	| 'bad-request';

export interface SourceErrorDetails {
	/** Who failed, as a person says it: `Sentry`, `Stripe`, `Kubernetes (eu-1)`. */
	readonly source: string;
	readonly kind: SourceErrorKind;
	/** One clear sentence without a final full stop; never holds a secret. */
	readonly message: string;
	/** What the operator can do about it, in one sentence. */
	readonly advice?: string;
	/** What the server asked us to wait (Retry-After and its like), in milliseconds. */
	readonly retryAfterMs?: number | undefined;
	readonly cause?: unknown;
}

/** The only error an adapter throws on purpose. Anything else is a bug and is reported as one. */
export class SourceError extends Error {
	readonly source: string;
	readonly kind: SourceErrorKind;
	readonly advice: string | undefined;
	readonly retryAfterMs: number | undefined;

	constructor(details: SourceErrorDetails) {
		super(details.message, {cause: details.cause});
		this.name = 'SourceError';
		this.source = details.source;
		this.kind = details.kind;
		this.advice = details.advice;
		this.retryAfterMs = details.retryAfterMs;
	}

	/** True where asking again soon can help; a missing permission does not fix itself. */
	get passing(): boolean {
		return ['rate-limited', 'timeout', 'unreachable', 'bad-response', 'server-error'].includes(this.kind);
	}
}
