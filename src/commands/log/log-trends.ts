/** `rounds log trends`: what the ops log says over time. */
import {trends} from '../../ops-log/history/trends.ts';
import {trendsText} from '../../ops-log/history/trends-text.ts';
import {readTimes} from '../../ops-log/history/triage-times.ts';
import {symbolsFor} from '../../base/terminal/locale.ts';
import {offsetMinutesAt} from '../../base/times.ts';
import {limitOf, type LogInput, namesOf, queryOf, sayNothing, search, wantsJson, withinQuery} from './log-input.ts';
import {openLog} from './log-open.ts';

/** Rows of each list. */
const shownTrends = 12;

/** Prints the trends of the rounds that the query finds; resolves to 1 where there is none. */
export async function showTrends(input: LogInput): Promise<number> {
	const log = await openLog(input);
	const query = queryOf(input, input.words.slice(1), log);
	const limit = limitOf(input) ?? shownTrends;
	const found = await search(log, query, input);
	const now = input.clock.now();
	const until = Math.min(now, query.until ?? now);
	const names = await namesOf(log, input);
	const result = trends({
		entries: found.flatMap((item) => (item.kind === 'entry' ? [item.entry] : [])),
		checks: log.checks,
		until,
		offsetMinutes: offsetMinutesAt(until),
		times: readTimes(log.records, withinQuery(names, query)),
	});
	if (!result) return sayNothing(input, {log, query, what: 'no round found'});
	if (wantsJson(input)) input.out(`${JSON.stringify(result, undefined, 2)}\n`);
	else input.say(trendsText(result, {columns: input.columns ?? 100, symbols: symbolsFor(input.env), limit}));
	return 0;
}
