/**
 * The vendor's types as they arrive in JSON: the typed client turns times into `Date`, our own reading of the
 * bytes leaves them as strings, and both must print the same.
 */
import type {CoreV1Event, V1Pod} from '@kubernetes/client-node';

type Wire<T> = T extends Date ? Date | string : T extends object ? {[Key in keyof T]: Wire<T[Key]>} : T;

export type WirePod = Wire<V1Pod>;
export type WireEvent = Partial<Wire<CoreV1Event>>;

/** The head of a list: where the next page begins, and the version a watch continues from. */
export interface ListHead {
	readonly resourceVersion?: string;
	readonly continue?: string;
}

/** The `Status` object a Kubernetes server answers errors with. */
export interface WireStatus {
	readonly kind?: string;
	readonly message?: string;
	readonly reason?: string;
	readonly code?: number;
	readonly details?: {readonly retryAfterSeconds?: number};
}

export interface WirePodMetrics {
	readonly metadata?: {readonly name?: string};
	readonly containers?: readonly {readonly name: string; readonly usage?: {readonly cpu?: string; readonly memory?: string}}[];
}

/** A time of the wire as epoch milliseconds; undefined where it is missing or no time. */
export function timeOf(value: Date | string | null | undefined): number | undefined {
	if (value === undefined || value === null) return undefined;
	const ms = typeof value === 'string' ? Date.parse(value) : value.getTime();
	return Number.isNaN(ms) ? undefined : ms;
}
