/** Which time the bars over the lines mean. Pure. */
import type {Column, Histogram} from './histogram.ts';

export interface StoryColumns {
	readonly bars: readonly Column[];
	/** Lines from before the first bar. */
	readonly older: number;
}

/** So much of the lines may be older than the story. */
const olderShare = 0.25;
/** Each look makes the axis less than half as long: enough from years down to seconds. */
const mostLooks = 12;

/**
 * The histogram's bars over the story that most lines tell, with as long a time before it, so that its beginning is in
 * sight. A few old lines of quiet streams would press all others into the last bar; where lines came evenly, or the axis
 * would not shrink to less than half, the bars reach over all of them. No bars where no line told a time.
 */
export function storyColumns(histogram: Pick<Histogram, 'columns' | 'span' | 'total' | 'withoutTime'>, count: number): StoryColumns {
	const span = histogram.span();
	if (!span) return {bars: [], older: 0};
	const timed = histogram.total() - histogram.withoutTime();
	let {from} = span;
	for (let look = 0; ; look++) {
		const bars = histogram.columns(from, span.to, count);
		const before = timed - bars.reduce((sum, {total}) => sum + total, 0);
		let passed = before;
		const begin = bars.find(({total}) => (passed += total) > timed * olderShare)?.from ?? from;
		const start = begin - (span.to - begin);
		if (look === mostLooks || start <= from || span.to - start > (span.to - from) / 2) return {bars, older: before};
		from = start;
	}
}
