/** The full record of a round, one JSON file next to the ops log, so that it can be replayed and searched later. */
import {existsSync} from 'node:fs';
import {link, readFile, rename} from 'node:fs/promises';
import {join} from 'node:path';
import type {RoundState} from '../round/round.ts';
import {placeAtomically} from '../base/atomic-file.ts';
import {codeOf, fileError} from '../base/file-error.ts';
import type {KeptReadings} from './readings.ts';

export interface RoundRecord {
	readonly version: 1;
	/** The line of the ops log as it was written. */
	readonly entry: string;
	readonly round: RoundState;
	/** What each check had read when it was decided, by its id; last in the file, for it is most of it. Absent in old records. */
	readonly readings?: KeptReadings;
}

export interface RecordOptions {
	/** Created if needed. */
	readonly directory: string;
	readonly record: RoundRecord;
}

/** Where the record of that round goes; its id begins with the date. */
export function recordPath(directory: string, {id}: Pick<RoundState, 'id'>): string {
	return join(directory, `${id}.json`);
}

/** The same round (after a crash, or after a takeover) may replace its own record, but no other. */
async function isSameRound(path: string, {round}: RoundRecord): Promise<boolean> {
	try {
		const {round: other} = JSON.parse(await readFile(path, 'utf8')) as Partial<RoundRecord>;
		return other?.id === round.id && other.startedAt === round.startedAt && other.operators[0] === round.operators[0];
	} catch {
		return false;
	}
}

/** The names for the record, the planned one first: another round may have it already. */
function* names({directory, record: {round}}: RecordOptions): Generator<string> {
	yield recordPath(directory, round);
	for (let number = 2; ; number++) yield recordPath(directory, {id: `${round.id}-${number}`});
}

/** Puts the finished file in its place without ever overwriting another's; resolves to the path it got. */
async function place(temporary: string, options: RecordOptions): Promise<string> {
	for (const path of names(options)) {
		try {
			await link(temporary, path);
			return path;
		} catch (error) {
			if (codeOf(error) !== 'EEXIST') throw error;
			if (await isSameRound(path, options.record)) {
				await rename(temporary, path);
				return path;
			}
		}
	}
	throw new Error('the names never end');
}

/** Where this round's record was written; undefined if it was not. */
export async function findRecord(options: RecordOptions): Promise<string | undefined> {
	for (const path of names(options)) {
		if (await isSameRound(path, options.record)) return path;
		if (!existsSync(path)) return undefined;
	}
	return undefined;
}

/**
 * Writes the whole record or nothing, and resolves to its path.
 * @throws UserError in one sentence if the file system refuses.
 */
export async function writeRecord(options: RecordOptions): Promise<string> {
	const {directory, record} = options;
	const path = recordPath(directory, record.round);
	try {
		const text = `${JSON.stringify(record, undefined, '\t')}\n`;
		return await placeAtomically(path, text, {sync: 'directory', place: (temporary) => place(temporary, options)});
	} catch (error) {
		throw fileError(error, path);
	}
}
