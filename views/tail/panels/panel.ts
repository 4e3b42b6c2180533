/** What the panel next to the lines shows: one kind of rows each. Pure but for what a row does. */
import type {TailSession} from '../lines/tail-session.ts';

export interface PanelRow {
	readonly id: string;
	/** The drawn row, at most so many columns, without the cursor before it. */
	readonly line: (columns: number, selected: boolean) => string;
}

export interface PanelRows {
	/** `Streams · 6`. */
	readonly title: string;
	/** The drawn line of titles. */
	readonly head: string;
	readonly rows: readonly PanelRow[];
	/** What to say where there is no row. */
	readonly empty: string;
	/** Only the lines of the row from now on. */
	readonly choose?: (session: TailSession, id: string) => void;
	/** All but the lines of the row. */
	readonly leaveOut?: (session: TailSession, id: string) => void;
}
