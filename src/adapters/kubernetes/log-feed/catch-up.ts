/** Reads a run's log up to its present end: its history at first, later what was written since the last line seen. */
import {lateAfterMs, missingFrom} from './beginning.ts';
import type {Part, Read} from './read-pod-log.ts';
import type {Reading, Receiver} from './receiver.ts';

/** How far back a stream's history goes; without both numbers it is the whole log. */
export interface History {
	/** Epoch milliseconds. */
	readonly from?: number | undefined;
	readonly newest?: number | undefined;
}

/** Epoch milliseconds. */
interface Missing {
	readonly from: number;
	readonly to: number;
}

export interface Manner {
	readonly previous: boolean;
	readonly isFinal: boolean;
	readonly overGaps: boolean;
	/** A log whose first line is not older is another run's, epoch milliseconds; undefined where that cannot be told. */
	readonly before: number | undefined;
}

export interface CatchUp {
	/** Reads on; false where the answer does not join on to what was seen: it was cut, or it is another log. */
	readonly read: (how: Manner) => Promise<boolean>;
	/** Epoch seconds from which to ask again; undefined for the whole log. */
	readonly since: () => number | undefined;
	/** How the answer that is followed next is to be received. */
	readonly reading: () => Reading;
	/**
	 * After each read: whether the log's beginning was there to be read. Gives the times between which lines may be
	 * missing, once, or undefined; where the question fails it is asked again after the next read.
	 */
	readonly missingBeginning: (options: {readonly previous: boolean}) => Promise<Missing | undefined>;
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
	/** Between two reads. */
	let isFollowing = false;
	/** Our time when the log turned out to have no line. */
	let emptyAt: number | undefined;

	const since = () => seen.from() ?? floor;
	const reading = (): Reading => (notBefore === undefined ? {} : {notBefore});
	const onlyBefore = (time: number | undefined): Reading => (time === undefined ? {} : {onlyIfBefore: time});

	/** The newest lines were meant as of when they were asked for: what was written since then is wanted too. */
	function keepWhatCameMeanwhile(): void {
		if (from !== undefined || newest === undefined || now() - wantedAt < lateAfterMs) return;
		from = wantedAt;
		floor = Math.floor(from / 1000);
		notBefore = from;
	}

	/** "Whichever shows more" is decided by the first of the newest lines: where it is older than `from`, they reach further back. */
	async function begin(part: Part, before: number | undefined): Promise<Read> {
		if (newest !== undefined && newest > 0) {
			const bound = from === undefined ? before : Math.min(from, before ?? from);
			receiver.begin(onlyBefore(bound));
			try {
				if ((await ask({...part, tailLines: newest})) === 'end') {
					isSettled = from === undefined || (receiver.answerFrom() ?? from) < from;
					return 'end';
				}
			} finally {
				// Also where it broke off: the rest of the newest lines is wanted, older than `from` as they may be.
				if (!receiver.isRefused() && receiver.answerFrom() !== undefined) notBefore = undefined;
			}
		} else if (newest === 0 && from === undefined) {
			receiver.begin({...onlyBefore(before), silently: true});
			isSettled = true;
			return ask({...part, tailLines: 1});
		}
		receiver.begin({...reading(), ...onlyBefore(before)});
		const read = await ask({...part, since: floor === undefined ? undefined : floor - proofSeconds});
		isSettled = from !== undefined && (receiver.answerFrom() ?? from) < from;
		return read;
	}

	/**
	 * None of the lines there are was wanted: the newest of them is seen all the same, so that what is cut out behind it
	 * is noticed. What came since the log was read is wanted.
	 */
	async function findStand(part: Part): Promise<void> {
		if (from === undefined || receiver.firstAt() !== undefined || seen.lastAt() !== undefined) return;
		receiver.begin({notBefore: from, onlyIfBefore: from});
		if ((await ask({...part, tailLines: 1})) === 'refused') {
			receiver.begin(reading());
			await ask({...part, since: floor});
		} else isSettled = seen.lastAt() !== undefined;
	}

	/** The first line came by a later read, of a log that had none at `emptyAt`. */
	function missingSinceEmpty(first: number): Missing | undefined {
		const read = {from: undefined, startedAt: emptyAt, first, last: seen.lastAt() ?? first, lines: receiver.delivered(), oldest: undefined};
		const missing = missingFrom(read);
		return missing === undefined ? undefined : {from: missing, to: first};
	}

	return {
		since,
		reading() {
			isFollowing = true;
			return reading();
		},
		giveUpJoining() {
			floor = seen.from() ?? floor;
			seen.forget();
		},
		async missingBeginning(how) {
			const first = receiver.firstAt();
			if (isSettled) return undefined;
			if (first === undefined) {
				emptyAt = now();
				return undefined;
			}
			if (emptyAt !== undefined) {
				isSettled = true;
				return missingSinceEmpty(first);
			}
			const oldest = from === undefined ? undefined : await askOldest(how);
			isSettled = true;
			const last = seen.lastAt() ?? first;
			const missing = missingFrom({from, startedAt, first, last, lines: receiver.delivered(), oldest});
			return missing === undefined ? undefined : {from: missing, to: first};
		},
		missingBefore(first) {
			// Who follows a log without a line gets the first there is.
			isSettled ||= isFollowing;
			// A log without a line that gets one in a moment was a new file; one that gets it later was quiet.
			if (emptyAt === undefined || now() - emptyAt >= lateAfterMs) return undefined;
			return missingFrom({from, startedAt, first, last: first, lines: 1, oldest: undefined});
		},
		async read({previous, isFinal, overGaps, before}) {
			const part: Part = {follow: false, previous, isFinal};
			isFollowing = false;
			if (!hasBegun && seen.lastAt() === undefined) {
				keepWhatCameMeanwhile();
				if ((await begin(part, before)) === 'refused') return false;
				if (!isFinal) await findStand(part);
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
