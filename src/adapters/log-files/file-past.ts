/** Opens a file and finds where the wanted part of its past begins. */
import {createReadStream} from 'node:fs';
import type {LineBatch, LogSink, StreamId} from '../../ports/log-feed.ts';
import {withJournalText} from '../../logs/formats/journal-text.ts';
import {createLineSplitter} from '../../logs/hold/split-lines.ts';
import type {Clock} from '../../ports/clock.ts';
import type {OpenFile} from './file-access.ts';
import type {HistorySource} from './file-history.ts';
import {startOf} from './file-start.ts';
import {localTimes} from './file-tailer.ts';
import {createGzipReader, isGzip} from './gzip.ts';
import {createSuffix, type Past} from './held-lines.ts';
import {openedFile, type OpenedFile} from './opened-file.ts';

export interface PastOptions {
	readonly path: string;
	readonly stream: StreamId;
	readonly sink: LogSink;
	readonly clock: Clock;
	/** Absent where the path is a pipe. */
	readonly file?: OpenFile | undefined;
	readonly past: Past;
	readonly blockBytes: number;
	readonly follow: boolean;
	readonly signal: AbortSignal;
}

export interface OpenPast {
	readonly source: HistorySource;
	/** To be read on from where the past ended; absent for what cannot grow. */
	readonly opened?: OpenedFile;
	/** A pipe: its writer decides when there is more, so nothing else may wait for it. */
	readonly live: boolean;
	/** Why nothing more will come, once the past is read. */
	readonly why: () => string;
}

type Portions = {readonly next: () => Promise<Uint8Array | undefined>; readonly problem: () => string | undefined};

/** Takes over the open file. Throws Node's own errors. */
export async function openPast(options: PastOptions): Promise<OpenPast> {
	const {stream, sink, clock, past, blockBytes, follow, file} = options;
	if (!file) return {...wholeOnly({...options, past: {}}, pipePortions(options), 'end of input'), live: true};
	const facts = await file.facts();
	if (await isGzip(file)) return wholeOnly(options, createGzipReader(file), 'end of file', file.close);

	const timeOf = localTimes(clock);
	// While the past is read the lines wait to be merged; after that they go straight to the sink.
	let take: ((batch: LineBatch) => void) | undefined;
	const opened = openedFile(file, {facts, timeOf, onLines: (batch) => (take ? take(batch) : sink.lines(stream, batch))});
	const start = await startOf(file, {size: facts.size, past, timeOf: localTimes(clock)});
	opened.seek(start.position);
	if (start.untimed) untimedNote(options);
	const buffer = Buffer.allocUnsafe(blockBytes);
	const source: HistorySource = {
		stream,
		memory: () => buffer.buffer,
		async next(hold) {
			take = hold;
			const more = (await opened.step(buffer)) === 'more';
			if (!more && !follow) opened.endLine();
			take = undefined;
			return more;
		},
	};
	return {source, opened, live: false, why: () => 'end of file'};
}

function untimedNote({stream, sink, clock}: PastOptions): void {
	const now = clock.now();
	sink.note(stream, {kind: 'mark', from: now, to: now, text: 'no timestamps found, so the recent lines are unknown'});
}

/** What can only be read from its beginning, and once. */
function wholeOnly(options: PastOptions, portions: Portions, end: string, close?: () => Promise<void>): OpenPast {
	const {stream, sink, clock, past} = options;
	const suffix = createSuffix(past);
	let hold: (batch: LineBatch) => void = () => {};
	const splitter = createLineSplitter(
		(batch) => {
			for (const wanted of suffix.add(withJournalText(batch))) hold(wanted);
		},
		{timeOf: localTimes(clock)},
	);
	let portion: Uint8Array | undefined;
	const source: HistorySource = {
		stream,
		memory: () => portion?.buffer,
		async next(into) {
			hold = into;
			portion = await portions.next();
			if (portion) {
				splitter.push(portion);
				return true;
			}
			splitter.end();
			for (const wanted of suffix.end()) hold(wanted);
			await close?.();
			const problem = portions.problem();
			const now = clock.now();
			if (problem !== undefined) sink.note(stream, {kind: 'gap', from: now, to: now, text: `${problem}: the rest is missing`});
			return false;
		},
	};
	return {source, live: false, why: () => portions.problem() ?? end};
}

/** A named pipe, or the shell's `<(command)`. */
function pipePortions({path, signal}: PastOptions): Portions {
	const chunks = createReadStream(path, {signal, highWaterMark: 256 * 1024})[Symbol.asyncIterator]();
	let problem: string | undefined;
	return {
		async next() {
			try {
				const {value, done} = (await chunks.next()) as IteratorResult<Uint8Array, undefined>;
				return done ? undefined : value;
			} catch (error) {
				signal.throwIfAborted();
				problem = `the pipe broke off (${(error as Error).message})`;
				return undefined;
			}
		},
		problem: () => problem,
	};
}
