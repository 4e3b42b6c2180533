/** Writes what an operator adds into a runbook's own file; of an embedded one, into the team's copy of it, made here. */
import {isUtf8} from 'node:buffer';
import type {Stats} from 'node:fs';
import {access, chmod, constants, readFile, realpath, rename, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {placeAtomically} from '../base/atomic-file.ts';
import {codeOf, fileProblem} from '../base/file-error.ts';
import {exitCodes, UserError} from '../base/user-error.ts';
import type {Runbook} from './runbook.ts';

export interface Extension {
	readonly runbook: Runbook;
	/** Where the copy of an embedded one goes. */
	readonly teamDirectory: string | undefined;
	/** What it is called where it cannot be written: `The tip`. */
	readonly what: string;
	/** The whole text with what is added; the rest of it as it was. */
	readonly change: (source: string) => string;
}

/** Undefined where the file is not there. */
async function present<T>(look: Promise<T>): Promise<T | undefined> {
	return look.catch((error: unknown) => {
		if (codeOf(error) === 'ENOENT') return undefined;
		throw error;
	});
}

/** True where no one saved the file between the two looks. */
const untouched = (a: Stats | undefined, b: Stats | undefined) => a?.mtimeMs === b?.mtimeMs && a?.size === b?.size && a?.ino === b?.ino;

/** One try: false where an editor saved the file meanwhile, so that its text must be read again. */
async function replace(place: string, {runbook, change}: Pick<Extension, 'runbook' | 'change'>): Promise<boolean> {
	// A link stays a link, and leads to what was extended.
	const path = (await present(realpath(place))) ?? place;
	const before = await present(stat(path));
	// Another name could be put over it; that it is not to be written is to be heeded all the same.
	if (before) await access(path, constants.W_OK);
	const bytes = await readFile(before ? path : runbook.path);
	if (!isUtf8(bytes)) throw new UserError('it is not UTF-8 text any more', exitCodes.dataError);
	return placeAtomically(path, change(bytes.toString('utf8')), {
		sync: 'file',
		async place(temporary) {
			if (before) await chmod(temporary, before.mode);
			if (!untouched(before, await present(stat(path)))) return false;
			await rename(temporary, path);
			return true;
		},
	});
}

/** Someone who saves more often than this is a program. */
const mostTries = 10;

/**
 * @returns the path of the file that was written.
 * @throws UserError where an embedded runbook has no team directory to be copied to, or the file cannot be written.
 */
export async function extendRunbook({runbook, teamDirectory, what, change}: Extension): Promise<string> {
	if (runbook.embedded && teamDirectory === undefined) {
		throw new UserError(
			`${what} needs a file of the team's: add \`runbooks: docs/runbooks\` to the service in rounds.yaml, and ${runbook.id}.md is copied there`,
			exitCodes.config,
		);
	}
	const place = runbook.embedded && teamDirectory !== undefined ? join(teamDirectory, `${runbook.id}.md`) : runbook.path;
	try {
		for (let tries = 0; tries < mostTries; tries++) {
			// oxlint-disable-next-line no-await-in-loop -- one try after the other
			if (await replace(place, {runbook, change})) return place;
		}
		throw new UserError('something else keeps writing it', exitCodes.ioError);
	} catch (error) {
		const why = fileProblem(error) ?? (error instanceof Error ? error.message : String(error));
		throw new UserError(`${what} could not be written to ${place}: ${why}`, exitCodes.ioError);
	}
}
