/** Cuts the ring into regions that are looked at in one go, and finds in a region the lines that a needle may be in. */
import {isAscii} from 'node:buffer';
import type {Needle} from './bulk-pattern.ts';
import {longestLookedAt, noteFlags} from './line-under-test.ts';
import type {LineChunk, LogLines} from '../log-lines.ts';
import {hasEscape, quickestPart} from './quick-find.ts';

/** Lines of one chunk, by their number: from `from` up to, without, `to`. */
export interface Region {
	readonly from: number;
	readonly to: number;
}

/** Decoded, it still is an object that V8's young generation takes: larger ones cost twice the time. */
const mostBytes = 120_000;
const mostLines = 8192;
const escape = Buffer.from([0x1b]);

/** Where the line after line `at` of the chunk begins. */
const after = (chunk: LineChunk, at: number) => (at + 1 < chunk.count ? (chunk.starts[at + 1] ?? 0) : chunk.used);

/** The last line of the chunk in [low, high) that begins at or before the byte. */
function lineAtByte(chunk: LineChunk, byte: number, low: number, high: number): number {
	let [from, to] = [low, high - 1];
	while (from < to) {
		const middle = (from + to + 1) >> 1;
		if ((chunk.starts[middle] ?? 0) <= byte) from = middle;
		else to = middle - 1;
	}
	return from;
}

/** The region that begins with the line, within one chunk, before `limit`, and of at most 120 KB and 8,192 lines (a longer line alone). */
export function regionFrom(lines: LogLines, line: number, limit: number): Region | undefined {
	const chunk = lines.chunkOf(line);
	if (!chunk || line >= limit) return undefined;
	const at = line - chunk.first;
	const end = Math.min(chunk.count, limit - chunk.first, at + mostLines);
	const last = lineAtByte(chunk, (chunk.starts[at] ?? 0) + mostBytes, at, end);
	return {from: line, to: chunk.first + (last > at && after(chunk, last) - (chunk.starts[at] ?? 0) > mostBytes ? last : last + 1)};
}

/** As `regionFrom`, for the region that ends before the line and does not begin before `limit`. */
export function regionBefore(lines: LogLines, line: number, limit: number): Region | undefined {
	const chunk = line > limit ? lines.chunkOf(line - 1) : undefined;
	if (!chunk) return undefined;
	const end = line - chunk.first;
	const low = Math.max(0, limit - chunk.first, end - mostLines);
	const floor = after(chunk, end - 1) - mostBytes;
	const first = lineAtByte(chunk, floor, low, end);
	return {from: chunk.first + ((chunk.starts[first] ?? 0) < floor ? Math.min(first + 1, end - 1) : first), to: line};
}

/** Whether the region has lines that a needle says nothing about: the program's own, with escape sequences, too long. */
function hasSpecial(chunk: LineChunk, from: number, to: number, bytes: Buffer): boolean {
	const {flags, starts} = chunk;
	for (let at = from; at < to; at++) if (((flags[at] ?? 0) & noteFlags) !== 0) return true;
	if (bytes.length > longestLookedAt)
		for (let at = from; at < to; at++) if (after(chunk, at) - (starts[at] ?? 0) > longestLookedAt) return true;
	return hasEscape(chunk, after(chunk, to - 1)) && bytes.includes(escape);
}

function isSpecial(chunk: LineChunk, at: number): boolean {
	const start = chunk.starts[at] ?? 0;
	const end = after(chunk, at);
	return ((chunk.flags[at] ?? 0) & noteFlags) !== 0 || end - start > longestLookedAt || chunk.bytes.subarray(start, end).includes(escape);
}

/** The lines (places in the chunk) in which the bytes are found; undefined where they are in more than `most`. */
function findBytes(
	chunk: LineChunk,
	from: number,
	to: number,
	{bytes, wanted, most}: {bytes: Buffer; wanted: Buffer; most: number},
): number[] | undefined {
	const base = chunk.starts[from] ?? 0;
	const found: number[] = [];
	let line = from;
	for (let hit = bytes.indexOf(wanted); hit >= 0; hit = bytes.indexOf(wanted, after(chunk, line) - base)) {
		line = lineAtByte(chunk, hit + base, line, to);
		if (found.length >= most) return undefined;
		found.push(line);
		if (line + 1 >= to) break;
	}
	return found;
}

