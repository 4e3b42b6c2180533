/** Drafts of rounds: one file each, so that two programs never write the same one. */
import {createHash} from 'node:crypto';
import {accessSync, constants, mkdirSync, readdirSync, renameSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {writeAtomicallyNow} from '../../base/atomic-file.ts';
import {fileProblem} from '../../base/file-error.ts';
import type {DraftStore, StoredDraft} from '../../round/kept/journal.ts';
import {exitCodes, UserError} from '../../base/user-error.ts';
import {type Conf, openConf, type BrokenFile} from './conf-file.ts';

export interface DraftFiles extends DraftStore {
	/** Files that could not be read since the store was made; each lies next to its place under another name. */
	readonly broken: () => readonly BrokenFile[];
}

type Content = Record<string, unknown>;

/**
 * Opens the directory of drafts; it is made with the first `save`. `now` is epoch milliseconds.
 * `save` throws the file system's own error (ENOSPC, EROFS, …); `list` gives the newest first.
 */
export function createDraftStore(options: {readonly directory: string; readonly now?: () => number}): DraftFiles {
	const {directory, now = Date.now} = options;
	const broken: BrokenFile[] = [];
	const onBroken = (file: BrokenFile) => {
		broken.push(file);
	};
	const open = (name: string): Conf<Content> => openConf<Content>({directory, name, onBroken, now});
	/** Paths of the drafts that this process writes, by name: a save is a write, not a read and a write. */
	const written = new Map<string, string>();

	const read = (name: string): StoredDraft | undefined => {
		const {id, savedAt, value} = open(name).store;
		return typeof id === 'string' && typeof savedAt === 'number' ? {id, savedAt, value} : undefined;
	};

	const names = (): readonly string[] => {
		try {
			return readdirSync(directory).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []));
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
			throw error;
		}
	};

	return {
		save(id, value, sync: 'file' | 'directory' = 'directory') {
			const name = fileName(id);
			const path = written.get(name) ?? open(name).path;
			written.set(name, path);
			writeAtomicallyNow(path, JSON.stringify({id, savedAt: now(), value}), {sync, private: true});
		},
		load: (id) => (names().includes(fileName(id)) ? read(fileName(id)) : undefined),
		list() {
			const drafts = names().map(read);
			return drafts.filter((draft) => draft !== undefined).sort((a, b) => b.savedAt - a.savedAt);
		},
		remove(id) {
			written.delete(fileName(id));
			rmSync(join(directory, `${fileName(id)}.json`), {force: true});
		},
		setAside(id, reason) {
			const path = join(directory, `${fileName(id)}.json`);
			const movedTo = `${path}.broken-${now()}`;
			written.delete(fileName(id));
			try {
				renameSync(path, movedTo);
			} catch (error) {
				// Another program of ours was there first.
				if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
				throw error;
			}
			broken.push({path, movedTo, reason});
		},
		broken: () => broken,
	};
}

/**
 * Makes the directory where it is absent: a round that cannot be kept had better not begin.
 * @throws UserError (73) in one sentence: a file in its path, no permission, a full disk
 */
export function prepareDrafts(directory: string): void {
	try {
		mkdirSync(directory, {recursive: true, mode: 0o700});
		accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
	} catch (error) {
		const why = fileProblem(error);
		if (why === undefined) throw error;
		throw new UserError(
			`cannot keep a round in ${directory}: ${why}. Fix this, or set XDG_STATE_HOME to a writable directory.`,
			exitCodes.cannotCreate,
		);
	}
}

/** Readable, safe on every file system, and different for ids that differ in letters a file name cannot hold. */
function fileName(id: string): string {
	const readable = id.replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 80);
	return `${readable}-${createHash('sha256').update(id).digest('hex').slice(0, 8)}`;
}
