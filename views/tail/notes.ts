/** The program's own rows among the lines: where lines may be missing, and what else there is to know. Pure. */
import {lineFlags, type LogLines} from '../../src/logs/log-lines.ts';
import {clockTime} from './time-cell.ts';

/** True for a row of our own. */
export function isNote(lines: LogLines, line: number): boolean {
	return (lines.flags(line) & (lineFlags.gap | lineFlags.mark)) !== 0;
}

/** A gap's beginning, where the row tells it before its words: epoch milliseconds and a tab. */
const beginning = /^(\d{10,17}(?:\.\d+)?)\t/;

/** `08:33:06 → 08:33:07  fp6rt  cut off by the server, up to 1 s may be missing`. */
export function noteWords(lines: LogLines, line: number, {name, utc}: {readonly name: string; readonly utc: boolean}): string {
	const text = lines.text(line, 2048);
	const told = beginning.exec(text);
	const from = told ? Number(told[1]) : NaN;
	const to = lines.time(line);
	const said = told ? text.slice(told[0].length) : text;
	const end = Number.isNaN(to) ? '' : clockTime(to, utc);
	const start = Number.isNaN(from) || clockTime(from, utc) === end ? '' : `${clockTime(from, utc)} → `;
	return [`${start}${end}`, name, said].filter((part) => part !== '').join('  ');
}
