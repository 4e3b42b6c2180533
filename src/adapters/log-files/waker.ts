/** When to look again: as soon as something changed, and now and then in any case. */
import type {Clock} from '../../ports/clock.ts';

export interface Waker {
	/** Something of that name changed. */
	readonly wake: (name: string) => void;
	/** The names that changed, or `all` when it is time to look at everything. Rejects with the signal's reason. */
	readonly next: () => Promise<ReadonlySet<string> | 'all'>;
}

/** A busy log changes thousands of times a second; so often is looked at most. */
const restMs = 20;

/** Nothing runs between two calls of `next`. */
export function createWaker({
	clock,
	pollMs,
	signal,
}: {
	readonly clock: Clock;
	readonly pollMs: number;
	readonly signal: AbortSignal;
}): Waker {
	let changed = new Set<string>();
	let told: () => void = () => {};
	let lastAll = clock.now();
	return {
		wake(name) {
			changed.add(name);
			told();
		},
		async next() {
			signal.throwIfAborted();
			await clock.sleep(Math.min(restMs, pollMs), signal);
			const left = pollMs - (clock.now() - lastAll);
			if (changed.size === 0 && left > 0) {
				const waking = new AbortController();
				const woken = new Promise<void>((resolve) => {
					told = resolve;
				});
				await Promise.race([clock.sleep(left, AbortSignal.any([signal, waking.signal])), woken]);
				waking.abort();
				told = () => {};
			}
			if (clock.now() - lastAll >= pollMs) {
				lastAll = clock.now();
				changed = new Set();
				return 'all';
			}
			const names = changed;
			changed = new Set();
			return names;
		},
	};
}
