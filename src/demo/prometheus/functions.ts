/** PromQL's functions over ranges and vectors. One row each; parse.ts knows a function by its row here. */
import {anchored} from './syntax.ts';
import {nameless, type Labels, type Point, type RangeSeries, type Sample} from './series.ts';

type OfRange = (series: RangeSeries, parameter: number) => number | undefined;
type OfValue = (value: number, parameters: readonly number[]) => number;

/** What was gained in the points, counter resets made good. */
const gained = (points: readonly Point[]): number => {
	let total = 0;
	for (let index = 1; index < points.length; index += 1) {
		const before = points[index - 1]?.value ?? 0;
		const after = points[index]?.value ?? 0;
		total += after < before ? after : after - before;
	}
	return total;
};

/**
 * Prometheus's extrapolation (promql/functions.go, extrapolatedRate): what the points show is stretched towards the
 * range's edges, by at most half an interval where the series seems to begin or end inside, and never below zero.
 */
const extrapolated = ({points, from, to}: RangeSeries, change: number, counter: boolean): number | undefined => {
	const first = points[0];
	const last = points.at(-1);
	if (!first || !last || points.length < 2) return undefined;
	const sampled = last.at - first.at;
	const interval = sampled / (points.length - 1);
	const threshold = interval * 1.1;
	let toStart = first.at - from;
	let toEnd = to - last.at;
	if (toStart >= threshold) toStart = interval / 2;
	if (counter && change > 0 && first.value >= 0) toStart = Math.min(toStart, sampled * (first.value / change));
	if (toEnd >= threshold) toEnd = interval / 2;
	return change * ((sampled + toStart + toEnd) / sampled);
};

const increase: OfRange = (series) => extrapolated(series, gained(series.points), true);
const perSecond = (series: RangeSeries, value: number | undefined): number | undefined =>
	value === undefined ? undefined : value / ((series.to - series.from) / 1000);

const lastTwo = (points: readonly Point[]): readonly [Point, Point] | undefined => {
	const after = points.at(-1);
	const before = points.at(-2);
	return before && after ? [before, after] : undefined;
};

/** Least squares: value at the range's end, and slope per second. */
const regression = ({points, to}: RangeSeries): {readonly slope: number; readonly atEnd: number} | undefined => {
	if (points.length < 2) return undefined;
	const xs = points.map((point) => (point.at - to) / 1000);
	const meanX = xs.reduce((sum, x) => sum + x, 0) / xs.length;
	const meanY = points.reduce((sum, point) => sum + point.value, 0) / points.length;
	let across = 0;
	let square = 0;
	for (const [index, point] of points.entries()) {
		const x = (xs[index] ?? 0) - meanX;
		across += x * (point.value - meanY);
		square += x * x;
	}
	const slope = across / square;
	return {slope, atEnd: meanY - slope * meanX};
};

const values = (series: RangeSeries): readonly number[] => series.points.map((point) => point.value);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0);

/** The φ-quantile with linear interpolation; `NaN` of nothing. */
export function quantile(phi: number, numbers: readonly number[]): number {
	if (numbers.length === 0 || Number.isNaN(phi)) return Number.NaN;
	if (phi < 0) return -Infinity;
	if (phi > 1) return Infinity;
	const sorted = [...numbers].sort((a, b) => a - b);
	const rank = phi * (sorted.length - 1);
	const lower = sorted[Math.floor(rank)] ?? Number.NaN;
	return lower + ((sorted[Math.ceil(rank)] ?? Number.NaN) - lower) * (rank - Math.floor(rank));
}

/** name(range) or name(parameter, range) or name(range, parameter): the number argument is the parameter. */
export const rangeFunctions: Readonly<Record<string, OfRange>> = {
	increase,
	rate: (series) => perSecond(series, increase(series, 0)),
	delta: (series) => extrapolated(series, (series.points.at(-1)?.value ?? 0) - (series.points[0]?.value ?? 0), false),
	irate: ({points}) => {
		const two = lastTwo(points);
		return two && gained(two) / ((two[1].at - two[0].at) / 1000);
	},
	idelta: ({points}) => {
		const two = lastTwo(points);
		return two && two[1].value - two[0].value;
	},
	deriv: (series) => regression(series)?.slope,
	predict_linear: (series, seconds) => {
		const line = regression(series);
		return line && line.atEnd + line.slope * seconds;
	},
	resets: ({points}) => points.filter((point, index) => index > 0 && point.value < (points[index - 1]?.value ?? 0)).length,
	changes: ({points}) => points.filter((point, index) => index > 0 && point.value !== points[index - 1]?.value).length,
	avg_over_time: (series) => sum(values(series)) / series.points.length,
	min_over_time: (series) => Math.min(...values(series)),
	max_over_time: (series) => Math.max(...values(series)),
	sum_over_time: (series) => sum(values(series)),
	count_over_time: (series) => series.points.length,
	last_over_time: (series) => series.points.at(-1)?.value,
	present_over_time: () => 1,
	quantile_over_time: (series, phi) => quantile(phi, values(series)),
};

/** name(vector, number…), value by value. */
export const valueFunctions: Readonly<Record<string, OfValue>> = {
	abs: Math.abs,
	ceil: Math.ceil,
	floor: Math.floor,
	sqrt: Math.sqrt,
	exp: Math.exp,
	ln: Math.log,
	log2: Math.log2,
	log10: Math.log10,
	round: (value, [to = 1]) => Math.floor(value / to + 0.5) * to,
	clamp: (value, [lowest = -Infinity, highest = Infinity]) => Math.max(lowest, Math.min(highest, value)),
	clamp_min: (value, [lowest = -Infinity]) => Math.max(lowest, value),
	clamp_max: (value, [highest = Infinity]) => Math.min(highest, value),
};

/** name(vector), the vector as a whole. */
export const vectorFunctions: Readonly<Record<string, (samples: readonly Sample[]) => readonly Sample[]>> = {
	sort: (samples) => [...samples].sort((a, b) => a.value - b.value),
	sort_desc: (samples) => [...samples].sort((a, b) => b.value - a.value),
};

/** Functions that evaluate.ts answers itself because they need more than values. */
export const specialFunctions = ['vector', 'scalar', 'time', 'absent', 'histogram_quantile', 'label_replace'] as const;

export const functionNames: ReadonlySet<string> = new Set([
	...Object.keys(rangeFunctions),
	...Object.keys(valueFunctions),
	...Object.keys(vectorFunctions),
	...specialFunctions,
]);

/** label_replace(v, dst, replacement, src, regex): as Prometheus, the regex must match the whole value. */
export function labelReplace(
	labels: Labels,
	how: {readonly target: string; readonly replacement: string; readonly source: string; readonly pattern: string},
): Labels {
	const match = anchored(how.pattern).exec(labels[how.source] ?? '');
	if (!match) return labels;
	const text = how.replacement.replaceAll(/\$(?:\{(\w+)\}|(\d+))/g, (_, braced?: string, plain?: string) => {
		const group = braced ?? plain ?? '';
		return (/^\d+$/.test(group) ? match[Number(group)] : match.groups?.[group]) ?? '';
	});
	return {...labels, [how.target]: text};
}

/** The result of a function is a series without a name. */
export function overRange(series: readonly RangeSeries[], of: OfRange, parameter: number, keepName: boolean): readonly Sample[] {
	return series.flatMap((one) => {
		const value = of(one, parameter);
		return value === undefined ? [] : [{labels: keepName ? one.labels : nameless(one.labels), value}];
	});
}
