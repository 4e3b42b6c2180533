/** Lines received, in total and of the last second, in slots of a tenth of a second. */

const slotMs = 100;
const slots = 10;

/** Makes a count of nothing. Times are epoch milliseconds of our clock. */
export function createRate() {
	const counts = new Float64Array(slots);
	let total = 0;
	let slot = Number.NEGATIVE_INFINITY;

	function moveTo(now: number): void {
		const current = Math.floor(now / slotMs);
		// A clock that was set back starts anew.
		if (current - slot >= slots || current < slot) counts.fill(0);
		else for (let passed = slot + 1; passed <= current; passed++) counts[passed % slots] = 0;
		slot = current;
	}

	return {
		add(lines: number, now: number) {
			moveTo(now);
			counts[slot % slots]! += lines;
			total += lines;
		},
		received(now: number): {readonly total: number; readonly perSecond: number} {
			moveTo(now);
			return {total, perSecond: counts.reduce((sum, count) => sum + count, 0)};
		},
	};
}
