/** Lines that come as text, one by one, in the shape in which feeds deliver. */
import type {LineBatch} from '../../ports/log-feed.ts';

export interface TextLine {
	/** Epoch milliseconds with a fraction; NaN where unknown. */
	readonly time: number;
	/** May hold line breaks: each part becomes a line of that time. */
	readonly text: string;
}

/** Puts the texts into one batch, in their order; the buffers are the caller's own. */
export function batchOf(entries: readonly TextLine[]): LineBatch {
	const lines = entries.flatMap(({time, text}) => {
		const body = text.endsWith('\n') ? text.slice(0, -1) : text;
		return body.includes('\n') ? body.split('\n').map((part) => ({time, text: part})) : [{time, text: body}];
	});
	const sizes = lines.map(({text}) => Buffer.byteLength(text));
	const bytes = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + size, 0));
	const starts = new Uint32Array(lines.length);
	const ends = new Uint32Array(lines.length);
	const times = new Float64Array(lines.length);
	let at = 0;
	for (const [index, {time, text}] of lines.entries()) {
		starts[index] = at;
		bytes.write(text, at);
		at += sizes[index] ?? 0;
		ends[index] = at > (starts[index] ?? 0) && bytes[at - 1] === 13 ? at - 1 : at;
		times[index] = time;
	}
	return {bytes, count: lines.length, starts, ends, times};
}
