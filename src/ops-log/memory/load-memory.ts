/** Fills the memory in the background, in slices that no key waits for. */
import {lastRound} from './earlier-rounds.ts';
import {type PastOptions, readPast} from './past-anomalies.ts';
import {createStore, type Store} from '../../base/store.ts';
import {emptyMemory, type Memory} from './memory.ts';
import {createSeenIndex} from './seen-before.ts';

/** Anomalies taken in before the keys have their turn. */
const slice = 200;

export interface MemoryOptions extends PastOptions {
	readonly service: string;
	readonly environment: string;
	/** Epoch milliseconds. */
	readonly now: () => number;
}

/** An empty memory and a function that fills it once. The last round comes first: the first screen shows it. */
export function createMemory(options: MemoryOptions): {readonly store: Store<Memory>; readonly read: () => Promise<void>} {
	const store = createStore(emptyMemory());
	return {
		store,
		async read() {
			const last = await lastRound({...options, now: options.now()});
			store.update((memory) => ({...memory, last: last ?? 'none'}));
			const past = await readPast(options);
			const seen = createSeenIndex();
			for (let from = 0; from < past.length && !options.signal.aborted; from += slice) {
				for (const one of past.slice(from, from + slice)) seen.add(one);
				// oxlint-disable-next-line no-await-in-loop -- it is the turn between two slices
				await new Promise<void>((resolve) => setImmediate(resolve));
			}
			store.update((memory) => ({...memory, past, seen}));
		},
	};
}
