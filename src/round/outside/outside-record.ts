/** What the round keeps of each external change. */
import type {OutsideOutcome, Ticket} from './outside-write.ts';

export interface OutsideRecord {
	/** Of the write. */
	readonly id: string;
	readonly step: string;
	readonly system: string;
	readonly title: string;
	/** Epoch milliseconds when it went out. */
	readonly at: number;
	readonly operator: string;
	/** `idOf` of the step's investigation that was open; absent if none was. */
	readonly investigation?: string;
	/** Absent while it is being sent, and forever if the program was killed then. */
	readonly outcome?: OutsideOutcome;
}

/** A ticket that belongs to a step. */
export interface LinkedTicket extends Ticket {
	/** Epoch milliseconds. */
	readonly at: number;
	readonly operator: string;
	/** `idOf` of the step's investigation it is about; absent if none was open, and in old records. */
	readonly investigation?: string;
}
