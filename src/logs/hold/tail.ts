/** What the screens and the plain output see of a running tail: its lines, its streams, what it says of itself. */
import type {Store} from '../../base/store.ts';
import type {StreamId, StreamInfo, StreamState} from '../../ports/log-feed.ts';
import type {LogLines} from '../log-lines.ts';

export interface Stream extends StreamInfo {
	readonly id: StreamId;
	readonly state: StreamState;
	/** Lines received so far. */
	readonly lines: number;
	/** Epoch milliseconds of our clock when its last line arrived; undefined before the first. */
	readonly lastLineAt?: number;
}

export interface Tail {
	readonly lines: LogLines;
	/** In the order of opening; a new reference at most ten times a second, and on `flush`. */
	readonly streams: Store<readonly Stream[]>;
	/** The stream as it is at this moment: known before its first line is. */
	readonly stream: (id: StreamId) => StreamInfo | undefined;
	/** Counts up whenever lines were added, moved or dropped; not paced: whoever draws paces itself. */
	readonly revision: Store<number>;
	/** What the feed says of itself as a whole; undefined where there is nothing to say. */
	readonly notice: Store<string | undefined>;
	/** Lines received since the start, and those of the last second. */
	readonly received: () => {readonly total: number; readonly perSecond: number};
	/** Puts what waits in the reorder window into the ring now (the feeds have finished). */
	readonly flush: () => void;
	/** No one reads the lines before that number again. */
	readonly forget: (before: number) => void;
}
