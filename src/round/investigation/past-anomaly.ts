/** What a log entry, a record or a handwritten line says about an anomaly. */
export interface PastAnomaly {
	/** Epoch milliseconds. */
	readonly at: number;
	/** Undefined if the line does not say. The same holds for the fields below. */
	readonly check?: string | undefined;
	readonly problem: string;
	/** An outcome's title. */
	readonly outcome?: string | undefined;
	/** The root cause as far as it was found. */
	readonly cause?: string | undefined;
	readonly followUp?: string | undefined;
	/** Id of the runbook that goes with it. */
	readonly runbook?: string | undefined;
	/** Id of the round's record, for `rounds log show`. */
	readonly record?: string | undefined;
	/** What it was about beyond its problem: reasons and evidence. */
	readonly subjects?: readonly string[] | undefined;
	/** How often the very same was seen in all; this is the newest. Absent for once. */
	readonly times?: number;
}
