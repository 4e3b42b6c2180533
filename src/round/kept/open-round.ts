import type {RoundState} from '../round.ts';

/** A round of this service that this operator or another one started today. */
export interface OpenRound {
	readonly state: RoundState;
	readonly operator: string;
	readonly savedAt: number;
	/** Ours and unfinished, or another operator's who is walking now. */
	readonly whose: 'mine' | 'theirs';
	/** The process that holds it still lives on this machine. */
	readonly alive: boolean;
}
