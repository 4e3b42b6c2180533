/** Moves the cluster on while someone watches it, and sleeps while no one does. */
import type {Cluster} from './cluster.ts';

export interface Ticker {
	/** Calls `onTick` at least every `everyMs` with the clock's time, after the cluster has moved on; returns the way to stop. */
	readonly add: (listener: {readonly everyMs: number; readonly onTick: (now: number) => void}) => () => void;
	readonly close: () => void;
}

/** Changes closer together than this are sent together. */
const finestMs = 20;

export const createTicker = (cluster: Cluster): Ticker => {
	const listeners = new Set<{readonly everyMs: number; readonly onTick: (now: number) => void}>();
	const closing = new AbortController();
	let running = false;
	const run = async (): Promise<void> => {
		while (listeners.size > 0 && !closing.signal.aborted) {
			const now = cluster.advance();
			for (const listener of listeners) {
				listener.onTick(now);
			}
			const patience = Math.min(...[...listeners].map((listener) => listener.everyMs));
			const wait = Math.min(patience, Math.max(finestMs, cluster.nextChange() - now));
			await cluster.world.clock.sleep(wait, closing.signal);
		}
		running = false;
	};
	const start = (): void => {
		if (running) {
			return;
		}
		running = true;
		run().catch((error: unknown) => {
			if (!closing.signal.aborted) {
				throw error;
			}
		});
	};
	return {
		add: (listener) => {
			listeners.add(listener);
			start();
			return () => {
				listeners.delete(listener);
			};
		},
		close: () => closing.abort(),
	};
};
