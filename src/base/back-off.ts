/** The one policy for asking again: pauses that double, spread by jitter, and never shorter than the server asked for. */
import {SourceError} from './source-error.ts';

export interface BackOff {
	/** After the first failure, milliseconds; doubles with each further one. */
	readonly first: number;
	readonly longest: number;
	/** After an error that does not pass by itself, such as a missing permission; as after the others if absent. */
	readonly hopeless?: number;
}

/** A pause is up to a quarter longer, so that those who failed together do not ask again together. */
const jitter = 0.25;

/**
 * Milliseconds until the next attempt after so many failures in a row; none after none. A wait that the server asked for
 * is the least. `random` gives numbers in [0, 1).
 */
export function pauseAfter(failures: number, error: unknown, backOff: BackOff, random: () => number): number {
	if (failures < 1) return 0;
	const {first, longest, hopeless} = backOff;
	const failure = error instanceof SourceError ? error : undefined;
	const own = hopeless !== undefined && failure?.passing === false ? hopeless : Math.min(first * 2 ** (failures - 1), longest);
	return Math.round(Math.max(own, failure?.retryAfterMs ?? 0) * (1 + jitter * random()));
}
