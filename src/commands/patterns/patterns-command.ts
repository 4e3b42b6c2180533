/** `rounds patterns`: the lines of a log by pattern, as a table, as JSON, or as one id per line. */
import {isAscii} from 'node:buffer';
import {once} from 'node:events';
import type {Readable, Writable} from 'node:stream';
import {openLogInput} from '../../adapters/log-files/input-file.ts';
import {formatNumber, plural} from '../../base/figures.ts';
import type {LineBatch} from '../../ports/log-feed.ts';
import {levelIn} from '../../logs/formats/level.ts';
import {createTimeReader} from '../../logs/formats/line-time.ts';
import {listPatterns} from '../../logs/count/pattern-counts.ts';
import {createIdList} from '../../logs/patterns/id-list.ts';
import {messageOf} from '../../logs/patterns/line-message.ts';
import {createMiner, type Miner} from '../../logs/patterns/miner.ts';
import {count} from '../../logs/patterns/tally.ts';
import {createLineSplitter} from '../../logs/hold/split-lines.ts';
import {type Environment, symbolsFor} from '../../base/terminal/locale.ts';
import {exitCodes, UserError} from '../../base/user-error.ts';
import {patternsJson, patternTable} from './patterns-text.ts';

export interface PatternsInput {
	readonly words: readonly string[];
	readonly options: Readonly<Record<string, string | boolean | undefined>>;
	readonly stdin: Readable;
	readonly stdout: Writable;
	readonly err: (text: string) => void;
	readonly env: Environment;
	/** Of the terminal; undefined where stdout is none. */
	readonly columns: number | undefined;
	/** Epoch milliseconds, for times without a year. */
	readonly now: () => number;
}

/** Bytes of a line that are looked at: what follows says nothing new about its pattern. */
const longest = 8192;
/** Lines of a batch whose text is made in one go. */
const oneText = 1024 * 1024;
/** A line may be that long and is still one line with one id. */
const longestLine = 256 * 1024 * 1024;
/** In a terminal, where no one asked for more. */
const shownInTerminal = 20;

type OnLine = (text: string, bytes: Uint8Array, start: number, end: number) => void;

function eachLine({bytes, count: lines, starts, ends}: LineBatch, onLine: OnLine): void {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const [from = 0, to = 0] = [starts[0], ends[lines - 1]];
	const whole = to - from <= oneText && isAscii(buffer.subarray(from, to)) ? buffer.toString('latin1', from, to) : undefined;
	for (let line = 0; line < lines; line++) {
		let start = starts[line] ?? 0;
		const end = ends[line] ?? 0;
		// A log that was truncated while its program wrote on begins with NULs.
		while (bytes[start] === 0 && start < end) start++;
		const shown = Math.min(end, start + longest);
		onLine(whole === undefined ? buffer.toString('utf8', start, shown) : whole.slice(start - from, shown - from), bytes, start, end);
	}
}

/** Counts every line; the trend is over time where the log's beginning tells times, else over the lines. */
function createCounter(miner: Miner, now: () => number): {readonly take: (batch: LineBatch) => void; readonly lines: () => number} {
	const timeOf = createTimeReader({now});
	let lines = 0;
	let timed: boolean | undefined;
	let latest = Number.NaN;
	return {
		take(batch) {
			if (timed === undefined) {
				timed = Array.from({length: Math.min(batch.count, 256)}).some(
					(_, line) => !Number.isNaN(timeOf(batch.bytes, batch.starts[line] ?? 0, batch.ends[line] ?? 0)),
				);
				if (!timed) miner.axis.width = 1;
			}
			eachLine(batch, (text, bytes, start, end) => {
				const time = timed ? timeOf(bytes, start, end) : Number.NaN;
				// A line without a time belongs to the one before it.
				if (!Number.isNaN(time)) latest = time;
				const {tally} = miner.add(messageOf(text), lines);
				count(tally, miner.axis, levelIn(bytes, start, end), time, timed ? latest : lines);
				lines++;
			});
		},
		lines: () => lines,
	};
}

async function write(stdout: Writable, text: string): Promise<void> {
	if (text !== '' && !stdout.write(text)) await once(stdout, 'drain');
}

/** Shows every chunk's lines; resolves to what was wrong with the input's rest. */
async function readLines(
	{words, stdin}: PatternsInput,
	onBatch: (batch: LineBatch) => void,
	afterChunk?: () => Promise<void>,
): Promise<string | undefined> {
	const source = openLogInput(words[0] ?? '-', stdin);
	const splitter = createLineSplitter(onBatch, {longest: longestLine});
	for await (const chunk of source.chunks()) {
		splitter.push(chunk);
		await afterChunk?.();
	}
	splitter.end();
	return source.problem();
}

async function assign(input: PatternsInput, miner: Miner): Promise<string | undefined> {
	const ids = createIdList();
	let lines = 0;
	const flush = async () => {
		miner.settle();
		for (const text of ids.take(miner.idOf)) await write(input.stdout, text);
	};
	const problem = await readLines(
		input,
		(batch) =>
			eachLine(batch, (text) => {
				ids.push(miner.add(messageOf(text), lines++).id);
			}),
		async () => {
			if (ids.full()) await flush();
		},
	);
	await flush();
	return problem;
}

function limitOf({options, columns}: PatternsInput): number {
	const value = options['limit'];
	if (typeof value !== 'string') return columns === undefined || options['format'] === 'json' ? Number.POSITIVE_INFINITY : shownInTerminal;
	const limit = Number(value);
	if (!/^\d+$/.test(value) || limit < 1) throw new UserError(`--limit takes a number from 1, not "${value}"`);
	return limit;
}

async function report(input: PatternsInput, miner: Miner, limit: number): Promise<string | undefined> {
	const counter = createCounter(miner, input.now);
	const problem = await readLines(input, counter.take);
	const all = listPatterns(miner, counter.lines());
	const shown = all.slice(0, limit);
	const forgotten = miner.forgotten();
	if (input.options['format'] === 'json') {
		await write(input.stdout, patternsJson({lines: counter.lines(), found: all.length, patterns: shown, forgotten}));
		return problem;
	}
	await write(input.stdout, patternTable(shown, {symbols: symbolsFor(input.env), columns: input.columns}));
	if (counter.lines() === 0) input.err('rounds: there are no lines\n');
	if (shown.length < all.length)
		input.err(`rounds: the ${formatNumber(shown.length)} most frequent of ${formatNumber(all.length)} patterns; --limit N shows more\n`);
	if (forgotten.patterns > 0)
		input.err(
			`rounds: ${plural(forgotten.patterns, 'pattern')} with ${plural(forgotten.lines, 'line')} dropped from memory (limit reached)\n`,
		);
	return problem;
}

/**
 * Reads the log to its end in bounded memory and prints its patterns. Resolves to the exit code: 0, or 65 where a
 * compressed input broke off after what was printed. Throws a UserError where there is nothing to read.
 */
export async function runPatterns(input: PatternsInput): Promise<number> {
	const limit = limitOf(input);
	const miner = createMiner();
	const problem = await (input.options['assign'] === true ? assign(input, miner) : report(input, miner, limit));
	if (problem === undefined) return 0;
	input.err(`rounds: ${input.words[0] === '-' ? 'standard input' : input.words[0]}: ${problem}. Counted up to there.\n`);
	return exitCodes.dataError;
}
