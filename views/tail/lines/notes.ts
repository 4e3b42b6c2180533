/** The program's own rows among the lines: where lines may be missing, and what else there is to know. Pure. */
import type {LogLines} from '../../../src/logs/log-lines.ts';
import {readNote} from '../../../src/logs/hold/note-text.ts';
import {clockTime} from './time-cell.ts';

/** `08:33:06 → 08:33:07  fp6rt  cut off by the server, up to 1 s may be missing`. */
export function noteWords(lines: LogLines, line: number, {name, utc}: {readonly name: string; readonly utc: boolean}): string {
	const {from = Number.NaN, words} = readNote(lines.text(line, 2048));
	const to = lines.time(line);
	const end = Number.isNaN(to) ? '' : clockTime(to, utc);
	const start = !(from < to) || clockTime(from, utc) === end ? '' : `${clockTime(from, utc)} → `;
	return [`${start}${end}`, name, words].filter((part) => part !== '').join('  ');
}
