/** The forms in which log lines tell their time, read byte by byte: no text is made and nothing is allocated. */
import {isBlank, isDigit, isUpper, isWordByte, standsAt} from './ascii.ts';

/** What a reading needs besides the bytes, and what it leaves behind. */
export interface TimeCursor {
	/** Where the time that was read last ends. */
	end: number;
	/** Epoch milliseconds near which the lines were written; NaN where unknown: forms without a year then tell no time. */
	readonly now: () => number;
	/** Zone of times that name none, milliseconds east of UTC. */
	readonly zoneMs: number;
	/** The last day without a year (32 times its month, and its day) and where it starts. */
	day: {readonly key: number; readonly start: number};
}

/** @param now As in the cursor; absent where it is not known. */
export function createTimeCursor(now: () => number = () => Number.NaN, zoneMs = 0): TimeCursor {
	return {end: 0, now, zoneMs, day: {key: -1, start: Number.NaN}};
}

const secondMs = 1000;
const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** The number that two digits write; -1 where they are none. */
function two(bytes: Uint8Array, at: number): number {
	const tens = (bytes[at] ?? 0) - 48;
	const ones = (bytes[at + 1] ?? 0) - 48;
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

function four(bytes: Uint8Array, at: number): number {
	const high = two(bytes, at);
	const low = two(bytes, at + 2);
	return high < 0 || low < 0 ? -1 : high * 100 + low;
}

/** Start of the day in epoch milliseconds (months from 1); NaN where no calendar has it. */
function startOfDay(year: number, month: number, day: number): number {
	if (year < 1970 || month < 1 || month > 12 || day < 1) return Number.NaN;
	if (day > (daysOfMonth[month - 1] ?? 0) && !(month === 2 && day === 29 && isLeap(year))) return Number.NaN;
	// The years run from March here, so that the leap day is the last one of its year.
	const from = month <= 2 ? year - 1 : year;
	const era = Math.trunc(from / 400);
	const yearOfEra = from - era * 400;
	const dayOfYear = Math.trunc((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
	const dayOfEra = yearOfEra * 365 + Math.trunc(yearOfEra / 4) - Math.trunc(yearOfEra / 100) + dayOfYear;
	return (era * 146_097 + dayOfEra - 719_468) * dayMs;
}

/** `08:33:04`, `08:33:04.118423`, `08:33:04,118`: milliseconds since midnight; NaN where it is none. */
export function readClock(bytes: Uint8Array, at: number, end: number, cursor: TimeCursor): number {
	if (at + 8 > end || bytes[at + 2] !== 58 || bytes[at + 5] !== 58) return Number.NaN;
	const [hours, minutes, seconds] = [two(bytes, at), two(bytes, at + 3), two(bytes, at + 6)];
	if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 60) return Number.NaN;
	cursor.end = at + 8;
	return hours * hourMs + minutes * minuteMs + seconds * secondMs + fractionMs(bytes, at + 8, end, cursor);
}

/** `.118423` or `,118`, in milliseconds; 0 where there is none. */
function fractionMs(bytes: Uint8Array, at: number, end: number, cursor: TimeCursor): number {
	if (at + 1 >= end || (bytes[at] !== 46 && bytes[at] !== 44)) return 0;
	let value = 0;
	let scale = 1;
	let next = at + 1;
	for (; next < end; next++) {
		const digit = (bytes[next] ?? 0) - 48;
		if (!(digit >= 0 && digit <= 9)) break;
		if (scale < 1e9) {
			value = value * 10 + digit;
			scale *= 10;
		}
	}
	if (next === at + 1) return 0;
	cursor.end = next;
	return (value * secondMs) / scale;
}

/** `Z`, `+01:00`, `+0100`, `+01`, ` +0000`, ` UTC`: milliseconds east of UTC, of the cursor where none is named. */
function readZone(bytes: Uint8Array, end: number, cursor: TimeCursor): number {
	const {end: at} = cursor;
	const apart = at < end && bytes[at] === 32 ? 1 : 0;
	const mark = at + apart < end ? bytes[at + apart] : 0;
	if (mark === 90 || mark === 122) {
		if (at + apart + 1 < end && isWordByte(bytes[at + apart + 1] ?? 0)) return cursor.zoneMs;
		cursor.end = at + apart + 1;
		return 0;
	}
	if (mark === 43 || mark === 45) {
		const hours = at + apart + 3 <= end ? two(bytes, at + apart + 1) : -1;
		if (hours < 0 || hours > 14) return cursor.zoneMs;
		const second = at + apart + 3 + (bytes[at + apart + 3] === 58 ? 1 : 0);
		const minutes = second + 2 <= end ? two(bytes, second) : -1;
		// Apart, `-05` could be anything: only four digits are a zone there.
		if (minutes < 0 && apart === 1) return cursor.zoneMs;
		cursor.end = minutes < 0 ? at + 3 : second + 2;
		return (mark === 45 ? -1 : 1) * (hours * hourMs + Math.max(0, minutes) * minuteMs);
	}
	if (apart === 1 && (standsAt(bytes, at + 1, end, 'UTC') || standsAt(bytes, at + 1, end, 'GMT')) && !isWordByte(bytes[at + 4] ?? 0)) {
		cursor.end = at + 4;
		return 0;
	}
	return cursor.zoneMs;
}

/** `2026-11-20T08:33:04.118Z`, `2026/11/20 08:33:04`, gin's `2026/11/20 - 08:33:04`. */
function readYearFirst(bytes: Uint8Array, at: number, end: number, cursor: TimeCursor): number {
	if (at + 19 > end || bytes[at + 4] !== bytes[at + 7]) return Number.NaN;
	const between = bytes[at + 10];
	const gap = between === 84 || between === 116 || between === 95 || between === 32 ? (standsAt(bytes, at + 10, end, ' - ') ? 3 : 1) : 0;
	if (gap === 0) return Number.NaN;
	const day = startOfDay(four(bytes, at), two(bytes, at + 5), two(bytes, at + 8));
	const clock = readClock(bytes, at + 10 + gap, end, cursor);
	return day + clock - readZone(bytes, end, cursor);
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const months = new Map(
	monthNames.map((name, index) => [name.charCodeAt(0) * 65_536 + name.charCodeAt(1) * 256 + name.charCodeAt(2), index + 1]),
);

/** The month (from 1) whose short English name is there; 0 where none does. */
function monthAt(bytes: Uint8Array, at: number): number {
	return months.get((bytes[at] ?? 0) * 65_536 + (bytes[at + 1] ?? 0) * 256 + (bytes[at + 2] ?? 0)) ?? 0;
}

/** `20/Nov/2026:08:33:04 +0000` of access logs, `20 Nov 2026 08:33:04.118` of Redis and of mail. */
function readDayFirst(bytes: Uint8Array, at: number, end: number, cursor: TimeCursor): number {
	if (at + 20 > end) return Number.NaN;
	const separator = bytes[at + 2];
	if ((separator !== 47 && separator !== 32 && separator !== 45) || bytes[at + 6] !== separator) return Number.NaN;
	if (bytes[at + 11] !== 58 && bytes[at + 11] !== 32) return Number.NaN;
	const day = startOfDay(four(bytes, at + 7), monthAt(bytes, at + 3), two(bytes, at));
	const clock = readClock(bytes, at + 12, end, cursor);
	return day + clock - readZone(bytes, end, cursor);
}

/** Start of the day in the year that brings it nearest to now; worked out once for the lines of one day. */
function nearestDay(month: number, day: number, cursor: TimeCursor): number {
	const key = month * 32 + day;
	if (cursor.day.key === key) return cursor.day.start;
	const now = cursor.now();
	const year = Number.isNaN(now) ? Number.NaN : new Date(now).getUTCFullYear();
	let best = Number.NaN;
	for (let candidate = year - 1; candidate <= year + 1; candidate++) {
		const start = startOfDay(candidate, month, day);
		if (Number.isNaN(best) || Math.abs(start - now) < Math.abs(best - now)) best = start;
	}
	cursor.day = {key, start: best};
	return best;
}

/** The time in the year that brings it nearest to now. */
function nearest(month: number, day: number, clock: number, cursor: TimeCursor): number {
	return Number.isNaN(clock) ? clock : nearestDay(month, day, cursor) + clock - cursor.zoneMs;
}

/** `Nov 20 08:33:04` and `Nov  3 08:33:04` of syslog; with the year behind it of Apache's error log. */
function readMonthFirst(bytes: Uint8Array, at: number, end: number, cursor: TimeCursor): number {
	const month = at + 15 <= end && bytes[at + 3] === 32 ? monthAt(bytes, at) : 0;
	if (month === 0) return Number.NaN;
	const day = bytes[at + 4] === 32 ? (bytes[at + 5] ?? 0) - 48 : two(bytes, at + 4);
	if (bytes[at + 6] !== 32) return Number.NaN;
	const clock = readClock(bytes, at + 7, end, cursor);
	const next = cursor.end;
	const year = next + 5 <= end && bytes[next] === 32 && !(next + 5 < end && isWordByte(bytes[next + 5] ?? 0)) ? four(bytes, next + 1) : -1;
	if (year < 1970 || Number.isNaN(clock)) return nearest(month, day, clock, cursor);
	cursor.end = next + 5;
	return startOfDay(year, month, day) + clock - cursor.zoneMs;
}

/** `1120 08:33:04.118423` after klog's letter. */
function readKlog(bytes: Uint8Array, at: number, end: number, cursor: TimeCursor): number {
	return nearest(two(bytes, at), two(bytes, at + 2), readClock(bytes, at + 5, end, cursor), cursor);
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, distinguished by their digits; from 2001 to 2096. */
function readEpoch(bytes: Uint8Array, at: number, end: number, cursor: TimeCursor): number {
	let digits = 0;
	let seconds = 0;
	let rest = 0;
	for (; at + digits < end && digits < 20; digits++) {
		const byte = bytes[at + digits] ?? 0;
		if (!isDigit(byte)) break;
		if (digits < 10) seconds = seconds * 10 + byte - 48;
		else rest = rest * 10 + byte - 48;
	}
	if ((digits !== 10 && digits !== 13 && digits !== 16 && digits !== 19) || seconds < 1e9 || seconds >= 4e9) return Number.NaN;
	cursor.end = at + digits;
	const fraction =
		digits === 10 ? fractionMs(bytes, cursor.end, end, cursor) : digits === 13 ? fractionMs(bytes, cursor.end, end, cursor) / 1000 : 0;
	if (cursor.end < end && isWordByte(bytes[cursor.end] ?? 0)) return Number.NaN;
	return seconds * secondMs + (rest * secondMs) / 10 ** (digits - 10) + fraction;
}

const klogLetters = new Set([73, 87, 69, 70, 68]);

/**
 * The time that begins at `at`, in any of the forms.
 * @param epoch Whether a bare number may be one: true where the place says that a time is there.
 * @returns Epoch milliseconds with a fraction, and `cursor.end` behind it; NaN where no time begins there.
 */
export function readTime(bytes: Uint8Array, at: number, end: number, cursor: TimeCursor, epoch: boolean): number {
	const first = bytes[at] ?? 0;
	if (isUpper(first)) return readMonthFirst(bytes, at, end, cursor);
	if (!isDigit(first) || at + 10 > end) return Number.NaN;
	const fifth = bytes[at + 4];
	if (fifth === 45 || fifth === 47) return readYearFirst(bytes, at, end, cursor);
	if (fifth === 32 && at > 0 && klogLetters.has(bytes[at - 1] ?? 0)) return readKlog(bytes, at, end, cursor);
	if (!isDigit(bytes[at + 2] ?? 0)) return readDayFirst(bytes, at, end, cursor);
	return epoch ? readEpoch(bytes, at, end, cursor) : Number.NaN;
}

/** Whether the byte before a time that is by itself may be there. */
export function maySurround(byte: number): boolean {
	return isBlank(byte) || byte === 91 || byte === 40 || byte === 34 || byte === 62 || byte === 124 || byte === 61;
}
