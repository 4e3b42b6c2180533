/** Gives the memory that a burst of lines took back to the system; V8 by itself keeps it for the next one. */
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import type {Store} from '../../base/store.ts';

/** How memory is measured and collected. */
export interface ProcessMemory {
	/** Resident bytes. */
	readonly resident: () => number;
	/** Collects garbage at once, as if memory were short. Takes some tens of milliseconds. */
	readonly collect: () => void;
	/** Nothing has come for so long: whoever reads now does not notice the pause. Milliseconds. */
	readonly quietMs: number;
}

type Collect = (options: {readonly type: 'major'; readonly flavor: 'last-resort'}) => void;

const thisProcess: ProcessMemory = {
	resident: () => process.memoryUsage.rss(),
	collect() {
		setFlagsFromString('--expose-gc');
		const collect = runInNewContext('gc') as Collect;
		collect({type: 'major', flavor: 'last-resort'});
	},
	quietMs: 2000,
};

/** Less than that is not worth the pause. Bytes. */
const worthwhile = 64 * 1024 * 1024;

/** Waits for quiet after each change, as long as it is not ended; keeps no process alive. Returns what ends it. */
export function giveMemoryBack(changes: Pick<Store<unknown>, 'subscribe'>, memory: ProcessMemory = thisProcess): () => void {
	let before = memory.resident();
	const timer = setTimeout(() => {
		if (memory.resident() - before < worthwhile) return;
		memory.collect();
		before = memory.resident();
	}, memory.quietMs).unref();
	const unsubscribe = changes.subscribe(() => timer.refresh());
	return () => {
		unsubscribe();
		clearTimeout(timer);
	};
}
