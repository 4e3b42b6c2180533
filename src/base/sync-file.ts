/** Writes a directory's own entries to disk: without this, a new file may be gone after a power cut. */
import {closeSync, fsyncSync, openSync} from 'node:fs';
import {open} from 'node:fs/promises';
import {codeOf} from './file-error.ts';

/** Windows and some network file systems cannot sync a directory. The file itself is on disk. */
const unsupported = ['EINVAL', 'EPERM', 'EISDIR', 'EBADF', 'ENOTSUP'];

function ignoreUnsupported(error: unknown): void {
	if (!unsupported.includes(codeOf(error) ?? '')) throw error;
}

export async function syncDirectory(directory: string): Promise<void> {
	try {
		const handle = await open(directory, 'r');
		try {
			await handle.sync();
		} finally {
			await handle.close();
		}
	} catch (error) {
		ignoreUnsupported(error);
	}
}

/** As `syncDirectory`, done when it returns. */
export function syncDirectoryNow(directory: string): void {
	try {
		const handle = openSync(directory, 'r');
		try {
			fsyncSync(handle);
		} finally {
			closeSync(handle);
		}
	} catch (error) {
		ignoreUnsupported(error);
	}
}
