import {open} from 'node:fs/promises';
import {codeOf} from './file-error.ts';

/** Has a directory's own entries on disk: without it a new file may be gone after a power cut. */
export async function syncDirectory(directory: string): Promise<void> {
	try {
		const handle = await open(directory, 'r');
		try {
			await handle.sync();
		} finally {
			await handle.close();
		}
	} catch (error) {
		// Windows and some network file systems know no such thing; the file itself is on disk.
		if (!['EINVAL', 'EPERM', 'EISDIR', 'EBADF', 'ENOTSUP'].includes(codeOf(error) ?? '')) throw error;
	}
}
