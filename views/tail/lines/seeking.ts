/** A walk through the lines in slices of a few milliseconds, so that no key waits for it. */
export type Step = number | 'none' | 'more';

export interface Walk {
	/** Works until the deadline, on performance.now's clock. */
	readonly work: (deadline: number) => Step;
	readonly done: (found: number | undefined) => void;
	/** Called once when the walk is over, whether done or given up. */
	readonly end?: () => void;
}

export interface Seeking {
	/** Begins at once; a walk before it is given up. */
	readonly start: (walk: Walk) => void;
	readonly stop: () => void;
	readonly busy: () => boolean;
}

const sliceMs = 4;

/** No walk yet. */
export function createSeeking(): Seeking {
	let current: Walk | undefined;
	function stop(): void {
		const before = current;
		current = undefined;
		before?.end?.();
	}
	return {
		start(walk) {
			stop();
			current = walk;
			const slice = () => {
				if (current !== walk) return;
				const found = walk.work(performance.now() + sliceMs);
				if (found === 'more') {
					setImmediate(slice);
					return;
				}
				stop();
				walk.done(found === 'none' ? undefined : found);
			};
			slice();
		},
		stop,
		busy: () => current !== undefined,
	};
}
