/** Places for streams: a server serves only so many at once, the others wait in a queue. */

export interface Places {
	/** Resolves with the way to give the place back; `waits` is called where there is none at once. Rejects when aborted. */
	readonly take: (options: {readonly signal: AbortSignal; readonly first?: boolean; readonly waits: () => void}) => Promise<() => void>;
	readonly waiting: () => number;
}

/** `onWaiting` is told how many wait, whenever that changes. */
export function createPlaces(limit: number, onWaiting: (waiting: number) => void): Places {
	let taken = 0;
	const queue: (() => void)[] = [];

	function leave(): () => void {
		let left = false;
		return () => {
			if (left) return;
			left = true;
			const next = queue.shift();
			if (!next) {
				taken--;
				return;
			}
			next();
			onWaiting(queue.length);
		};
	}

	return {
		waiting: () => queue.length,
		take({signal, first = false, waits}) {
			signal.throwIfAborted();
			if (taken < limit) {
				taken++;
				return Promise.resolve(leave());
			}
			return new Promise((resolve, reject) => {
				const stop = () => {
					queue.splice(queue.indexOf(enter), 1);
					onWaiting(queue.length);
					reject(signal.reason as Error);
				};
				const enter = () => {
					signal.removeEventListener('abort', stop);
					resolve(leave());
				};
				signal.addEventListener('abort', stop, {once: true});
				if (first) queue.unshift(enter);
				else queue.push(enter);
				waits();
				onWaiting(queue.length);
			});
		},
	};
}
