/** Writes a runbook that was not there before. */
import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {exitCodes, UserError} from '../base/user-error.ts';

/**
 * The team's directory is made where it is missing; resolves to the file's path.
 * @throws UserError where the team has no directory, or the file is there already
 */
export async function writeNewRunbook({
	name,
	text,
	teamDirectory,
}: {
	readonly name: string;
	readonly text: string;
	readonly teamDirectory: string | undefined;
}): Promise<string> {
	if (teamDirectory === undefined)
		throw new UserError('no directory for the team’s runbooks: set runbooks: of the service in rounds.yaml', exitCodes.config);
	const path = join(teamDirectory, `${name}.md`);
	try {
		await mkdir(teamDirectory, {recursive: true});
		await writeFile(path, text, {flag: 'wx'});
	} catch (error) {
		const why =
			(error as NodeJS.ErrnoException).code === 'EEXIST'
				? 'already exists. Nothing was written.'
				: `cannot be written: ${(error as Error).message}`;
		throw new UserError(`${name}.md ${why}`, exitCodes.cannotCreate);
	}
	return path;
}
