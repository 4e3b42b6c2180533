/** What the row under the cursor says of itself, for the runbook that speaks of it. */
import type {Session} from '../../session/session.ts';
import {selectedItem} from '../../session/table-view.ts';

const longest = 2000;

/** Undefined where no row is selected. */
export function rowText(session: Session): string | undefined {
	const selected = selectedItem(session);
	if (!selected) return undefined;
	const {item, view} = selected;
	return `${view.pane.search(item)} ${view.pane.evidence(item)}`.slice(0, longest);
}
