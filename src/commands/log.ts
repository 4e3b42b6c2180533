/** `rounds log`: reads and searches the ops log; `add` appends a line by hand, `trends` says what comes back, `investigations` is the run table. */
import {stat} from 'node:fs/promises';
import {join, relative, resolve} from 'node:path';
import {systemClock} from '../adapters/clock.ts';
import {stateDirectory} from '../adapters/files.ts';
import {loadConfig} from '../config/load.ts';
import {registry} from '../config/registry.ts';
import {createSchema, type RoundsConfig} from '../config/schema.ts';
import {select} from '../config/select.ts';
import type {CommonOptions, Place} from '../context.ts';
import {didYouMean} from '../nearest.ts';
import {operatorName} from '../operator.ts';
import {appendEntry} from '../ops-log/append.ts';
import {type Entry, formatEntry} from '../ops-log/entry.ts';
import {codeOf} from '../ops-log/file-error.ts';
import {itemJson, logText} from '../ops-log/log-text.ts';
import {knownChecks} from '../ops-log/known-checks.ts';
import type {KnownCheck} from '../ops-log/mentions.ts';
import {parsePeriod} from '../ops-log/period.ts';
import {type LogLine, readLog} from '../ops-log/read.ts';
import {type LogItem, type LogQuery, saidBy, searchLog} from '../ops-log/search.ts';
import {readTimes} from '../ops-log/triage-times.ts';
import {recordFinder, shortId} from '../ops-log/record-ids.ts';
import {isOf, recordNames, type RecordName} from '../ops-log/records.ts';
import {readRunRows, rowJson} from '../ops-log/run-rows.ts';
import {dayOf, formatStamp, offsetMinutesAt} from '../times.ts';
import {outcomeGuides} from '../triage/investigation.ts';
import {runTableText} from '../triage/run-table.ts';
import {trends} from '../ops-log/trends.ts';
import {trendsText} from '../ops-log/trends-text.ts';
import type {Clock} from '../ports.ts';
import type {Status} from '../status.ts';
import {symbolsFor} from '../terminal/locale.ts';
import {sanitize} from '../terminal/sanitize.ts';
import {exitCodes, UserError} from '../user-error.ts';

export interface LogInput extends Place {
	readonly common: CommonOptions;
	/** The first one may be `add`, `trends`, `investigations` or `show`. */
	readonly words: readonly string[];
	readonly options: Readonly<Record<string, string | boolean | undefined>>;
	/** For programs. */
	readonly out: (text: string) => void;
	/** For people, on stdout. */
	readonly say: (text: string) => void;
	readonly err: (text: string) => void;
	readonly clock: Clock;
	/** Of the terminal; undefined where stdout is none. */
	readonly columns: number | undefined;
	readonly colour: boolean;
	/** Standard input, for `add -`. */
	readonly readInput: () => Promise<string>;
}

export interface OpsLog {
	readonly config: RoundsConfig;
	/** Absolute. */
	readonly path: string;
	/** Directory of the records, absolute. */
	readonly records: string;
	/** As a person in this directory would type it. */
	readonly shown: string;
	readonly checks: readonly KnownCheck[];
}

/** Of the simulated company, as far as its ops log needs one: the rest is only there while it runs. */
const demoConfig = {services: [{name: 'checkout', owner: 'payments', environments: [{name: 'production'}, {name: 'staging'}]}]};

/** What grep says where nothing is found. */
const nothingFound = 1;
/** In a terminal, where nobody asked for more: what a few screens hold. */
const shownInTerminal = 20;
const dayMs = 86_400_000;
/** Rows of each list of the trends. */
const shownTrends = 12;

/**
 * The ops log of this working directory, or of the demo.
 * @throws UserError (78) where there is no rounds.yaml, or none that can be used
 */
