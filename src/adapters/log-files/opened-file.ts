/** One open file, read forwards. It notices by itself when what it has read is no longer there. */
import type {LineBatch} from '../../ports/log-feed.ts';
import {withJournalText} from '../../logs/formats/journal-text.ts';
import {createLineSplitter} from '../../logs/hold/split-lines.ts';
import type {TimeReader} from '../../logs/formats/line-time.ts';
import type {FileFacts, OpenFile} from './file-access.ts';

export interface OpenedFile {
	readonly facts: FileFacts;
	readonly position: () => number;
	/** Bytes before the position, as they were read: what is there while the file only grows. */
	readonly marker: () => Buffer;
	/** The first bytes that are in it now. */
	readonly head: () => Promise<Buffer>;
	/**
	 * Reads one portion, to the buffer's size, and hands on its lines. `more`: there may be more; `end`: there is not;
	 * `cut`: the file is shorter than before, or another text is in it. From another file, where a copy of this
	 * one holds what this one has lost.
	 */
	readonly step: (buffer: Buffer, from?: OpenFile) => Promise<'more' | 'end' | 'cut'>;
	/** What is after the last line break is a line; to be called before reading continues elsewhere, or ends. */
	readonly endLine: () => void;
	/** Goes on from there. */
	readonly seek: (position: number) => void;
	readonly close: () => Promise<void>;
}

/** So many bytes tell one place of a log from another; lines with a time in them differ earlier. */
const markerBytes = 64;

/** Takes over an open file; `onLines` gets lent batches. */
export function openedFile(
	file: OpenFile,
	{facts, timeOf, onLines}: {readonly facts: FileFacts; readonly timeOf: TimeReader; readonly onLines: (batch: LineBatch) => void},
): OpenedFile {
	const splitter = createLineSplitter((batch) => onLines(withJournalText(batch)), {timeOf});
	let position = 0;
	let marker = Buffer.alloc(0);
	return {
		facts,
		position: () => position,
		marker: () => marker,
		async head() {
			const bytes = Buffer.alloc(markerBytes);
			return bytes.subarray(0, await file.read(bytes, 0));
		},
		async step(buffer, from = file) {
			const before = marker.length;
			const read = await from.read(buffer, position - before);
			if (read < before || buffer.compare(marker, 0, before, 0, before) !== 0) return 'cut';
			if (read > before) {
				splitter.push(buffer.subarray(before, read));
				position += read - before;
				marker = Buffer.from(buffer.subarray(Math.max(0, read - markerBytes), read));
			}
			return read === buffer.length ? 'more' : 'end';
		},
		endLine: () => splitter.end(),
		seek(to) {
			position = to;
			marker = Buffer.alloc(0);
		},
		close: () => file.close(),
	};
}
