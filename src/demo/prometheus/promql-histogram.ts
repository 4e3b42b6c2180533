import {keyOf, pick, type Sample} from './series.ts';

interface Bucket {
	readonly upper: number;
	readonly count: number;
}

/** Quantile of cumulative buckets, linear inside a bucket (promql/quantile.go, bucketQuantile). */
function bucketQuantile(phi: number, unsorted: readonly Bucket[]): number {
	if (phi < 0) return -Infinity;
	if (phi > 1) return Infinity;
	const buckets = [...unsorted].sort((a, b) => a.upper - b.upper);
	const last = buckets.at(-1);
	if (Number.isNaN(phi) || buckets.length < 2 || last?.upper !== Infinity || last.count === 0) return Number.NaN;
	const rank = phi * last.count;
	const index = buckets.findIndex((bucket) => bucket.count >= rank);
	const bucket = buckets[index];
	const before = buckets[index - 1];
	if (!bucket || bucket.upper === Infinity) return buckets.at(-2)?.upper ?? Number.NaN;
	if (!before && bucket.upper <= 0) return bucket.upper;
	const lower = before?.upper ?? 0;
	const below = before?.count ?? 0;
	return lower + ((bucket.upper - lower) * (rank - below)) / (bucket.count - below);
}

/** `histogram_quantile(φ, buckets)`: one sample per set of labels without `le`. */
export function histogramQuantile(phi: number, samples: readonly Sample[]): readonly Sample[] {
	const groups = new Map<string, {readonly labels: Sample['labels']; readonly buckets: Bucket[]}>();
	for (const {labels, value} of samples) {
		const edge = labels['le'];
		if (edge === undefined) continue;
		const own = pick(labels, {without: true, labels: ['le']});
		const key = keyOf(own);
		const group = groups.get(key) ?? {labels: own, buckets: []};
		group.buckets.push({upper: edge === '+Inf' ? Infinity : Number(edge), count: value});
		groups.set(key, group);
	}
	return [...groups.values()].map(({labels, buckets}) => ({labels, value: bucketQuantile(phi, buckets)}));
}
