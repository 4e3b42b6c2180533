/** Log servers tell times to the nanosecond; a float of milliseconds cannot hold that, so pages are cut by bigint. */

/** Nanoseconds since the epoch of a time in epoch milliseconds (fractions are kept to the microsecond). */
export function nanosecondsOf(ms: number): bigint {
	const whole = Math.floor(ms);
	return BigInt(whole) * 1_000_000n + BigInt(Math.round((ms - whole) * 1e6));
}

/** Epoch milliseconds with a fraction. */
export function millisecondsOf(ns: bigint): number {
	return Number(ns / 1_000_000n) + Number(ns % 1_000_000n) / 1e6;
}

/** `2026-11-20T08:00:00.123Z`, with nine digits only where three do not say it all. */
export function isoOf(ns: bigint): string {
	const iso = new Date(Number(ns / 1_000_000n)).toISOString();
	const rest = ns % 1_000_000n;
	return rest === 0n ? iso : `${iso.slice(0, -1)}${String(rest).padStart(6, '0')}Z`;
}

/** The reverse of `isoOf`, for any ISO 8601 time with up to nine digits; undefined where the text is none. */
export function fromIso(text: string): bigint | undefined {
	const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)$/.exec(text);
	if (!parts) return undefined;
	const seconds = Date.parse(`${parts[1]}${parts[3]}`);
	if (Number.isNaN(seconds)) return undefined;
	return BigInt(seconds) * 1_000_000n + BigInt((parts[2] ?? '').padEnd(9, '0'));
}
