/** What a block prints: the newest lines of it, harmless, in bounded memory. */
import {sanitize} from '../../../src/base/terminal/sanitize.ts';

export interface Output {
	/** Text as it comes, cut anywhere. */
	readonly append: (text: string) => void;
	/** Oldest first; the last may not be finished yet. */
	readonly lines: () => readonly string[];
	/** Lines that made room for newer ones. */
	readonly dropped: () => number;
}

const mostLines = 5000;
/** A line that continues beyond this is cut. */
const longest = 4096;

/** An empty output. */
export function createOutput(): Output {
	let kept: string[] = [];
	let open = '';
	let dropped = 0;
	const shown = (line: string) => sanitize(line.slice(0, longest));
	return {
		append(text) {
			// What a progress bar overwrites is gone; a program's line end is not.
			const pieces = (open + text).split('\n');
			open = (pieces.pop() ?? '').slice(-2 * longest);
			for (const piece of pieces) kept.push(shown(piece.replace(/\r$/, '').replace(/^[^]*\r/, '')));
			if (kept.length > 2 * mostLines) {
				dropped += kept.length - mostLines;
				kept = kept.slice(-mostLines);
			}
		},
		lines: () => (open === '' ? kept : [...kept, shown(open.replace(/^[^]*\r(?=[^\r])/, ''))]),
		dropped: () => dropped,
	};
}
