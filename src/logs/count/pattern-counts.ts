/** The patterns among the lines that pass the filter, kept up as lines come. */
import type {Level} from '../log-lines.ts';
import type {Pass} from './passes.ts';
import {messageOf} from '../patterns/line-message.ts';
import {createMiner, type Miner} from '../patterns/miner.ts';
import {count, trendOf, usualLevel} from '../patterns/tally.ts';

export interface Pattern {
	/** Stable while it is known; a merge keeps the older one's. */
	readonly id: number;
	/** The words that its lines share, `<*>` for what differs. */
	readonly template: string;
	readonly count: number;
	/** Of all lines counted, 0 to 1. */
	readonly share: number;
	/** What most of its lines have; undefined where they tell none. */
	readonly level: Level | undefined;
	/** Epoch milliseconds; NaN where no line told a time. */
	readonly firstSeen: number;
	readonly lastSeen: number;
	/** Lines per bucket of time, oldest first; the same span for all patterns. */
	readonly trend: readonly number[];
	/** The message of its first line, and that line's number when it came. */
	readonly sample: string;
	readonly sampleLine: number;
}

export interface Patterns extends Pass {
	/** The most frequent first. */
	readonly patterns: () => readonly Pattern[];
	/** The pattern of a line's text; undefined where no line like it was counted. */
	readonly idOf: (text: string) => number | undefined;
	/** The template of an id, also of one merged since; undefined where it is not known. */
	readonly textOf: (id: number) => string | undefined;
	/** Whether a line's text is of that pattern: a filter that continues being right when patterns merge. */
	readonly matcher: (id: number) => (text: string) => boolean;
	/** What was dropped to stay bounded: patterns unused for longest, and their lines. */
	readonly forgotten: () => {readonly patterns: number; readonly lines: number};
	/** Counts up when `reset` was called: ids before it mean nothing. */
	readonly generation: () => number;
}

/** What a miner knows as patterns, the most frequent first; shares are of `total` lines. */
export function listPatterns(miner: Miner, total: number): readonly Pattern[] {
	miner.settle();
	return miner
		.patterns()
		.map(({id, words, tally}) => ({
			id,
			template: words.join(' '),
			count: tally.count,
			share: total === 0 ? 0 : tally.count / total,
			level: usualLevel(tally),
			firstSeen: tally.firstSeen,
			lastSeen: tally.lastSeen,
			trend: trendOf(tally, miner.axis),
			sample: tally.sample,
			sampleLine: tally.sampleLine,
		}))
		.toSorted((a, b) => b.count - a.count || a.id - b.id);
}

/** The longest part of a line that is looked at, in bytes: what follows says nothing new about its pattern. */
const longest = 8192;

export function createPatterns(options: {readonly mostPatterns?: number} = {}): Patterns {
	let miner = createMiner(options);
	let total = 0;
	let generation = 0;
	const idOf = (text: string) => miner.find(messageOf(text))?.id;
	return {
		look: (lines, line) => {
			const time = lines.time(line);
			const pattern = miner.add(messageOf(lines.text(line, longest)), line);
			count(pattern.tally, miner.axis, lines.level(line), time, time);
			total++;
		},
		reset: () => {
			miner = createMiner(options);
			total = 0;
			generation++;
		},
		patterns: () => listPatterns(miner, total),
		idOf,
		textOf: (id) => {
			const now = miner.idOf(id);
			return miner
				.patterns()
				.find((pattern) => pattern.id === now)
				?.words.join(' ');
		},
		matcher: (id) => (text) => idOf(text) === miner.idOf(id),
		forgotten: () => miner.forgotten(),
		generation: () => generation,
	};
}
