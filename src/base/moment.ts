/** A time as a person types it: `08:33`, `08:33:04`, `2026-11-20T08:33`, `10m ago`. Pure. */

/** What a typed time is told by. */
export interface Moments {
	/** Epoch milliseconds that `ago` counts from; NaN where there is no such moment, and only a full date is a time. */
	readonly now: number;
	/** Epoch milliseconds that a time of day is looked for at. */
	readonly near: number;
	/** Whether a time without a zone is in UTC, and not local. */
	readonly utc: boolean;
}

/** Where no one looks on: a time of day or `ago` is told by nothing. */
export const noMoments: Moments = {now: Number.NaN, near: Number.NaN, utc: false};

const units: Readonly<Record<string, number>> = {s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};
const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,3})?)?(z?)$/i;
const ago = /^-?(\d+(?:\.\d+)?)\s*([smhd])[a-z]*(?:\s+ago)?$/i;
const full = /^\d{4}-\d{2}-\d{2}(?:[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * Epoch milliseconds, or one sentence. A time of day is the last such time at or before `near`; it is local, but in UTC
 * where `utc` is set or a `Z` follows. `ago` counts from `now`.
 */
export function parseMoment(typed: string, {now, near, utc}: Moments): number | {readonly problem: string} {
	const text = typed.trim();
	const past = ago.exec(text);
	if (past) return now - Number(past[1]) * (units[(past[2] ?? '').toLowerCase()] ?? 0);
	const time = clock.exec(text);
	if (time) {
		const [hours, minutes, seconds] = [Number(time[1]), Number(time[2]), Number(time[3] ?? 0)];
		if (hours > 23 || minutes > 59 || seconds > 59) return {problem: `there is no time ${text}`};
		const ms = Math.round(Number(`0${time[4] ?? ''}`) * 1000);
		const date = new Date(near);
		const inUtc = utc || time[5] !== '';
		const set = () => (inUtc ? date.setUTCHours(hours, minutes, seconds, ms) : date.setHours(hours, minutes, seconds, ms));
		if (set() > near) {
			date.setUTCDate(date.getUTCDate() - 1);
			set();
		}
		return date.getTime();
	}
	if (full.test(text)) {
		const zoned = /(?:z|[+-]\d{2}:?\d{2})$/i.test(text.slice(11));
		const at = Date.parse(`${text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T')}${!zoned && utc ? 'Z' : ''}`);
		if (!Number.isNaN(at)) return at;
	}
	return {problem: 'a time reads 08:33, 08:33:04, 2026-11-20T08:33 or 10m ago'};
}

const halfDay = 43_200_000;

/** As `parseMoment`, but a time of day is the one nearest to `near`, before it or after: the end of a range may still lie ahead. */
export function parseNearestMoment(typed: string, moments: Moments): number | {readonly problem: string} {
	return parseMoment(typed, {...moments, near: moments.near + halfDay});
}
