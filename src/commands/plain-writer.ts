/** Writes a tail's lines to a stream as they come, gaps to another one, as fast as the reader takes them. */
import type {Writable} from 'node:stream';
import type {LogLines} from '../logs/log-lines.ts';
import {isNote, readNote} from '../logs/note-text.ts';
import {composedLine, type PlainOptions, plainTime, streamPrefix} from '../logs/plain.ts';
import type {Tail} from '../logs/tail.ts';
import {sanitize} from '../terminal/sanitize.ts';
import {lineFlags} from '../logs/log-lines.ts';

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
const lineBreak = Buffer.from('\n');

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
	const composed = options.format === 'json' || options.template !== undefined;

	const prefixOf = (stream: number): Buffer => {
		const info = options.alone && stream === 0 ? undefined : tail.stream(stream);
		return (prefixes[stream] ??= Buffer.from(info ? streamPrefix(info, stream, options) : ''));
	};

	function pieces(line: number): readonly Uint8Array[] {
		const stream = lines.stream(line);
		if (composed) return [Buffer.from(`${composedLine(lines, line, tail.stream(stream), options)}\n`)];
		const time = options.timestamps === undefined ? [] : [Buffer.from(`${plainTime(lines.time(line), options.timestamps)} `)];
		const text = options.harmless ? Buffer.from(sanitize(lines.text(line, Infinity))) : lines.bytes(line);
		return [...time, prefixOf(stream), text, lineBreak];
	}

	/** Writes one block from the line on; returns the line after it. */
	function block(from: number, to: number): number {
		const parts: Uint8Array[] = [];
		let size = 0;
		let line = from;
		for (; line < to && size < blockBytes; line++) {
			if (isNote(lines, line)) {
				options.note(noteText(tail, line));
				continue;
			}
			if (options.passes && !options.passes(lines, line)) continue;
			for (const piece of pieces(line)) {
				parts.push(piece);
				size += piece.length;
			}
		}
		if (size > 0 && !options.out.write(Buffer.concat(parts, size))) {
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
				`gap: ${(lines.first() - next).toLocaleString('en')} lines left out: the reader is slower than the logs, and the memory is full`,
			);
			next = lines.first();
		}
		const end = lines.end();
		while (next < end && !blocked) next = block(next, end);
		if (blocked) return;
		freed?.resolve();
		freed = undefined;
	}

	lines.onMoved(({from, moved, inserted}) => {
		if (from >= next) return;
		// Late lines whose place has been written already come now; the rest goes on where it was.
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
