/** How many matching lines of each level came when. */
import {levels, type Level, type LogLines} from '../log-lines.ts';
import type {Pass} from './passes.ts';
import {keptWidths, widthFor} from './time-buckets.ts';

export type LevelCounts = Readonly<Record<Level | 'none', number>>;

export interface Column {
	/** Epoch milliseconds: lines at or after `from` and before `to`. */
	readonly from: number;
	readonly to: number;
	readonly total: number;
	readonly counts: LevelCounts;
}

export interface Histogram extends Pass {
	/**
	 * Exactly `count` bars side by side, the last one with `to` in it, each of a width that people know (1 s … 1 d, whole
	 * days beyond) and together at least from `from` on. Bars begin at whole multiples of their width in UTC.
	 */
	readonly columns: (from: number, to: number, count: number) => readonly Column[];
	/** The earliest and the latest time counted; undefined where no line told one. */
	readonly span: () => {readonly from: number; readonly to: number} | undefined;
	readonly total: () => number;
	/** Lines of each level that told a time, whether a bar means them or not. */
	readonly counts: () => LevelCounts;
	/** Lines that tell no time: in no bar. */
	readonly withoutTime: () => number;
	/** Changes with every line counted. */
	readonly revision: () => number;
}

/** So many moments are kept apart; where there are more, they are merged into wider ones. 8192 seconds are 2 h 16 min. */
const mostMoments = 8192;
const places = levels.length + 1;

function levelCounts([none = 0, debug = 0, info = 0, warn = 0, error = 0, fatal = 0]: Uint32Array): LevelCounts {
	return {none, debug, info, warn, error, fatal};
}

/** Makes the pass. Counts are kept by the second, and coarser as the span grows, in at most 200 KB and their index. */
export function createHistogram(): Histogram {
	let width = keptWidths[0] ?? 1000;
	/** The place of a moment's counts in `counts`, by the number of the moment. */
	let slots = new Map<number, number>();
	let counts = new Uint32Array(256 * places);
	let first = Number.POSITIVE_INFINITY;
	let last = Number.NEGATIVE_INFINITY;
	const ofLevel = new Uint32Array(places);
	let timeless = 0;
	let total = 0;
	let revision = 0;
	/** The moment counted last: neighbours in the log are mostly neighbours in time. */
	let lastMoment = Number.NaN;
	let lastSlot = 0;

	function slotOf(moment: number): number {
		const known = slots.get(moment);
		if (known !== undefined) return known;
		const slot = slots.size;
		slots.set(moment, slot);
		if ((slot + 1) * places > counts.length) {
			const larger = new Uint32Array(counts.length * 2);
			larger.set(counts);
			counts = larger;
		}
		return slot;
	}

	/** Merges all counts into the next wider moments that are few enough. */
	function widen(): void {
		const [old, oldCounts, oldWidth] = [slots, counts, width];
		const half = (wider: number) =>
			new Set([...old.keys()].map((moment) => Math.floor((moment * oldWidth) / wider))).size <= mostMoments / 2;
		width = keptWidths.find((wider) => wider > oldWidth && half(wider)) ?? oldWidth * 2;
		slots = new Map();
		counts = new Uint32Array(oldCounts.length);
		for (const [moment, slot] of old) {
			const into = slotOf(Math.floor((moment * oldWidth) / width));
			for (let place = 0; place < places; place++) counts[into * places + place]! += oldCounts[slot * places + place] ?? 0;
		}
		lastMoment = Number.NaN;
	}

	function sums(from: number, to: number, wide: number): Uint32Array {
		const sum = new Uint32Array(Math.round((to - from) / wide) * places);
		const add = (moment: number, slot: number) => {
			const bar = Math.floor((moment * width - from) / wide);
			for (let place = 0; place < places; place++) sum[bar * places + place]! += counts[slot * places + place] ?? 0;
		};
		const [low, high] = [Math.max(from, first - width) / width, Math.min(to, last + width) / width];
		if (high - low > slots.size) for (const [moment, slot] of slots) if (moment >= from / width && moment < to / width) add(moment, slot);
		if (high - low <= slots.size)
			for (let moment = Math.ceil(low); moment < high; moment++) {
				const slot = slots.get(moment);
				if (slot !== undefined) add(moment, slot);
			}
		return sum;
	}

	function reset(): void {
		width = keptWidths[0] ?? 1000;
		slots = new Map();
		counts = new Uint32Array(256 * places);
		[first, last, timeless, total] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
		ofLevel.fill(0);
		lastMoment = Number.NaN;
		revision++;
	}

	return {
		look(lines: LogLines, line: number) {
			total++;
			revision++;
			const time = lines.time(line);
			if (!Number.isFinite(time)) {
				timeless++;
				return;
			}
			first = Math.min(first, time);
			last = Math.max(last, time);
			const moment = Math.floor(time / width);
			if (moment !== lastMoment) {
				lastSlot = slotOf(moment);
				lastMoment = moment;
			}
			const level = lines.level(line);
			const place = level === undefined ? 0 : levels.indexOf(level) + 1;
			counts[lastSlot * places + place]! += 1;
			ofLevel[place]! += 1;
			while (slots.size > mostMoments) widen();
		},
		reset,
		// Bars of some of the lines of a time would tell of a time that never was.
		missed: reset,
		columns(from, to, count) {
			const bars = Math.max(1, Math.floor(count));
			const wide = widthFor({from: Math.min(from, to), to, count: bars, kept: width});
			const end = (Math.floor(to / wide) + 1) * wide;
			const start = end - bars * wide;
			const sum = sums(start, end, wide);
			return Array.from({length: bars}, (_, bar) => {
				const counted = levelCounts(sum.subarray(bar * places, (bar + 1) * places));
				const all = counted.none + counted.debug + counted.info + counted.warn + counted.error + counted.fatal;
				return {from: start + bar * wide, to: start + (bar + 1) * wide, total: all, counts: counted};
			});
		},
		span: () => (first <= last ? {from: first, to: last} : undefined),
		total: () => total,
		counts: () => levelCounts(ofLevel),
		withoutTime: () => timeless,
		revision: () => revision,
	};
}
