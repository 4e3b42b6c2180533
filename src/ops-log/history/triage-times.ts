/** How soon triage began and ended, from the records of the rounds. */
import {join} from 'node:path';
import {investigationsOf} from '../../round/investigations.ts';
import type {RoundState} from '../../round/round.ts';
import {readHeadNow} from '../record-head-file.ts';
import type {RoundRecord} from '../record-file.ts';
import type {RecordName} from '../record-names-file.ts';

export interface TriageTime {
	/** From the start of the round to the start of triage, milliseconds. */
	readonly acknowledgedMs: number;
	/** From there to its end; absent if it is open. */
	readonly resolvedMs?: number;
}

/** The newest records are enough for a mean, and to read more takes time. */
const mostRecords = 200;

export interface TriageTimes {
	readonly times: readonly TriageTime[];
	/** Records that were read, and how many there are. */
	readonly read: number;
	readonly all: number;
}

/** One per anomaly that was triaged. Pure. */
function timesIn({startedAt, steps}: Pick<RoundState, 'startedAt' | 'steps'>): readonly TriageTime[] {
	return steps
		.filter(({verdict}) => verdict?.kind === 'anomaly')
		.flatMap(investigationsOf)
		.map(({openedAt, closedAt}) => ({
			acknowledgedMs: Math.max(0, openedAt - startedAt),
			...(closedAt === undefined ? {} : {resolvedMs: Math.max(0, closedAt - openedAt)}),
		}));
}

/**
 * The times in a record's text; none if it is not a record any more. Reads only the fields it needs: validating two
 * hundred records takes as long as reading ten thousand entries.
 */
function timesOf(text: string): readonly TriageTime[] {
	const {version, round} = JSON.parse(text) as Partial<RoundRecord>;
	const times = version === 1 && round ? timesIn(round) : [];
	return times.filter(({acknowledgedMs, resolvedMs = 0}) => Number.isFinite(acknowledgedMs) && Number.isFinite(resolvedMs));
}

/** Times of the newest 200 records. A record that cannot be read is ignored. */
export function readTimes(directory: string, names: readonly RecordName[]): TriageTimes {
	const newest = names.slice(0, mostRecords);
	const times = newest.flatMap(({id}) => {
		try {
			return timesOf(readHeadNow(join(directory, `${id}.json`)));
		} catch {
			return [];
		}
	});
	return {times, read: newest.length, all: names.length};
}
