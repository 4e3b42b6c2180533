export interface SparklineOptions {
	/** Heights, lowest first; see `Symbols.bars`. */
	readonly bars: readonly string[];
	/** Shows the newest of the values only. */
	readonly columns?: number;
	/** The value of the full height; the highest one shown where absent. */
	readonly highest?: number;
}

/** One character per value, oldest first. What is no number is a gap. Pure. */
export function sparkline(values: readonly number[], {bars, columns = values.length, highest}: SparklineOptions): string {
	const shown = columns <= 0 ? [] : values.slice(-columns);
	const top = highest ?? shown.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, value) : most), 0);
	return shown
		.map((value) => {
			if (!Number.isFinite(value)) return ' ';
			const height = top <= 0 ? 0 : Math.round((value / top) * (bars.length - 1));
			return bars[Math.min(bars.length - 1, Math.max(0, height))] ?? ' ';
		})
		.join('');
}
