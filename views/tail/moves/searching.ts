/** The search: what is typed as a pattern, and the way to the next line that it finds. */
import {parseSearch} from '../../../src/logs/query/search.ts';
import {formatNumber} from '../../../src/base/figures.ts';
import {freeze, goToLine, leave} from './tail-moving.ts';
import {changeTail, type Place, type TailSession} from '../lines/tail-session.ts';

interface Wanted {
	readonly direction: 1 | -1;
	/** The line behind or before which it begins; the selected one where absent. */
	readonly origin?: number;
}

/** Begins to look for the search's next line; what it finds is gone to, and said where it lies behind an end. */
export function findNext(session: TailSession, {direction, origin}: Wanted): void {
	const {ui, analysis, view, app, seeking} = session;
	const {search} = ui.get();
	if (!search) return;
	const {pattern} = search;
	freeze(session);
	changeTail(session, {search: {...search, state: 'looking'}});
	const {lines} = app.tail;
	const settle = (found: number | undefined, wrapped: boolean) => {
		const now = ui.get().search;
		if (now?.pattern !== pattern) return;
		changeTail(session, {search: {...now, state: found === undefined ? 'none' : 'found'}});
		if (found === undefined) return;
		goToLine(session, found);
		if (wrapped && ui.get().overlay?.kind !== 'prompt')
			app.notice.set(direction < 0 ? 'on from the newest line' : 'on from the oldest line');
	};
	const walk = (from: number, done: (found: number | undefined) => void) => {
		analysis.hurry();
		seeking.start({work: analysis.search.find(pattern, from, direction).work, done});
	};
	walk(origin ?? view.picture().cursor ?? lines.end(), (found) => {
		if (found !== undefined) {
			settle(found, false);
			return;
		}
		// Round the end once: what lies there is told from what lies ahead.
		walk(direction < 0 ? lines.end() : lines.first() - 1, (again) => settle(again, true));
	});
}

/** What the prompt's text finds, shown while it is typed; from where the eye was when the prompt opened. */
export function searchAsTyped(session: TailSession, text: string, from: Place): string | undefined {
	const pattern = text === '' ? undefined : parseSearch(text);
	if (pattern === undefined || 'problem' in pattern) {
		leave(session, {...from, search: undefined});
		return pattern?.problem;
	}
	changeTail(session, {search: {text, pattern, state: 'looking'}});
	const origin = promptOrigin(session);
	findNext(session, {direction: -1, ...(origin === undefined ? {} : {origin: origin + 1})});
	return undefined;
}

/** The line the prompt was opened at, which late lines may have given another number. */
function promptOrigin({ui}: TailSession): number | undefined {
	const {overlay, cursor} = ui.get();
	return overlay?.kind === 'prompt' ? overlay.from?.cursor : cursor;
}

/** `not found in 10,234 lines`. */
export function notFoundWords({analysis}: TailSession): string {
	return `not found in ${formatNumber(analysis.matches.count())} lines`;
}
