/** Reads a run's log up to its present end: its history at first, later what was written since the last line seen. */
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
	/** What is missing at the end of what was seen was told. */
	readonly giveUpJoining: () => void;
}

/** `ask` makes one request; the receiver has begun with the right reading before. */
export function createCatchUp({
	history,
	receiver,
	ask,
}: {
	readonly history: History;
	readonly receiver: Receiver;
	readonly ask: (part: Part) => Promise<Read>;
}): CatchUp {
	const {from, newest} = history;
	const {seen} = receiver;
	let hasBegun = false;
	let floor = from === undefined ? undefined : Math.floor(from / 1000);
	let notBefore = from;

	const since = () => seen.from() ?? floor;
	const reading = (): Reading => (notBefore === undefined ? {} : {notBefore});

	/** "Whichever shows more" is decided by the first of the newest lines: where it is older than `from`, they reach further back. */
	async function begin(part: Part): Promise<void> {
		if (newest !== undefined && newest > 0) {
			receiver.begin(from === undefined ? {} : {onlyIfBefore: from});
			if ((await ask({...part, tailLines: newest})) === 'end') {
				notBefore = undefined;
				return;
			}
		} else if (newest === 0 && from === undefined) {
			receiver.begin({silently: true});
			await ask({...part, tailLines: 1});
			return;
		}
		receiver.begin(reading());
		await ask({...part, since: floor});
	}

	return {
		since,
		reading,
		giveUpJoining() {
			floor = seen.from() ?? floor;
			seen.forget();
		},
		async read({previous, isFinal, overGaps}) {
			const part: Part = {follow: false, previous, isFinal};
			if (!hasBegun && seen.lastAt() === undefined) {
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
