/** A few counts over time for each of many things, all over the same moments, which widen as the time grows. */

/** The counts of one thing; `width` and `base` tell which moments they are of. */
export interface Trend {
	counts: Uint32Array;
	width: number;
	base: number;
}

export interface Trends {
	readonly create: () => Trend;
	/** Counts one at that time (epoch milliseconds). */
	readonly add: (trend: Trend, time: number) => void;
	/** Oldest first, as far as any of the things was counted. */
	readonly counts: (trend: Trend) => readonly number[];
	readonly reset: () => void;
}

const moments = 24;

/** Makes the common moments: at first a second wide, doubled whenever the time does not fit into 24 of them. */
export function createTrends(): Trends {
	let width = 1000;
	let first = Number.POSITIVE_INFINITY;
	let last = Number.NEGATIVE_INFINITY;
	const base = () => Math.floor(first / width);

	/** Brings a trend to the present moments; each follows when it is needed next. */
	function follow(trend: Trend): void {
		const [wanted, from] = [width, base()];
		if (trend.width === wanted && trend.base === from) return;
		const counts = new Uint32Array(moments);
		trend.counts.forEach((count, place) => {
			if (count > 0) counts[Math.floor(((trend.base + place) * trend.width) / wanted) - from]! += count;
		});
		trend.counts = counts;
		trend.width = wanted;
		trend.base = from;
	}

	return {
		create: () => ({counts: new Uint32Array(moments), width, base: Number.isFinite(first) ? base() : 0}),
		add(trend, time) {
			first = Math.min(first, time);
			last = Math.max(last, time);
			while (Math.floor(last / width) - base() >= moments) width *= 2;
			follow(trend);
			trend.counts[Math.floor(time / width) - trend.base]! += 1;
		},
		counts(trend) {
			if (first > last) return [];
			follow(trend);
			return [...trend.counts.subarray(0, Math.floor(last / width) - base() + 1)];
		},
		reset() {
			width = 1000;
			first = Number.POSITIVE_INFINITY;
			last = Number.NEGATIVE_INFINITY;
		},
	};
}
