import type {Theme} from '../theme.ts';

/** Eight heights scaled to the highest value, oldest first; the newest `columns` of them. What is no number is a gap. */
export function sparkline(theme: Theme, values: readonly number[], columns: number): string {
	const shown = values.slice(-columns);
	const highest = Math.max(0, ...shown.filter((value) => Number.isFinite(value)));
	const {bars} = theme.symbols;
	return shown
		.map((value) => {
			if (!Number.isFinite(value)) return ' ';
			const height = highest === 0 ? 0 : Math.round((value / highest) * (bars.length - 1));
			return bars[Math.min(bars.length - 1, Math.max(0, height))] ?? ' ';
		})
		.join('');
}
