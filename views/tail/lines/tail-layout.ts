/** Where everything is on the log screen at a given size. Pure: the screen draws by it, keys page by it. */
import type {TailUi} from './tail-session.ts';

export const smallest = {columns: 60, rows: 15} as const;

export interface Region {
	readonly columns: number;
	readonly rows: number;
}

export interface TailLayout {
	readonly columns: number;
	readonly rows: number;
	/** One row of bars, or one for all lines and one for the errors. */
	readonly histogramRows: 1 | 2;
	readonly filterRows: 0 | 1;
	/** Between the rule under the filters and the footer's rule. */
	readonly body: Region;
	readonly lines: Region;
	/** At the right where it is wide, else below the lines with a rule over it. */
	readonly panel?: Region & {readonly at: 'right' | 'below'};
}

/** The histogram starts after this many columns: its label. */
export const barsLeft = 9;

/** The layout of the log screen. */
export function tailLayout(ui: Pick<TailUi, 'columns' | 'rows' | 'panel' | 'filters' | 'leastLevel'>): TailLayout {
	const {columns, rows} = ui;
	const roomy = rows >= 30;
	const histogramRows = roomy ? 2 : 1;
	// Where there is room the bar is always, so that the first filter moves nothing.
	const filterRows = roomy || ui.filters.length > 0 || ui.leastLevel !== undefined ? 1 : 0;
	const body = {columns, rows: Math.max(0, rows - histogramRows - filterRows - 4)};
	const base = {columns, rows, histogramRows, filterRows, body} as const;
	if (!ui.panel) return {...base, lines: body};
	if (columns >= 150) {
		const panel = Math.min(96, Math.floor(columns * 0.45));
		// A rule of one column with a blank after it is between the two.
		return {...base, lines: {columns: columns - panel - 2, rows: body.rows}, panel: {at: 'right', columns: panel, rows: body.rows}};
	}
	const panel = Math.max(4, Math.floor(body.rows * 0.5) - 1);
	return {...base, lines: {columns, rows: body.rows - panel - 1}, panel: {at: 'below', columns, rows: panel}};
}

/** Columns the histogram's bars take; the rest of the row tells what they mean. */
export function barCount(columns: number): number {
	return Math.max(20, columns - barsLeft - (columns < 100 ? 36 : 46));
}
