/** What a container of the load test writes. */

/** How a container's log is kept. */
export interface LoadLog {
	readonly lines: LoadLines;
	/** So long a run writes into one file, milliseconds. */
	readonly rotateEveryMs: number;
	/** A run that ended did so in the middle of a line. */
	readonly endsWithoutBreak: boolean;
}

export interface LoadLines {
	/** Number of the first line at or after the instant. */
	readonly sequenceAt: (instant: Instant) => number;
	readonly timeOf: (sequence: number) => Instant;
	/** Lines `from <= number < to` with their breaks, as the kubelet serves them. The buffer belongs to the generator: read only. */
	readonly bytes: (from: number, to: number, timestamps: boolean) => Buffer;
}

/** Nanoseconds since the epoch do not fit a number: whole seconds and the rest. */
export interface Instant {
	readonly second: number;
	readonly nanos: number;
}
