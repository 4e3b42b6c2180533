/** One page of a log server after the other; `Seen` drops what was delivered already. */
import type {Clock} from '../../ports/clock.ts';
import {SourceError} from '../../base/source-error.ts';
import {millisecondsOf, nanosecondsOf} from './nanoseconds.ts';
import type {Retry} from './retry.ts';
import type {Seen, SeenEntry} from './seen-lines.ts';
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

export interface PageReaderOptions {
	readonly server: LogServer;
	readonly clock: Clock;
	readonly streams: ServerStreams;
	readonly retry: Retry;
}

export interface PageRead {
	/** When it was asked for, nanoseconds since the epoch. */
	readonly asked: bigint;
	/** Entries that were not delivered before. */
	readonly count: number;
	/** Time of the last entry. */
	readonly last: bigint | undefined;
	/** Where the next page begins; undefined at the end of the range. */
	readonly next: bigint | undefined;
}

/** How far our clock and the server's may be apart. */
export const skewMs = 5 * 60_000;
const smallestPage = 50;
const mostTold = 1000;

/** Makes what reads and delivers the page that begins at a time, up to `to` or the present. */
export function createPageReader(
	seen: Seen,
	{server, clock, streams, retry}: PageReaderOptions,
): (from: bigint, to?: bigint) => Promise<PageRead> {
	const skew = nanosecondsOf(skewMs);
	const told = new Set<bigint>();
	let limit = server.pageSize;

	const read = (from: bigint, to: bigint | undefined) =>
		retry.ask(async (signal) => {
			const asked = nanosecondsOf(clock.now());
			try {
				const page = await server.page({from, to: to ?? asked + skew, limit, newest: false, signal});
				return {...page, asked};
			} catch (error) {
				// An answer that breaks off may be one that is too large for someone on the way.
				if (error instanceof SourceError && error.kind === 'bad-response') limit = Math.max(smallestPage, limit >> 1);
				throw error;
			}
		});

	/** More lines of one time than a page can hold: the rest of that time cannot be had. */
	const stepOver = (time: bigint, size: number): bigint => {
		const next = (time / server.tick + 1n) * server.tick;
		// Each poll comes by here again.
		if (told.has(time)) return next;
		if (told.size >= mostTold) told.clear();
		told.add(time);
		const text = `more than ${size.toLocaleString('en-US')} lines with one timestamp. The server returns no more of them at once.`;
		streams.note({kind: 'gap', from: millisecondsOf(time), to: millisecondsOf(next), text});
		return next;
	};

	return async (from, to) => {
		const used = limit;
		const {entries, complete, asked} = await read(from, to);
		const fresh = seen.fresh(entries);
		if (fresh.length > 0) streams.deliver(fresh);
		const last = entries.at(-1)?.at;
		const done = {asked, count: fresh.length, last};
		if (complete || last === undefined) return {...done, next: undefined};
		if (last > from) {
			limit = Math.min(server.pageSize, used * 2);
			return {...done, next: last};
		}
		if (limit >= server.largestPage) return {...done, next: stepOver(last, entries.length)};
		limit = server.largestPage;
		return {...done, next: from};
	};
}
