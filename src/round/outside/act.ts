/** Something that can be done to a row in its own system: what it asks for first, and the write that follows. */
import type {OutsideWrite, Ticket} from './outside-write.ts';

export interface Choice {
	readonly value: string;
	readonly label: string;
}

/** A field of the form that comes before the preview. */
export interface Field {
	readonly id: string;
	readonly label: string;
	/** The initial value. */
	readonly value: string;
	/** One sentence: what to enter. */
	readonly hint?: string;
	/** Typing narrows these down. */
	readonly choices?: readonly Choice[];
	/** Typed text counts if no choice has it. */
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

/** Why there is no preview yet. */
export interface Problem {
	readonly problem: string;
	/** The field to correct. */
	readonly field?: string;
}

export interface Act {
	/** The same thing done to the same object has the same id: `sentry-assign:4711`. */
	readonly id: string;
	/** A word or two: `assign`. */
	readonly title: string;
	/** What it does in which system, one sentence. */
	readonly about: string;
	/** One sentence why it cannot be done; absent if it can. */
	readonly refusal?: string;
	/** Shown when its form is closed: how to open it again. */
	readonly left?: string;
	/** Asks what the form needs; absent if there is nothing to ask. Throws SourceError. */
	readonly prepare?: (signal: AbortSignal) => Promise<Prepared>;
	/** The write of these values, or what is missing. Pure but for the clock. */
	readonly write: (values: Values) => OutsideWrite | Problem;
}

/** Why --read-only refuses them, one sentence without its full stop. */
export const readOnlyRefusal = '--read-only refuses every write outside this machine';

/** The act as it is under --read-only: refused before anything is asked for it. */
export const underReadOnly = (act: Act): Act => ({...act, refusal: readOnlyRefusal});
