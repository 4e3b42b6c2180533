/** Lines that wait: batches are lent, so what is to be kept is copied. */
import type {LineBatch} from '../../ports/log-feed.ts';

/** A copy of part of a batch that stays. */
export function copyOf(batch: LineBatch, from = 0): LineBatch {
	const first = batch.starts[from] ?? 0;
	const last = batch.ends[batch.count - 1] ?? first;
	return {
		bytes: Buffer.from(batch.bytes.subarray(first, last)),
		count: batch.count - from,
		starts: batch.starts.slice(from, batch.count).map((start) => start - first),
		ends: batch.ends.slice(from, batch.count).map((end) => end - first),
		times: batch.times.slice(from, batch.count),
	};
}

/** Some of its lines, in the same bytes. */
export function partOf(batch: LineBatch, from: number, to: number): LineBatch {
	return {
		bytes: batch.bytes,
		count: to - from,
		starts: batch.starts.subarray(from, to),
		ends: batch.ends.subarray(from, to),
		times: batch.times.subarray(from, to),
	};
}

/** What of the past is wanted; with both, whichever shows more. */
export interface Past {
	/** Epoch milliseconds. */
	readonly from?: number | undefined;
	/** Lines. */
	readonly newest?: number | undefined;
}

export interface Suffix {
	/** Takes the next lines; gives those that are surely wanted. */
	readonly add: (batch: LineBatch) => readonly LineBatch[];
	/** There are no more: gives the rest of those that are wanted. */
	readonly end: () => readonly LineBatch[];
}

/** The last part of lines that can only be read from their beginning: holds at most twice `newest`, and what one batch has. */
export function createSuffix({from, newest: asked}: Past): Suffix {
	const newest = asked ?? 0;
	let held: LineBatch[] = [];
	let heldLines = 0;
	/** How many of the held lines are at or after `from`, the last ones. */
	let recent = 0;
	let open = from === undefined && asked === undefined;

	const hold = (batch: LineBatch) => {
		let first = recent > 0 ? 0 : batch.count;
		if (recent === 0 && from !== undefined) {
			const found = batch.times.subarray(0, batch.count).findIndex((time) => time >= from);
			if (found >= 0) first = found;
		}
		recent += batch.count - first;
		held.push(copyOf(batch));
		heldLines += batch.count;
	};
	const wanted = (): readonly LineBatch[] => {
		let spare = heldLines - Math.max(newest, recent);
		const result = held.flatMap((batch) => {
			const skip = Math.max(0, Math.min(spare, batch.count));
			spare -= skip;
			return skip === batch.count ? [] : [partOf(batch, skip, batch.count)];
		});
		held = [];
		heldLines = 0;
		return result;
	};
	return {
		add(batch) {
			if (open) return [batch];
			hold(batch);
			while (held[0] && heldLines - held[0].count >= Math.max(newest, recent)) heldLines -= held.shift()?.count ?? 0;
			if (recent === 0 || recent < newest) return [];
			open = true;
			return wanted();
		},
		end: () => (open ? [] : wanted()),
	};
}
