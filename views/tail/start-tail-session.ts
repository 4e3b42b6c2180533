/** A session over the logs of an app, with everything that it works out of them. */
import {createAnalysis} from './lines/create-analysis.ts';
import {setFilters} from './moves/filtering.ts';
import {goToLine} from './moves/tail-moving.ts';
import type {PanelKind, TailSession} from './lines/tail-session.ts';
import {createTailSession} from './lines/create-tail-session.ts';

/** Goes to the time that is asked for as soon as a line of it, or one after it, is there. */
function goToWhenThere(session: TailSession, at: number): () => void {
	const {lines} = session.app.tail;
	const unsubscribe = session.analysis.changed.subscribe(() => {
		const line = session.analysis.matches.next(lines.lineAt(at) - 1);
		if (line === undefined) return;
		unsubscribe();
		// Who has gone somewhere else by then is left alone.
		if (!session.ui.get().frozen) goToLine(session, line);
	});
	return unsubscribe;
}

const watched = {patterns: 'patterns', groups: 'group', requests: 'requests', streams: undefined, filters: undefined} as const;

/** Counts what the open panel shows, and only that. */
function watchPanel({ui, analysis}: TailSession): () => void {
	let kind: PanelKind | undefined;
	let end: (() => void) | undefined;
	return ui.subscribe(() => {
		const now = ui.get().panel?.kind;
		if (now === kind) return;
		kind = now;
		end?.();
		const what = now && watched[now];
		end = what && analysis.watch(what);
	});
}

/** What was seen is known at the next look; who never looked at patterns has seen none. */
function rememberPatterns({app, analysis}: TailSession): void {
	const patterns = analysis.patterns.patterns();
	if (patterns.length > 0) app.patterns.remember(patterns.map(({template}) => template));
}

/** Starts it; `exit` lets go of all that listens, then calls the one given. The streams are the app's to stop. */
export function startTailSession(parts: Pick<TailSession, 'app' | 'theme' | 'exit' | 'suspend' | 'over' | 'lookUp'>): TailSession {
	const session = createTailSession({
		...parts,
		analysis: createAnalysis(parts.app.tail),
		exit() {
			rememberPatterns(session);
			unwatch();
			unsubscribe?.();
			session.close();
			parts.exit();
		},
	});
	const unwatch = watchPanel(session);
	const {goTo, filters = []} = parts.app;
	if (filters.length > 0) setFilters(session, () => filters);
	const unsubscribe = goTo === undefined ? undefined : goToWhenThere(session, goTo);
	return session;
}
