/** Output gathered into blocks, whose memory is used again once they are written: a line costs no object of its own. */
import type {Writable} from 'node:stream';

export interface OutputBlock {
	readonly put: (bytes: Buffer, start: number, end: number) => void;
	readonly putText: (text: string) => void;
	/** Bytes that wait to be written. */
	readonly size: () => number;
	/** Writes them; false where the reader has enough for now. */
	readonly write: () => boolean;
}

const spareBytes = 96 * 1024;
const sparesKept = 4;

/** Gathers for a stream that is done with a block's bytes when it calls back. */
export function createOutputBlock(out: Pick<Writable, 'write'>): OutputBlock {
	const spares: Buffer[] = [];
	let bytes: Buffer = Buffer.alloc(0);
	let used = 0;

	function makeRoom(length: number): void {
		if (used + length <= bytes.length) return;
		const next = used + length <= spareBytes ? (spares.pop() ?? Buffer.allocUnsafeSlow(spareBytes)) : undefined;
		const wider = next ?? Buffer.allocUnsafeSlow(2 * (used + length));
		bytes.copy(wider, 0, 0, used);
		bytes = wider;
	}

	return {
		put(from, start, end) {
			makeRoom(end - start);
			from.copy(bytes, used, start, end);
			used += end - start;
		},
		putText(text) {
			makeRoom(Buffer.byteLength(text));
			used += bytes.write(text, used);
		},
		size: () => used,
		write() {
			if (used === 0) return true;
			const block = bytes;
			const isFree = out.write(block.subarray(0, used), () => {
				if (block.length === spareBytes && spares.length < sparesKept) spares.push(block);
			});
			bytes = Buffer.alloc(0);
			used = 0;
			return isFree;
		},
	};
}
