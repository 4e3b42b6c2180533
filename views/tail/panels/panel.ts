/** What the panel beside the lines shows: one kind of rows each. Pure but for what a row does. */
import type {TailSession} from '../tail-session.ts';
import {filtersPanel} from './filters.ts';
import {groupsPanel} from './groups.ts';
import {patternsPanel} from './patterns.ts';
import {requestsPanel} from './requests.ts';
import {streamsPanel} from './streams.ts';

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

/** The rows of the panel that is open; undefined where none is. `columns` are those of a row, without the cursor. */
export function panelRows(session: TailSession, columns: number): PanelRows | undefined {
	const {panel} = session.ui.get();
	switch (panel?.kind) {
		case undefined:
			return undefined;
		case 'streams':
			return streamsPanel(session, columns);
		case 'patterns':
			return patternsPanel(session, columns);
		case 'groups':
			return groupsPanel(session, columns);
		case 'requests':
			return requestsPanel(session, columns);
		default:
			return filtersPanel(session, columns);
	}
}
