/** `rounds log`: reads and searches the ops log; `add` appends a line by hand, `trends` says what comes back, `investigations` is the run table. */
import {systemClock} from '../../adapters/machine/system-clock.ts';
import type {LogInput} from './log-input.ts';
import {list} from './log-list.ts';

/**
 * Prints what was asked for and resolves to the exit code: 0, or 1 where nothing is found.
 * @throws UserError: 64 for a mistake on the command line, 66 where there is no ops log yet, 73, 74 or 77 where the file refuses
 */
export async function log(input: LogInput): Promise<number> {
	// Each loads its own: the list is asked a hundred times as often as all others.
	switch (input.words[0]) {
		case 'add':
			return (await import('./log-add.ts')).addLine(input);
		case 'trends':
			return (await import('./log-trends.ts')).showTrends(input);
		case 'investigations':
			return (await import('./log-investigations.ts')).showInvestigations(input);
		default:
			return list(input);
	}
}

/** `log` on this machine's terminal, clock and standard input. */
export function runLog(input: Omit<LogInput, 'clock' | 'columns' | 'colour' | 'readInput'>): Promise<number> {
	const {isTTY, columns} = process.stdout;
	return log({
		...input,
		clock: systemClock,
		columns: isTTY ? columns : undefined,
		colour: isTTY && !input.env['NO_COLOR'] && input.env['TERM'] !== 'dumb',
		readInput: async () => (await import('node:stream/consumers')).text(process.stdin),
	});
}
