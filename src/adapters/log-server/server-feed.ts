/** History and follow of a log server that is asked in pages: Loki, Elasticsearch, OpenSearch. */
import type {LogFeed, StreamInfo} from '../../ports/log-feed.ts';
import type {Clock} from '../../ports/clock.ts';
import {SourceError} from '../../base/source-error.ts';
import {nanosecondsOf} from './nanoseconds.ts';
import {skewMs, type LogServer} from './page-reader.ts';
import {systemRandom} from '../machine/system-random.ts';
import {createScan} from './page-scan.ts';
import {createRetry, type Retry} from './retry.ts';
import {createServerStreams, type ServerStreams} from './server-streams.ts';

/** What of a query is wanted. */
export interface ServerRange {
	/** Epoch milliseconds. Where neither this nor `newest` is given: what comes from now on. */
	readonly from?: number;
	/** The newest lines of the whole query, looked for a week back; with `from` too: whichever shows more. */
	readonly newest?: number;
	readonly follow: boolean;
	/** Between two polls; 1 s by default. */
	readonly pollMs?: number;
	/** How late a line may reach the server and still be found by the next poll; 10 s by default. */
	readonly overlapMs?: number;
	/** How late it may be and still be found by the pass over the last minutes; 5 min by default. */
	readonly latenessMs?: number;
	/** From one such pass to the next; 30 s by default. */
	readonly passMs?: number;
	/** Entries remembered for that; 100,000 by default. */
	readonly remembered?: number;
	/** In [0, 1), for the jitter of pauses; the machine's own if absent. */
	readonly random?: () => number;
}

export interface ServerFeedOptions extends ServerRange {
	readonly server: LogServer;
	readonly title: string;
	/** Stands for the query as a whole. */
	readonly query: StreamInfo;
	readonly clock: Clock;
}

const hour = 3_600_000;
const lookBacks = [hour, 24 * hour, 7 * 24 * hour];
const longestPause = 5000;

/** Makes the feed; nothing is sent before `start`, which throws a SourceError where the server refuses the query itself. */
export function serverFeed(options: ServerFeedOptions): LogFeed {
	const {clock, random = systemRandom, follow, pollMs = 1000} = options;
	const stopping = new AbortController();
	const finished = Promise.withResolvers<void>();
	let running: Promise<void> = Promise.resolve();

	const run = async (streams: ServerStreams, retry: Retry) => {
		const {overlapMs = 10_000, latenessMs = 5 * 60_000, passMs = 30_000, remembered = 100_000, server} = options;
		const reading = {server, clock, streams, retry};
		const scan = createScan(await beginning(options, retry), {...reading, overlapMs, latenessMs, passMs, remembered});
		const found = await scan.read();
		const problem = found === 0 && server.whyEmpty ? await retry.ask(server.whyEmpty) : undefined;
		if (problem !== undefined) streams.note({kind: 'mark', from: clock.now(), to: clock.now(), text: problem});
		streams.caughtUp();
		if (!follow) {
			streams.state({kind: 'ended', at: clock.now(), why: 'end of the history'});
			return;
		}
		for (let began = clock.now(); ;) {
			// A server that is slow gets as much rest as work.
			await clock.sleep(Math.min(longestPause, Math.max(pollMs, clock.now() - began)), stopping.signal);
			began = clock.now();
			await scan.read();
			await scan.lookBack(began + pollMs);
		}
	};

	return {
		title: options.title,
		finished: finished.promise,
		async start(sink) {
			const streams = createServerStreams(sink, options.query);
			const retry = createRetry({streams, clock, random, follow, signal: stopping.signal});
			running = run(streams, retry)
				.catch((error: unknown) => {
					if (stopping.signal.aborted) return;
					if (!(error instanceof SourceError)) throw error;
					giveUp(streams, error, clock.now());
				})
				.finally(() => {
					if (!follow) finished.resolve();
				});
			await Promise.race([retry.first, running]);
		},
		async stop() {
			stopping.abort();
			await running;
		},
	};
}

function giveUp(streams: ServerStreams, error: SourceError, now: number): void {
	if (!error.passing) {
		streams.state({kind: 'denied', error: error.message});
		return;
	}
	streams.note({kind: 'gap', from: Number.NaN, to: now, text: `the rest is missing: ${error.message}`});
	streams.state({kind: 'ended', at: now, why: error.message});
}

/** The time of the first line that is wanted, nanoseconds. */
async function beginning(options: ServerFeedOptions, retry: Retry): Promise<bigint> {
	const {from, newest, clock} = options;
	const since = nanosecondsOf(from ?? clock.now());
	if (newest === undefined || newest <= 0) return since;
	const reached = await reachBack(newest, options, retry);
	return from === undefined || reached < since ? reached : since;
}

/** The time of the line that has `count - 1` newer ones. Lines of one time are taken or left together. */
async function reachBack(count: number, {clock, server}: ServerFeedOptions, retry: Retry): Promise<bigint> {
	const now = clock.now();
	let from = nanosecondsOf(now);
	for (const lookBack of lookBacks) {
		from = nanosecondsOf(now - lookBack);
		let to = nanosecondsOf(now + skewMs);
		for (let missing = count; ;) {
			const range = {from, to, limit: Math.min(missing, server.largestPage), newest: true};
			const {entries, complete} = await retry.ask((signal) => server.page({...range, signal}));
			missing -= entries.length;
			const oldest = entries[0]?.at;
			if (oldest !== undefined && missing <= 0) return oldest;
			if (complete || oldest === undefined) break;
			to = oldest;
		}
	}
	return from;
}
