/** One line with nothing cut off. */
import {sanitize} from '../../../src/terminal/sanitize.ts';
import {wrapWords} from '../../../src/terminal/wrap.ts';
import type {TailSession} from '../tail-session.ts';

/** The line's rows, each at most `columns` wide; more of them than the screen holds, where it is long. */
export function wholeLine({app}: TailSession, line: number, columns: number): readonly string[] {
	const {lines} = app.tail;
	if (line < lines.first() || line >= lines.end()) return ['this line has made room for newer ones'];
	return wrapWords(sanitize(lines.text(line)), columns);
}
