/** Applies events to the round: reduce, save, and only then show. */
import type {Clock} from '../../ports/clock.ts';
import {createStore, type Store} from '../../base/store.ts';
import {fileProblem} from '../../base/file-error.ts';
import {UserError} from '../../base/user-error.ts';
import type {Journal} from './journal.ts';
import {reduce, refusal} from '../reduce.ts';
import type {RoundEvent, RoundState} from '../round.ts';

/** How often others are shown that this round is still walked. */
const heartbeatMs = 60_000;

export interface RoundHolderOptions {
	/** Not saved before the first event or `adopt`. */
	readonly initial: RoundState;
	readonly journal: Journal;
	readonly clock: Clock;
	/** One sentence for the footer: an event that was refused, a save that failed, a round taken over. */
	readonly onProblem: (sentence: string) => void;
}

export interface RoundHolder {
	readonly store: Store<RoundState>;
	/** Has the event's outcome on disk before the store changes; where that fails, the store stays and `onProblem` hears why. */
	readonly dispatch: (event: RoundEvent) => void;
	/** Walks another round from now on: a fresh one, or one that `journal.claim` gave. Returns whether it could be saved. */
	readonly adopt: (state: RoundState) => boolean;
	/** Keeps showing others that this round is walked; ends when the signal does, and takes the sign back. */
	readonly stayVisible: (signal: AbortSignal) => Promise<void>;
}

/** Makes the holder of the round that this process walks. */
export function createRoundHolder({initial, journal, clock, onProblem}: RoundHolderOptions): RoundHolder {
	const store = createStore(initial);
	let adopted = false;
	const keep = (state: RoundState): boolean => {
		try {
			journal.save(state);
		} catch (error) {
			const why = fileProblem(error) ?? (error instanceof Error ? error.message : String(error));
			onProblem(error instanceof UserError ? error.message : `cannot save the round, so nothing changed: ${why}`);
			return false;
		}
		adopted = true;
		store.set(state);
		return true;
	};
	return {
		store,
		dispatch(event) {
			const state = store.get();
			const refused = refusal(state, event);
			if (refused !== undefined) {
				onProblem(refused);
				return;
			}
			const next = reduce(state, event);
			if (next !== state) keep(next);
		},
		adopt: keep,
		async stayVisible(signal) {
			try {
				while (!signal.aborted) {
					if (adopted) journal.refresh(store.get());
					// oxlint-disable-next-line no-await-in-loop -- it is the wait between two beats
					await clock.sleep(heartbeatMs, signal);
				}
			} catch (error) {
				if (!signal.aborted) throw error;
			} finally {
				journal.leave(store.get());
			}
		},
	};
}
