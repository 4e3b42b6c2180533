/** Reads the ops log: log entries and handwritten lines. */
import {open} from 'node:fs/promises';
import {type Entry, parseEntry, readEntry} from './entry.ts';
import {type EntryLine, entryLine} from './entry-line.ts';
import {codeOf} from '../base/file-error.ts';
import {clockTimeOf, dayOf} from '../base/times.ts';

export type LogLine =
	| EntryLine
	| {
			readonly kind: 'other';
			/** Counts from 1. */
			readonly number: number;
			readonly text: string;
			/** What is wrong with a line that looks like a log entry, or with the file at that line, in one sentence. */
			readonly problem?: string;
	  };

/** Git's conflict markers. */
export const conflictMark = /^(?:<{7} |>{7} |={7}$)/;
/** Only rounds starts a line like this. */
const stamped = /^- \d{4}-\d\d-\d\d \d\d:\d\d [+-]\d\d:\d\d · /;

/** The rest of a longer line is dropped, so that no file can fill the memory. */
const longestLine = 65_536;
/** Most bytes of a character in UTF-8. */
const bytesOfCharacter = 4;

/** Read at once: some hundred entries, a few milliseconds' work. */
const chunkBytes = 262_144;

/** Some editors begin a file with a mark of its byte order. */
const withoutMark = (text: string) => (text.startsWith('\uFEFF') ? text.slice(1) : text);

function problemOf(text: string): string | undefined {
	if (conflictMark.test(text)) return 'git conflict marker: remove this line';
	if (!stamped.test(text)) return undefined;
	const read = readEntry(text);
	return 'problem' in read ? `${read.problem}. It counts as a line written by hand.` : undefined;
}

function lineOf(text: string, number: number): LogLine {
	const whole = text.endsWith('\r') ? text.slice(0, -1) : text;
	const clean = number === 1 ? withoutMark(whole) : whole;
	const entry = entryLine(clean, number);
	if (entry) return entry;
	const problem = problemOf(clean);
	return {kind: 'other', number, text: clean, ...(problem === undefined ? {} : {problem})};
}

function linesIn(text: string, before: number): readonly LogLine[] {
	const lines: LogLine[] = [];
	let from = 0;
	for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
		lines.push(lineOf(text.slice(from, Math.min(end, from + longestLine)), before + lines.length + 1));
		from = end + 1;
	}
	if (from < text.length) lines.push(lineOf(text.slice(from, from + longestLine), before + lines.length + 1));
	return lines;
}

/** Every line in order, one chunk at a time: awaiting each line would cost more than reading it. */
export async function* parseLog(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly LogLine[]> {
	// The bytes of an unfinished line: only whole lines are decoded, so that no character is split.
	let rest: Buffer = Buffer.alloc(0);
	let number = 0;
	for await (const chunk of chunks) {
		const end = chunk.lastIndexOf('\n') + 1;
		if (end > 0) {
			const lines = linesIn(Buffer.concat([rest, chunk.subarray(0, end)]).toString('utf8'), number);
			number += lines.length;
			yield lines;
			rest = chunk.subarray(end);
		} else if (rest.length < longestLine * bytesOfCharacter) {
			rest = Buffer.concat([rest, chunk]);
		}
	}
	if (rest.length > 0) yield linesIn(rest.toString('utf8'), number);
}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
	const handle = await open(path, 'r');
	try {
		for (;;) {
			// oxlint-disable-next-line no-await-in-loop -- one chunk is read when the one before it is done with
			const {bytesRead, buffer} = await handle.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes);
			if (bytesRead === 0) return;
			yield buffer.subarray(0, bytesRead);
		}
	} finally {
		await handle.close();
	}
}

/** Every line of the file in order; none if there is no file yet. */
export async function* readLog(path: string): AsyncGenerator<readonly LogLine[]> {
	try {
		yield* parseLog(chunksOf(path));
	} catch (error) {
		if (codeOf(error) !== 'ENOENT') throw error;
	}
}

/** The entries among the last `bytes` of the file, oldest first; fast however large it is. */
export async function recentEntries(path: string, bytes = 262_144): Promise<readonly Entry[]> {
	let handle;
	try {
		handle = await open(path, 'r');
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return [];
		throw error;
	}
	try {
		const {size} = await handle.stat();
		const from = Math.max(0, size - bytes);
		const buffer = Buffer.alloc(size - from);
		const {bytesRead} = await handle.read(buffer, 0, buffer.length, from);
		const text = buffer.toString('utf8', 0, bytesRead);
		const lines = (from === 0 ? withoutMark(text) : text).split(/\r?\n/);
		// The first line is complete only if reading started at the start of the file.
		return lines.slice(from === 0 ? 0 : 1).flatMap((line) => parseEntry(line) ?? []);
	} finally {
		await handle.close();
	}
}

/** Today's entries of this service and environment, oldest first: who did the round already. */
export function entriesOfDay(
	entries: readonly Entry[],
	of: {readonly service: string; readonly environment: string; readonly now: number; readonly timeZone?: string},
): readonly Entry[] {
	const today = dayOf(of.now, of.timeZone);
	return entries.filter(
		({service, environment, at}) => service === of.service && environment === of.environment && dayOf(at, of.timeZone) === today,
	);
}

/** `bob already did today's round at 08:42 (critical)`; undefined if no one did. */
export function doneToday(
	entries: readonly Entry[],
	of: {readonly service: string; readonly environment: string; readonly now: number; readonly timeZone?: string},
): string | undefined {
	const last = entriesOfDay(entries, of).at(-1);
	if (!last) return undefined;
	return `${last.operator} already did today's round at ${clockTimeOf(last.at, of.timeZone)} (${last.status})`;
}
