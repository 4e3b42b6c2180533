/** A compressed file in portions, as far as it is whole. */
import {createGunzip} from 'node:zlib';
import type {OpenFile} from './file-access.ts';

/** Small enough that a file of nothing but zeros (1 to 1,000) does not fill the memory. */
const blockBytes = 16 * 1024;

/** By its first two bytes, whatever its name. */
export async function isGzip(file: OpenFile): Promise<boolean> {
	const magic = Buffer.alloc(2);
	return (await file.read(magic, 0)) === 2 && magic[0] === 0x1f && magic[1] === 0x8b;
}

export interface GzipReader {
	/** The next portion; undefined at the end. */
	readonly next: () => Promise<Uint8Array | undefined>;
	/** What was wrong with the file, once `next` has told the end; undefined where it was whole. */
	readonly problem: () => string | undefined;
}

/** Reads from the beginning. A file that breaks off or is damaged gives what is before that. */
export function createGzipReader(file: OpenFile): GzipReader {
	const unzip = createGunzip({chunkSize: 256 * 1024});
	const portions: Uint8Array[] = [];
	const ended = Promise.withResolvers<void>();
	let position = 0;
	let more = true;
	let problem: string | undefined;
	unzip.on('data', (chunk: Uint8Array) => portions.push(chunk));
	unzip.on('end', () => ended.resolve());
	unzip.on('error', (error: NodeJS.ErrnoException) => {
		problem = error.code === 'Z_BUF_ERROR' ? 'the compressed file breaks off' : 'the compressed file is damaged';
		ended.resolve();
	});

	/** False at the end. */
	const feed = async (): Promise<boolean> => {
		const block = Buffer.allocUnsafe(blockBytes);
		const read = await file.read(block, position);
		position += read;
		if (read < blockBytes) {
			unzip.end(block.subarray(0, read));
			await ended.promise;
			return false;
		}
		await Promise.race([ended.promise, new Promise<void>((resolve) => unzip.write(block, () => resolve()))]);
		return problem === undefined;
	};
	return {
		async next() {
			while (portions.length === 0 && more) more = await feed();
			return portions.shift();
		},
		problem: () => problem,
	};
}
