import {sparkline as draw} from '../../src/base/terminal/sparkline.ts';
import type {Theme} from './theme.ts';

/** Eight heights scaled to the highest value, oldest first; the newest `columns` of them. What is no number is a gap. */
export function sparkline(theme: Theme, values: readonly number[], columns: number): string {
	return draw(values, {bars: theme.symbols.bars, columns});
}
