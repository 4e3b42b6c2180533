/** How fast anomalies were taken up and ended, as the records of the rounds tell. */
import {join} from 'node:path';
import {investigationsOf} from '../round/investigations.ts';
import {readHeadNow} from './record-head.ts';
import type {RoundRecord} from './record.ts';
import type {RecordName} from './record-names.ts';
import {parseRecord} from './records.ts';

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
export function timesIn({round}: RoundRecord): readonly TriageTime[] {
	return round.steps
		.filter(({verdict}) => verdict?.kind === 'anomaly')
		.flatMap(investigationsOf)
		.map(({openedAt, closedAt}) => ({
			acknowledgedMs: Math.max(0, openedAt - round.startedAt),
			...(closedAt === undefined ? {} : {resolvedMs: Math.max(0, closedAt - openedAt)}),
		}));
}

/** Of the newest 200 of these records; one that cannot be read tells nothing. */
export function readTimes(directory: string, names: readonly RecordName[]): TriageTimes {
	const newest = names.slice(0, mostRecords);
	const times = newest.flatMap(({id}) => {
		try {
			const read = parseRecord(readHeadNow(join(directory, `${id}.json`)));
			return 'record' in read ? timesIn(read.record) : [];
		} catch {
			return [];
		}
	});
	return {times, read: newest.length, all: names.length};
}
