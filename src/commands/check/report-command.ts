/** The round without a screen. */
import {exitCodes} from '../../base/user-error.ts';
import type {Opened} from '../kit/opened.ts';
import {out, say, wantsColour} from '../kit/streams.ts';

/** The headless report on stdout; a signal ends it with nothing said. Closes what was opened. Resolves to the exit code. */
export async function report(
	opened: Opened,
	input: {readonly ids: readonly string[]; readonly format: 'text' | 'json' | 'junit'},
): Promise<number> {
	const {check} = await import('./check-command.ts');
	const stop = new AbortController();
	const interrupted = new Promise<number>((resolve) => {
		// Not `once`: while someone listens, execa does not end the program by the signal itself.
		process.on('SIGINT', () => {
			resolve(exitCodes.interrupted);
			stop.abort(new Error('interrupted'));
		});
	});
	// Half a report would look like a whole one to whoever reads it.
	const print = (text: string) => {
		if (!stop.signal.aborted) (input.format === 'text' ? say : out)(text);
	};
	const finished = check(opened.context, {...input, colour: wantsColour(), out: print, signal: stop.signal});
	finished.catch(() => {});
	try {
		return await Promise.race([finished, interrupted]);
	} finally {
		await opened.close();
	}
}
