/** What is known of earlier rounds during a round. */
import {createSeenIndex, type SeenIndex} from './seen-before.ts';
import type {PastAnomaly} from '../../round/investigation/past-anomaly.ts';
import type {LastRound} from './since-last-round.ts';

export interface Memory {
	/** Every past anomaly, newest first. */
	readonly past: readonly PastAnomaly[];
	readonly seen: SeenIndex;
	/** The last round; `none` if there is none, undefined while it is being read. */
	readonly last: LastRound | 'none' | undefined;
}

/** A memory of nothing. */
export function emptyMemory(): Memory {
	return {past: [], seen: createSeenIndex(), last: undefined};
}
