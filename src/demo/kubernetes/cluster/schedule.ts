/** Things that are due at a time, earliest first: a binary heap. */

export interface Due {
	readonly at: number;
	/** Orders what is due at the same millisecond, so that every run of a world goes the same way. */
	readonly order: number;
	readonly run: (at: number) => void;
}

export interface Schedule {
	readonly add: (due: Due) => void;
	/** Epoch milliseconds of the earliest; Infinity where nothing is due. */
	readonly next: () => number;
	/** Removes and returns the earliest. */
	readonly take: () => Due | undefined;
}

const before = (left: Due, right: Due): boolean => left.at < right.at || (left.at === right.at && left.order < right.order);

export const createSchedule = (): Schedule => {
	const heap: Due[] = [];
	const swap = (left: number, right: number): void => {
		const [a, b] = [heap[left], heap[right]];
		if (a && b) {
			heap[left] = b;
			heap[right] = a;
		}
	};
	const less = (left: number, right: number): boolean => {
		const [a, b] = [heap[left], heap[right]];
		return a !== undefined && b !== undefined && before(a, b);
	};
	return {
		add: (due) => {
			let index = heap.push(due) - 1;
			while (index > 0 && less(index, (index - 1) >> 1)) {
				swap(index, (index - 1) >> 1);
				index = (index - 1) >> 1;
			}
		},
		next: () => heap[0]?.at ?? Infinity,
		take: () => {
			swap(0, heap.length - 1);
			const taken = heap.pop();
			for (let index = 0; ;) {
				const [left, right] = [2 * index + 1, 2 * index + 2];
				const smaller = less(right, left) ? right : left;
				if (!less(smaller, index)) {
					return taken;
				}
				swap(smaller, index);
				index = smaller;
			}
		},
	};
};
