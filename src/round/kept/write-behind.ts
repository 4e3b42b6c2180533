/** Writes a moment after the first of many changes, once for all of them. */
import type {Clock} from '../../ports/clock.ts';

export interface WriteBehindOptions {
	readonly clock: Clock;
	/** How long a change waits at most. */
	readonly delayMs: number;
	/** Writes the newest state; returns whether it is on disk. */
	readonly write: () => boolean;
}

export interface WriteBehind {
	/** Something changed: a write follows within the delay. */
	readonly schedule: () => void;
	/** Writes now what is not on disk yet, also what an earlier write failed on. */
	readonly flush: () => void;
	/** Something else wrote it. */
	readonly cancel: () => void;
}

export function createWriteBehind({clock, delayMs, write}: WriteBehindOptions): WriteBehind {
	let changed = false;
	let wait: AbortController | undefined;
	const stop = () => {
		wait?.abort(new Error('written earlier'));
		wait = undefined;
	};
	const flush = () => {
		stop();
		if (changed) changed = !write();
	};
	return {
		flush,
		cancel() {
			stop();
			changed = false;
		},
		schedule() {
			changed = true;
			if (wait) return;
			const mine = new AbortController();
			wait = mine;
			clock.sleep(delayMs, mine.signal).then(flush, () => {});
		},
	};
}
