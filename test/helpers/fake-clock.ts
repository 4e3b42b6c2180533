import type {Clock} from '../../src/ports/clock.ts';

export interface FakeClock extends Clock {
	/** Moves time on and wakes, in order, every sleeper whose time has come; lets promises settle in between. */
	readonly advance: (ms: number) => Promise<void>;
	/** How many sleep now. */
	readonly sleeping: () => number;
}

/** A clock that does not move until told. */
export function createFakeClock(start = Date.UTC(2026, 10, 20, 8, 31)): FakeClock {
	let now = start;
	const sleepers = new Set<{readonly until: number; readonly wake: () => void}>();
	const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
	return {
		now: () => now,
		sleeping: () => sleepers.size,
		sleep(ms, signal) {
			return new Promise((resolve, reject) => {
				if (signal?.aborted) {
					reject(signal.reason);
					return;
				}
				const sleeper = {until: now + ms, wake: resolve};
				sleepers.add(sleeper);
				signal?.addEventListener('abort', () => {
					sleepers.delete(sleeper);
					reject(signal.reason);
				});
			});
		},
		async advance(ms) {
			const end = now + ms;
			await settle();
			for (;;) {
				const next = [...sleepers].filter(({until}) => until <= end).sort((a, b) => a.until - b.until)[0];
				if (!next) break;
				sleepers.delete(next);
				now = Math.max(now, next.until);
				next.wake();
				await settle();
			}
			now = end;
			await settle();
		},
	};
}
