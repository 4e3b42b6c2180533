/** What is known of a pattern besides its words: how often, when, how grave, and how that changed. */
import {type Level, levels} from '../log-lines.ts';

/** The buckets of a trend. */
export const trendLength = 24;

/**
 * The time span that all trends of one miner share: it begins with the first time and doubles when it is full.
 * Without times, the line's number means the time.
 */
export interface Axis {
	from: number;
	width: number;
	/** How often the width has doubled. */
	doublings: number;
	/** The last place counted. */
	to: number;
}

export interface Tally {
	count: number;
	/** Lines by level: none, then as `levels`. */
	readonly levels: Uint32Array;
	firstSeen: number;
	lastSeen: number;
	readonly trend: Float64Array;
	/** The axis' doublings that the trend has followed. */
	doublings: number;
	sample: string;
	sampleLine: number;
}

/** An axis that begins with the first value counted, buckets `width` wide at first. */
export const createAxis = (width = 1000): Axis => ({from: Number.NaN, width, doublings: 0, to: Number.NaN});

export const createTally = (sample: string, sampleLine: number): Tally => ({
	count: 0,
	levels: new Uint32Array(levels.length + 1),
	firstSeen: Number.NaN,
	lastSeen: Number.NaN,
	trend: new Float64Array(trendLength),
	doublings: 0,
	sample,
	sampleLine,
});

function follow(tally: Tally, {doublings}: Axis): void {
	for (; tally.doublings < doublings; tally.doublings++) {
		const {trend} = tally;
		for (let bucket = 0; bucket < trendLength; bucket++) {
			const [one = 0, two = 0] = [trend[bucket * 2], trend[bucket * 2 + 1]];
			trend[bucket] = one + two;
		}
	}
}

/**
 * Counts a line.
 * @param time Epoch milliseconds; NaN where the line tells none.
 * @param place Where it is on the axis: its time, or its number.
 */
export function count(tally: Tally, axis: Axis, level: Level | undefined, time: number, place: number): void {
	tally.count++;
	const slot = level === undefined ? 0 : levels.indexOf(level) + 1;
	tally.levels[slot] = (tally.levels[slot] ?? 0) + 1;
	if (!(tally.firstSeen <= time)) tally.firstSeen = Number.isNaN(time) ? tally.firstSeen : time;
	if (!(tally.lastSeen >= time)) tally.lastSeen = Number.isNaN(time) ? tally.lastSeen : time;
	if (Number.isNaN(place)) return;
	if (Number.isNaN(axis.from)) axis.from = place;
	if (!(axis.to >= place)) axis.to = place;
	while (place >= axis.from + axis.width * trendLength) {
		axis.width *= 2;
		axis.doublings++;
	}
	if (tally.doublings !== axis.doublings) follow(tally, axis);
	const bucket = Math.max(0, Math.floor((place - axis.from) / axis.width));
	tally.trend[bucket] = (tally.trend[bucket] ?? 0) + 1;
}

/** The trend on the axis as it is now, oldest first, only the buckets that the axis has reached. */
export function trendOf(tally: Tally, axis: Axis): readonly number[] {
	follow(tally, axis);
	if (Number.isNaN(axis.from)) return [];
	return [...tally.trend.subarray(0, Math.floor((axis.to - axis.from) / axis.width) + 1)];
}

/** Puts the lines of `from` to those of `into`, whose sample stays unless the other's is older. */
export function mergeTally(into: Tally, from: Tally, axis: Axis): void {
	follow(into, axis);
	follow(from, axis);
	into.count += from.count;
	for (const [slot, lines] of from.levels.entries()) into.levels[slot] = (into.levels[slot] ?? 0) + lines;
	for (const [bucket, lines] of from.trend.entries()) into.trend[bucket] = (into.trend[bucket] ?? 0) + lines;
	if (!(into.firstSeen <= from.firstSeen) && !Number.isNaN(from.firstSeen)) into.firstSeen = from.firstSeen;
	if (!(into.lastSeen >= from.lastSeen) && !Number.isNaN(from.lastSeen)) into.lastSeen = from.lastSeen;
	if (from.sampleLine < into.sampleLine) {
		into.sample = from.sample;
		into.sampleLine = from.sampleLine;
	}
}

/** The level that most lines with a level have, the graver where two are even; undefined where none has one. */
export function usualLevel({levels: counts}: Tally): Level | undefined {
	let most = 0;
	let usual: Level | undefined;
	for (const [index, level] of levels.entries()) {
		const lines = counts[index + 1] ?? 0;
		if (lines > 0 && lines >= most) {
			most = lines;
			usual = level;
		}
	}
	return usual;
}
