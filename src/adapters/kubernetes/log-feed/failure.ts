/** What a request that failed means for its stream: the end, or a pause before the next. Pure. */
import type {SourceError} from '../../../base/source-error.ts';
import {statusCode} from '../client/cluster-errors.ts';
import {pauseAfter} from '../pods/watch-pods.ts';
import type {Fate} from './runs.ts';

export type Meaning =
	| {readonly kind: 'pause'; readonly ms: number}
	/** Not permitted, which may change. */
	| {readonly kind: 'denied'; readonly ms: number}
	/** Not permitted, and nobody can wait for it. */
	| {readonly kind: 'denied for good'}
	/** The run's log is gone with the run. */
	| {readonly kind: 'gone'}
	/** Asked for in vain too often. */
	| {readonly kind: 'given up'};

/** So often a log that nobody can wait for any longer is asked for in vain. */
const mostRefusals = 5;
/** A log may be rotated away or its pod deleted while we wait. */
const longestPauseMs = 5000;

/** How long to wait before the server is asked again that ended stream number `count` in a row at once, milliseconds. */
export const pauseAfterShort = (count: number): number => (count === 0 ? 0 : Math.min(250 * 2 ** count, longestPauseMs));

/** Whether the kubelet has refused the log itself, and not the way to it. */
export const isRefusal = (error: SourceError): boolean => [400, 404, 500].includes(statusCode(error) ?? 0);

/** `failures` and `refusals` in a row, this one included; `random` in [0, 1). */
export function meaningOf(
	error: SourceError,
	how: {readonly fate: Fate; readonly follow: boolean; readonly failures: number; readonly refusals: number; readonly random: number},
): Meaning {
	const {fate, follow, failures, refusals, random} = how;
	const status = statusCode(error);
	const isOver = fate.kind !== 'running' || !follow;
	const isMissing = status === 400 || status === 404;
	if (error.kind === 'forbidden') return isOver ? {kind: 'denied for good'} : {kind: 'denied', ms: pauseAfter(failures, error)};
	if (fate.kind === 'replaced' && isMissing) return {kind: 'gone'};
	if (isOver && (refusals >= mostRefusals || (!follow && failures >= mostRefusals))) return {kind: 'given up'};
	// A container that is about to start, or a pod that is about to go, is no missing permission: it is asked again soon.
	const wanted =
		error.passing || isMissing
			? Math.max(error.retryAfterMs ?? 0, Math.min(pauseAfter(failures, undefined), longestPauseMs))
			: pauseAfter(failures, error);
	return {kind: 'pause', ms: (1 + random / 4) * wanted};
}
