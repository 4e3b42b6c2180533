/** Reading what the ring holds: lines by their number, and whole chunks for those that scan. */
import type {StreamId} from '../ports/log-feed.ts';

/** From the least to the gravest, as the team's documents define them (DEBUG, INFO, WARN, ERROR, FATAL). */
export const levels = ['debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Level = (typeof levels)[number];

/** Bits of a line's flags. */
export const lineFlags = {
	/** Came later than lines that were shown already, and was put where it belongs. */
	late: 0x10,
	/** The program's own row: lines may be missing here. */
	gap: 0x20,
	/** The program's own row: something to know, nothing is missing. */
	mark: 0x40,
	/** The level's place in the low bits: 0 not looked at, 1 none found, 2 debug … 6 fatal; from 7 on none, and what continuation.ts found of its head. */
	level: 0x0f,
	/** Goes on with a line that tells a time, though no form tells it for part of a trace; known once its level was asked for. */
	bare: 0x80,
} as const;

/**
 * Part of the ring. A line is known by its number, which never changes while it is held, except where late lines are
 * put in before it (see `LogLines.onMoved`). Line i of the chunk has the number `first + i`; its text is
 * `bytes[starts[i]]` up to the `\n` before `starts[i + 1]` (or before `used` for the last). All arrays may be longer
 * than `count`.
 */
export interface LineChunk {
	readonly first: number;
	readonly count: number;
	readonly bytes: Buffer;
	readonly used: number;
	readonly starts: Uint32Array;
	readonly times: Float64Array;
	readonly streams: Uint16Array;
	readonly flags: Uint8Array;
	/** Counts up when texts that were there may have changed: what is remembered of them holds no longer. */
	readonly edits: number;
}

/** The read side of the ring. Numbers run from `first` (oldest held) to `end - 1` (newest). */
export interface LogLines {
	readonly first: () => number;
	readonly end: () => number;
	/** Bytes held, texts and index. */
	readonly bytesHeld: () => number;
	/** Bytes that may be held. */
	readonly capacity: () => number;
	/** True once the oldest lines have made room for new ones. */
	readonly wrapped: () => boolean;
	/** Time of the oldest line that has one, epoch milliseconds; undefined while empty. */
	readonly reachesBackTo: () => number | undefined;
	/** The text decoded as UTF-8 (invalid bytes as U+FFFD), not sanitised; at most `longest` bytes of it, 64 KiB where absent. */
	readonly text: (line: number, longest?: number) => string;
	/** The bytes as they came, a view that holds until the next line is added. */
	readonly bytes: (line: number) => Uint8Array;
	readonly length: (line: number) => number;
	/** Epoch milliseconds; NaN where neither the line nor one before it in its stream told a time. */
	readonly time: (line: number) => number;
	readonly stream: (line: number) => StreamId;
	readonly flags: (line: number) => number;
	/** The level, found when first asked for and then remembered; undefined where the line tells none. */
	readonly level: (line: number) => Level | undefined;
	/** The chunk that holds the line. */
	readonly chunkOf: (line: number) => LineChunk | undefined;
	/** All chunks, oldest first. */
	readonly chunks: () => readonly LineChunk[];
	/** The first line whose time is at or after `at`; `end()` where there is none. */
	readonly lineAt: (at: number) => number;
	/**
	 * Told after late lines were put in: every line from `from` on has a new number. Whoever keeps numbers maps them;
	 * whoever counts looks at the inserted ones.
	 */
	readonly onMoved: (listener: (change: Moved) => void) => () => void;
}

export interface Moved {
	/** The first number that means another line now. */
	readonly from: number;
	/** The new number of a line by its old one, for all old numbers. */
	readonly moved: (old: number) => number;
	/** The new numbers of the lines that were put in, ascending. */
	readonly inserted: readonly number[];
}
