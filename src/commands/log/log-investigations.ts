/** `rounds log investigations`: the run table, every investigation of the records, newest first. */
import {join} from 'node:path';
import {recordNames} from '../../ops-log/record-names-file.ts';
import {readRunRows, rowJson} from '../../ops-log/history/run-rows.ts';
import {sanitize} from '../../base/terminal/sanitize.ts';
import {formatStamp, offsetMinutesAt} from '../../base/times.ts';
import {runTableText} from '../../triage/run-table.ts';
import {limitOf, type LogInput, queryOf, sayNothing, shownInTerminal, textOption, wantsJson, withinQuery} from './log-input.ts';
import {openLog} from './log-open.ts';

const dayMs = 86_400_000;

/** Prints the run table of the query; resolves to 1 where it is empty. */
export async function showInvestigations(input: LogInput): Promise<number> {
	const log = await openLog(input);
	const query = queryOf(input, input.words.slice(1), log);
	const limit = limitOf(input) ?? (input.columns === undefined ? Number.POSITIVE_INFINITY : shownInTerminal);
	// A round may be left and continued with the next day.
	const begun = query.since === undefined ? query : {...query, since: query.since - dayMs};
	const {rows, broken} = readRunRows(log.records, withinQuery(await recordNames(log.records), begun), query);
	const [first] = broken;
	if (first) {
		const others = broken.length === 1 ? '' : ` (and ${broken.length - 1} more)`;
		input.err(
			`rounds: left out ${sanitize(join(log.records, `${first.id}.json`))}, no record of a round any more: ${sanitize(first.problem)}${others}\n`,
		);
	}
	const shown = rows.slice(0, limit);
	if (wantsJson(input)) input.out(`${JSON.stringify(shown.map(rowJson), undefined, 2)}\n`);
	if (rows.length === 0) return sayNothing(input, {log: {...log, shown: log.records}, query, what: 'no investigation found'});
	if (wantsJson(input)) return 0;
	const date = (at: number) => formatStamp({at, offsetMinutes: offsetMinutesAt(at)}).slice(0, 16);
	input.say(runTableText(shown, {columns: input.columns, date}));
	if (shown.length < rows.length && textOption(input, 'limit') === undefined)
		input.err(`rounds: the newest ${shown.length} of ${rows.length}; --limit ${rows.length} shows all\n`);
	return 0;
}
