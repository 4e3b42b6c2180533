/** `rounds log [WORD...]`: the entries and the lines by hand that answer the query. */
import type {Entry} from '../../ops-log/entry.ts';
import {itemJson, logText} from '../../ops-log/history/log-text.ts';
import {recordFinder, shortIds} from '../../ops-log/record-ids.ts';
import {limitOf, type LogInput, namesOf, queryOf, sayNothing, search, shownInTerminal, textOption, wantsJson} from './log-input.ts';
import {openLog} from './log-open.ts';

/** Prints what is found, newest first; resolves to 1 where nothing is. */
export async function list(input: LogInput): Promise<number> {
	const log = await openLog(input);
	const query = queryOf(input, input.words, log);
	const limit = limitOf(input) ?? (input.columns === undefined ? Number.POSITIVE_INFINITY : shownInTerminal);
	const found = await search(log, query, input);
	const shown = found.slice(0, limit);
	const names = await namesOf(log, input);
	const find = recordFinder(names);
	if (wantsJson(input)) {
		const items = shown.map((item) => itemJson(item, item.kind === 'entry' ? find(item.entry)?.id : undefined));
		input.out(`${JSON.stringify(items, undefined, 2)}\n`);
	}
	if (found.length === 0) return sayNothing(input, {log, query, what: 'nothing found'});
	if (wantsJson(input)) return 0;
	const shortId = shortIds(names);
	const record = (entry: Entry) => {
		const name = find(entry);
		return name && shortId(name);
	};
	input.say(logText(shown, {columns: input.columns, colour: input.colour, record}));
	if (shown.length < found.length && textOption(input, 'limit') === undefined)
		input.err(`rounds: the newest ${shown.length} of ${found.length}; --limit ${found.length} shows all\n`);
	return 0;
}
