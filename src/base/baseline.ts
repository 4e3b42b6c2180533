/**
 * What is usual for this weekday and hour: the median and the spread of the same instant one to four weeks ago.
 * Pure; the readings of the past come from `readWithHistory` in queries.ts.
 */

/** How far back the points lie, milliseconds: the same weekday and hour of the last four weeks. */
export const baselineOffsets: readonly number[] = [7, 14, 21, 28].map((days) => days * 86_400_000);

/** Fewer points than this are no baseline. */
const fewest = 3;

export type Baseline =
	| {
			readonly known: true;
			readonly median: number;
			/** Median absolute deviation. */ readonly mad: number;
			readonly points: readonly number[];
	  }
	| {readonly known: false; readonly points: readonly number[]};

function median(sorted: readonly number[]): number {
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The baseline of past values; what is not a finite number is no point. */
export function baselineOf(values: readonly (number | undefined)[]): Baseline {
	const points = values.filter((value): value is number => value !== undefined && Number.isFinite(value));
	if (points.length < fewest) return {known: false, points};
	const middle = median(points.toSorted((a, b) => a - b));
	const deviations = points.map((point) => Math.abs(point - middle)).sort((a, b) => a - b);
	return {known: true, median: middle, mad: median(deviations), points};
}

/**
 * Whether `now` lies above the usual: beyond `factor` spreads and at least `atLeast` times the median, and above the floor.
 * @param rule.floor Absolute value below which nothing is unusual, in the value's own unit.
 * @returns undefined where there is no baseline to compare with.
 */
export function isUnusual(
	now: number,
	baseline: Baseline,
	rule: {readonly spreads: number; readonly times: number; readonly floor: number},
): boolean | undefined {
	if (!baseline.known) return undefined;
	// 1.4826 makes the MAD of a normal distribution its standard deviation.
	const limit = Math.max(baseline.median + rule.spreads * 1.4826 * baseline.mad, baseline.median * rule.times, rule.floor);
	return now > limit;
}
