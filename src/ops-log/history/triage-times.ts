/** How fast anomalies were taken up and ended, as the records of the rounds tell. */
import {join} from 'node:path';
import {investigationsOf} from '../../round/investigations.ts';
import type {RoundState} from '../../round/round.ts';
import {readHeadNow} from '../record-head-file.ts';
import type {RoundRecord} from '../record-file.ts';
import type {RecordName} from '../record-names-file.ts';

export interface TriageTime {
	/** From the round's begin to the triage's, milliseconds. */
	readonly acknowledgedMs: number;
	/** From there to its end; absent where it was left open. */
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
 * The times of a record's text; none where it is no record any more. Only what is used is looked at: to judge all of
 * two hundred records takes as long as ten thousand entries.
 */
function timesOf(text: string): readonly TriageTime[] {
	const {version, round} = JSON.parse(text) as Partial<RoundRecord>;
	const times = version === 1 && round ? timesIn(round) : [];
	return times.filter(({acknowledgedMs, resolvedMs = 0}) => Number.isFinite(acknowledgedMs) && Number.isFinite(resolvedMs));
}

/** Of the newest 200 of these records; one that cannot be read tells nothing. */
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
