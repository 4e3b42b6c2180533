/** Where everything is at a given size. Pure: screens draw by it, keys page by it. */
import type {Ui} from './session.ts';

export interface Region {
	readonly columns: number;
	readonly rows: number;
}

export interface Layout {
	readonly columns: number;
	readonly rows: number;
	/** Rows between the status bar's rule and the footer's rule. */
	readonly bodyRows: number;
	/** Below 100 columns the checklist is one line of marks. */
	readonly strip: boolean;
	/** Columns of the checklist at the left; 0 with a strip. */
	readonly checklist: number;
	/** The finding and the rows. */
	readonly middle: Region;
	/** Tips and runbook: at the right when wide, below the rows when tall, absent where only `r` shows them. */
	readonly runbook?: Region & {readonly at: 'right' | 'below'};
}

/** Status bar, two rules, footer. */
const frameRows = 4;

/** The layout of the round's screen. */
export function layoutOf({columns, rows}: Pick<Ui, 'columns' | 'rows'>): Layout {
	const bodyRows = Math.max(0, rows - frameRows);
	const base = {columns, rows, bodyRows};
	if (columns < 100) return {...base, strip: true, checklist: 0, middle: {columns, rows: Math.max(0, bodyRows - 2)}};
	// The rows need every column they can get before the checklist may spread.
	const checklist = columns >= 130 ? 38 : 34;
	// A rule of one column is between the parts, with a blank on either side of it.
	const beside = columns - checklist - 2;
	// Next to the rows only where the pods keep all their columns; the runbook takes what is left.
	if (columns >= 165) {
		const right = Math.max(36, Math.min(60, beside - 2 - 100));
		return {
			...base,
			strip: false,
			checklist,
			middle: {columns: beside - right - 2, rows: bodyRows},
			runbook: {at: 'right', columns: right, rows: bodyRows},
		};
	}
	const below = rows >= 32 ? Math.floor(bodyRows * 0.36) : 0;
	return {
		...base,
		strip: false,
		checklist,
		middle: {columns: beside, rows: bodyRows - below - (below > 0 ? 1 : 0)},
		...(below > 0 ? {runbook: {at: 'below' as const, columns: beside, rows: below}} : {}),
	};
}
