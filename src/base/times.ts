/** Times and spans as reports, file names and the ops log write them. Pure. */

export interface Stamp {
	/** Epoch milliseconds. */
	readonly at: number;
	/** Minutes east of UTC. */
	readonly offsetMinutes: number;
}

const minute = 60_000;

const two = (value: number) => String(value).padStart(2, '0');

/** Minutes east of UTC that the zone (IANA; the machine's by default) keeps at that moment. */
export function offsetMinutesAt(at: number, timeZone?: string): number {
	// The machine's own zone needs no formatter, which takes ten milliseconds to make.
	if (timeZone === undefined) return -new Date(at).getTimezoneOffset() || 0;
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

/** `08:42`: the time of day in the zone. */
export function clockTimeOf(at: number, timeZone?: string): string {
	return new Date(at + offsetMinutesAt(at, timeZone) * minute).toISOString().slice(-13, -8);
}

/** `2026-11-20 08:42 +01:00`. */
export function formatStamp({at, offsetMinutes}: Stamp): string {
	const iso = new Date(at + offsetMinutes * minute).toISOString();
	const offset = Math.abs(offsetMinutes);
	return `${iso.slice(0, -14)} ${iso.slice(-13, -8)} ${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(offset / 60))}:${two(offset % 60)}`;
}

/** The number that two digits write; NaN where one is no digit. */
function twoDigits(text: string, at: number): number {
	const tens = text.charCodeAt(at) - 48;
	const ones = text.charCodeAt(at + 1) - 48;
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function daysIn(year: number, month: number): number {
	if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Date.UTC, which takes the years before 100 for those of the last century. */
function epoch(year: number, month: number, day: number): number {
	return year < 100 ? new Date(0).setUTCFullYear(year, month, day) : Date.UTC(year, month, day);
}

const [blank, plus, hyphen, colon] = [0x20, 0x2b, 0x2d, 0x3a];

/** True where the marks of a stamp stand between its figures. */
function isMarked(text: string): boolean {
	return (
		text.length === 23 &&
		text.charCodeAt(4) === hyphen &&
		text.charCodeAt(7) === hyphen &&
		text.charCodeAt(10) === blank &&
		text.charCodeAt(13) === colon &&
		text.charCodeAt(16) === blank &&
		text.charCodeAt(20) === colon
	);
}

/** Undefined where it is no such stamp, or no day of any calendar. Reads digit by digit: a log holds thousands. */
export function parseStamp(text: string): Stamp | undefined {
	if (!isMarked(text)) return undefined;
	const mark = text.charCodeAt(17);
	const sign = mark === hyphen ? -1 : mark === plus ? 1 : Number.NaN;
	const offsetMinutes = (twoDigits(text, 18) * 60 + twoDigits(text, 21)) * sign;
	const month = twoDigits(text, 5);
	const day = twoDigits(text, 8);
	const hour = twoDigits(text, 11);
	const minutes = twoDigits(text, 14);
	if (Number.isNaN(offsetMinutes) || twoDigits(text, 21) > 59) return undefined;
	const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
	// What is no number fails every comparison.
	if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && hour <= 23 && minutes <= 59)) return undefined;
	const local = epoch(year, month - 1, day) + (hour * 60 + minutes) * minute;
	// `-00:00` would be written back as `+00:00`.
	return {at: local - offsetMinutes * minute, offsetMinutes: offsetMinutes || 0};
}

/** `45s`, `6m12s`, `1h02m05s`. */
export function formatSpan(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
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

const unitMs = {ms: 1, s: 1000, m: minute, h: 60 * minute, d: 1440 * minute} as const;

export const durationPattern = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** `90s`, `15m`, `36h`, `7d` as milliseconds; undefined where it is no duration. */
export function parseDuration(text: string): number | undefined {
	const match = durationPattern.exec(text);
	return match ? Number(match[1]) * unitMs[match[2] as keyof typeof unitMs] : undefined;
}
