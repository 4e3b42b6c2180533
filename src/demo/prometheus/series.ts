/** Series as pure functions of time, and how a selector finds and samples them. */
import {anchored, type Matcher, type Selector} from './syntax.ts';

export type Labels = Readonly<Record<string, string>>;

/** One series of the demo; `valueAt` is undefined where it does not exist at that time (epoch milliseconds). */
export interface SeriesSource {
	/** Holds `__name__`. */
	readonly labels: Labels;
	readonly valueAt: (at: number) => number | undefined;
}

export interface Sample {
	readonly labels: Labels;
	readonly value: number;
}

export interface Point {
	readonly at: number;
	readonly value: number;
}

/** The points of one series in (from, to]. */
export interface RangeSeries {
	readonly labels: Labels;
	readonly points: readonly Point[];
	readonly from: number;
	readonly to: number;
}

/** Every target is scraped at the same multiples of this. */
export const scrapeIntervalMs = 15_000;

const test = (matcher: Matcher): ((value: string) => boolean) => {
	const {op, value: wanted} = matcher;
	if (op === '=') return (value) => value === wanted;
	if (op === '!=') return (value) => value !== wanted;
	const pattern = anchored(wanted);
	return op === '=~' ? (value) => pattern.test(value) : (value) => !pattern.test(value);
};

/** The series that all matchers accept; an absent label is an empty one. */
export function select(series: readonly SeriesSource[], matchers: readonly Matcher[]): readonly SeriesSource[] {
	const tests = matchers.map((matcher) => [matcher.label, test(matcher)] as const);
	return series.filter(({labels}) => tests.every(([label, accepts]) => accepts(labels[label] ?? '')));
}

/** A range query asks the same selector at every step; what it selects does not change. */
const selected = new WeakMap<Selector, readonly SeriesSource[]>();

function selectedBy(series: readonly SeriesSource[], selector: Selector): readonly SeriesSource[] {
	const known = selected.get(selector) ?? select(series, selector.matchers);
	selected.set(selector, known);
	return known;
}

const lastScrape = (at: number): number => Math.floor(at / scrapeIntervalMs) * scrapeIntervalMs;

/** The newest sample of each series at `at`. A selector belongs to one parsed query, and so to one list of series. */
export function instant(series: readonly SeriesSource[], selector: Selector, at: number): readonly Sample[] {
	const when = lastScrape(at - selector.offsetMs);
	return selectedBy(series, selector).flatMap(({labels, valueAt}) => {
		const value = valueAt(when);
		return value === undefined ? [] : [{labels, value}];
	});
}

/** All samples of the selector's range that ends at `at`. */
export function range(series: readonly SeriesSource[], selector: Selector, at: number): readonly RangeSeries[] {
	const to = at - selector.offsetMs;
	const from = to - (selector.rangeMs ?? 0);
	return selectedBy(series, selector).flatMap(({labels, valueAt}) => {
		const points: Point[] = [];
		for (let when = lastScrape(from) + scrapeIntervalMs; when <= to; when += scrapeIntervalMs) {
			const value = valueAt(when);
			if (value !== undefined) points.push({at: when, value});
		}
		return points.length > 0 ? [{labels, points, from, to}] : [];
	});
}

/** Without the metric's name, as every calculation leaves a series. */
export function nameless(labels: Labels): Labels {
	if (labels['__name__'] === undefined) return labels;
	const {__name__: _, ...rest} = labels;
	return rest;
}

/** The same text for the same labels, whatever their order. */
export function keyOf(labels: Labels): string {
	return Object.keys(labels)
		.filter((label) => labels[label] !== '')
		.sort()
		.map((label) => `${label}\u0000${labels[label]}`)
		.join('\u0001');
}

/** Only the labels named, or all but them. */
export function pick(labels: Labels, wanted: {readonly without: boolean; readonly labels: readonly string[]}): Labels {
	return Object.fromEntries(Object.entries(nameless(labels)).filter(([label]) => wanted.labels.includes(label) !== wanted.without));
}
