import {SourceError} from '../../base/source-error.ts';

/** What a check throws when rounds.yaml does not say where its data is. */
export function notConfigured(source: string, lines: string): SourceError {
	return new SourceError({
		source,
		kind: 'not-configured',
		message: 'is not configured',
		advice: `Add ${lines} to the environment in rounds.yaml, or take the check out of its list`,
	});
}
