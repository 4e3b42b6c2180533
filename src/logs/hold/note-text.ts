/** The program's own rows in the ring: which they are, and their beginning before their words, for the index keeps one time only. */
import type {StreamNote} from '../../ports/log-feed.ts';
import {lineFlags, type LogLines} from '../log-lines.ts';

const beginning = /^(\d{10,17}(?:\.\d+)?)\t/;

/** What the ring keeps of a note. */
export function noteText({from, to, text}: Pick<StreamNote, 'from' | 'to' | 'text'>): string {
	return from < to ? `${from}\t${text}` : text;
}

/** Beginning (epoch milliseconds; undefined where the note is of one moment) and words of a row's text. */
export function readNote(text: string): {readonly from?: number; readonly words: string} {
	const told = beginning.exec(text);
	return told ? {from: Number(told[1]), words: text.slice(told[0].length)} : {words: text};
}

/** True for a row of our own among the lines. */
export function isNote(lines: LogLines, line: number): boolean {
	return (lines.flags(line) & (lineFlags.gap | lineFlags.mark)) !== 0;
}
