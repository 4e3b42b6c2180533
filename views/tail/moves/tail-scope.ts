/** Which keys hold on the log screen: a pure function of its state. */
import type {Scope} from '../../../src/keys/scopes.ts';
import {smallest} from '../lines/tail-layout.ts';
import type {TailSession} from '../lines/tail-session.ts';

const scopes = {lines: 'tail-lines', histogram: 'tail-histogram', panel: 'tail-panel'} as const;

/** The keys of the screen itself, whatever lies on top of it. */
export function scopeBelow({ui}: TailSession): Scope {
	const {columns, rows, focus} = ui.get();
	return columns < smallest.columns || rows < smallest.rows ? 'always' : scopes[focus];
}

/** The keys that hold now. */
export function tailScopeOf(session: TailSession): Scope {
	const below = scopeBelow(session);
	const {overlay} = session.ui.get();
	if (!overlay || below === 'always') return below;
	switch (overlay.kind) {
		case 'help':
			return 'help';
		case 'prompt':
			return 'text-field';
		default:
			return 'tail-page';
	}
}
