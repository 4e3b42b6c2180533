/** One of several sources failed: the others are still shown, and this one is an unknown reason. */
import {SourceError} from '../../base/source-error.ts';
import type {Reason} from './check.ts';

export interface PartialFailure {
	readonly source: string;
	readonly message: string;
	readonly advice?: string;
}

/** Keeps a source's failure as data. An error that is no SourceError is a bug and is thrown on. */
export function partialFailure(source: string, error: unknown): PartialFailure {
	if (!(error instanceof SourceError)) throw error;
	// The reason names the source already.
	const message = error.message.startsWith(`${source}: `) ? error.message.slice(source.length + 2) : error.message;
	return {source, message, ...(error.advice === undefined ? {} : {advice: error.advice})};
}

/** Unknown, so that the finding is never green while someone did not answer. */
export function failureReason({source, message, advice}: PartialFailure): Reason {
	return {status: 'unknown', subject: source, text: advice ? `${message}. ${advice}` : message};
}

/**
 * Parts that a source could not, or not wholly, read: unknown, so that the finding is never green for what no one saw.
 * `missing` are sentences, `truncated` the names of lists of which there was more than was read.
 */
export function unreadReasons(
	source: string,
	{missing = [], truncated = []}: {readonly missing?: readonly string[]; readonly truncated?: readonly string[]},
): readonly Reason[] {
	return [
		...missing.map((text): Reason => ({status: 'unknown', subject: source, text})),
		...truncated.map((list): Reason => ({status: 'unknown', subject: source, text: `there are more ${list} than were read`})),
	];
}
