/** What a request that failed means for its stream: the end, or a pause before the next. Pure. */
import {type BackOff, pauseAfter} from '../../../base/back-off.ts';
import type {SourceError} from '../../../base/source-error.ts';
import {clusterBackOff} from '../client/cluster-back-off.ts';
import {statusCode} from '../client/cluster-errors.ts';
import type {Fate} from './runs.ts';

export type Meaning =
	| {readonly kind: 'pause'; readonly ms: number}
	/** Not permitted, which may change. */
	| {readonly kind: 'denied'; readonly ms: number}
	/** Not permitted, and no one can wait for it. */
	| {readonly kind: 'denied for good'}
	/** The run's log is gone with the run. */
	| {readonly kind: 'gone'}
	/** Asked for in vain too often. */
	| {readonly kind: 'given up'};

/** So often a log that no one can wait for any longer is asked for in vain. */
const mostRefusals = 5;
/** Short at most: a log may be rotated away or its pod deleted while we wait. */
const logBackOff: BackOff = {first: 1000, longest: 5000};
/** For a server that ends one stream after another at once. */
export const shortLifeBackOff: BackOff = {first: 500, longest: 5000};

/** Whether the kubelet has refused the log itself, and not the way to it. */
export const isRefusal = (error: SourceError): boolean => [400, 404, 500].includes(statusCode(error) ?? 0);

/** `failures` and `refusals` in a row, this one included; `random` in [0, 1). */
export function meaningOf(
	error: SourceError,
	how: {readonly fate: Fate; readonly follow: boolean; readonly failures: number; readonly refusals: number; readonly random: () => number},
): Meaning {
	const {fate, follow, failures, refusals, random} = how;
	const status = statusCode(error);
	const isOver = fate.kind !== 'running' || !follow;
	const isMissing = status === 400 || status === 404;
	if (error.kind === 'forbidden')
		return isOver ? {kind: 'denied for good'} : {kind: 'denied', ms: pauseAfter(failures, error, clusterBackOff, random)};
	if (fate.kind === 'replaced' && isMissing) return {kind: 'gone'};
	if (isOver && (refusals >= mostRefusals || (!follow && failures >= mostRefusals))) return {kind: 'given up'};
	// A container that is about to start, or a pod that is about to go, is no missing permission: it is asked again soon.
	return {kind: 'pause', ms: pauseAfter(failures, error, error.passing || isMissing ? logBackOff : clusterBackOff, random)};
}
