import type {StreamId} from '../../src/ports/log-feed.ts';
import {levels, lineFlags, type Level, type LineChunk, type LogLines, type Moved} from '../../src/logs/log-lines.ts';

export interface FakeLine {
	readonly text: string | Uint8Array;
	/** Epoch milliseconds; NaN where absent. */
	readonly time?: number;
	readonly stream?: StreamId;
	readonly flags?: number;
	readonly level?: Level;
}

export interface FakeLines extends LogLines {
	readonly add: (...lines: (FakeLine | string)[]) => void;
	/** Puts lines in before the line with that number, and tells it. */
	readonly insert: (before: number, ...lines: (FakeLine | string)[]) => void;
	/** Drops the oldest chunks, so many. */
	readonly drop: (chunks: number) => void;
}

/** A ring over plain arrays: chunks of so many lines, made anew at each question; nothing is ever dropped by itself. */
export function createFakeLines(linesPerChunk = 4): FakeLines {
	let pieces: FakeLine[][] = [];
	let start = 0;
	let dropped = false;
	const listeners = new Set<(change: Moved) => void>();
	const whole = (line: FakeLine | string): FakeLine => (typeof line === 'string' ? {text: line} : {...line});
	/** Flags as they were written into the chunks: what was noted of a line stays with it. */
	const written = new WeakMap<FakeLine, number>();
	let flat: readonly FakeLine[] | undefined;
	const all = () => (flat ??= pieces.flat());
	const at = (line: number): FakeLine => {
		const found = all()[line - start];
		if (!found || line < start) throw new RangeError(`line ${line} is not held`);
		return found;
	};
	const bytes = (line: number) => Buffer.from(at(line).text);
	const flags = (line: number) =>
		written.get(at(line)) ?? (at(line).flags ?? 0) | (at(line).level ? levels.indexOf(at(line).level!) + 2 : 1);
	let cache: readonly LineChunk[] | undefined;
	function changes(): void {
		cache?.forEach((chunk, place) => pieces[place]?.forEach((line, k) => written.set(line, chunk.flags[k] ?? 0)));
		cache = undefined;
		flat = undefined;
	}
	const chunks = (): readonly LineChunk[] => {
		if (cache) return cache;
		let first = start;
		cache = pieces.map((piece) => {
			const texts = piece.map(({text}) => Buffer.concat([Buffer.from(text), Buffer.from('\n')]));
			let used = 0;
			const chunk: LineChunk = {
				first,
				count: piece.length,
				starts: Uint32Array.from(texts, (text) => (used += text.length) - text.length),
				bytes: Buffer.concat([...texts, Buffer.from('rest of an older chunk\nERROR needle')]),
				used,
				times: Float64Array.from(piece, ({time}) => time ?? Number.NaN),
				streams: Uint16Array.from(piece, ({stream}) => stream ?? 0),
				edits: 0,
				flags: Uint8Array.from(piece, (_, k) => flags(first + k)),
			};
			first += piece.length;
			return chunk;
		});
		return cache;
	};
	return {
		first: () => start,
		end: () => start + all().length,
		bytesHeld: () => all().reduce((sum, {text}) => sum + text.length, 0),
		capacity: () => Number.POSITIVE_INFINITY,
		wrapped: () => dropped,
		reachesBackTo: () => all().find(({time}) => time !== undefined)?.time,
		text: (line, longest = 65_536) => bytes(line).subarray(0, longest).toString('utf8'),
		bytes,
		length: (line) => bytes(line).length,
		time: (line) => at(line).time ?? Number.NaN,
		stream: (line) => at(line).stream ?? 0,
		flags(line) {
			const chunk = cache?.find(({first, count}) => line >= first && line < first + count);
			return chunk ? (chunk.flags[line - chunk.first] ?? 0) : flags(line);
		},
		level: (line) => at(line).level,
		chunkOf: (line) => chunks().find(({first, count}) => line >= first && line < first + count),
		chunks,
		lineAt(time) {
			const found = all().findIndex((line) => (line.time ?? Number.NaN) >= time);
			return found < 0 ? start + all().length : start + found;
		},
		onMoved(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		add(...lines) {
			changes();
			for (const line of lines) {
				const last = pieces.at(-1);
				if (last && last.length < linesPerChunk) last.push(whole(line));
				else pieces.push([whole(line)]);
			}
		},
		insert(before, ...lines) {
			changes();
			const held = pieces.flat();
			held.splice(before - start, 0, ...lines.map(whole));
			pieces = [];
			for (let k = 0; k < held.length; k += linesPerChunk) pieces.push(held.slice(k, k + linesPerChunk));
			const inserted = lines.map((_, k) => before + k);
			for (const listener of listeners) listener({from: before, inserted, moved: (old) => (old < before ? old : old + lines.length)});
		},
		drop(count) {
			changes();
			for (const piece of pieces.splice(0, count)) start += piece.length;
			dropped = true;
		},
	};
}

export const gap = (text: string, stream = 0): FakeLine => ({text, stream, flags: lineFlags.gap});
