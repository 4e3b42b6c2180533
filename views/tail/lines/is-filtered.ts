import type {Store} from '../../../src/base/store.ts';
import type {TailUi} from './tail-session.ts';

/** Whether a filter that is on may hold lines back. */
export function isFiltered({ui}: {readonly ui: Store<TailUi>}): boolean {
	const {filters, leastLevel} = ui.get();
	return leastLevel !== undefined || filters.some(({enabled}) => enabled);
}
