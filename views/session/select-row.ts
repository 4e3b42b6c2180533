/** Selecting a row of the table. */
import {changeTable} from './session.ts';
import {currentView, selectedIndex} from './table-view.ts';
import type {Action} from './action.ts';

/** Selects the row that is `by` rows further, or at an end. */
export function move(by: number | 'first' | 'last'): Action {
	return {
		run(session) {
			const view = currentView(session);
			if (!view || view.items.length === 0) return;
			const last = view.items.length - 1;
			const from = selectedIndex(view, view.state);
			const index = by === 'first' ? 0 : by === 'last' ? last : Math.max(0, Math.min(last, from + by));
			changeTable(session, view.check, {index, selected: view.pane.id(view.items[index])});
		},
	};
}

/** Who goes into the rows or acts on one means the one that is selected there, also when live data puts another one in its place. */
export const hold = move(0);