export async function openLog({common, options, cwd, env}: Pick<LogInput, 'common' | 'options' | 'cwd' | 'env'>): Promise<OpsLog> {
	const demo = options['demo'];
	const {config, directory} =
		typeof demo === 'string'
			? {config: createSchema(registry).parse(demoConfig), directory: join(stateDirectory(env), 'demo', demo)}
			: await loadConfig({cwd, env, path: common.config});
	const path = resolve(directory, config.opsLog.path);
	const short = relative(cwd, path);
	return {
		config,
		path,
		records: resolve(directory, config.opsLog.records),
		shown: short === '' || short.startsWith('..') ? path : short,
		checks: knownChecks(config),
	};
}

function textOption({options}: LogInput, name: string): string | undefined {
	const value = options[name];
	return typeof value === 'string' ? value : undefined;
}

function limitOf(input: LogInput): number | undefined {
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
	if (!period) throw new UserError(`--${name} takes a day such as 2026-11-20, a time such as 2026-11-20T08:42, or 7d; not "${value}"`);
	return period;
}

/** The title of the outcome that was asked for. */
function outcomeOf(input: LogInput): string | undefined {
	const value = textOption(input, 'outcome');
	return value === undefined ? undefined : (outcomeGuides.find(({outcome}) => outcome === value)?.title ?? value.replaceAll('-', ' '));
}

const wantsJson = (input: LogInput) => input.options['json'] === true || textOption(input, 'format') === 'json';

function queryOf(input: LogInput, words: readonly string[], {checks}: OpsLog): LogQuery {
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
		return new UserError(
			`There is no ops log at ${shown} yet: the first closed round begins it, and so does \`rounds log add\`.`,
			exitCodes.noInput,
		);
	}
	if (code === 'EISDIR') return new UserError(`${shown} is a directory; opsLog.path in rounds.yaml must name a file.`, exitCodes.config);
	if (code === 'EACCES' || code === 'EPERM') return new UserError(`No permission to read ${shown}; ask its owner.`, exitCodes.noPermission);
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

async function search(log: OpsLog, query: LogQuery, {err}: LogInput): Promise<readonly LogItem[]> {
	try {
		await stat(log.path);
		return await searchLog(telling(readLog(log.path), log, err), query);
	} catch (error) {
		throw unreadable(error, log);
	}
}

/** The records beside the log; where they cannot be read, stderr says so and the log answers alone. */
function namesOf({records}: OpsLog, {err}: LogInput): Promise<readonly RecordName[]> {
	return recordNames(records).catch((error: unknown) => {
		err(`rounds: the records are left out: ${sanitize(error instanceof Error ? error.message : String(error))}\n`);
		return [];
	});
}

/** Says on stderr that there is nothing, and why that may be. */
function sayNothing({err}: LogInput, {log, query, what}: {readonly log: OpsLog; readonly query: LogQuery; readonly what: string}): number {
	const ids = log.checks.map(({id}) => id);
	const hint = query.check === undefined || ids.includes(query.check) ? '' : didYouMean(query.check, ids);
	err(`rounds: ${what} in ${sanitize(log.shown)}${hint}\n`);
	return nothingFound;
}

async function list(input: LogInput): Promise<number> {
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
	const record = (entry: Entry) => {
		const name = find(entry);
		return name && shortId(name, names);
	};
	const said = query.check === undefined ? undefined : saidBy(query.check, log.checks);
	input.say(logText(shown, {columns: input.columns, colour: input.colour, said, record}));
	if (shown.length < found.length && textOption(input, 'limit') === undefined)
		input.err(`rounds: the newest ${shown.length} of ${found.length}; --limit ${found.length} shows all\n`);
	return 0;
}

/** The records of the period and the place that were asked for, as far as their names tell. */
function withinQuery(names: readonly RecordName[], {since, until, service, environment}: LogQuery): readonly RecordName[] {
	const first = since === undefined ? '' : dayOf(since);
	const end = until === undefined ? '9' : dayOf(until - 1);
	return names.filter((name) => {
		const day = name.minute.slice(0, 10);
		if (day < first || day > end) return false;
		return service === undefined || environment === undefined || isOf(name, {service, environment});
	});
}

