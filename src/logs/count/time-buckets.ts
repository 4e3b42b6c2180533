/** Widths of bars over time that people read without thinking. */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Milliseconds: 1 s, 2, 5, 10, 15, 30 s, 1 min, 2, 5, 10, 15, 30 min, 1 h, 3 h, 6 h, 12 h, 1 d. */
export const bucketWidths: readonly number[] = [
	...[1, 2, 5, 10, 15, 30].map((count) => count * second),
	...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
	...[1, 3, 6, 12].map((count) => count * hour),
	day,
];

/** The widths that counts are kept in: each divides the next, so that counts can be merged when the span grows. */
export const keptWidths: readonly number[] = [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200, 86_400].map(
	(seconds) => seconds * second,
);

/** The narrowest width made of whole `kept` ones in which `count` bars hold the span; whole days beyond a day. */
export function widthFor({from, to, count, kept}: {from: number; to: number; count: number; kept: number}): number {
	const holds = (width: number) => Math.floor(to / width) - Math.floor(from / width) < count;
	const fit = bucketWidths.find((width) => width % kept === 0 && holds(width));
	if (fit !== undefined) return fit;
	const unit = Math.max(day, kept);
	let width = Math.ceil((to - from) / count / unit) * unit || unit;
	while (!holds(width)) width += unit;
	return width;
}
