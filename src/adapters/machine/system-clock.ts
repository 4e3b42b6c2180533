import type {Clock} from '../../ports/clock.ts';

/** The machine's own clock; `sleep` keeps the process alive until it is over. */
export const systemClock: Clock = {
	now: () => Date.now(),
	sleep: (ms, signal) =>
		new Promise((resolve, reject) => {
			if (signal?.aborted) {
				reject(signal.reason as Error);
				return;
			}
			const wake = () => {
				signal?.removeEventListener('abort', stop);
				resolve();
			};
			const timer = setTimeout(wake, ms);
			const stop = () => {
				clearTimeout(timer);
				reject(signal?.reason as Error);
			};
			signal?.addEventListener('abort', stop, {once: true});
		}),
};
