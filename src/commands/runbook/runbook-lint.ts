/** `rounds runbook lint`: looks at the runbooks of a team as a pipeline does, and says what is to be fixed where. */
import {readFile, stat} from 'node:fs/promises';
import {dirname, resolve} from 'node:path';
import {checkKinds, openKinds} from '../../checks/index.ts';
import {readYaml} from '../../config/yaml-source.ts';
import type {LoadedConfig} from '../../config/load-config-file.ts';
import {type LintCheck, type LintProblem, lintRunbooks, type Target} from '../../runbooks/lint-runbook.ts';
import {readRunbookFiles} from '../../runbooks/load-runbooks-file.ts';
import {parseRunbook} from '../../runbooks/parse.ts';
import {sanitize} from '../../base/terminal/sanitize.ts';
import {exitCodes, UserError} from '../../base/user-error.ts';
import {shownPath} from './runbook-text.ts';

export interface RunbookLintInput {
	readonly cwd: string;
	/** Absolute: directories or files; empty where nothing is to be linted. */
	readonly paths: readonly string[];
	/** Where there is a rounds.yaml. */
	readonly config: LoadedConfig | undefined;
	/** Whether all of the team's runbooks are looked at, so that a check without one can be told. */
	readonly whole: boolean;
	readonly embeddedDirectory: string;
	readonly json: boolean;
	/** Warnings count as errors do. */
	readonly strict: boolean;
	/** Epoch milliseconds. */
	readonly now: number;
	readonly out: (text: string) => void;
	readonly say: (text: string) => void;
	readonly err: (text: string) => void;
}

/** The items of rounds.yaml with the lines they are on. */
async function checksOf({path, config}: LoadedConfig): Promise<readonly LintCheck[]> {
	const source = readYaml(await readFile(path, 'utf8'));
	const lists = [
		{checks: config.checks ?? [], at: ['checks']},
		...config.services.map(({checks = []}, index) => ({checks, at: ['services', index, 'checks']})),
	];
	return lists.flatMap(({checks, at}) =>
		checks.map(({check: kind, id = kind, runbook = kind}, index) => ({
			id,
			kind,
			runbook,
			path,
			line: source.lineOf(source.offsetOf([...at, index])).line,
		})),
	);
}

async function targetAt(path: string): Promise<Target | undefined> {
	const found = await stat(path).catch(() => undefined);
	if (found?.isFile() && /\.(?:md|markdown)$/i.test(path)) {
		const text = await readFile(path, 'utf8').catch(() => undefined);
		return text === undefined ? {kind: 'other'} : {kind: 'page', text};
	}
	return found && {kind: 'other'};
}

/** What a link leads to; `pods` is also the page pods.md, or the one that means the directory. */
function createTargets(): (from: string, path: string) => Promise<Target | undefined> {
	const known = new Map<string, Promise<Target | undefined>>();
	const at = (path: string) => {
		const target = known.get(path) ?? targetAt(path);
		known.set(path, target);
		return target;
	};
	return async (from, path) => {
		const place = resolve(dirname(from), path);
		const there = await at(place);
		if (there?.kind === 'page') return there;
		for (const page of [`${place}.md`, ...['index.md', '_index.md', 'README.md'].map((name) => resolve(place, name))]) {
			const target = await at(page);
			if (target) return target;
		}
		return there;
	};
}

function print(problems: readonly LintProblem[], {cwd, json, say, out}: RunbookLintInput): void {
	if (json) return out(`${JSON.stringify(problems, undefined, 2)}\n`);
	return say(problems.map(({path, line, level, text}) => `${shownPath(path, cwd)}:${line}: ${level}: ${sanitize(text)}\n`).join(''));
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/**
 * Prints a line for each problem and resolves to the exit code: 0 where there is no error, else 65; where `strict`, 65 for
 * warnings too.
 * @throws UserError (66) where there is nothing to look at
 */
export async function lintCommand(input: RunbookLintInput): Promise<number> {
	const {paths, config, err} = input;
	if (paths.length === 0)
		throw new UserError(
			'There are no runbooks of the team to lint: name a directory (rounds runbook lint docs/runbooks), or add `runbooks: docs/runbooks` to the service in rounds.yaml',
			exitCodes.noInput,
		);
	const read = await readRunbookFiles({embeddedDirectory: input.embeddedDirectory, teamDirectories: paths}, {all: true});
	const gone = read.problems.find(({path}) => paths.includes(path));
	if (gone) throw new UserError(`${shownPath(gone.path, input.cwd)} ${gone.text}`, exitCodes.noInput);
	const files = read.files.filter(({embedded}) => !embedded);
	const checks = config ? await checksOf(config) : [];
	const found = await lintRunbooks({
		files,
		others: read.files.filter(({embedded}) => embedded).map((file) => parseRunbook(file).runbook),
		checks: input.whole ? checks : [],
		knownChecks: [...new Set([...checkKinds, ...checks.map(({id}) => id)])],
		openKinds,
		now: input.now,
		target: createTargets(),
	});
	const unreadable = read.problems.map(({path, text}) => ({path, line: 1, level: 'error' as const, text}));
	const problems = [...unreadable, ...found];
	print(problems, input);
	const errors = problems.filter(({level}) => level === 'error').length;
	const warnings = problems.length - errors;
	err(`rounds: ${counted(files.length, 'runbook')}, ${counted(errors, 'error')}, ${counted(warnings, 'warning')}\n`);
	return errors > 0 || (input.strict && warnings > 0) ? exitCodes.dataError : 0;
}
