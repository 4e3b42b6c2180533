/** A line or a selection, pinned. */
export interface LogEvidence {
	/** Stable: the same line pinned twice is one piece of evidence. */
	readonly id: string;
	/** The lines as they came, sanitised, one per row. */
	readonly text: string;
	/** Epoch milliseconds of the first line; of the pinning where the lines tell no time. */
	readonly at: number;
	/** Names of the streams the lines are of. */
	readonly streams: readonly string[];
	/** The filters as they stood, in words; empty for none. */
	readonly query: string;
}
