/** Asking an address once. */

export interface HttpAnswer {
	readonly url: string;
	/** Status code; absent where no one answered. */
	readonly status?: number | undefined;
	readonly latencyMs: number;
	/** At most 64 KiB of the body, decoded as UTF-8. */
	readonly body?: string | undefined;
	readonly contentType?: string;
	/** Days until the TLS certificate ends; absent for plain HTTP. */
	readonly certificateDaysLeft?: number | undefined;
	/** One sentence where no answer came: refused, timed out, name not found, certificate wrong. */
	readonly error?: string;
}

export interface HttpProbe {
	/** Never throws for a bad answer: the answer is the data. */
	readonly get: (
		url: string,
		options: {readonly timeoutMs: number; readonly headers?: Readonly<Record<string, string>>; readonly signal: AbortSignal},
	) => Promise<HttpAnswer>;
}
