/** Time as the program knows it. */

export interface Clock {
	/** Wall clock, epoch milliseconds. */
	readonly now: () => number;
	/** Resolves after `ms`; rejects with the signal's reason when aborted. */
	readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}
