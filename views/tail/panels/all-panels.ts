/** The rows of each panel, by its kind. */
import type {TailSession} from '../lines/tail-session.ts';
import {filtersPanel} from './filters.ts';
import {groupsPanel} from './groups.ts';
import {patternsPanel} from './patterns.ts';
import {requestsPanel} from './requests.ts';
import {streamsPanel} from './streams.ts';
import type {PanelRows} from './panel.ts';

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