async function showTrends(input: LogInput): Promise<number> {
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
		times: await readTimes(log.records, withinQuery(names, query)),
	});
	if (!result) return sayNothing(input, {log, query, what: 'no round found'});
	if (wantsJson(input)) input.out(`${JSON.stringify(result, undefined, 2)}\n`);
	else input.say(trendsText(result, {columns: input.columns ?? 100, symbols: symbolsFor(input.env), limit}));
	return 0;
}

/** The run table: every investigation of the records, newest first. */
async function showInvestigations(input: LogInput): Promise<number> {
	const log = await openLog(input);
	const query = queryOf(input, input.words.slice(1), log);
	const limit = limitOf(input) ?? (input.columns === undefined ? Number.POSITIVE_INFINITY : shownInTerminal);
	// A round may be left and gone on with the next day.
	const begun = query.since === undefined ? query : {...query, since: query.since - dayMs};
	const {rows, broken} = await readRunRows(log.records, withinQuery(await recordNames(log.records), begun), query);
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

async function add(input: LogInput): Promise<number> {
	for (const name of ['since', 'until', 'limit', 'outcome']) {
		if (textOption(input, name) !== undefined) throw new UserError(`--${name} is for reading; \`rounds log add\` writes a line of now`);
	}
	const [, ...words] = input.words;
	const said = (words.length === 1 && words[0] === '-' ? await input.readInput() : words.join(' ')).trim();
	if (said === '') throw new UserError('rounds log add needs the words to write: rounds log add "restarted redis by hand"');
	const log = await openLog(input);
	const {service, environment} = select(log.config, input.common);
	const check = textOption(input, 'check');
	const ids = log.checks.map(({id}) => id);
	if (check !== undefined && !ids.includes(check))
		throw new UserError(`There is no check "${check}"${didYouMean(check, ids)} (known: ${ids.join(', ')})`);
	const now = input.clock.now();
	const entry: Entry = {
		at: Math.floor(now / 60_000) * 60_000,
		offsetMinutes: offsetMinutesAt(now),
		service: service.name,
		environment: environment.name,
		operator: textOption(input, 'operator') ?? operatorName(log.config.operator, input.env),
		status: (textOption(input, 'status') as Status | undefined) ?? 'ok',
		findings: [check === undefined ? said : `${check.replaceAll('-', ' ')} ${said}`],
		anomalies: [],
		// Nobody walked: that is how the trends tell it from a round.
		walkedMs: 0,
	};
	const line = formatEntry(entry);
	const {appended} = await appendEntry({path: log.path, line, clock: input.clock});
	if (wantsJson(input)) input.out(`${JSON.stringify(itemJson({kind: 'entry', at: entry.at, text: line, entry}), undefined, 2)}\n`);
	else input.out(`${line}\n`);
	input.err(appended ? `rounds: appended to ${sanitize(log.shown)}\n` : `rounds: ${sanitize(log.shown)} has this line already\n`);
	return 0;
}

/**
 * Prints what was asked for and resolves to the exit code: 0, or 1 where nothing is found.
 * @throws UserError: 64 for a mistake on the command line, 66 where there is no ops log yet, 73, 74 or 77 where the file refuses
 */
export async function log(input: LogInput): Promise<number> {
	if (input.words[0] === 'add') return add(input);
	if (input.words[0] === 'trends') return showTrends(input);
	if (input.words[0] === 'investigations') return showInvestigations(input);
	return list(input);
}

/** `log` on this machine's terminal, clock and standard input. */
export function runLog(input: Omit<LogInput, 'clock' | 'columns' | 'colour' | 'readInput'>): Promise<number> {
	const {isTTY, columns} = process.stdout;
	return log({
		...input,
		clock: systemClock,
		columns: isTTY ? columns : undefined,
		colour: isTTY && !input.env['NO_COLOR'] && input.env['TERM'] !== 'dumb',
		readInput: async () => (await import('node:stream/consumers')).text(process.stdin),
	});
}
