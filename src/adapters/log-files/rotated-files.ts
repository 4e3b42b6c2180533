/** The files that a rotation leaves next to a log: `app.log.1`, `app.log-20261120`. */
import {basename, dirname, join} from 'node:path';
import type {FileAccess, FileFacts, OpenFile} from './file-access.ts';
import type {OpenedFile} from './opened-file.ts';

interface Sibling {
	readonly path: string;
	readonly facts: FileFacts;
}

async function siblings(files: FileAccess, path: string): Promise<readonly Sibling[]> {
	const directory = dirname(path);
	const own = basename(path);
	const names = await files.list(directory).catch((): readonly string[] => []);
	const found = await Promise.all(
		names
			.filter((name) => name !== own && /^[.-]/.test(name.slice(own.length)) && name.startsWith(own) && !/\.(gz|bz2|xz|zst)$/.test(name))
			.map(async (name) => {
				const facts = await files.facts(join(directory, name)).catch(() => undefined);
				return facts?.kind === 'file' ? [{path: join(directory, name), facts}] : [];
			}),
	);
	return found.flat();
}

/** The identities of those that are there now: what comes later is not among them, whatever it is renamed to. */
export async function siblingIdentities(files: FileAccess, path: string): Promise<ReadonlySet<string>> {
	return new Set((await siblings(files, path)).map(({facts}) => facts.identity));
}

/**
 * The files that came and went between two looks at the path, oldest first: not there when the one before was opened,
 * read by no one, and no copy of it.
 */
export async function filesBetween(
	files: FileAccess,
	{path, before, known}: {readonly path: string; readonly before: OpenedFile; readonly known: (identity: string) => boolean},
): Promise<readonly (Sibling & {readonly file: OpenFile})[]> {
	const head = await before.head();
	const found: (Sibling & {readonly file: OpenFile})[] = [];
	const all = await siblings(files, path);
	for (const sibling of all.toSorted((a, b) => a.facts.bornAt - b.facts.bornAt || a.facts.changedAt - b.facts.changedAt)) {
		if (known(sibling.facts.identity)) continue;
		const file = await files.open(sibling.path).catch(() => undefined);
		if (!file) continue;
		const there = Buffer.alloc(head.length);
		await file.read(there, 0);
		if (head.length > 0 && there.equals(head)) await file.close();
		else found.push({...sibling, file});
	}
	return found;
}

/** How old a copy may be that belongs to a cut just noticed. */
const freshMs = 60_000;

/**
 * The copy that copytruncate made of a file before it was cut: it holds what we read last, at the same place; where
 * nothing was read yet, it was born after the file's last change that we know. Open, and for the caller to close;
 * undefined where there is none.
 */
export async function copyOfCut(
	files: FileAccess,
	{
		path,
		opened,
		now,
		known,
		lastChange = Number.POSITIVE_INFINITY,
	}: {
		readonly path: string;
		readonly opened: OpenedFile;
		readonly now: number;
		readonly known: ReadonlySet<string>;
		readonly lastChange?: number | undefined;
	},
): Promise<{readonly file: OpenFile; readonly path: string; readonly facts: FileFacts} | undefined> {
	const marker = opened.marker();
	const position = opened.position();
	const found = await siblings(files, path);
	const young = found
		.filter(({facts}) => !known.has(facts.identity) && facts.size >= position && now - Math.max(facts.changedAt, facts.bornAt) < freshMs)
		.toSorted((a, b) => b.facts.bornAt - a.facts.bornAt);
	for (const sibling of young) {
		const file = await files.open(sibling.path).catch(() => undefined);
		if (!file) continue;
		const there = Buffer.alloc(marker.length);
		const read = await file.read(there, position - marker.length).catch(() => 0);
		const isCopy = marker.length > 0 ? read === marker.length && there.equals(marker) : sibling.facts.bornAt >= lastChange;
		if (isCopy) return {...sibling, file};
		await file.close();
	}
	return undefined;
}
