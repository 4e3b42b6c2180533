/**
 * Applies events to the round. A confirmed step is saved and only then shown. A move of the cursor and a typed letter are
 * shown at once and saved a moment later, so that a key never waits for the disk.
 */
import type {Clock} from '../../ports/clock.ts';
import {createStore, type Store} from '../../base/store.ts';
import {fileProblem} from '../../base/file-error.ts';
import {UserError} from '../../base/user-error.ts';
import type {Journal} from './journal.ts';
import {createWriteBehind} from './write-behind.ts';
import {reduce, refusal} from '../reduce.ts';
import type {RoundEvent, RoundState} from '../round.ts';

/** How often the presence file is refreshed. */
const heartbeatMs = 60_000;
/** How long a move of the cursor or a typed letter may wait for the disk: what `kill -9` costs at most. */
const typedMs = 150;

/** What changes with every key and confirms nothing. */
const isTyped = ({type}: RoundEvent) => type === 'moved' || type === 'drafted';

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
	/**
	 * Has a confirmed step on disk before the store changes, with what was typed before. If the save fails, the store stays
	 * as it was and `onProblem` gets the reason. The cursor and what is typed change at once and are saved within 150 ms.
	 */
	readonly dispatch: (event: RoundEvent) => void;
	/** Has the cursor and what is typed on disk when it returns: for the end of the program. Never throws. */
	readonly flush: () => void;
	/** Switches to another round: a new one, or one from `journal.claim`. Returns whether it could be saved. */
	readonly adopt: (state: RoundState) => boolean;
	/** Shows others that this round is open until the signal aborts, then removes the presence file. */
	readonly stayVisible: (signal: AbortSignal) => Promise<void>;
}

/** Makes the holder of this process's round. */
export function createRoundHolder({initial, journal, clock, onProblem}: RoundHolderOptions): RoundHolder {
	const store = createStore(initial);
	let adopted = false;
	/** Returns whether the state is on disk. */
	const saved = (save: (state: RoundState) => void, state: RoundState, otherwise: string): boolean => {
		try {
			save(state);
		} catch (error) {
			const why = fileProblem(error) ?? (error instanceof Error ? error.message : String(error));
			onProblem(error instanceof UserError ? error.message : `${otherwise}: ${why}`);
			return false;
		}
		adopted = true;
		return true;
	};
	const typed = createWriteBehind({
		clock,
		delayMs: typedMs,
		write: () => saved(journal.saveTyped, store.get(), 'cannot save what you typed, so only this screen has it'),
	});
	const keep = (state: RoundState): boolean => {
		if (!saved(journal.save, state, 'cannot save the round, so nothing changed')) return false;
		// What was typed before is part of the state.
		typed.cancel();
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
			if (next === state) return;
			if (isTyped(event)) {
				store.set(next);
				typed.schedule();
			} else keep(next);
		},
		adopt(state) {
			typed.flush();
			return keep(state);
		},
		flush: typed.flush,
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
				typed.flush();
				journal.leave(store.get());
			}
		},
	};
}
