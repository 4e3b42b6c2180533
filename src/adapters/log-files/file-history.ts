/** What is in the files when they are opened, all of them merged by time. */
import type {LineBatch, LogSink, StreamId} from '../../ports/log-feed.ts';
import {copyOf, partOf} from './held-lines.ts';

/** One file's past, in portions. */
export interface HistorySource {
	readonly stream: StreamId;
	/** Lends the next lines to `hold`, perhaps none; false at the end. */
	readonly next: (hold: (batch: LineBatch) => void) => Promise<boolean>;
	/** The memory that keeps what it holds until `next` is called again: lines in it need not be copied. */
	readonly memory: () => ArrayBufferLike | undefined;
}

interface Reading {
	readonly source: HistorySource;
	readonly batches: LineBatch[];
	/** The first line of the first batch that waits. */
	at: number;
	/** Its time; that of the line before it where it tells none. */
	time: number;
	more: boolean;
}

/**
 * Delivers the lines of all sources in the order of their times; within a source in its own order. Each portion is
 * read with an await, so that keys have their turn.
 */
export async function deliverHistory(
	sources: readonly HistorySource[],
	{sink, signal}: {readonly sink: LogSink; readonly signal: AbortSignal},
): Promise<void> {
	let open: readonly Reading[] = sources.map((source) => ({source, batches: [], at: 0, time: Number.NEGATIVE_INFINITY, more: true}));
	for (;;) {
		await sink.room?.();
		await Promise.all(open.map((reading) => fill(reading)));
		signal.throwIfAborted();
		open = open.filter(({batches}) => batches.length > 0);
		if (open.length === 0) return;
		// Until one of them has to be read on.
		while (open.every(({batches}) => batches.length > 0)) {
			const [first, second] = earliestTwo(open);
			if (first) emit(first, second?.time ?? Number.POSITIVE_INFINITY, sink);
		}
	}
}

async function fill(reading: Reading): Promise<void> {
	while (reading.batches.length === 0 && reading.more) {
		reading.more = await reading.source.next((batch) => {
			const {bytes, count, starts, ends, times} = batch;
			const stays = bytes.buffer === reading.source.memory();
			const indexes = {starts: starts.slice(0, count), ends: ends.slice(0, count), times: times.slice(0, count)};
			reading.batches.push(stays ? {bytes, count, ...indexes} : copyOf(batch));
		});
		head(reading);
	}
}

/** The time of the line that waits. */
function head(reading: Reading): void {
	const time = reading.batches[0]?.times[reading.at];
	if (time !== undefined && !Number.isNaN(time)) reading.time = time;
}

function earliestTwo(open: readonly Reading[]): readonly [Reading | undefined, Reading | undefined] {
	let first: Reading | undefined;
	let second: Reading | undefined;
	for (const reading of open) {
		if (!first || reading.time < first.time) {
			second = first;
			first = reading;
		} else if (!second || reading.time < second.time) second = reading;
	}
	return [first, second];
}

/** Delivers from the first batch that waits as far as `until`, at least one line. */
function emit(reading: Reading, until: number, sink: LogSink): void {
	const batch = reading.batches[0];
	if (!batch) return;
	const from = reading.at;
	let to = batch.count;
	if (until !== Number.POSITIVE_INFINITY) {
		to = from + 1;
		for (let time = batch.times[to]; to < batch.count && !((time ?? Number.NaN) > until); time = batch.times[to]) {
			if (time !== undefined && !Number.isNaN(time)) reading.time = time;
			to += 1;
		}
	}
	sink.lines(reading.source.stream, from === 0 && to === batch.count ? batch : partOf(batch, from, to));
	reading.at = to;
	if (to === batch.count) {
		reading.batches.shift();
		reading.at = 0;
	}
	head(reading);
}
