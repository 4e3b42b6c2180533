/** Figures over what the lines of a window tell of requests. Pure. */

/** The value below which `share` of the sorted values lie (nearest rank); undefined for none. */
export function percentile(values: readonly number[], share: number): number | undefined {
	if (values.length === 0) return undefined;
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
