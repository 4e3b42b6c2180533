/**
 * Whether a log reaches back as far as it was wanted, or its beginning may have been rotated away. The server gives the
 * file of today only, and nothing in it tells that there was one before: the oldest line it has is the witness. Pure.
 */

/** A container whose log begins that long after its own start was slow, or its log was rotated. */
export const lateAfterMs = 2000;
/** The same of a container that was there before us: some take that long to say their first word. */
const slowAfterMs = 10_000;
/** Fewer lines say nothing about how often it writes. */
const fewLines = 20;
/** A silence so many times longer than usual is no silence. */
const unusual = 10;

export interface FirstRead {
	/** What was asked for, epoch milliseconds; undefined for the whole log. */
	readonly from: number | undefined;
	/** When the container started, epoch milliseconds. */
	readonly startedAt: number | undefined;
	/** The first line that the first read gave, and the last; epoch milliseconds. */
	readonly first: number;
	readonly last: number;
	/** How many lines it gave. */
	readonly lines: number;
	/** The oldest line that the log had after that; undefined where it had none. */
	readonly oldest: number | undefined;
}

/**
 * From when on lines may be missing before the first one; undefined where none are. The oldest line was asked for after
 * the first read: what is older than that read's first line was there all the time, and nothing went in between.
 */
export function missingFrom({from, startedAt, first, last, lines, oldest}: FirstRead): number | undefined {
	if (oldest !== undefined && oldest < first) return undefined;
	const wasThere = from !== undefined && (startedAt === undefined || startedAt < from);
	if (wasThere) return first > from ? from : undefined;
	if (startedAt === undefined) return undefined;
	const silence = first - startedAt;
	const usual = (last - first) / (lines - 1);
	return silence >= slowAfterMs && lines >= fewLines && silence > unusual * usual ? startedAt : undefined;
}
