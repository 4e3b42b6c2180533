/** Answers of PromQL queries. */

export interface Sample {
	readonly labels: Readonly<Record<string, string>>;
	/** May be NaN or ±Infinity: Prometheus says so. */
	readonly value: number;
	/** Epoch milliseconds. */
	readonly at: number;
}

export interface Series {
	readonly labels: Readonly<Record<string, string>>;
	readonly points: readonly {readonly at: number; readonly value: number}[];
}

export interface MetricSource {
	/** Base URL, for links. */
	readonly url: string;
	/** Instant query; an empty vector is an empty array and means no data, not 0. */
	readonly query: (promql: string, options: {readonly at?: number; readonly signal: AbortSignal}) => Promise<readonly Sample[]>;
	readonly queryRange: (
		promql: string,
		options: {readonly from: number; readonly to: number; readonly stepMs: number; readonly signal: AbortSignal},
	) => Promise<readonly Series[]>;
}
