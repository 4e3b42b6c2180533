/** The runbooks at hand: read once, looked up as often as one likes, read again once one was written. */
import {loadRunbooks, type LoadedRunbooks, type RunbookDirectories} from './load-runbooks-file.ts';
import type {Runbook} from './runbook.ts';
import {createRunbookSearch, type RunbookHit, type RunbookSearch} from './search-runbooks.ts';

export interface Shelf {
	/** The team's first; another array once they were read again. */
	readonly runbooks: () => readonly Runbook[];
	/** Best first, at most `limit`; none for a query without a word. */
	readonly find: (query: string, limit: number) => readonly RunbookHit[];
	/** What was wrong with the files when they were read first, one sentence each. */
	readonly warnings: readonly string[];
	readonly reload: () => Promise<void>;
}

/** Reads them; the search's index is built with the first query. Never rejects for what is in the directories. */
export async function openShelf(directories: RunbookDirectories): Promise<Shelf> {
	let loaded: LoadedRunbooks = await loadRunbooks(directories);
	let search: RunbookSearch | undefined;
	return {
		warnings: loaded.warnings,
		runbooks: () => loaded.runbooks,
		find(query, limit) {
			search ??= createRunbookSearch(loaded.files);
			// A hit holds a runbook of its own: the one that is open elsewhere is the one to give.
			return search
				.find(query, limit)
				.hits.map((hit) => ({...hit, runbook: loaded.runbooks.find(({path}) => path === hit.runbook.path) ?? hit.runbook}));
		},
		async reload() {
			loaded = await loadRunbooks(directories);
			search = undefined;
		},
	};
}
