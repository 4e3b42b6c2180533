/** Where in a file the wanted part of its past begins, found from its end: a file of any size is as quick as what is shown of it. */
import type {TimeReader} from '../../logs/formats/line-time.ts';
import type {OpenFile} from './file-access.ts';
import type {Past} from './held-lines.ts';

const blockBytes = 256 * 1024;
const newline = 10;
/** So much without a time, and the file is taken for one without times. */
const untimedBytes = 4 * 1024 * 1024;

/** Reads backwards in blocks that begin and end with a line; `look` returns true when it has seen enough. */
async function backwards(file: OpenFile, size: number, look: (block: Buffer, position: number) => boolean): Promise<void> {
	let end = size;
	let length = blockBytes;
	while (end > 0) {
		const position = Math.max(0, end - length);
		const buffer = Buffer.allocUnsafe(end - position);
		const read = await file.read(buffer, position);
		const block = buffer.subarray(0, read);
		const first = position === 0 ? 0 : block.indexOf(newline) + 1;
		// One line longer than the block: look again with a longer one.
		if (position > 0 && (first === 0 || first >= block.length)) {
			length *= 2;
			continue;
		}
		if (look(block.subarray(first), position + first)) return;
		end = position + first;
		length = blockBytes;
	}
}

/** Where the last `count` lines begin, as a position in bytes. */
async function startOfNewest(file: OpenFile, size: number, count: number): Promise<number> {
	let start = count <= 0 ? size : 0;
	let missing = count;
	if (count > 0) {
		await backwards(file, size, (block, position) => {
			// A line break at the very end closes the last line.
			let at = block.length - 1;
			for (;;) {
				at = at <= 0 ? -1 : block.lastIndexOf(newline, at - 1);
				missing -= 1;
				if (missing === 0) {
					start = position + at + 1;
					return true;
				}
				if (at < 0) return false;
			}
		});
	}
	return start;
}

/** Where the first line at or after `from` begins; undefined where no line tells a time. */
async function startOfTime(file: OpenFile, size: number, from: number, timeOf: TimeReader): Promise<number | undefined> {
	let start: number | undefined;
	let timed = false;
	await backwards(file, size, (block, position) => {
		let older = false;
		let found: number | undefined;
		for (let at = 0; at < block.length;) {
			const end = block.indexOf(newline, at);
			const stop = end < 0 ? block.length : end;
			const time = timeOf(block, at, stop);
			if (!Number.isNaN(time)) {
				timed = true;
				if (time < from) older ||= found === undefined;
				else found ??= position + at;
			}
			at = stop + 1;
		}
		start = found ?? start;
		return older || (!timed && size - position >= untimedBytes);
	});
	return timed ? (start ?? size) : undefined;
}

/**
 * The position in bytes from which to read; `untimed` where `from` was asked for and no line tells a time, so that
 * all of the file is wanted.
 */
export async function startOf(
	file: OpenFile,
	{size, past, timeOf}: {readonly size: number; readonly past: Past; readonly timeOf: TimeReader},
): Promise<{readonly position: number; readonly untimed: boolean}> {
	const {from, newest} = past;
	if (from === undefined && newest === undefined) return {position: 0, untimed: false};
	const byTime = from === undefined || size === 0 ? size : await startOfTime(file, size, from, timeOf);
	if (byTime === undefined) {
		const position = newest === undefined ? 0 : await startOfNewest(file, size, newest);
		return {position, untimed: true};
	}
	const byCount = newest === undefined ? size : await startOfNewest(file, size, newest);
	return {position: Math.min(byTime, byCount), untimed: false};
}
