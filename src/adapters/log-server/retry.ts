/** Asks a log server until it answers; what it waits for is in the streams' state. */
import type {Clock} from '../../ports/clock.ts';
import {type BackOff, pauseAfter} from '../../base/back-off.ts';
import {SourceError, type SourceErrorKind} from '../../base/source-error.ts';
import type {ServerStreams} from './server-streams.ts';

export interface Retry {
	/**
	 * The answer, however long it takes.
	 * @throws SourceError where asking again cannot help; the signal's reason when stopped
	 */
	readonly ask: <T>(request: (signal: AbortSignal) => Promise<T>) => Promise<T>;
	/** Settles with the first attempt: rejects where the server refuses the query, resolves for every other end. */
	readonly first: Promise<void>;
}

/** Before there was one answer, these mean a mistake in the query or the configuration. */
const mistakes: readonly SourceErrorKind[] = ['bad-request', 'not-found', 'not-configured', 'missing-credential'];
const serverBackOff: BackOff = {first: 1000, longest: 30_000};
const attemptsWithoutFollow = 5;

/** For one feed. A feed that follows never gives up what worked once; one that does not, after five attempts. */
export function createRetry(options: {
	readonly streams: ServerStreams;
	readonly clock: Clock;
	/** In [0, 1). */
	readonly random: () => number;
	readonly follow: boolean;
	readonly signal: AbortSignal;
}): Retry {
	const {streams, clock, random, follow, signal} = options;
	const first = Promise.withResolvers<void>();
	let answered = false;
	let since = clock.now();

	const hopeless = (error: SourceError, attempt: number) => {
		if (!answered && mistakes.includes(error.kind)) return true;
		return !follow && (!error.passing || attempt >= attemptsWithoutFollow);
	};
	return {
		first: first.promise,
		async ask(request) {
			for (let attempt = 1; ; attempt++) {
				try {
					const answer = await request(signal);
					answered = true;
					since = clock.now();
					streams.state({kind: 'live', since});
					first.resolve();
					return answer;
				} catch (error) {
					signal.throwIfAborted();
					if (!(error instanceof SourceError)) throw error;
					if (hopeless(error, attempt)) {
						if (mistakes.includes(error.kind)) first.reject(error);
						throw error;
					}
					const wait = pauseAfter(attempt, error, serverBackOff, random);
					streams.state({kind: 'reconnecting', since, retryAt: clock.now() + wait, error: error.message});
					first.resolve();
					await clock.sleep(wait, signal);
				}
			}
		},
	};
}
