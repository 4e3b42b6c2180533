/** Reads the team's runbooks and the embedded ones. A file or a directory that cannot be read is a problem, never a crash. */
import {isUtf8} from 'node:buffer';
import {readdir, readFile, stat} from 'node:fs/promises';
import {basename, join} from 'node:path';
import pLimit from 'p-limit';
import {parseRunbook, type RunbookFile} from './parse.ts';
import {manualId} from './manual.ts';
import type {Runbook} from './runbook.ts';

export interface LoadedRunbooks {
	/** The team's first; one of the team's hides an embedded one with the same file name. */
	readonly runbooks: readonly Runbook[];
	/** The files they were read from, in the same order. */
	readonly files: readonly RunbookFile[];
	/** One sentence each, with the file it is about. */
	readonly warnings: readonly string[];
}

export interface FileProblem {
	/** Absolute. */
	readonly path: string;
	/** What is said of it: `does not exist`. */
	readonly text: string;
}

export interface RunbookFiles {
	/** As in LoadedRunbooks, not yet parsed. */
	readonly files: readonly RunbookFile[];
	readonly problems: readonly FileProblem[];
}

export interface RunbookDirectories {
	readonly embeddedDirectory: string;
	/** `service.runbooks` of rounds.yaml, each made absolute; or single files. Of one file name, the first directory's comes first. */
	readonly teamDirectories: readonly string[];
	/** Pages of the manual, found and read with the runbooks under names of their own. */
	readonly manualDirectory?: string | undefined;
}

const markdown = /\.(?:md|markdown)$/i;
/** A page about the directory, not about a failure. */
const aboutDirectory = /^(?:readme|index|_index)\./i;
/** Files open at a time. */
const concurrency = 32;
/** No one reads more at night; the text of a whole site is a mistake. */
const longest = 32 * 1024 * 1024;

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

function reason(error: unknown): string {
	const code = codeOf(error);
	const words: Readonly<Record<string, string>> = {
		ENOENT: 'does not exist',
		EACCES: 'may not be read: no permission',
		EPERM: 'may not be read: no permission',
		ENOTDIR: 'is not a directory',
		EISDIR: 'is a directory',
		ELOOP: 'is a link that leads to itself',
	};
	return (code && words[code]) ?? (error instanceof Error ? error.message : String(error));
}

interface Found {
	readonly path: string;
	/** False for links and what else has a name: these are looked at before they are read. */
	readonly regular: boolean;
}

/** The markdown files below, or the one file; links are not followed into directories, so that a cyclic one cannot trap us. */
async function markdownFiles(directory: string): Promise<{readonly found: readonly Found[]; readonly problems: readonly FileProblem[]}> {
	let entries;
	try {
		entries = await readdir(directory, {withFileTypes: true});
	} catch (error) {
		if (codeOf(error) === 'ENOTDIR' && markdown.test(directory)) return {found: [{path: directory, regular: false}], problems: []};
		return {found: [], problems: [{path: directory, text: reason(error)}]};
	}
	const all = await Promise.all(
		entries
			.toSorted((a, b) => (a.name < b.name ? -1 : 1))
			.map(async (entry) => {
				const path = join(directory, entry.name);
				// Neither what git keeps nor what npm brought.
				if (entry.isDirectory()) return /^\.|^node_modules$/.test(entry.name) ? undefined : markdownFiles(path);
				return markdown.test(entry.name) && !aboutDirectory.test(entry.name)
					? {found: [{path, regular: entry.isFile()}], problems: []}
					: undefined;
			}),
	);
	const below = all.filter((one) => one !== undefined);
	return {found: below.flatMap(({found}) => found), problems: below.flatMap(({problems}) => problems)};
}