/** As `findBytes`, for an expression over a text with one character for each byte. */
function findInBytes(chunk: LineChunk, from: number, to: number, {text, pattern}: {text: string; pattern: RegExp}): number[] {
	const base = chunk.starts[from] ?? 0;
	const found: number[] = [];
	let line = from;
	pattern.lastIndex = 0;
	while (pattern.test(text)) {
		// A match never reaches over its line's break: where it ends is in the same line.
		line = lineAtByte(chunk, pattern.lastIndex + base, line, to);
		found.push(line);
		if (line + 1 >= to) break;
		pattern.lastIndex = (chunk.starts[line + 1] ?? 0) - base;
	}
	return found;
}

/** As `findInBytes`, where characters and bytes differ: lines are told by their breaks. */
function findInText(from: number, to: number, text: string, pattern: RegExp): number[] {
	const found: number[] = [];
	let line = from;
	let end = text.indexOf('\n');
	pattern.lastIndex = 0;
	while (pattern.test(text)) {
		for (; end >= 0 && end < pattern.lastIndex; line++) end = text.indexOf('\n', end + 1);
		found.push(line);
		if (line + 1 >= to || end < 0) break;
		pattern.lastIndex = end + 1;
	}
	return found;
}

/** The part of each literal that is looked for, chosen by the first region in which it was. */
const parts = new WeakMap<Buffer, Buffer>();
const sampleBytes = 16_384;

function partOf(literal: Buffer, sample: Buffer): Buffer {
	const known = parts.get(literal);
	if (known) return known;
	const part = quickestPart(literal, sample.subarray(0, sampleBytes));
	// An empty or short region tells little of the others.
	if (sample.length >= sampleBytes) parts.set(literal, part);
	return part;
}

function find(chunk: LineChunk, from: number, to: number, needle: Needle): {readonly found: readonly number[]; readonly exact: boolean} {
	const start = chunk.starts[from] ?? 0;
	// Without the last break: behind it is no line.
	const bytes = chunk.bytes.subarray(start, after(chunk, to - 1) - 1);
	const {pattern, literal, ascii, exact} = needle;
	if (!(pattern instanceof RegExp)) return {found: findBytes(chunk, from, to, {bytes, wanted: pattern, most: to - from}) ?? [], exact};
	// Where few lines hold what every match must, it is quicker to look at those than to decode all.
	const near = literal && findBytes(chunk, from, to, {bytes, wanted: partOf(literal, bytes), most: (to - from) >> 4});
	if (near) return {found: near, exact: false};
	if (ascii || isAscii(bytes)) return {found: findInBytes(chunk, from, to, {text: bytes.toString('latin1'), pattern}), exact};
	return {found: findInText(from, to, bytes.toString('utf8'), pattern), exact};
}

export interface Candidates {
	/** Ascending line numbers. */
	readonly lines: readonly number[];
	/** Whether all of them are wanted for certain. */
	readonly exact: boolean;
}

/** The lines of the region that the needle may be in; all that the needle says nothing about are among them. */
export function candidatesIn(lines: LogLines, {from, to}: Region, needle: Needle): Candidates {
	const chunk = lines.chunkOf(from);
	if (!chunk) return {lines: [], exact: true};
	const [low, high] = [from - chunk.first, to - chunk.first];
	const bytes = chunk.bytes.subarray(chunk.starts[low] ?? 0, after(chunk, high - 1));
	// A line longer than a region is alone in it; only its beginning is looked at, by the test itself.
	if (bytes.length > mostBytes) return {lines: [from], exact: false};
	const {found, exact} = find(chunk, low, high, needle);
	const special = hasSpecial(chunk, low, high, bytes);
	if (!special) return {lines: found.map((at) => at + chunk.first), exact};
	const among = new Set(found);
	const all: number[] = [];
	for (let at = low; at < high; at++) if (among.has(at) || isSpecial(chunk, at)) all.push(at + chunk.first);
	return {lines: all, exact: false};
}
