/**
 * Which entries of a log server were delivered already, for the stretch of time that is asked for again: pages share
 * their edges, and polls overlap. Entries that are equal in everything are counted: a page with three of them, of
 * which two were delivered, has one new.
 */
import {hash} from 'node:crypto';

export interface SeenEntry {
	/** Nanoseconds since the epoch. */
	readonly at: bigint;
	/** Equal for what cannot be distinguished, without the time. */
	readonly key: string;
}

export interface Seen {
	/** The entries of a page that were not delivered before; they count as delivered from now on. */
	readonly fresh: <T extends SeenEntry>(page: readonly T[]) => readonly T[];
	/** What is older than `at` will not be asked for again. Returns how far back the memory reaches: later than `at` where it is full. */
	readonly forgetBefore: (at: bigint) => bigint;
}

const longestKey = 64;
const seldom = 10_000;

/** Starts empty; holds about `most` entries. */
export function createSeen(most: number): Seen {
	const delivered = new Map<string, {readonly at: bigint; count: number}>();
	let reach = 0n;
	// Looking through all of them for the old ones is done when their number has doubled, not for each page.
	let clearAt = Math.min(seldom, most);

	const clear = () => {
		for (const [key, {at}] of delivered) if (at < reach) delivered.delete(key);
	};
	return {
		fresh(page) {
			const inPage = new Map<string, number>();
			return page.filter(({at, key}) => {
				const name = `${at} ${key.length > longestKey ? hash('sha256', key, 'base64') : key}`;
				const count = (inPage.get(name) ?? 0) + 1;
				inPage.set(name, count);
				const known = delivered.get(name);
				if (known && known.count >= count) return false;
				if (known) known.count = count;
				else delivered.set(name, {at, count});
				return true;
			});
		},
		forgetBefore(before) {
			if (before > reach) reach = before;
			if (delivered.size <= clearAt) return reach;
			clear();
			if (delivered.size > most) {
				const times = BigInt64Array.from([...delivered.values()], ({at}) => at).sort();
				// The newest time stays whole, whatever their number: the next page begins with it.
				reach = times[times.length - Math.ceil(most / 2)] ?? reach;
				clear();
			}
			clearAt = Math.min(Math.max(seldom, delivered.size * 2), most);
			return reach;
		},
	};
}
