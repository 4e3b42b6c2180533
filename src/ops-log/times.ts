/** Times and spans as the ops log writes them. Pure. */

export interface Stamp {
	/** Epoch milliseconds. */
	readonly at: number;
	/** Minutes east of UTC. */
	readonly offsetMinutes: number;
}

const minute = 60_000;

/** Minutes east of UTC that the zone (IANA; the machine's by default) keeps at that moment. */
export function offsetMinutesAt(at: number, timeZone?: string): number {
	const name = new Intl.DateTimeFormat('en-US', {timeZone, timeZoneName: 'longOffset'})
		.formatToParts(at)
		.find(({type}) => type === 'timeZoneName')?.value;
	const match = /^GMT([+-])(\d{2}):(\d{2})/.exec(name ?? '');
	return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : 0;
}

/** `2026-11-20`: the calendar day in the zone. */
export function dayOf(at: number, timeZone?: string): string {
	return new Date(at + offsetMinutesAt(at, timeZone) * minute).toISOString().slice(0, 10);
}

/** `2026-11-20 08:42 +01:00`. */
export function formatStamp({at, offsetMinutes}: Stamp): string {
	const iso = new Date(at + offsetMinutes * minute).toISOString();
	const two = (value: number) => String(value).padStart(2, '0');
	const offset = Math.abs(offsetMinutes);
	return `${iso.slice(0, -14)} ${iso.slice(-13, -8)} ${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(offset / 60))}:${two(offset % 60)}`;
}

/** Undefined where it is no such stamp, or no day of any calendar. */
export function parseStamp(text: string): Stamp | undefined {
	const match = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}) ([+-])(\d{2}):([0-5]\d)$/.exec(text);
	if (!match) return undefined;
	const [, year, month, day, hour, minutes, sign, east, eastMinutes] = match;
	const offsetMinutes = (Number(east) * 60 + Number(eastMinutes)) * (sign === '-' ? -1 : 1);
	const date = new Date(0);
	// Date.UTC takes the years before 100 for those of the last century.
	date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
	const local = date.setUTCHours(Number(hour), Number(minutes));
	// `2026-02-30` rolls over into March, 24:00 into the next day.
	const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && date.getUTCMinutes() === Number(minutes);
	if (!isReal) return undefined;
	// `-00:00` would be written back as `+00:00`.
	return {at: local - offsetMinutes * minute, offsetMinutes: offsetMinutes || 0};
}

/** `45s`, `6m12s`, `1h02m05s`. */
export function formatSpan(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	const two = (value: number) => String(value).padStart(2, '0');
	if (seconds < 60) return `${seconds}s`;
	if (seconds < 3600) return `${Math.floor(seconds / 60)}m${two(seconds % 60)}s`;
	return `${Math.floor(seconds / 3600)}h${two(Math.floor(seconds / 60) % 60)}m${two(seconds % 60)}s`;
}

/** Milliseconds; undefined where it is no such span. */
export function parseSpan(text: string): number | undefined {
	const match = /^(?:(\d+)h)?(?:(\d{1,2})m)?(\d{1,2})s$/.exec(text);
	if (!match) return undefined;
	return (Number(match[1] ?? 0) * 3600 + Number(match[2] ?? 0) * 60 + Number(match[3])) * 1000;
}
