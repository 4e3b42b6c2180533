/** A running tail: what the feeds deliver goes through the merge into the ring; streams, states and counts are kept next to it. */
import type {Clock} from '../../ports/clock.ts';
import {createStore} from '../../base/store.ts';
import type {LogSink, StreamId, StreamState} from '../../ports/log-feed.ts';
import {levelIn} from '../formats/level.ts';
import {createRate} from './line-rate.ts';
import {createMerge} from './merge.ts';
import {createRing} from './ring.ts';
import type {Stream, Tail} from './tail.ts';

export interface TailOptions {
	readonly clock: Clock;
	/** Bytes that the ring may hold. */
	readonly capacity: number;
	/** How long a line waits for those of other streams, ms; 300 where absent. */
	readonly reorderMs?: number;
}

type Mutable<T> = {-readonly [K in keyof T]: T[K]};

const streamsPaceMs = 100;
/** A line's stream is held in 16 bits. */
const lastStream = 0xffff;

/** Makes an empty tail and the sink that fills it. */
export function createTail({clock, capacity, reorderMs}: TailOptions): {readonly tail: Tail; readonly sink: LogSink} {
	const ring = createRing({capacity, levelIn});
	const merge = createMerge({ring, now: clock.now, ...(reorderMs !== undefined && {reorderMs})});
	const rate = createRate();
	const all: Mutable<Stream>[] = [];
	const ids = new Map<string, StreamId>();
	const streams = createStore<readonly Stream[]>([]);
	const revision = createStore(0);
	const notice = createStore<string | undefined>(undefined);
	let end = 0;
	let publishedAt = Number.NEGATIVE_INFINITY;
	let publishing = false;
	let releasing = false;

	function publish(): void {
		publishedAt = clock.now();
		streams.set(all.map((stream) => ({...stream})));
	}

	/** At once where the last time was long enough ago, or as soon as it is. */
	async function streamsChanged(): Promise<void> {
		if (publishing) return;
		const wait = publishedAt + streamsPaceMs - clock.now();
		if (wait > 0) {
			publishing = true;
			await clock.sleep(wait);
			publishing = false;
		}
		publish();
	}

	/** Lines come in by the ring's end alone: late ones move it too. */
	function ringChanged(): void {
		if (ring.end() === end) return;
		end = ring.end();
		revision.set(revision.get() + 1);
	}

	/** Calls on the merge until nothing waits there. */
	async function releaseInTime(): Promise<void> {
		if (releasing) return;
		releasing = true;
		for (let wait = merge.release(); wait !== undefined; wait = merge.release()) {
			ringChanged();
			await clock.sleep(wait);
		}
		releasing = false;
		ringChanged();
	}

	function changed(): void {
		ringChanged();
		void releaseInTime();
		void streamsChanged();
	}

	const sink: LogSink = {
		open(info) {
			const again = ids.get(info.key);
			const state: StreamState = {kind: 'connecting'};
			if (again !== undefined) {
				sink.state(again, state);
				return again;
			}
			const id = Math.min(all.length, lastStream);
			ids.set(info.key, id);
			if (id === all.length) {
				all.push({...info, id, state, lines: 0});
				merge.open(id, info.pod !== undefined, info.isByTime);
			} else {
				all[id] = {...all[id]!, name: 'further streams', state};
			}
			changed();
			return id;
		},
		lines(id, batch) {
			if (batch.count === 0) return;
			const stream = all[id]!;
			stream.lines += batch.count;
			stream.lastLineAt = clock.now();
			rate.add(batch.count, stream.lastLineAt);
			merge.lines(id, batch);
			changed();
		},
		note(id, note) {
			merge.note(id, note);
			changed();
		},
		state(id, state) {
			all[id]!.state = state;
			merge.expect(id, state.kind !== 'queued' && state.kind !== 'ended' && state.kind !== 'denied');
			changed();
		},
		caughtUp(id) {
			merge.caughtUp(id);
			changed();
		},
		notice: notice.set,
	};

	const tail: Tail = {
		lines: ring,
		streams,
		stream: (id) => all[id],
		revision,
		notice,
		received: () => rate.received(clock.now()),
		flush() {
			merge.flush();
			ringChanged();
			publish();
		},
		forget: ring.forget,
	};
	return {tail, sink};
}
