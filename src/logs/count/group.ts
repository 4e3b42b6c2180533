/** Counts the matching lines by the value of a field, or of several together. */
import {type StreamPart, streamParts} from '../query/condition.ts';
import type {StreamId, StreamInfo} from '../../ports/log-feed.ts';
import {quoted} from '../query/filter.ts';
import {createLineUnderTest, type LineUnderTest} from '../query/line-under-test.ts';
import {levels, type Level} from '../log-lines.ts';
import type {Pass} from './passes.ts';
import {createTrends, type Trend} from './trend.ts';

export interface GroupRow {
	/** One for each field; undefined where the lines have none of that name. Empty for `other values`. */
	readonly values: readonly (string | undefined)[];
	/** As shown: `api-54fb9-n4vkg · createIssue`, `(none)`, `other values`. */
	readonly label: string;
	readonly count: number;
	/** Of all lines counted: 0 to 1. */
	readonly share: number;
	/** Epoch milliseconds of the earliest and the latest line; NaN where none told a time. */
	readonly first: number;
	readonly last: number;
	/** The gravest level among the lines. */
	readonly worst: Level | undefined;
	/** Counts over the time of all lines, oldest first; the same moments in every row. */
	readonly trend: readonly number[];
}

export interface Group extends Pass {
	readonly fields: readonly string[];
	/** The most frequent first; `other values` last. */
	readonly rows: (most?: number) => readonly GroupRow[];
	readonly total: () => number;
	/** Different values counted apart. */
	readonly size: () => number;
	/** Changes with every line counted. */
	readonly revision: () => number;
}

interface Counted {
	readonly values: readonly (string | undefined)[];
	count: number;
	first: number;
	last: number;
	worst: number;
	readonly trend: Trend;
}

const mostValues = 10_000;
/** A value is kept up to here; longer ones with the same beginning are one. */
const longestValue = 256;

/** Reads one value of a line. */
function readerOf(field: string, streams: (id: StreamId) => StreamInfo | undefined): (line: LineUnderTest) => string | undefined {
	if (field === 'level') return (line) => line.lines().level(line.line());
	const part: StreamPart | undefined = streamParts.find((name) => name === field);
	if (!part) return (line) => line.field(field)?.slice(0, longestValue);
	return (line) => {
		const info = streams(line.lines().stream(line.line()));
		return (part === 'stream' ? info?.name : info?.[part]) ?? line.field(part)?.slice(0, longestValue);
	};
}

/**
 * Makes the pass that groups by the fields: `pod`, `stream`, `container`, `namespace`, `context`, `level`, or any that the
 * lines have. Beyond 10,000 values the new ones are counted together. `streams` tells what is known of a stream.
 */
export function createGroup(fields: readonly string[], streams: (id: StreamId) => StreamInfo | undefined): Group {
	const readers = fields.map((field) => readerOf(field, streams));
	const current = createLineUnderTest();
	const trends = createTrends();
	const counted = new Map<string, Counted>();
	let others: Counted | undefined;
	let total = 0;
	let revision = 0;

	const fresh = (values: readonly (string | undefined)[]): Counted => ({
		values,
		count: 0,
		first: Number.NaN,
		last: Number.NaN,
		worst: -1,
		trend: trends.create(),
	});

	function of(values: readonly (string | undefined)[]): Counted {
		const key = values.length === 1 && values[0] !== undefined ? `=${values[0]}` : JSON.stringify(values.map((value) => value ?? null));
		const known = counted.get(key);
		if (known) return known;
		if (counted.size >= mostValues) return (others ??= fresh([]));
		const added = fresh(values);
		counted.set(key, added);
		return added;
	}

	function row({values, count, first, last, worst, trend}: Counted): GroupRow {
		const label = values.length === 0 ? 'other values' : values.map((value) => value ?? '(none)').join(' · ');
		return {values, label, count, share: count / total, first, last, worst: levels[worst], trend: trends.counts(trend)};
	}

	return {
		fields,
		look(lines, line) {
			current.set(lines, line);
			const entry = of(readers.map((read) => read(current)));
			const time = lines.time(line);
			const level = lines.level(line);
			total++;
			revision++;
			entry.count++;
			if (level !== undefined) entry.worst = Math.max(entry.worst, levels.indexOf(level));
			if (!Number.isFinite(time)) return;
			if (!(entry.first <= time)) entry.first = time;
			if (!(entry.last >= time)) entry.last = time;
			trends.add(entry.trend, time);
		},
		reset() {
			counted.clear();
			trends.reset();
			others = undefined;
			total = 0;
			revision++;
		},
		rows(most = Number.POSITIVE_INFINITY) {
			const sorted = [...counted.values()].toSorted((a, b) => b.count - a.count).slice(0, most);
			return [...sorted, ...(others ? [others] : [])].map(row);
		},
		total: () => total,
		size: () => counted.size,
		revision: () => revision,
	};
}

/** What to type (parseFilter takes it) to see the lines of one row; undefined for `other values`. */
export function groupFilter(fields: readonly string[], values: readonly (string | undefined)[]): string | undefined {
	if (values.length === 0) return undefined;
	return fields
		.map((field, place) => {
			const value = values[place];
			return value === undefined ? `NOT exists: ${field}` : `${field}=${quoted(value)}`;
		})
		.join(' AND ');
}
