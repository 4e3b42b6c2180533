/**
 * The one way to write a whole file: under another name in the same directory, then moved into place. A reader, and a
 * program that starts after a crash, see the old text or the new text, never a part of it.
 * This is not `atomically`, because that reports success when the disk took only the first half of the text.
 */
import {randomUUID} from 'node:crypto';
import {closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {mkdir, open, rename, rm} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {syncDirectory, syncDirectoryNow} from './sync-file.ts';

export interface AtomicOptions {
	/**
	 * What a power cut may cost. `none`: the whole file. `file`: the new text, the old text stays.
	 * `directory`: nothing, the new text is on disk when the write returns.
	 */
	readonly sync: 'none' | 'file' | 'directory';
	/** Only this user may read the file, and the directory if it is created. */
	readonly private?: boolean;
}

const modes = (isPrivate: boolean | undefined) => (isPrivate ? {file: 0o600, directory: 0o700} : {file: 0o666, directory: 0o777});

const temporaryIn = (directory: string) => join(directory, `.${randomUUID()}.tmp`);

/**
 * Writes the text and returns when it is in place. Creates the directory if needed.
 * @throws the file system's error. The file then has its old text.
 */
export function writeAtomicallyNow(path: string, text: string, options: AtomicOptions): void {
	const directory = dirname(path);
	const mode = modes(options.private);
	const temporary = temporaryIn(directory);
	mkdirSync(directory, {recursive: true, mode: mode.directory});
	try {
		const file = openSync(temporary, 'wx', mode.file);
		try {
			writeFileSync(file, text);
			if (options.sync !== 'none') fsyncSync(file);
		} finally {
			closeSync(file);
		}
		renameSync(temporary, path);
	} catch (error) {
		rmSync(temporary, {force: true});
		throw error;
	}
	if (options.sync === 'directory') syncDirectoryNow(directory);
}

/**
 * Writes the text next to `path` and lets `place` give the file its name, for a file that must not replace another.
 * Creates the directory if needed and resolves to what `place` resolves to.
 */
export async function placeAtomically<Placed>(
	path: string,
	text: string,
	options: AtomicOptions & {readonly place: (temporary: string) => Promise<Placed>},
): Promise<Placed> {
	const directory = dirname(path);
	const mode = modes(options.private);
	const temporary = temporaryIn(directory);
	await mkdir(directory, {recursive: true, mode: mode.directory});
	let placed: Placed;
	try {
		const file = await open(temporary, 'wx', mode.file);
		try {
			await file.writeFile(text);
			if (options.sync !== 'none') await file.sync();
		} finally {
			await file.close();
		}
		placed = await options.place(temporary);
	} finally {
		// Moved away already, or linked under its new name as well.
		await rm(temporary, {force: true});
	}
	if (options.sync === 'directory') await syncDirectory(directory);
	return placed;
}

/** As `writeAtomicallyNow`, without holding up the program. */
export async function writeAtomically(path: string, text: string, options: AtomicOptions): Promise<void> {
	await placeAtomically(path, text, {...options, place: (temporary) => rename(temporary, path)});
}
