/** Batches of lines as feeds deliver them, for the tests of what keeps them. */
import fc from 'fast-check';
import type {LineBatch} from '../../../src/ports/log-feed.ts';

export interface TestLine {
	readonly bytes: Uint8Array;
	readonly time: number;
}

/** A batch of these lines; `prefix` bytes are before each, as a time does, and a line break after, or another separator. */
export function batchOf(lines: readonly TestLine[], prefix = 0, separator = 0x0a): LineBatch {
	const length = lines.reduce((sum, line) => sum + prefix + line.bytes.length + 1, 0);
	const bytes = Buffer.alloc(length, separator);
	const starts = new Uint32Array(lines.length);
	const ends = new Uint32Array(lines.length);
	let at = 0;
	for (const [k, line] of lines.entries()) {
		at += prefix;
		starts[k] = at;
		bytes.set(line.bytes, at);
		at += line.bytes.length;
		ends[k] = at;
		at++;
	}
	return {bytes, count: lines.length, starts, ends, times: Float64Array.from(lines, ({time}) => time)};
}

/** A batch of texts, all with the same time unless each has its own. */
export function textBatch(texts: readonly string[], times: number | readonly number[] = Number.NaN): LineBatch {
	return batchOf(texts.map((text, k) => ({bytes: Buffer.from(text), time: typeof times === 'number' ? times : (times[k] ?? Number.NaN)})));
}

/** Any bytes but the line break: NUL, CR, escape, halves of characters; often none, now and then many. */
export const lineBytes = fc
	.oneof(
		fc.uint8Array({maxLength: 40}),
		fc.uint8Array({maxLength: 3}),
		fc.integer({min: 100, max: 3000}).map((length) => new Uint8Array(length).fill(0xe2)),
	)
	.map((bytes) => bytes.map((byte) => (byte === 0x0a ? 0 : byte)));
