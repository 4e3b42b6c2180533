/** Writes a tail's lines to a stream as they come, gaps to another one, as fast as the reader takes them. */
import type {Writable} from 'node:stream';
import {type LineChunk, lineFlags, type LogLines} from '../../logs/log-lines.ts';
import {readNote} from '../../logs/hold/note-text.ts';
import {composedLine, type PlainOptions, plainTime, streamPrefix} from '../../logs/formats/plain-line.ts';
import type {Tail} from '../../logs/hold/tail.ts';
import {lineEnd} from '../../logs/hold/ring-chunk.ts';
import {sanitize} from '../../base/terminal/sanitize.ts';
import {createOutputBlock} from '../kit/output-block.ts';

export interface PlainWriterOptions extends PlainOptions {
	readonly out: Pick<Writable, 'write' | 'once'>;
	/** The first stream is all that was asked for, and needs no name. */
	readonly alone?: boolean;
	/** Told of gaps and marks, one sentence each. */
	readonly note: (text: string) => void;
	/** Which lines are wanted; all where absent. */
	readonly passes?: (lines: LogLines, line: number) => boolean;
}

/** About a page of lines per write: fewer would cost a system call each, more would hold up the reader. */
const blockBytes = 64 * 1024;

function noteText(tail: Tail, line: number): string {
	const {lines} = tail;
	const name = sanitize(tail.stream(lines.stream(line))?.name ?? '');
	const kind = (lines.flags(line) & lineFlags.gap) === 0 ? 'note' : 'gap';
	const {from, words} = readNote(lines.text(line));
	const times = [from ?? Number.NaN, lines.time(line)].filter((at) => !Number.isNaN(at)).map((at) => plainTime(at, 'local'));
	return `${kind}: ${[times.join(' to '), name].filter((part) => part !== '').join(' ')}: ${sanitize(words)}`;
}

export interface PlainWriter {
	/** Resolves when all that is in the ring has been taken by the reader. */
	readonly finish: () => Promise<void>;
	/** Resolves when the reader takes lines again; undefined where it does. */
	readonly room: () => Promise<void> | undefined;
}

/** Begins to write, to the end of what the ring holds and then as lines come. */
export function createPlainWriter(tail: Tail, options: PlainWriterOptions): PlainWriter {
	const {lines} = tail;
	let next = lines.first();
	let blocked = false;
	let freed: PromiseWithResolvers<void> | undefined;
	let scheduled = false;
	const prefixes: Buffer[] = [];
	const output = createOutputBlock(options.out);
	const composed = options.format === 'json' || options.template !== undefined;

	const prefixOf = (stream: number): Buffer => {
		const info = options.alone && stream === 0 ? undefined : tail.stream(stream);
		return (prefixes[stream] ??= Buffer.from(info ? streamPrefix(info, stream, options) : ''));
	};

	function putLine(chunk: LineChunk, at: number): void {
		const line = chunk.first + at;
		const stream = chunk.streams[at]!;
		if (composed) return output.putText(`${composedLine(lines, line, tail.stream(stream), options)}\n`);
		if (options.timestamps !== undefined) output.putText(`${plainTime(chunk.times[at]!, options.timestamps)} `);
		const prefix = prefixOf(stream);
		output.put(prefix, 0, prefix.length);
		if (options.harmless) output.putText(`${sanitize(lines.text(line, Infinity))}\n`);
		// With the line break that is behind each.
		else output.put(chunk.bytes, chunk.starts[at]!, lineEnd(chunk, at) + 1);
	}

	/** Writes one block from the line on; returns the line after it. */
	function block(from: number, to: number): number {
		let line = from;
		for (let chunk = lines.chunkOf(line); chunk && line < to && output.size() < blockBytes; chunk = lines.chunkOf(line)) {
			const end = Math.min(to - chunk.first, chunk.count);
			let at = line - chunk.first;
			for (; at < end && output.size() < blockBytes; at++) {
				if ((chunk.flags[at]! & (lineFlags.gap | lineFlags.mark)) !== 0) options.note(noteText(tail, chunk.first + at));
				else if (!options.passes || options.passes(lines, chunk.first + at)) putLine(chunk, at);
			}
			line = chunk.first + at;
		}
		if (!output.write()) {
			blocked = true;
			options.out.once('drain', () => {
				blocked = false;
				pump();
			});
		}
		return line;
	}

	const room = () => (blocked ? (freed ??= Promise.withResolvers()).promise : undefined);

	function pump(): void {
		scheduled = false;
		if (blocked) return;
		if (next < lines.first()) {
			options.note(
				`gap: ${(lines.first() - next).toLocaleString('en')} lines dropped: the output is slower than the logs (raise --memory)`,
			);
			next = lines.first();
		}
		const end = lines.end();
		while (next < end && !blocked) next = block(next, end);
		tail.forget(next);
		if (blocked) return;
		freed?.resolve();
		freed = undefined;
	}

	lines.onMoved(({from, moved, inserted}) => {
		if (from >= next) return;
		// Late lines whose place has been written already come now; the rest continues where it was.
		const after = next > 0 ? moved(next - 1) + 1 : next;
		for (const line of inserted) if (line < after) block(line, line + 1);
		next = after;
	});
	tail.revision.subscribe(() => {
		if (scheduled) return;
		scheduled = true;
		setImmediate(pump);
	});
	return {
		room,
		async finish() {
			tail.flush();
			pump();
			for (let wait = room(); wait; wait = room()) {
				await wait;
				pump();
			}
		},
	};
}
