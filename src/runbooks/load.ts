/** Loads the team's runbooks and the embedded ones. A file or a directory that cannot be read is a warning. */
import {readdir, readFile} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {parseRunbook} from './parse.ts';
import type {Runbook} from './runbook.ts';

export interface LoadedRunbooks {
	/** The team's first; one of the team's hides an embedded one with the same file name. */
	readonly runbooks: readonly Runbook[];
	/** One sentence each, with the file it is about. */
	readonly warnings: readonly string[];
}

function reason(error: unknown): string {
	const code = (error as NodeJS.ErrnoException).code;
	const words: Readonly<Record<string, string>> = {
		ENOENT: 'does not exist',
		EACCES: 'may not be read: no permission',
		EPERM: 'may not be read: no permission',
		ENOTDIR: 'is no directory',
		EISDIR: 'is a directory',
	};
	return (code && words[code]) ?? (error instanceof Error ? error.message : String(error));
}

/** Links are not followed into directories, so that a cyclic one cannot trap us. */
async function markdownFiles(directory: string): Promise<readonly string[]> {
	const entries = await readdir(directory, {recursive: true, withFileTypes: true});
	return entries
		.filter((entry) => !entry.isDirectory() && /\.(md|markdown)$/i.test(entry.name) && !/^(readme|index|_index)\./i.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
}

async function loadDirectory(directory: string, embedded: boolean): Promise<LoadedRunbooks> {
	let files: readonly string[];
	try {
		files = await markdownFiles(directory);
	} catch (error) {
		return {runbooks: [], warnings: [`Runbooks: ${directory} ${reason(error)}`]};
	}
	const loaded = await Promise.all(
		files.map(async (path): Promise<{readonly runbook?: Runbook; readonly warning?: string}> => {
			try {
				const id = basename(path).replace(/\.(md|markdown)$/i, '');
				const {runbook, problem} = parseRunbook({id, path, embedded, text: await readFile(path, 'utf8')});
				return {runbook, ...(problem === undefined ? {} : {warning: `${path}: ${problem}`})};
			} catch (error) {
				return {warning: `${path} ${reason(error)}`};
			}
		}),
	);
	return {
		runbooks: loaded.flatMap(({runbook}) => (runbook ? [runbook] : [])),
		warnings: loaded.flatMap(({warning}) => (warning === undefined ? [] : [warning])),
	};
}

/** Never rejects for what is in the directories. */
export async function loadRunbooks(directories: {
	readonly embeddedDirectory: string;
	/** `service.runbooks` of rounds.yaml, made absolute. */
	readonly teamDirectory?: string | undefined;
}): Promise<LoadedRunbooks> {
	const [team, embedded] = await Promise.all([
		directories.teamDirectory === undefined ? {runbooks: [], warnings: []} : loadDirectory(directories.teamDirectory, false),
		loadDirectory(directories.embeddedDirectory, true),
	]);
	const own = new Set(team.runbooks.map(({id}) => id));
	return {
		runbooks: [...team.runbooks, ...embedded.runbooks.filter(({id}) => !own.has(id))],
		warnings: [...team.warnings, ...embedded.warnings],
	};
}
