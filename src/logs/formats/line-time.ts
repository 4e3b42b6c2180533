/** Reads the time that a line tells of itself, out of its bytes. */
import {afterEscape, createWords, isBlank, isDigit, isDigitOrUpper, isLetter, isUpper, standsAt} from './ascii.ts';
import {visitKeys} from './json-keys.ts';
import {createTimeCursor, maySurround, readTime, type TimeCursor} from './time-forms.ts';

export interface TimeOptions {
	/** Epoch milliseconds; forms without a year (syslog, klog) take the year that brings them nearest. They tell no time where absent. */
	readonly now?: () => number;
	/** Of times that name no zone, minutes east of UTC; 0 where absent, as containers keep UTC. */
	readonly offsetMinutes?: number;
}

/** Epoch milliseconds with a fraction; NaN where the line tells no time of its own. */
export type TimeReader = (bytes: Uint8Array, start: number, end: number) => number;

/** Keys of JSON and logfmt that hold the line's time, in lower case. */
const isTimeKey = createWords(
	'time ts t @t timestamp @timestamp datetime asctime eventtime start_time time_local time_iso8601 __realtime_timestamp'.split(' '),
);

/** Within these bytes a time is looked for: further on it is one that the line talks of. */
const head = 160;
const logfmtHead = 1024;
const jsonHead = 32_768;
/** `example.com 203.0.113.9 - alice [20/Nov/…`: as many words may be before a time in brackets, and as few before a bare one. */
const wordsBefore = {bracket: 5, bare: 2} as const;

/** Where a time was found: its value and place, the first of the bytes before it that must be the same in the next line. */
interface Found {
	value: number;
	at: number;
	guard: number;
	/** Whether a bare number may be the time there. */
	epoch: boolean;
}

const nothingFound = (): Found => ({value: Number.NaN, at: 0, guard: 0, epoch: false});

/** The value of a JSON key or a logfmt pair as a time. */
function readValue(bytes: Uint8Array, guard: number, at: number, end: number, cursor: TimeCursor, found: Found): boolean {
	let place = at;
	if (standsAt(bytes, place, end, '{"$date":')) place += 9;
	if (bytes[place] === 34 || bytes[place] === 91) place += 1;
	found.value = readTime(bytes, place, end, cursor, true);
	found.at = place;
	found.guard = guard;
	found.epoch = true;
	return !Number.isNaN(found.value);
}

function findInJson(bytes: Uint8Array, start: number, end: number, cursor: TimeCursor, found: Found): boolean {
	return visitKeys(
		bytes,
		start,
		Math.min(end, start + jsonHead),
		(from, to, value) => isTimeKey(bytes, from, to) && readValue(bytes, from - 1, value, end, cursor, found),
	);
}

function findInPairs(bytes: Uint8Array, start: number, end: number, cursor: TimeCursor, found: Found): boolean {
	const limit = Math.min(end, start + logfmtHead);
	let word = start;
	for (let at = start; at < limit; at++) {
		const byte = bytes[at] ?? 0;
		if (isBlank(byte)) word = at + 1;
		else if (byte === 61 && isTimeKey(bytes, word, at) && readValue(bytes, word, at + 1, end, cursor, found)) return true;
	}
	return false;
}

/** Whether the line's first word is `key=…`. */
function startsWithPair(bytes: Uint8Array, start: number, end: number): boolean {
	for (let at = start; at < end && at < start + 64; at++) {
		const byte = bytes[at] ?? 0;
		if (byte === 61) return at > start;
		if (isBlank(byte) || byte === 34 || byte === 123 || byte === 91) return false;
	}
	return false;
}

function findInText(bytes: Uint8Array, start: number, end: number, cursor: TimeCursor, found: Found): boolean {
	const limit = Math.min(end, start + head);
	let words = 0;
	let before = 32;
	for (let at = start; at < limit; at++) {
		const byte = bytes[at] ?? 0;
		if (byte === 27) {
			at = afterEscape(bytes, at, end) - 1;
			continue;
		}
		if (byte === 123 && bytes[at + 1] === 34) return findInJson(bytes, at, end, cursor, found);
		if (isDigitOrUpper(byte) && maySurround(before)) {
			// `I1120 08:33:04` of klog, and a number only where it is the first thing said.
			const place = at === start && isUpper(byte) && isDigit(bytes[at + 1] ?? 0) ? at + 1 : at;
			const epoch = at === start || before === 91;
			const value = readTime(bytes, place, end, cursor, epoch);
			if (!Number.isNaN(value) && words <= (before === 91 ? wordsBefore.bracket : wordsBefore.bare)) {
				found.value = value;
				found.at = place;
				found.guard = at > start ? at - 1 : place;
				found.epoch = epoch;
				return true;
			}
		}
		if (isBlank(byte) && !isBlank(before)) words += 1;
		if (words > wordsBefore.bracket) return false;
		before = byte;
	}
	return false;
}

function find(bytes: Uint8Array, start: number, end: number, cursor: TimeCursor, found: Found): boolean {
	let from = start;
	while (from < end && isBlank(bytes[from] ?? 0)) from += 1;
	const first = bytes[from] ?? 0;
	if (first === 123) return findInJson(bytes, from, end, cursor, found);
	if ((isLetter(first) || first === 64) && startsWithPair(bytes, from, end)) return findInPairs(bytes, from, end, cursor, found);
	return findInText(bytes, from, end, cursor, found);
}

const cursorOf = ({now, offsetMinutes = 0}: TimeOptions): TimeCursor => createTimeCursor(now, offsetMinutes * 60_000);

/**
 * One reader per stream: it learns where the time is and looks there first, and looks anew where it is not. RFC 3339
 * and its kin (any fraction, any zone, `/` for `-`), nginx and Apache, klog, syslog, Redis, epoch seconds to nanoseconds;
 * bare, in brackets, in JSON and logfmt under the usual keys.
 */
export function createTimeReader(options: TimeOptions = {}): TimeReader {
	const cursor = cursorOf(options);
	const found = nothingFound();
	const guard = new Uint8Array(64);
	let offset = -1;
	let guarded = 0;
	const isThere = (bytes: Uint8Array, at: number): boolean => {
		for (let index = 0; index < guarded; index++) if (bytes[at - guarded + index] !== guard[index]) return false;
		return true;
	};
	return (bytes, start, end) => {
		const at = start + offset;
		if (offset >= 0 && at < end && isThere(bytes, at)) {
			const value = readTime(bytes, at, end, cursor, found.epoch);
			if (!Number.isNaN(value)) return value;
		}
		if (!find(bytes, start, end, cursor, found)) return Number.NaN;
		offset = found.at - start;
		guarded = Math.min(guard.length, found.at - found.guard);
		for (let index = 0; index < guarded; index++) guard[index] = bytes[found.at - guarded + index] ?? 0;
		return found.value;
	};
}

/** The time that one line tells, epoch milliseconds with a fraction; NaN where it tells none. */
export function timeIn(bytes: Uint8Array, options: TimeOptions = {}): number {
	const found = nothingFound();
	return find(bytes, 0, bytes.length, cursorOf(options), found) ? found.value : Number.NaN;
}
