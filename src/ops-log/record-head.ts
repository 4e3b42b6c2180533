/** The front of a record, all but its readings: they stand last in the file, are most of it, and tell nothing of what was decided. */
import {open} from 'node:fs/promises';

const mark = '\n\t"readings": {';
/** A round with a few investigations. */
const pieceBytes = 65_536;

/** The record's text without its readings. */
export function withoutReadings(text: string): string {
	const at = text.indexOf(mark);
	return at === -1 ? text : `${text.slice(0, at).replace(/,\s*$/, '')}\n}`;
}

/**
 * As `withoutReadings` of the whole file, of which it reads no more than that.
 * @throws what the file system says
 */
export async function readHead(path: string): Promise<string> {
	const handle = await open(path, 'r');
	try {
		const pieces: Buffer[] = [];
		for (;;) {
			const piece = Buffer.allocUnsafe(pieceBytes);
			// oxlint-disable-next-line no-await-in-loop -- each piece tells whether another one is wanted
			const {bytesRead} = await handle.read(piece, 0, pieceBytes);
			pieces.push(piece.subarray(0, bytesRead));
			// The mark may lie across two pieces.
			const ends = Buffer.concat(pieces.slice(-2));
			if (bytesRead === 0 || ends.includes(mark)) return withoutReadings(Buffer.concat(pieces).toString('utf8'));
		}
	} finally {
		await handle.close();
	}
}
