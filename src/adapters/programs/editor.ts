/** Editing a text in the operator's own editor. */
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {exitCodes, UserError} from '../../base/user-error.ts';
import type {Environment} from '../../base/terminal/locale.ts';
import {editorArgv} from '../../base/terminal/editor-argv.ts';

export interface EditOptions {
	readonly env: Environment;
	/** Runs argv on the terminal and resolves to its exit code; rejects where it cannot start. */
	readonly run: (argv: readonly string[]) => Promise<number>;
	/** Last part of the temporary file's name, which tells the editor the syntax. */
	readonly name?: string;
	/** Where the temporary directory is made; the system's by default. */
	readonly directory?: string;
}

/**
 * Lets the operator edit the text and resolves to what was saved, without its final newline.
 * The file is readable by its owner only and is gone afterwards.
 * @throws UserError where the editor cannot start or ends with an error; the text is then as it was.
 */
export async function editText(text: string, {env, run, name = 'note.md', directory = tmpdir()}: EditOptions): Promise<string> {
	const argv = editorArgv(env);
	const place = await mkdtemp(join(directory, 'rounds-'));
	const file = join(place, name);
	try {
		await writeFile(file, text === '' || text.endsWith('\n') ? text : `${text}\n`, {mode: 0o600, flag: 'wx'});
		let exitCode: number;
		try {
			exitCode = await run([...argv, file]);
		} catch (cause) {
			throw new UserError(
				`the editor ${argv[0]} cannot start (${cause instanceof Error ? cause.message : String(cause)}). Set EDITOR to an installed editor.`,
				exitCodes.unavailable,
			);
		}
		if (exitCode !== 0) throw new UserError(`the editor ended with ${exitCode}, so the text is as it was`, exitCodes.software);
		return (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
	} finally {
		await rm(place, {recursive: true, force: true});
	}
}
