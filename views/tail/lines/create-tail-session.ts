/** Makes the session of a log screen. */
import {createStore} from '../../../src/base/store.ts';
import {createSeeking} from './seeking.ts';
import {createView} from './lines-view.ts';
import {type TailOverlay, type TailUi, type TailSession, freshTailUi} from './tail-session.ts';

/** Line numbers kept in the state, by what they are after late lines were put in. */
function renumbered(ui: TailUi, moved: (old: number) => number): TailUi {
	return {
		...ui,
		...(ui.cursor === undefined ? {} : {cursor: moved(ui.cursor)}),
		...(ui.selectedFrom === undefined ? {} : {selectedFrom: moved(ui.selectedFrom)}),
		...(ui.overlay ? {overlay: renumberedOverlay(ui.overlay, moved)} : {}),
	};
}

function renumberedOverlay(overlay: TailOverlay, moved: (old: number) => number): TailOverlay {
	if (overlay.kind === 'line') return {...overlay, line: moved(overlay.line)};
	if (overlay.kind !== 'prompt' || overlay.from?.cursor === undefined) return overlay;
	return {...overlay, from: {...overlay.from, cursor: moved(overlay.from.cursor)}};
}

/** A session over the logs; `exit` and `suspend` come from whoever owns the terminal. */
export function createTailSession(
	parts: Pick<TailSession, 'app' | 'theme' | 'analysis' | 'exit' | 'suspend' | 'over' | 'lookUp'>,
): TailSession {
	const ui = createStore(freshTailUi);
	const {lines} = parts.app.tail;
	const pinnedWith = new Map<string, string>();
	const seeking = createSeeking();
	const view = createView({...parts, ui, pinnedWith});
	const unsubscribe = lines.onMoved(({moved}) => {
		view.moved(moved);
		const before = ui.get();
		if (before.cursor !== undefined || before.overlay !== undefined) ui.set(renumbered(before, moved));
	});
	return {
		...parts,
		ui,
		pinnedWith,
		seeking,
		view,
		close() {
			unsubscribe();
			seeking.stop();
			parts.analysis.stop();
		},
	};
}
