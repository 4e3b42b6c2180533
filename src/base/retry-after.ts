/** The one reading of how long a server asks us to wait. */

/** An HTTP date in any of its three forms begins with the day of the week. */
const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /;
/** A longer wait is not waited for in one go: a timer takes at most 24 days, and the program is left sooner. */
const longestMs = 24 * 3_600_000;

const bounded = (ms: number) => Math.min(Math.max(0, Math.ceil(ms)), longestMs);

/** The value of Retry-After, seconds or an HTTP date, as milliseconds from `now`; undefined if it is neither. */
export function retryAfterMs(value: string | number | null | undefined, now: number): number | undefined {
	const text = String(value ?? '').trim();
	if (/^\d+(\.\d+)?$/.test(text)) return bounded(Number(text) * 1000);
	if (!httpDate.test(text)) return undefined;
	// The form of C's asctime names no zone and means GMT.
	const date = Date.parse(/ (GMT|UTC|Z|[+-]\d{4})$/.test(text) ? text : `${text} GMT`);
	return Number.isNaN(date) ? undefined : bounded(date - now);
}

/** The wait that an answer asks for: Retry-After, else Sentry's reset time (epoch seconds) if no request remains. */
export function waitAskedFor(headers: Headers, now: number): number | undefined {
	const wait = retryAfterMs(headers.get('retry-after'), now);
	if (wait !== undefined) return wait;
	const reset = headers.get('x-sentry-rate-limit-reset');
	const remaining = headers.get('x-sentry-rate-limit-remaining');
	if (reset === null || !/^\d+$/.test(reset) || Number(remaining ?? 0) > 0) return undefined;
	return bounded(Number(reset) * 1000 - now);
}
