/** What an earlier look at the same logs knew of patterns. */
export interface PatternMemory {
	/** False for a template that an earlier look has seen. Always false where there was none to compare with. */
	readonly isNew: (template: string) => boolean;
	/** When the last look before this one ended, epoch milliseconds; undefined where there was none. */
	readonly since: number | undefined;
	/** Keeps what is there now for the next look. */
	readonly remember: (templates: readonly string[]) => void;
	/** One sentence about a memory that could not be read or written; undefined where all is well. */
	readonly problem: () => string | undefined;
}
