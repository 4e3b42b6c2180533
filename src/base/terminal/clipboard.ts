/** Copying through the terminal itself (OSC 52): works over SSH, needs no program on the far side. */
import type {Environment} from './locale.ts';

/** What terminals accept in one go: xterm and its kin cut off near 100,000 characters of base64. */
export const maxClipboardBytes = 74_994;

const escape = '\u001B';
const stringTerminator = `${escape}\\`;

/** GNU screen drops device control strings above 768 bytes; pieces of this many characters pass. */
const screenPiece = 500;

/** A device control string for GNU screen, in pieces: it hands the insides on to the terminal. */
function throughScreen(sequence: string): string {
	let result = '';
	for (let at = 0; at < sequence.length; at += screenPiece) {
		result += `${escape}P${sequence.slice(at, at + screenPiece)}${stringTerminator}`;
	}
	return result;
}

/**
 * The bytes that make the terminal copy the text; undefined where it is longer than terminals take.
 * Inside tmux it is said twice, plainly (`set-clipboard on`) and wrapped (`allow-passthrough on`): each tmux heeds what it is set to.
 */
export function clipboardSequence(text: string, env: Environment): string | undefined {
	const bytes = Buffer.from(text, 'utf8');
	if (bytes.length > maxClipboardBytes) return undefined;
	// BEL ends it: inside screen's own string, ESC \ would end that one.
	const sequence = `${escape}]52;c;${bytes.toString('base64')}\u0007`;
	if (env['TMUX']) return `${sequence}${escape}Ptmux;${sequence.replaceAll(escape, escape + escape)}${stringTerminator}`;
	if (env['STY'] || (env['TERM'] ?? '').startsWith('screen')) return throughScreen(sequence);
	return sequence;
}
