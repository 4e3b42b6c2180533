/** `rounds log show ID`: finds the record of a past round and prints it; on a terminal its screens open instead. */
import {recordsNamed} from '../../ops-log/record-ids.ts';
import type {RoundRecord} from '../../ops-log/record-file.ts';
import {recordNames} from '../../ops-log/record-names-file.ts';
import {readRecord} from '../../ops-log/records-file.ts';
import {recordText} from '../../ops-log/record-text.ts';
import {exitCodes, UserError} from '../../base/user-error.ts';
import type {LogInput} from './log-input.ts';
import {openLog} from './log-open.ts';

/** Ids that are named where several begin alike. */
const named = 5;

/**
 * The record that was asked for: by its id, or by how that begins; the newest where nothing or `last` is named.
 * @throws UserError: 64 where it may mean several, 65 where the record was broken by hand, 66 where there is none
 */
export async function shownRecord(input: Pick<LogInput, 'words' | 'common' | 'options' | 'cwd' | 'env'>): Promise<RoundRecord> {
	const [, typed, ...more] = input.words;
	if (more.length > 0) throw new UserError('rounds log show takes one id, such as 2026-11-20T0831. Run `rounds log` to list them.');
	const log = await openLog(input);
	const all = await recordNames(log.records);
	const names = typed === undefined || typed === 'last' ? all.slice(0, 1) : recordsNamed(typed, all);
	const [name, ...others] = names;
	if (!name) {
		const which = typed === undefined ? 'No round' : `No record of a round begins with "${typed}"`;
		const hint = typed === undefined || all.length === 0 ? 'a closed round writes one' : '`rounds log` prints the ids';
		throw new UserError(`${which} in ${log.records}: ${hint}`, exitCodes.noInput);
	}
	if (others.length > 0) {
		const ids = names.slice(0, named).map(({id}) => id);
		const rest = names.length > named ? ` and ${names.length - named} more` : '';
		throw new UserError(`"${typed}" may be ${names.length} rounds: ${ids.join(', ')}${rest}`);
	}
	return readRecord(log.records, name);
}

/** Prints a record, as JSON where that is asked for. */
export function printRecord(record: RoundRecord, {options, colour, out, say}: Pick<LogInput, 'options' | 'colour' | 'out' | 'say'>): void {
	if (options['json'] === true || options['format'] === 'json') out(`${JSON.stringify(record, undefined, 2)}\n`);
	else say(recordText(record, {colour}));
}
