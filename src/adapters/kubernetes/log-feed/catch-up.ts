/** Reads a run's log up to its present end: its history at first, later what was written since the last line seen. */
import {lateAfterMs, missingFrom} from './beginning.ts';
import type {Part, Read} from './read-log.ts';
import type {Reading, Receiver} from './receiver.ts';

/** How far back a stream's history goes; without both numbers it is the whole log. */
export interface History {
	/** Epoch milliseconds. */
	readonly from?: number | undefined;
	readonly newest?: number | undefined;
}

export interface CatchUp {
	/** Reads on; false where the answer does not join on to what was seen: it was cut, or it is another log. */
	readonly read: (options: {readonly previous: boolean; readonly isFinal: boolean; readonly overGaps: boolean}) => Promise<boolean>;
	/** Epoch seconds from which to ask again; undefined for the whole log. */
	readonly since: () => number | undefined;
	/** How the next answer is to be received. */
	readonly reading: () => Reading;
	/**
	 * After each read: whether the log's beginning was there to be read. Gives the times between which lines may be
	 * missing, once, or undefined; where the question fails it is asked again after the next read.
	 */
	readonly missingBeginning: (options: {readonly previous: boolean}) => Promise<{readonly from: number; readonly to: number} | undefined>;
	/** The first line ever came, with that time: from when on lines may be missing before it. */
	readonly missingBefore: (first: number) => number | undefined;
	/** What is missing at the end of what was seen was told. */
	readonly giveUpJoining: () => void;
}

/** A line that much older than what is asked for, in seconds, proves that the log reaches back to there. */
const proofSeconds = 2;

/** `ask` makes one request; the receiver has begun with the right reading before. */
export function createCatchUp({
	history,
	receiver,
	startedAt,
	now,
	ask,
	askOldest,
}: {
	readonly history: History;
	readonly receiver: Receiver;
	/** When the container started, epoch milliseconds. */
	readonly startedAt: number | undefined;
	readonly now: () => number;
	readonly ask: (part: Part) => Promise<Read>;
	/** The time of the oldest line that the server has. */
	readonly askOldest: (options: {readonly previous: boolean}) => Promise<number | undefined>;
}): CatchUp {
	const {newest} = history;
	let {from} = history;
	const {seen} = receiver;
	const wantedAt = now();
	let hasBegun = false;
	let floor = from === undefined ? undefined : Math.floor(from / 1000);
	let notBefore = from;
	/** Whether it is known that the log reaches back to what was wanted, or was told that it does not. */
	let isSettled = false;
	/** Our time when the log turned out to have no line. */
	let emptyAt: number | undefined;

	const since = () => seen.from() ?? floor;
	const reading = (): Reading => (notBefore === undefined ? {} : {notBefore});

	/** The newest lines were meant as of when they were asked for: what was written since then is wanted too. */
	function keepWhatCameMeanwhile(): void {
		if (from !== undefined || newest === undefined || now() - wantedAt < lateAfterMs) return;
		from = wantedAt;
		floor = Math.floor(from / 1000);
		notBefore = from;
	}

	/** "Whichever shows more" is decided by the first of the newest lines: where it is older than `from`, they reach further back. */
	async function begin(part: Part): Promise<void> {
		if (newest !== undefined && newest > 0) {
			receiver.begin(from === undefined ? {} : {onlyIfBefore: from});
			if ((await ask({...part, tailLines: newest})) === 'end') {
				notBefore = undefined;
				isSettled = from === undefined || (receiver.answerFrom() ?? from) < from;
				return;
			}
		} else if (newest === 0 && from === undefined) {
			receiver.begin({silently: true});
			await ask({...part, tailLines: 1});
			isSettled = true;
			return;
		}
		receiver.begin(reading());
		await ask({...part, since: floor === undefined ? undefined : floor - proofSeconds});
		isSettled = from !== undefined && (receiver.answerFrom() ?? from) < from;
	}

	return {
		since,
		reading,
		giveUpJoining() {
			floor = seen.from() ?? floor;
			seen.forget();
		},
		async missingBeginning(how) {
			if (isSettled) return undefined;
			const first = receiver.firstAt();
			const oldest = from === undefined ? undefined : await askOldest(how);
			isSettled = true;
			if (first === undefined) {
				if (oldest === undefined || from === undefined || oldest >= from) emptyAt = now();
				return undefined;
			}
			const last = seen.lastAt() ?? first;
			const missing = missingFrom({from, startedAt, first, last, lines: receiver.delivered(), oldest});
			return missing === undefined ? undefined : {from: missing, to: first};
		},
		missingBefore(first) {
			// A log without a line that gets one in a moment was a new file; one that gets it later was quiet.
			if (emptyAt === undefined || now() - emptyAt >= lateAfterMs) return undefined;
			return missingFrom({from, startedAt, first, last: first, lines: 1, oldest: undefined});
		},
		async read({previous, isFinal, overGaps}) {
			const part: Part = {follow: false, previous, isFinal};
			if (!hasBegun && seen.lastAt() === undefined) {
				keepWhatCameMeanwhile();
				await begin(part);
				hasBegun = true;
				return true;
			}
			hasBegun = true;
			receiver.begin({...reading(), overGaps, untilEnd: true});
			await ask({...part, since: since()});
			return receiver.joined();
		},
	};
}
