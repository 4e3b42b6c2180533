/** The run table over the records of finished rounds: every investigation that they hold, newest first. */
import {join} from 'node:path';
import type {RoundState} from '../../round/round.ts';
import {type RunRow, runRows} from '../../triage/run-row.ts';
import {readHeadNow} from '../record-head-file.ts';
import type {RoundRecord} from '../record-file.ts';
import type {RecordName} from '../record-names-file.ts';
import {parseRecord} from '../records-file.ts';
import type {LogQuery} from './search-log.ts';

/** A row with the round it was made in. */
export interface RecordedRow extends RunRow {
	readonly service: string;
	readonly environment: string;
	/** Who did the round, the last one last. */
	readonly operators: readonly string[];
	/** Id of the round. */
	readonly round: string;
}

export interface RecordedRows {
	readonly rows: readonly RecordedRow[];
	/** Records that cannot be read any more, and why. */
	readonly broken: readonly {readonly id: string; readonly problem: string}[];
}

const folded = (text: string) => text.normalize().toLowerCase();

/** True for the rows that match the query; all of its words must occur in the table or record of a row. */
function matcher(query: LogQuery, {steps}: RoundState): (row: RecordedRow) => boolean {
	const {since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY, status, outcome} = query;
	const is = (name: string | undefined, ...names: readonly string[]) =>
		name === undefined || names.some((one) => folded(one) === folded(name));
	const words = query.words.map(folded);
	return (row) => {
		if (row.at < since || row.at >= until) return false;
		if (!is(query.service, row.service) || !is(query.environment, row.environment) || !is(query.operator, ...row.operators)) return false;
		if (!is(query.check?.replaceAll(' ', '-'), row.check) || !is(outcome, row.outcome ?? 'not triaged')) return false;
		if (status !== undefined && steps.find(({id}) => id === row.check)?.verdict?.finding.status !== status) return false;
		const said = folded([row.affected, row.check, row.problem, row.priority, row.outcome, row.cause, ...row.tickets].join('\n'));
		return words.every((word) => said.includes(word));
	};
}

/** The rows of one record that match the query. Pure. */
export function rowsIn({round}: Pick<RoundRecord, 'round'>, query: LogQuery): readonly RecordedRow[] {
	const {service, environment, operators, id} = round;
	return runRows(round)
		.map((row) => ({...row, service, environment, operators, round: id}))
		.filter(matcher(query, round));
}

/**
 * True for a record without investigations: most of them, and validating a whole record takes ten times as long.
 * Other faults in it change no row; `rounds log show` reports them.
 */
function isWithoutRows(text: string): boolean {
	if (text.includes('"investigation"') || text.includes('"further"') || !text.includes('"version": 1,')) return false;
	try {
		const {round} = JSON.parse(text) as {readonly round?: {readonly steps?: unknown}};
		return Array.isArray(round?.steps);
	} catch {
		return false;
	}
}

/** Reads these records. A broken record is reported, and the others are still read. */
export function readRunRows(directory: string, names: readonly RecordName[], query: LogQuery): RecordedRows {
	const rows: RecordedRow[] = [];
	const broken: {id: string; problem: string}[] = [];
	for (const {id} of names) {
		try {
			const text = readHeadNow(join(directory, `${id}.json`));
			if (isWithoutRows(text)) continue;
			const read = parseRecord(text);
			if ('problem' in read) broken.push({id, problem: read.problem});
			else rows.push(...rowsIn(read.record, query));
		} catch (error) {
			broken.push({id, problem: error instanceof Error ? error.message : String(error)});
		}
	}
	return {rows: rows.toSorted((a, b) => b.at - a.at), broken};
}

/** What programs get of a row: its time as ISO 8601, and no field for what is not known. */
export function rowJson({at, affected, operators, ...row}: RecordedRow): object {
	return {at: new Date(at).toISOString(), affectedItem: affected, ...row, operator: operators.at(-1)};
}
