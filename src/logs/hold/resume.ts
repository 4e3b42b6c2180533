/**
 * Which lines of a stream were seen already, for a reader that must ask its server again. The server takes times in
 * whole seconds only and many lines may share one timestamp, so it sends again what was seen; exactly that is dropped.
 *
 * What makes it exact: a server sends a log in the order in which it was written, so that all it sends before the
 * newest line seen was seen too, and all after it is new. Timestamps need not ascend (two pipes, a clock set back), as
 * long as what is written after the newest line seen is not stamped more than a second before it.
 */

export interface SeenLines {
	/** Remembers a line as the newest; the hash is `lineHash` of its text. */
	readonly add: (second: number, nanos: number, hash: number) => void;
	/** Epoch seconds from which the server must be asked again; undefined before the first line. */
	readonly from: () => number | undefined;
	/** Time of the newest line, epoch milliseconds; undefined before the first. */
	readonly lastAt: () => number | undefined;
	/** Begins a repeated reading. */
	readonly replay: () => Replay;
	/** Nothing was seen: what comes is new, whatever it is. */
	readonly forget: () => void;
}

/**
 * `seen`: known, or no newer than the newest line seen, which is still to come.
 * `strange`: newer than that, which did not come before it: something was cut out, or it is another log.
 */
export type Verdict = 'seen' | 'new' | 'strange';

export interface Replay {
	/** Judges the lines in the order in which they come; after the first `new` all are. A `strange` one decides nothing. */
	readonly judge: (second: number, nanos: number, hash: number) => Verdict;
	/** True once the newest line seen came again, or where none was seen: nothing is missing in between. */
	readonly joined: () => boolean;
}

/** More than a stream writes within two seconds; beyond it the oldest are forgotten and known by their place alone. */
const most = 1 << 20;
const edge = 16;

/** A number for a line's text: its length, its first and its last bytes. Together with the nanosecond that is enough. */
export function lineHash(bytes: Uint8Array, start: number, end: number): number {
	let hash = Math.imul(end - start + 1, 0x9e_37_79_b1);
	const headEnd = Math.min(end, start + edge);
	for (let at = start; at < headEnd; at++) hash = Math.imul(hash ^ (bytes[at] as number), 16_777_619);
	for (let at = Math.max(headEnd, end - edge); at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 16_777_619);
	return hash >>> 0;
}

/** Remembers the lines of the last second and of the one before it; three numbers a line. */
export function createSeenLines(): SeenLines {
	let size = 64;
	let seconds = new Float64Array(size);
	let nanos = new Uint32Array(size);
	let hashes = new Uint32Array(size);
	let head = 0;
	let count = 0;
	/** The newest second of which lines were forgotten; not before the last second's own, but where a clock was set back. */
	let forgotten = Number.NEGATIVE_INFINITY;

	const slot = (index: number) => (head + index) & (size - 1);

	function grow(): void {
		const old = {seconds, nanos, hashes, slots: Array.from({length: count}, (_, index) => slot(index))};
		size *= 2;
		[seconds, nanos, hashes] = [new Float64Array(size), new Uint32Array(size), new Uint32Array(size)];
		for (const [index, from] of old.slots.entries()) {
			seconds[index] = old.seconds[from] as number;
			nanos[index] = old.nanos[from] as number;
			hashes[index] = old.hashes[from] as number;
		}
		head = 0;
	}

	function add(second: number, nano: number, hash: number): void {
		// A line may be written a little after one with a later time: the second before counts too.
		while (count > 0 && (seconds[head] as number) < second - 1) {
			forgotten = Math.max(forgotten, seconds[head] as number);
			head = (head + 1) & (size - 1);
			count--;
		}
		if (count === size) {
			if (size < most) grow();
			else {
				head = (head + 1) & (size - 1);
				count--;
			}
		}
		const at = slot(count++);
		seconds[at] = second;
		nanos[at] = nano;
		hashes[at] = hash;
	}

	const newest = () => (count === 0 ? undefined : slot(count - 1));

	function from(): number | undefined {
		const at = newest();
		return at === undefined ? undefined : (seconds[at] as number) - 1;
	}

	function replay(): Replay {
		const last = newest();
		if (last === undefined) return {judge: () => 'new', joined: () => true};
		const since = (seconds[last] as number) - 1;
		const key = (second: number, nano: number) => (second - since) * 1e9 + nano;
		const lastKey = key(seconds[last] as number, nanos[last] as number);
		const lastHash = hashes[last] as number;
		const left = new Map<number, number[]>();
		for (let index = 0; index < count; index++) {
			const at = slot(index);
			const of = key(seconds[at] as number, nanos[at] as number);
			const same = left.get(of);
			if (same) same.push(hashes[at] as number);
			else left.set(of, [hashes[at] as number]);
		}
		let open = left.get(lastKey)?.filter((hash) => hash === lastHash).length ?? 0;
		let joined = false;
		let isNew = false;
		return {
			joined: () => joined,
			judge(second, nano, hash) {
				if (isNew) return 'new';
				const of = key(second, nano);
				const same = left.get(of);
				const found = same?.indexOf(hash) ?? -1;
				if (same && found >= 0) {
					same.splice(found, 1);
					if (of === lastKey && hash === lastHash) {
						joined = true;
						open--;
					}
					return 'seen';
				}
				// Before the newest seen line all was seen, also what is not remembered, or was not wanted.
				if (open > 0 && (of <= lastKey || second <= forgotten)) return 'seen';
				if (!joined) return 'strange';
				isNew = true;
				return 'new';
			},
		};
	}

	return {
		add,
		from,
		lastAt() {
			const at = newest();
			return at === undefined ? undefined : (seconds[at] as number) * 1000 + (nanos[at] as number) / 1e6;
		},
		replay,
		forget() {
			count = 0;
			forgotten = Number.NEGATIVE_INFINITY;
		},
	};
}
