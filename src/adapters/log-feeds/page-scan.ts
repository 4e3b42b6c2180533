/**
 * Reads a log server forwards in pages. Each page begins with the last time of the one before it, so that nothing
 * between two is missed, and each scan begins a while before the newest line of the last one, for what the server
 * takes in late; `Seen` drops what was delivered already.
 */
import type {SeenEntry} from './seen.ts';
import type {Clock} from '../../ports.ts';
import {SourceError} from '../../source-error.ts';
import {millisecondsOf, nanosecondsOf} from './nanoseconds.ts';
import type {Retry} from './retry.ts';
import {createSeen} from './seen.ts';
import type {ServerEntry, ServerStreams} from './server-streams.ts';

export interface PageEntry extends ServerEntry, SeenEntry {}

export interface Page {
	/** By time, oldest first. */
	readonly entries: readonly PageEntry[];
	/** False where there may be more in the range than could be sent. */
	readonly complete: boolean;
}

export interface PageRequest {
	/** Inclusive, nanoseconds since the epoch. */
	readonly from: bigint;
	/** Exclusive. */
	readonly to: bigint;
	readonly limit: number;
	/** True: the newest of the range, else the oldest. */
	readonly newest: boolean;
	readonly signal: AbortSignal;
}

export interface LogServer {
	/** Entries of one page as a rule, and at most. */
	readonly pageSize: number;
	readonly largestPage: number;
	/** The step of its times that is always fine enough, nanoseconds. */
	readonly tick: bigint;
	/** Throws SourceError. */
	readonly page: (request: PageRequest) => Promise<Page>;
	/** Why a query that finds nothing never will (a field that does not exist), in one sentence. Throws SourceError. */
	readonly whyEmpty?: (signal: AbortSignal) => Promise<string | undefined>;
}

export interface ScanOptions {
	readonly server: LogServer;
	readonly clock: Clock;
	/** How late a line may reach the server and still be found, milliseconds. */
	readonly overlapMs: number;
	/** Entries remembered for the overlap. */
	readonly remembered: number;
	readonly streams: ServerStreams;
	readonly retry: Retry;
}

/** How far our clock and the server's may be apart. */
export const skewMs = 5 * 60_000;
const smallestPage = 50;

/** Makes the scan that begins at `from` (nanoseconds); each call reads to the present and returns the number of new entries. */
export function createScan(from: bigint, options: ScanOptions): () => Promise<number> {
	const {server, clock, streams, retry} = options;
	const seen = createSeen(options.remembered);
	const overlap = nanosecondsOf(options.overlapMs);
	const skew = nanosecondsOf(skewMs);
	let start = from;
	let newest: bigint | undefined;
	let limit = server.pageSize;
	let crowded = false;

	const read = (cursor: bigint) =>
		retry.ask(async (signal) => {
			const asked = nanosecondsOf(clock.now());
			try {
				const page = await server.page({from: cursor, to: asked + skew, limit, newest: false, signal});
				return {...page, asked};
			} catch (error) {
				// An answer that breaks off may be one that is too large for somebody on the way.
				if (error instanceof SourceError && error.kind === 'bad-response') limit = Math.max(smallestPage, limit >> 1);
				throw error;
			}
		});

	/** More lines of one time than a page can hold: the rest of that time cannot be had. */
	const stepOver = (time: bigint): bigint => {
		const next = (time / server.tick + 1n) * server.tick;
		const text = `more than ${limit.toLocaleString('en-US')} lines of one time; the server gives no more of them at once`;
		streams.note({kind: 'gap', from: millisecondsOf(time), to: millisecondsOf(next), text});
		return next;
	};

	/** Returns where the memory begins. */
	const forget = (before: bigint): bigint => {
		const reach = seen.forgetBefore(before);
		if (reach > before && !crowded) {
			crowded = true;
			const text = `too many lines to look again for those that reach the server late; some may be missing from here on`;
			streams.note({kind: 'gap', from: millisecondsOf(before), to: millisecondsOf(reach), text});
		}
		return reach;
	};

	return async () => {
		let cursor = start;
		let floor = start;
		let count = 0;
		// When the first page was asked for that reached into the time where late lines are still to be expected.
		let unsafe: bigint | undefined;
		for (;;) {
			const used = limit;
			const {entries, complete, asked} = await read(cursor);
			const fresh = seen.fresh(entries);
			if (fresh.length > 0) streams.deliver(fresh);
			count += fresh.length;
			const last = entries.at(-1)?.at;
			if (last !== undefined && (newest === undefined || last > newest)) newest = last;
			if (complete || last === undefined || last > asked - overlap) unsafe ??= asked;
			if (complete || last === undefined) break;
			if (last > cursor) {
				cursor = last;
				limit = Math.min(server.pageSize, used * 2);
				floor = later(floor, forget(earlier(last, unsafe ?? last) - overlap));
			} else if (limit < server.largestPage) limit = server.largestPage;
			else cursor = stepOver(last);
		}
		const safe = unsafe ?? cursor;
		const wanted = later(newest === undefined ? 0n : earlier(newest, safe) - overlap, safe - skew);
		start = later(wanted, floor);
		start = later(start, forget(start));
		return count;
	};
}

const earlier = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const later = (a: bigint, b: bigint): bigint => (a > b ? a : b);
