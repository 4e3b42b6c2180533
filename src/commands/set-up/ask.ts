import {createInterface} from 'node:readline/promises';
import {sanitize} from '../../base/terminal/sanitize.ts';
import {exitCodes, UserError} from '../../base/user-error.ts';
import type {Ask} from './init-command.ts';

export interface Prompt {
	readonly ask: Ask;
	readonly close: () => void;
}

/**
 * Asks on a terminal, one line per question; Enter takes the default.
 * `ask` rejects with UserError where the input ends or Ctrl-C is pressed.
 */
export function createPrompt({input, output}: {readonly input: NodeJS.ReadableStream; readonly output: NodeJS.WritableStream}): Prompt {
	const lines = createInterface({input, output});
	const ended = new AbortController();
	lines.once('close', () => ended.abort());
	lines.on('SIGINT', () => lines.close());
	return {
		async ask(question, preset) {
			try {
				const answer = await lines.question(`${sanitize(question)} [${sanitize(preset)}]: `, {signal: ended.signal});
				return answer.trim() || preset;
			} catch (cause) {
				if (!ended.signal.aborted) throw cause;
				throw new UserError('Stopped before the last question. Nothing was written.', exitCodes.noInput);
			}
		},
		close: () => lines.close(),
	};
}
