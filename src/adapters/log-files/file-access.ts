/** What the file feed needs of a file system; an interface, because a test cannot take root's permissions away. */
import {watch, type BigIntStats} from 'node:fs';
import {open, readdir, stat} from 'node:fs/promises';

export interface FileFacts {
	/** The same for all names of one file, and for no file after it: a deleted file's inode number is soon given again. */
	readonly identity: string;
	readonly kind: 'file' | 'directory' | 'pipe' | 'other';
	/** Bytes. */
	readonly size: number;
	/** Epoch milliseconds; 0 where the file system does not keep it. */
	readonly bornAt: number;
	readonly changedAt: number;
}

export interface OpenFile {
	readonly facts: () => Promise<FileFacts>;
	/** Fills the buffer from that place of the file; fewer bytes only at its end. */
	readonly read: (buffer: Uint8Array, position: number) => Promise<number>;
	readonly close: () => Promise<void>;
}

export interface FileAccess {
	/** Each throws Node's own errors (ENOENT, EACCES, …). */
	readonly facts: (path: string) => Promise<FileFacts>;
	readonly open: (path: string) => Promise<OpenFile>;
	readonly list: (directory: string) => Promise<readonly string[]>;
	/** Tells the names that change in a directory, as far as the system does; returns how to end it. */
	readonly watch: (directory: string, onChange: (name: string) => void) => () => void;
}

function factsOf(stats: BigIntStats): FileFacts {
	const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : stats.isFIFO() || stats.isCharacterDevice() ? 'pipe' : 'other';
	return {
		identity: `${stats.dev}:${stats.ino}:${stats.birthtimeNs}`,
		kind,
		size: Number(stats.size),
		bornAt: Number(stats.birthtimeNs) / 1e6,
		changedAt: Number(stats.mtimeNs) / 1e6,
	};
}

/** The machine's own files. */
export const machineFiles: FileAccess = {
	facts: async (path) => factsOf(await stat(path, {bigint: true})),
	async open(path) {
		const handle = await open(path, 'r');
		return {
			facts: async () => factsOf(await handle.stat({bigint: true})),
			async read(buffer, position) {
				let filled = 0;
				while (filled < buffer.length) {
					const {bytesRead} = await handle.read(buffer, filled, buffer.length - filled, position + filled);
					if (bytesRead === 0) break;
					filled += bytesRead;
				}
				return filled;
			},
			close: () => handle.close(),
		};
	},
	list: (directory) => readdir(directory),
	watch(directory, onChange) {
		try {
			const watcher = watch(directory, {persistent: false}, (_, name) => {
				if (name !== null) onChange(name);
			});
			// Too many watches, a file system that tells nothing, a directory that went: polling continues anyway.
			watcher.on('error', () => watcher.close());
			return () => watcher.close();
		} catch {
			return () => {};
		}
	},
};
