/** Runs what takes long in slices of a few milliseconds, with the event loop's turn between them, so that no key waits. */

export interface Slices {
	/** There may be something to do. Costs nothing where the slices run already. */
	readonly wake: () => void;
	/** As `wake`, and without pauses until all is done: someone waits for it. */
	readonly hurry: () => void;
	readonly stop: () => void;
}

/** How the slices meet the world: its clock and its event loop. */
export interface Turns {
	/** Milliseconds on the clock of the deadlines. */
	readonly now: () => number;
	/** Calls back after the event loop has had its turn, and `ms` have passed; returns what takes that back. */
	readonly after: (ms: number, run: () => void) => () => void;
}

const eventLoop: Turns = {
	now: () => performance.now(),
	after(ms, run) {
		if (ms < 1) {
			const immediate = setImmediate(run);
			return () => {
				clearImmediate(immediate);
			};
		}
		const timer = setTimeout(run, ms);
		return () => {
			clearTimeout(timer);
		};
	},
};

export interface SlicesOptions {
	/**
	 * Each works until the deadline and says whether nothing is left to do. The first has the first word in every slice;
	 * the others take turns with what is left of it, and at least a quarter in all.
	 */
	readonly works: readonly ((deadline: number) => boolean)[];
	/** The length of a slice in milliseconds; 4 where absent. */
	readonly sliceMs?: number;
	/** How often new arrivals are looked at, in milliseconds; 16 where absent. */
	readonly paceMs?: number;
	readonly turns?: Turns;
}

/** Makes the slices, asleep. In the background they take at most a third of a core; while all works are done they take nothing. */
export function createSlices({works, sliceMs = 4, paceMs = 16, turns = eventLoop}: SlicesOptions): Slices {
	let cancel: (() => void) | undefined;
	let hurried = false;
	let stopped = false;
	let lastEnd = Number.NEGATIVE_INFINITY;
	let turn = 0;
	const [head, ...rest] = works;

	function schedule(ms: number): void {
		if (stopped) return;
		cancel = turns.after(ms, slice);
	}

	function slice(): void {
		cancel = undefined;
		const start = turns.now();
		const deadline = start + sliceMs;
		let done = head?.(rest.length > 0 ? start + sliceMs * 0.75 : deadline) ?? true;
		turn++;
		for (let k = 0; k < rest.length; k++) {
			const work = rest[(turn + k) % rest.length];
			if (work && !work(deadline)) done = false;
		}
		lastEnd = turns.now();
		if (done) hurried = false;
		else if (cancel === undefined) schedule(hurried ? 0 : 2 * (lastEnd - start));
	}

	return {
		wake() {
			if (cancel === undefined) schedule(Math.max(0, lastEnd + paceMs - turns.now()));
		},
		hurry() {
			hurried = true;
			cancel?.();
			schedule(0);
		},
		stop() {
			stopped = true;
			cancel?.();
			cancel = undefined;
		},
	};
}
