/** The runbooks over logs on their own: loaded only once they are asked for, so that the tail starts and stays small. */
import {openAddress} from '../adapters/programs/open-address.ts';
import {embeddedRunbooks} from '../runbooks/embedded.ts';
import {embeddedManual} from '../runbooks/manual.ts';
import {openShelf} from '../runbooks/shelf.ts';
import type {TailRunbooks} from './tail-app.ts';
import {UserError} from '../base/user-error.ts';

/** Reads the team's and the embedded ones; a broken rounds.yaml costs the team's, in words. */
export async function openTailRunbooks(
	teamDirectories: () => Promise<readonly string[]>,
	browser: Parameters<typeof openAddress>[1],
): Promise<TailRunbooks> {
	const team = await teamDirectories().catch((error: unknown) => {
		if (error instanceof UserError) return {problem: `only the built-in runbooks: ${error.message}`};
		throw error;
	});
	const [directories, unread] = 'problem' in team ? [[], team.problem] : [team, undefined];
	const {runbooks, find, warnings} = await openShelf({
		embeddedDirectory: embeddedRunbooks,
		teamDirectories: directories,
		manualDirectory: embeddedManual,
	});
	return {
		runbooks,
		findRunbooks: find,
		open: (url) => openAddress(url, browser),
		problem: unread ?? warnings[0],
	};
}
