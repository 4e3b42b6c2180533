/**
 * Reads a log server forwards, and again for what it takes in late. Each page begins with the last time of the one
 * before it, so that nothing between two is missed, and each scan a while before the newest line of the last one.
 * More seldom a pass over the last minutes finds what came later than that: it begins so far before the last pass
 * began that whatever reached the server since, up to the lateness that is allowed, is in its range.
 */
import {millisecondsOf, nanosecondsOf} from './nanoseconds.ts';
import {createPageReader, skewMs, type PageReaderOptions} from './page-reader.ts';
import {createSeen} from './seen-lines.ts';

export interface ScanOptions extends PageReaderOptions {
	/** How late a line may reach the server and still be found by the next scan, milliseconds. */
	readonly overlapMs: number;
	/** How late it may be and still be found by a pass. */
	readonly latenessMs: number;
	/** From one pass to the next. */
	readonly passMs: number;
	/** Entries remembered for that. */
	readonly remembered: number;
}

export interface Scan {
	/** Reads to the present; returns the number of new entries. */
	readonly read: () => Promise<number>;
	/** Goes on with the pass over the last minutes where one is due, until our clock shows `until`: what is new does not wait for it. */
	readonly lookBack: (until: number) => Promise<void>;
}

interface Pass {
	readonly began: bigint;
	readonly cursor: bigint;
	readonly to: bigint;
}

/** Makes the scan that begins at `first` (nanoseconds). */
export function createScan(first: bigint, options: ScanOptions): Scan {
	const {clock, streams, remembered} = options;
	const seen = createSeen(remembered);
	const readPage = createPageReader(seen, options);
	const overlap = nanosecondsOf(options.overlapMs);
	const lateness = nanosecondsOf(options.latenessMs);
	const between = nanosecondsOf(options.passMs);
	const skew = nanosecondsOf(skewMs);
	let start = first;
	let newest: bigint | undefined;
	/** All that was delivered from there on is remembered: what lies before is not asked for again. */
	let reach = first;
	let isCrowded = false;
	/** What had reached the server by then was delivered. */
	let lookedAt: bigint | undefined;
	let pass: Pass | undefined;
	let toldSeconds = Number.POSITIVE_INFINITY;

	/** `before`: the scans ask for nothing older. */
	const forget = (before: bigint): void => {
		const wanted = lookedAt === undefined ? before : earlier(before, lookedAt - lateness);
		reach = later(reach, seen.forgetBefore(wanted));
		if (reach <= before || isCrowded) return;
		isCrowded = true;
		const text = `too many lines to check for late ones. From here on some lines may be missing.`;
		streams.note({kind: 'gap', from: millisecondsOf(before), to: millisecondsOf(reach), text});
	};

	/** Told again only where it has become much worse, or was well in between. */
	const tellReach = (wanted: bigint, now: bigint): void => {
		if (reach <= wanted) {
			toldSeconds = Number.POSITIVE_INFINITY;
			return;
		}
		const seconds = Math.floor(millisecondsOf(now - reach) / 1000);
		if (isCrowded || seconds > toldSeconds / 2) return;
		toldSeconds = seconds;
		const many = `more than ${remembered.toLocaleString('en-US')} lines in ${millisecondsOf(lateness) / 60_000} min`;
		const text = `${many}: one that reaches the server more than ${seconds} s late may be missing`;
		streams.note({kind: 'mark', from: millisecondsOf(now), to: millisecondsOf(now), text});
	};

	const due = (): Pass | undefined => {
		const now = nanosecondsOf(clock.now());
		if (lookedAt === undefined || now - lookedAt < between) return undefined;
		const wanted = later(lookedAt - lateness, first);
		tellReach(wanted, now);
		return {began: now, cursor: wanted, to: start};
	};

	return {
		async read() {
			const from = start;
			let count = 0;
			// When the first page was asked for that reached into the time where late lines are still to be expected.
			let unsafe: bigint | undefined;
			let safe = start;
			for (let cursor: bigint | undefined = start; cursor !== undefined;) {
				const page = await readPage(cursor);
				const {asked, last = asked, next} = page;
				count += page.count;
				if (page.last !== undefined && (newest === undefined || page.last > newest)) newest = page.last;
				if (next === undefined || last > asked - lateness) lookedAt ??= asked;
				if (next === undefined || last > asked - overlap) unsafe ??= asked;
				safe = unsafe ?? last;
				if (next !== undefined) forget(later(earlier(last, safe) - overlap, from));
				cursor = next === undefined ? undefined : later(next, reach);
			}
			start = later(from, later(newest === undefined ? 0n : earlier(newest, safe) - overlap, safe - skew));
			forget(start);
			start = later(start, reach);
			return count;
		},
		async lookBack(until) {
			pass ??= due();
			while (pass) {
				const cursor = later(pass.cursor, reach);
				const next = cursor < pass.to ? (await readPage(cursor, pass.to)).next : undefined;
				forget(start);
				start = later(start, reach);
				if (next === undefined) lookedAt = pass.began;
				pass = next === undefined ? undefined : {...pass, cursor: next};
				if (clock.now() >= until) return;
			}
		},
	};
}

const earlier = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const later = (a: bigint, b: bigint): bigint => (a > b ? a : b);