async function readOne({path, regular}: Found): Promise<{readonly text: string} | {readonly problem: string}> {
	try {
		const found = regular ? undefined : await stat(path);
		if (found?.isDirectory()) return {problem: 'is a directory'};
		// A pipe would never end.
		if (found?.isFile() === false) return {problem: 'is not a regular file'};
		const bytes = await readFile(path);
		if (bytes.length > longest) return {problem: `has ${Math.round(bytes.length / 2 ** 20)} MB, and at most ${longest / 2 ** 20} are read`};
		return bytes.includes(0) || !isUtf8(bytes) ? {problem: 'is not UTF-8 text'} : {text: bytes.toString('utf8')};
	} catch (error) {
		return {problem: !regular && codeOf(error) === 'ENOENT' ? 'is a link to what does not exist' : reason(error)};
	}
}

async function readDirectory(directory: string, embedded: boolean): Promise<RunbookFiles> {
	const {found, problems} = await markdownFiles(directory);
	const limit = pLimit(concurrency);
	const read = await Promise.all(found.map((one) => limit(async () => ({path: one.path, ...(await readOne(one))}))));
	return {
		files: read.flatMap((one) =>
			'text' in one ? [{id: basename(one.path).replace(markdown, ''), path: one.path, embedded, text: one.text}] : [],
		),
		problems: [...problems, ...read.flatMap((one) => ('problem' in one ? [{path: one.path, text: one.problem}] : []))],
	};
}

/** The files of a later directory whose name an earlier one has: that one is in their place. */
function takenNames(directories: readonly RunbookFiles[]): ReadonlyMap<RunbookFile, RunbookFile> {
	const first = new Map<string, RunbookFile>();
	const taken = new Map<RunbookFile, RunbookFile>();
	for (const {files} of directories) {
		for (const file of files) {
			const before = first.get(file.id);
			if (before) taken.set(file, before);
		}
		for (const file of files) if (!first.has(file.id)) first.set(file.id, file);
	}
	return taken;
}

/**
 * Reads them; of one name in several directories the first is given. Never rejects for what is in the directories.
 * @param options.all Gives every file of the team, for whoever tells which have the same name.
 */
export async function readRunbookFiles(
	{embeddedDirectory, teamDirectories, manualDirectory}: RunbookDirectories,
	options: {readonly all?: boolean} = {},
): Promise<RunbookFiles> {
	const [manual, embedded, ...teams] = await Promise.all([
		manualDirectory === undefined ? {files: [], problems: []} : readDirectory(manualDirectory, true),
		readDirectory(embeddedDirectory, true),
		...teamDirectories.map((directory) => readDirectory(directory, false)),
	]);
	const taken = takenNames([...teams, embedded]);
	const isLeft = (file: RunbookFile) => !taken.has(file) || (options.all === true && !file.embedded);
	// One of ours gives way on purpose.
	const unseen = options.all ? [] : [...taken].filter(([{embedded}]) => !embedded);
	return {
		files: [
			...[...teams, embedded].flatMap(({files}) => files.filter(isLeft)),
			...manual.files.map((file) => ({...file, id: manualId(file.id)})),
		],
		problems: [
			...[...teams, embedded].flatMap(({problems}) => problems),
			...unseen.map(([{path}, before]) => ({path, text: `is not used: ${before.path} has the same name and comes first`})),
		],
	};
}

/** As `readRunbookFiles`, parsed. */
export async function loadRunbooks(places: RunbookDirectories): Promise<LoadedRunbooks> {
	const {embeddedDirectory, teamDirectories} = places;
	const {files, problems} = await readRunbookFiles(places);
	const directories = [...teamDirectories, embeddedDirectory];
	const parsed = files.map((file) => parseRunbook(file));
	return {
		runbooks: parsed.map(({runbook}) => runbook),
		files,
		warnings: [
			...problems.map(({path, text}) => (directories.includes(path) ? `Runbooks: ${path} ${text}` : `${path} ${text}`)),
			...parsed.flatMap(({runbook, problems: [first]}) => (first ? [`${runbook.path}: ${first.text}`] : [])),
		],
	};
}
