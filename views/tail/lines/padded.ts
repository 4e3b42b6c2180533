/** Drawn lines brought to a width. Pure. */
import {width} from '../../../src/base/terminal/width.ts';

// oxlint-disable-next-line no-control-regex -- our own colours do not take columns
const painted = /\u001B\[[0-9;]*m/g;

/** A drawn line up to `columns`. */
export function padded(line: string, columns: number): string {
	return line + ' '.repeat(Math.max(0, columns - width(line.replace(painted, ''))));
}
