/**
 * The journal writes a message that is no UTF-8, or has control characters, as an array of numbers: `"MESSAGE":[104,105]`.
 * Filters and search look at bytes, so such a message becomes text as lines come in. No byte is lost: what JSON does not
 * allow in a text is escaped, and all else is as it was.
 */
import type {LineBatch} from '../../ports/log-feed.ts';

const mark = Buffer.from('"MESSAGE":[');
/** Its end alone is looked for first: a short needle that begins with a rare byte costs a tenth, and most logs have none. */
const rare = Buffer.from('E":[');
const [quote, backslash, comma, closing] = [0x22, 0x5c, 0x2c, 0x5d] as const;

/** Where the array at `at` ends, behind its bracket, and its bytes as JSON text; undefined where it is no array of bytes. */
function readArray(bytes: Uint8Array, at: number, end: number): {readonly next: number; readonly text: Buffer} | undefined {
	const parts: number[] = [quote];
	let value = -1;
	for (let place = at; place < end; place++) {
		const byte = bytes[place] as number;
		if (byte >= 0x30 && byte <= 0x39) {
			value = Math.max(value, 0) * 10 + byte - 0x30;
			if (value > 255) return undefined;
			continue;
		}
		if (value < 0 || (byte !== comma && byte !== closing)) return undefined;
		if (value < 0x20) parts.push(...Buffer.from(String.raw`\u${value.toString(16).padStart(4, '0')}`));
		else if (value === quote || value === backslash) parts.push(backslash, value);
		else parts.push(value);
		if (byte === closing) return {next: place + 1, text: Buffer.from([...parts, quote])};
		value = -1;
	}
	return undefined;
}

/** The line with its message as text; undefined where it has no such message. */
function rewritten(line: Buffer): Buffer | undefined {
	const at = line.indexOf(mark);
	// Within a text of JSON the quote would be escaped.
	if (at < 1 || line[0] !== 0x7b || line[at - 1] === backslash) return undefined;
	const from = at + mark.length - 1;
	const array = readArray(line, from + 1, line.length);
	return array && Buffer.concat([line.subarray(0, from), array.text, line.subarray(array.next)]);
}

/** The batch with such messages as text; itself where it has none, as nearly always. */
export function withJournalText(batch: LineBatch): LineBatch {
	const {bytes, count, starts, ends} = batch;
	const [first = 0, last = 0] = [starts[0], ends[count - 1]];
	const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const range = all.subarray(first, last);
	if (count === 0 || !range.includes(rare)) return batch;
	const found = range.indexOf(mark);
	if (found < 0) return batch;
	const lines = Array.from({length: count}, (_, index) => {
		const line = all.subarray(starts[index], ends[index]);
		return (ends[index] as number) <= first + found ? line : (rewritten(line) ?? line);
	});
	const into = {bytes: Buffer.concat(lines), starts: new Uint32Array(count), ends: new Uint32Array(count)};
	let at = 0;
	for (const [index, line] of lines.entries()) {
		into.starts[index] = at;
		at += line.length;
		into.ends[index] = at;
	}
	return {...into, count, times: batch.times};
}
