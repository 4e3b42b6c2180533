/** Where everything is on a runbook's screen, and which keys hold there. Pure functions of its state. */
import type {Scope} from '../../../src/keys/scopes.ts';
import {layoutOf} from '../../session/layout.ts';
import {smallest} from '../../session/screen-of.ts';
import type {BookSession} from './book-session.ts';

export interface BookLayout {
	readonly columns: number;
	/** Between the status bar's rule and the footer's. */
	readonly bodyRows: number;
	/** Rows of the text. */
	readonly textRows: number;
	/** Rows of the region below it, its rule among them; 0 while there is nothing to say. */
	readonly belowRows: number;
}

/** Title and the blank below it. */
const titleRows = 2;

/** @param wanted Rows that the region below the text would like to have; a question may have nearly all. */
export function bookLayout({session, ui}: BookSession, wanted: number): BookLayout {
	const {columns, bodyRows} = layoutOf(session.ui.get());
	const asks = ui.get().overlay !== undefined;
	const most = Math.max(4, asks ? bodyRows - titleRows - 2 : Math.floor(bodyRows * 0.5));
	const belowRows = wanted === 0 ? 0 : Math.min(wanted, most, Math.max(0, bodyRows - titleRows - 2));
	return {columns, bodyRows, belowRows, textRows: Math.max(1, bodyRows - titleRows - belowRows)};
}

/** The keys of the screen itself, whatever list or field lies on top of it. */
export function bookScopeBelow({session, ui}: BookSession): Scope {
	const {columns, rows} = session.ui.get();
	if (columns < smallest.columns || rows < smallest.rows) return 'always';
	const {overlay} = ui.get();
	if (overlay?.kind === 'run') return 'runbook-run';
	return overlay?.kind === 'output' ? 'runbook-output' : 'runbook-page';
}

/** The keys that hold now. */
export function bookScopeOf(book: BookSession): Scope {
	const below = bookScopeBelow(book);
	const {overlay} = book.ui.get();
	if (!overlay || below === 'always') return below;
	switch (overlay.kind) {
		case 'help':
		case 'look-up':
		case 'outline':
			return 'help';
		case 'prompt':
			return 'text-field';
		default:
			return below;
	}
}
