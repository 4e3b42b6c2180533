/** The time before each line: always the same width in one format, so that nothing moves. Pure. */
import type {TimeFormat} from './tail-session.ts';

/** Columns of the time cell by format. */
export const timeColumns: Readonly<Record<TimeFormat, number>> = {local: 12, utc: 13, relative: 10, none: 0};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const two = (value: number) => (value < 10 ? `0${value}` : String(value));
const three = (value: number) => String(value).padStart(3, '0');

/** `08:33:04.118`, in the machine's zone or in UTC (then with a `Z`). */
export function timeOfDay(at: number, utc = false): string {
	const date = new Date(at);
	if (utc)
		return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}.${three(date.getUTCMilliseconds())}Z`;
	return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${three(date.getMilliseconds())}`;
}

/** `08:33:04` without its milliseconds. */
export function clockTime(at: number, utc = false): string {
	const time = timeOfDay(at, utc);
	return utc ? `${time.slice(0, 8)}Z` : time.slice(0, 8);
}

/** A number that differs where the calendar day does. */
export function dayNumber(at: number, utc = false): number {
	const date = new Date(at);
	return utc
		? date.getUTCFullYear() * 10_000 + date.getUTCMonth() * 100 + date.getUTCDate()
		: date.getFullYear() * 10_000 + date.getMonth() * 100 + date.getDate();
}

/** `20 Nov`. */
export function dayName(at: number, utc = false): string {
	const date = new Date(at);
	const day = String(utc ? date.getUTCDate() : date.getDate()).padStart(2, ' ');
	return `${day} ${months[utc ? date.getUTCMonth() : date.getMonth()] ?? ''}`;
}

/** `+0.493 s`, `-12.2 s`, `+3 m 20 s`, `-2 h 05 m`: from `zero` to `at`. */
export function relativeTime(at: number, zero: number): string {
	const away = at - zero;
	const ms = Math.abs(away);
	const sign = away < 0 ? '-' : '+';
	if (ms < 10_000) return `${sign}${(ms / 1000).toFixed(3)} s`;
	if (ms < 60_000) return `${sign}${(ms / 1000).toFixed(1)} s`;
	const seconds = Math.round(ms / 1000);
	if (seconds < 3600) return `${sign}${Math.floor(seconds / 60)} m ${two(seconds % 60)} s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 6000) return `${sign}${Math.floor(minutes / 60)} h ${two(minutes % 60)} m`;
	return `${sign}${Math.floor(minutes / 1440)} d`;
}

export interface TimeLook {
	readonly format: TimeFormat;
	/** What relative times count from: the selected line's time. */
	readonly zero: number;
}

/**
 * The cell of one line, exactly as wide as its format. Where `day` is set the date takes the place of seconds: the
 * first line of another day.
 */
export function timeCell(at: number, {format, zero}: TimeLook, day: boolean): string {
	const columns = timeColumns[format];
	if (columns === 0) return '';
	if (Number.isNaN(at)) return ' '.repeat(columns);
	if (format === 'relative') return (Number.isNaN(zero) ? '' : relativeTime(at, zero)).padStart(columns);
	const utc = format === 'utc';
	if (!day) return timeOfDay(at, utc);
	return `${dayName(at, utc)} ${timeOfDay(at, utc).slice(0, 5)}${utc ? 'Z' : ''}`;
}
