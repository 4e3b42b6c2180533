/** What every form of `rounds log` needs: the ops log that is meant, the query as it was typed, and the lines that answer it. */
import {stat} from 'node:fs/promises';
import {didYouMean} from '../../base/nearest.ts';
import {codeOf} from '../../base/file-error.ts';
import {parsePeriod} from '../../ops-log/history/period.ts';
import {type LogLine, readLog} from '../../ops-log/read-log-file.ts';
import {isOf, recordNames, type RecordName} from '../../ops-log/record-names-file.ts';
import {type LogItem, type LogQuery, searchLog} from '../../ops-log/history/search-log.ts';
import type {Status} from '../../base/status.ts';
import {sanitize} from '../../base/terminal/sanitize.ts';
import {dayOf} from '../../base/times.ts';
import {outcomeGuides} from '../../round/investigation/investigation.ts';
import {exitCodes, UserError} from '../../base/user-error.ts';
import type {CommandInput} from '../kit/command-input.ts';
import type {OpsLog} from './log-place.ts';

/** The first word may be `add`, `trends`, `investigations` or `show`. */
export interface LogInput extends CommandInput {
	/** Standard input, for `add -`. */
	readonly readInput: () => Promise<string>;
}

/** In a terminal, where no one asked for more: what a few screens hold. */
export const shownInTerminal = 20;

/** The option's value as it was typed. */
export function textOption({options}: LogInput, name: string): string | undefined {
	const value = options[name];
	return typeof value === 'string' ? value : undefined;
}

/** @throws UserError (64) where it is no number */
export function limitOf(input: LogInput): number | undefined {
	const value = textOption(input, 'limit');
	if (value === undefined) return undefined;
	const limit = Number(value);
	if (!/^\d+$/.test(value) || limit < 1) throw new UserError(`--limit takes a number from 1, not "${value}"`);
	return limit;
}

function periodOf(input: LogInput, name: 'since' | 'until') {
	const value = textOption(input, name);
	if (value === undefined) return undefined;
	const period = parsePeriod(value, input.clock.now());
	if (!period) throw new UserError(`--${name} expects a day such as 2026-11-20, a time such as 2026-11-20T08:42, or 7d, not "${value}"`);
	return period;
}

/** The title of the outcome that was asked for. */
function outcomeOf(input: LogInput): string | undefined {
	const value = textOption(input, 'outcome');
	return value === undefined ? undefined : (outcomeGuides.find(({outcome}) => outcome === value)?.title ?? value.replaceAll('-', ' '));
}

export const wantsJson = (input: LogInput) => input.options['json'] === true || textOption(input, 'format') === 'json';

/** The query that was typed, with these words. */
export function queryOf(input: LogInput, words: readonly string[], {checks}: OpsLog): LogQuery {
	return {
		words,
		checks,
		since: periodOf(input, 'since')?.from,
		until: periodOf(input, 'until')?.to,
		operator: textOption(input, 'operator'),
		status: textOption(input, 'status') as Status | undefined,
		check: textOption(input, 'check'),
		outcome: outcomeOf(input),
		service: input.common.service,
		environment: input.common.environment,
	};
}

function unreadable(error: unknown, {shown}: OpsLog): unknown {
	const code = codeOf(error);
	if (code === undefined) return error;
	if (code === 'ENOENT' || code === 'ENOTDIR') {
		return new UserError(`No ops log at ${shown} yet. Close a round or run \`rounds log add\` to create it.`, exitCodes.noInput);
	}
	if (code === 'EISDIR') return new UserError(`${shown} is a directory. opsLog.path in rounds.yaml must name a file.`, exitCodes.config);
	if (code === 'EACCES' || code === 'EPERM') return new UserError(`No permission to read ${shown}. Ask its owner.`, exitCodes.noPermission);
	return new UserError(`Cannot read ${shown}: the system says ${code}.`, exitCodes.ioError);
}

/** Problems of the file that are told one by one. */
const toldProblems = 3;

/** The lines as they are; what is wrong with some of them is told on stderr, once all are read. */
async function* telling(lines: AsyncIterable<readonly LogLine[]>, {shown}: OpsLog, err: (text: string) => void) {
	let problems = 0;
	for await (const some of lines) {
		for (const line of some) {
			if (line.kind !== 'other' || line.problem === undefined) continue;
			problems += 1;
			if (problems <= toldProblems) err(`rounds: ${sanitize(`${shown}:${line.number}: ${line.problem}`)}\n`);
		}
		yield some;
	}
	if (problems > toldProblems) err(`rounds: ${sanitize(shown)}: and ${problems - toldProblems} more such lines\n`);
}

/** What the query finds, newest first; broken lines are told on stderr. */
export async function search(log: OpsLog, query: LogQuery, {err}: LogInput): Promise<readonly LogItem[]> {
	try {
		await stat(log.path);
		return await searchLog(telling(readLog(log.path), log, err), query);
	} catch (error) {
		throw unreadable(error, log);
	}
}

/** The records next to the log; where they cannot be read, stderr says so and the log answers alone. */
export function namesOf({records}: OpsLog, {err}: LogInput): Promise<readonly RecordName[]> {
	return recordNames(records).catch((error: unknown) => {
		err(`rounds: the records are left out: ${sanitize(error instanceof Error ? error.message : String(error))}\n`);
		return [];
	});
}

/** Says on stderr that there is nothing, and why that may be. */
export function sayNothing(
	{err}: LogInput,
	{log, query, what}: {readonly log: OpsLog; readonly query: LogQuery; readonly what: string},
): number {
	const ids = log.checks.map(({id}) => id);
	const hint = query.check === undefined || ids.includes(query.check) ? '' : didYouMean(query.check, ids);
	err(`rounds: ${what} in ${sanitize(log.shown)}${hint}\n`);
	return exitCodes.nothingFound;
}

/** The records of the period and the place that were asked for, as far as their names tell. */
export function withinQuery(names: readonly RecordName[], {since, until, service, environment}: LogQuery): readonly RecordName[] {
	const first = since === undefined ? '' : dayOf(since);
	const end = until === undefined ? '9' : dayOf(until - 1);
	return names.filter((name) => {
		const day = name.minute.slice(0, 10);
		if (day < first || day > end) return false;
		return service === undefined || environment === undefined || isOf(name, {service, environment});
	});
}
