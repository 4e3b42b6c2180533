/** What happens when no one reads what we print, or it cannot be written. */
import {writeSync} from 'node:fs';
import {constants} from 'node:os';
import {exitCodes} from '../../base/user-error.ts';

/** The reader went away: `rounds check | head -1`, or a terminal that was closed. */
const readerGone = new Set(['EPIPE', 'EIO', 'ECONNRESET']);

/**
 * Ends the program where its standard output fails: silently, as SIGPIPE would, where the reader has gone, else with
 * one sentence and code 74 (a full disk behind `> file`). Standard error failing ends nothing.
 */
export function guardOutput({stdout, stderr}: Pick<NodeJS.Process, 'stdout' | 'stderr'> = process): void {
	stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (readerGone.has(error.code ?? '')) process.exit(128 + constants.signals.SIGPIPE);
		const why = error.code === 'ENOSPC' ? 'No space left on device' : error.message;
		try {
			// At once: the program ends with the next line.
			writeSync(2, `rounds: cannot write its output: ${why}\n`);
		} catch {
			// Then there is no one left to tell.
		}
		process.exit(exitCodes.ioError);
	});
	stderr.on('error', () => {});
}
