/** `rounds runbook`: lists, searches and shows the team's runbooks and the embedded ones; `lint` is for a pipeline. */
import {resolve} from 'node:path';
import {systemClock} from '../../adapters/machine/system-clock.ts';
import {didYouMean} from '../../base/nearest.ts';
import {embeddedRunbooks} from '../../runbooks/embedded.ts';
import {embeddedManual} from '../../runbooks/manual.ts';
import {type FileProblem, readRunbookFiles, type RunbookFiles} from '../../runbooks/load-runbooks-file.ts';
import {runbookNamed} from '../../runbooks/match-runbook.ts';
import {sectionAt} from '../../runbooks/outline.ts';
import {parseRunbook} from '../../runbooks/parse.ts';
import {createRunbookSearch} from '../../runbooks/search-runbooks.ts';
import {sanitize} from '../../base/terminal/sanitize.ts';
import {dayOf} from '../../base/times.ts';
import {exitCodes, UserError} from '../../base/user-error.ts';
import type {CommandInput} from '../kit/command-input.ts';
import {teamRunbooks} from './team-runbooks.ts';
import {hitsText, type Page, runbookJson, runbookTable, runbookText, shownPath} from './runbook-text.ts';

/** The first word may be `show` or `lint`. */
export interface RunbookInput extends CommandInput {
	/** Absolute. */
	readonly embeddedDirectory: string;
	/** Absolute; its pages are found with the runbooks. */
	readonly manualDirectory?: string;
}

/** In a terminal, where no one asked for more. */
const shownInTerminal = 10;

const isJson = ({options}: RunbookInput) => options['format'] === 'json';
const jsonText = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
const pageOf = ({cwd, clock, columns, colour}: RunbookInput): Page => ({cwd, today: dayOf(clock.now()), columns, colour});

function limitOf({options, columns}: RunbookInput): number {
	const value = options['limit'];
	if (typeof value !== 'string') return columns === undefined ? Number.POSITIVE_INFINITY : shownInTerminal;
	const limit = Number(value);
	if (!/^\d+$/.test(value) || limit < 1) throw new UserError(`--limit takes a number from 1, not "${value}"`);
	return limit;
}

function sayProblems({cwd, err}: RunbookInput, problems: readonly FileProblem[]): void {
	for (const {path, text} of problems) err(`rounds: ${shownPath(path, cwd)} ${sanitize(text)}\n`);
}

async function open(input: RunbookInput, manualDirectory?: string): Promise<RunbookFiles> {
	const {directories} = await teamRunbooks(input);
	// The directories may be those of several services: each has its own.
	const read = await readRunbookFiles(
		{embeddedDirectory: input.embeddedDirectory, teamDirectories: directories, manualDirectory},
		{all: true},
	);
	sayProblems(input, read.problems);
	return read;
}

/** What of a front matter could not be used: the runbook is shown all the same. */
function sayParsing(input: RunbookInput, parsed: readonly ReturnType<typeof parseRunbook>[]): void {
	for (const {runbook, problems} of parsed)
		for (const {line, text} of problems) input.err(`rounds: ${shownPath(runbook.path, input.cwd)}:${line}: ${sanitize(text)}\n`);
}

async function list(input: RunbookInput): Promise<number> {
	const parsed = (await open(input)).files.map((file) => parseRunbook(file));
	const runbooks = parsed.map(({runbook}) => runbook);
	const page = pageOf(input);
	sayParsing(input, parsed);
	if (isJson(input)) input.out(jsonText(runbooks.map((runbook) => runbookJson(runbook, page.today))));
	else input.say(runbookTable(runbooks, page));
	return 0;
}

