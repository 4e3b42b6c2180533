/** Something that can be done to a row in its own system: what it asks for first, and the write that follows. */
import type {OutsideWrite, Ticket} from './outside-write.ts';

export interface Choice {
	readonly value: string;
	readonly label: string;
}

/** One thing that is asked for before a write can be shown. */
export interface Field {
	readonly id: string;
	readonly label: string;
	/** What stands there at first. */
	readonly value: string;
	/** One sentence on what belongs there. */
	readonly hint?: string;
	/** Typing narrows these down. */
	readonly choices?: readonly Choice[];
	/** What is typed counts where no choice has it. */
	readonly free?: boolean;
	/** Holds several lines. */
	readonly lines?: boolean;
}

/** What a form begins with. */
export interface Prepared {
	readonly fields: readonly Field[];
	/** What was learnt on the way, or could not be. */
	readonly notes?: readonly string[];
	/** Tickets that may be about the same thing, the likeliest first. */
	readonly existing?: readonly Ticket[];
}

export type Values = Readonly<Record<string, string>>;

/** Why there is no write yet. */
export interface Problem {
	readonly problem: string;
	/** The field that mends it. */
	readonly field?: string;
}

export interface Act {
	/** The same thing done to the same object has the same id: `sentry-assign:4711`. */
	readonly id: string;
	/** A word or two: `assign`. */
	readonly title: string;
	/** What it does where, one sentence. */
	readonly about: string;
	/** One sentence why it cannot be done; absent where it can. */
	readonly refusal?: string;
	/** Said when its form is left: how to come back to it. */
	readonly left?: string;
	/** Asks what the form needs; absent where there is nothing to ask. Throws SourceError. */
	readonly prepare?: (signal: AbortSignal) => Promise<Prepared>;
	/** The write of these values, or what is missing. Pure but for the clock. */
	readonly write: (values: Values) => OutsideWrite | Problem;
}

/** Why --read-only does none of them, one sentence without its stop. */
export const readOnlyRefusal = '--read-only refuses every write outside this machine';

/** The act as it is under --read-only: refused before anything is asked for it. */
export const underReadOnly = (act: Act): Act => ({...act, refusal: readOnlyRefusal});
