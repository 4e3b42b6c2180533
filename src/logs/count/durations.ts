/** Many durations in little room: counts on a logarithmic scale, for percentiles within 3 %. */

/** Each step is 6 % longer than the one before; from 0.01 ms to 4 days. */
const growth = Math.log(1.06);
const shortest = 0.01;
const steps = 420;

export interface Durations {
	readonly add: (ms: number) => void;
	readonly count: () => number;
	/** The duration below which that share lies (nearest rank), milliseconds within 3 %; NaN for none. */
	readonly percentile: (share: number) => number;
}

/** Holds any number of durations in 2 KB. */
export function createDurations(): Durations {
	const counts = new Uint32Array(steps);
	let total = 0;
	let least = Number.POSITIVE_INFINITY;
	let most = 0;
	return {
		add: (ms) => {
			const step = ms <= shortest ? 0 : Math.min(steps - 1, Math.floor(Math.log(ms / shortest) / growth));
			counts[step] = (counts[step] ?? 0) + 1;
			total += 1;
			least = Math.min(least, ms);
			most = Math.max(most, ms);
		},
		count: () => total,
		percentile: (share) => {
			if (total === 0) return Number.NaN;
			const rank = Math.max(1, Math.ceil(share * total));
			let below = 0;
			let step = 0;
			for (; step < steps - 1; step++) {
				below += counts[step] ?? 0;
				if (below >= rank) break;
			}
			const middle = shortest * Math.exp((step + 0.5) * growth);
			return Math.min(most, Math.max(least, middle));
		},
	};
}
