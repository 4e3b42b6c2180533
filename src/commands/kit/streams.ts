/** Where a command's words go: what people read as this terminal can draw it, what programs read as it is. */
import {debugLog} from './debug.ts';
import {localText} from '../../base/terminal/locale.ts';

/** What programs read: JSON, YAML, scripts. */
export const out = (text: string) => void process.stdout.write(text);
/** For people. */
export const say = (text: string) => out(localText(text, process.env));
/** For people, next to the data. */
export const err = (text: string) => void process.stderr.write(localText(text, process.env));

/** Where the program is. */
export const here = () => ({cwd: process.cwd(), env: process.env, debug: debugLog()});

/** Colours are wanted on stdout. */
export const wantsColour = () => process.stdout.isTTY && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';

/** Gives back the terminal that the first bytes took. */
export function leaveSplash(): void {
	process.stdout.write('\u001B[?2004l\u001B[?1049l\u001B[?25h');
}