async function search(input: RunbookInput): Promise<number> {
	const limit = limitOf(input);
	const query = input.words.join(' ');
	const {files} = await open(input, input.manualDirectory);
	const {hits, found} = createRunbookSearch(files).find(query, limit);
	const page = pageOf(input);
	if (isJson(input))
		input.out(
			jsonText(
				hits.map(({runbook, score, heading, line, snippet, missing}) => ({
					...runbookJson(runbook, page.today),
					score: Math.round(score * 100) / 100,
					heading: heading ?? null,
					line,
					snippet,
					missing,
				})),
			),
		);
	else input.say(hitsText(hits, page));
	const [best] = hits;
	if (!best) {
		input.err(`rounds: nothing found in ${files.length} runbooks\n`);
		return exitCodes.nothingFound;
	}
	if (input.columns !== undefined && !isJson(input)) {
		if (hits.length < found) input.err(`rounds: the best ${hits.length} of ${found}; --limit ${found} shows all\n`);
		input.err(`rounds: \`rounds runbook show ${sanitize(best.runbook.id)}\` prints the first\n`);
	}
	return 0;
}

async function show(input: RunbookInput): Promise<number> {
	const [, ...words] = input.words;
	const name = words.join('-');
	if (name === '') throw new UserError('rounds runbook show needs a name: rounds runbook show oom-killed (rounds runbook lists them)');
	const {files} = await open(input, input.manualDirectory);
	const named = runbookNamed(files, name);
	if (!named) {
		const ids = files.map(({id}) => id);
		input.err(`rounds: there is no runbook "${sanitize(name)}"${didYouMean(name, ids)}\n`);
		return exitCodes.nothingFound;
	}
	const parsed = parseRunbook(named.runbook);
	const page = pageOf(input);
	sayParsing(input, [parsed]);
	const section = named.anchor === undefined ? undefined : sectionAt(parsed.runbook.markdown, named.anchor);
	if (named.anchor !== undefined && section === undefined)
		input.err(`rounds: ${sanitize(parsed.runbook.id)} has no heading "${sanitize(named.anchor)}". Showing the whole runbook.\n`);
	const runbook = {...parsed.runbook, markdown: section ?? parsed.runbook.markdown};
	if (isJson(input))
		input.out(
			jsonText({
				...runbookJson(runbook, page.today),
				contacts: runbook.contacts,
				links: runbook.links,
				matches: runbook.matches.map(({source}) => source),
				markdown: runbook.markdown,
			}),
		);
	else input.say(runbookText(runbook, page));
	for (const {path} of files.filter((file) => file.id === named.runbook.id && file !== named.runbook))
		input.err(`rounds: ${shownPath(path, input.cwd)} has the same name\n`);
	return 0;
}

async function lint(input: RunbookInput): Promise<number> {
	const [, ...places] = input.words;
	const [{config, directories}, {lintCommand}] = await Promise.all([teamRunbooks(input), import('./runbook-lint.ts')]);
	return lintCommand({
		...input,
		config,
		paths: places.length > 0 ? places.map((place) => resolve(input.cwd, place)) : directories,
		whole: places.length === 0,
		json: isJson(input),
		strict: input.options['strict'] === true,
		now: input.clock.now(),
	});
}

/**
 * Prints what was asked for and resolves to the exit code: 0, or 1 where nothing is found; `lint` has its own.
 * @throws UserError: 64 for a mistake on the command line, 66 where there is nothing to lint, 78 for a broken rounds.yaml
 */
export async function runbook(input: RunbookInput): Promise<number> {
	const [first] = input.words;
	if (input.options['strict'] === true && first !== 'lint') throw new UserError('--strict is for `rounds runbook lint`');
	if (first === undefined) return list(input);
	if (first === 'show') return show(input);
	if (first === 'lint') return lint(input);
	return search(input);
}

/** `runbook` on this machine's terminal and clock. */
export function runRunbook(
	input: Omit<RunbookInput, 'clock' | 'columns' | 'colour' | 'embeddedDirectory' | 'manualDirectory'>,
): Promise<number> {
	const {isTTY, columns} = process.stdout;
	return runbook({
		...input,
		clock: systemClock,
		columns: isTTY ? columns : undefined,
		colour: isTTY && !input.env['NO_COLOR'] && input.env['TERM'] !== 'dumb',
		embeddedDirectory: embeddedRunbooks,
		manualDirectory: embeddedManual,
	});
}
