/** What is wrong with runbooks, as lines of an editor's or a pipeline's list. Pure: what is behind a link is looked up by the caller. */
import {didYouMean} from '../base/nearest.ts';
import {dayOf} from '../base/times.ts';
import {type LocalLink, localLinks} from './links.ts';
import {anchors, outline} from './outline.ts';
import {parseRunbook, type RunbookFile} from './parse.ts';
import {reviewOf} from './review.ts';
import type {Runbook} from './runbook.ts';

export interface LintProblem {
	/** Absolute. */
	readonly path: string;
	/** 1-based. */
	readonly line: number;
	/** An error misleads the reader or cannot be read; a warning is upkeep that was not done. */
	readonly level: 'error' | 'warning';
	/** One sentence without a full stop. */
	readonly text: string;
}

/** A check of the checklist and the place it is written down at. */
export interface LintCheck {
	/** Of the item, and of what it is an item: `orders-lag`, `promql`. */
	readonly id: string;
	readonly kind: string;
	/** File name without .md, as the item or its kind names it. */
	readonly runbook: string;
	readonly path: string;
	readonly line: number;
}

/** What a link leads to; undefined where there is nothing. */
export type Target = {readonly kind: 'page'; readonly text: string} | {readonly kind: 'other'};

export interface LintInput {
	readonly files: readonly RunbookFile[];
	/** Runbooks that are not looked at but may be the runbook of a check: the embedded ones. */
	readonly others: readonly Runbook[];
	readonly checks: readonly LintCheck[];
	/** Every word that `checks:` of a runbook may hold. */
	readonly knownChecks: readonly string[];
	/** Kinds whose general runbook speaks of no item in particular: `promql`. */
	readonly openKinds: readonly string[];
	/** Epoch milliseconds. */
	readonly now: number;
	/** What is at a path relative to the file `from`. */
	readonly target: (from: string, path: string) => Promise<Target | undefined>;
}

/** No one reads more at night, and the lexer would take seconds. */
const longestPage = 1024 * 1024;

type Say = (line: number, level: LintProblem['level'], text: string) => void;

/** The line of a key of the front matter, else the first. */
function lineOfKey(lines: readonly string[], key: string): number {
	const found = lines.findIndex((line, index) => index > 0 && line.startsWith(`${key}:`));
	return found < 0 ? 1 : found + 1;
}

function lintFrontMatter(
	runbook: Runbook,
	{
		lines,
		wrong,
		input,
		say,
	}: {
		readonly lines: readonly string[];
		/** Keys that have been told already. */
		readonly wrong: readonly (string | undefined)[];
		readonly input: LintInput;
		readonly say: Say;
	},
): void {
	if (runbook.owner === undefined && !wrong.includes('owner'))
		say(1, 'warning', 'no owner: name the person or the team that keeps it right (owner: …)');
	for (const check of runbook.checks) {
		if (input.knownChecks.includes(check)) continue;
		say(lineOfKey(lines, 'checks'), 'warning', `there is no check "${check}"${didYouMean(check, input.knownChecks)}`);
	}
	const review = reviewOf(runbook, dayOf(input.now));
	if (wrong.includes('last_reviewed_on')) return;
	if (review.kind === 'never')
		say(1, 'warning', 'never reviewed: read it once as if it were night, then write last_reviewed_on: with the day');
	else {
		const line = lineOfKey(lines, 'last_reviewed_on');
		if (review.kind === 'overdue') say(line, 'warning', `review overdue since ${review.due}, last reviewed on ${review.on}`);
		// A day ahead is another time zone.
		if (review.on > dayOf(input.now + 86_400_000)) say(line, 'warning', `last reviewed on ${review.on}, which is still to come`);
	}
}

async function lintLink(
	link: LocalLink,
	{
		file,
		own,
		line,
		input,
		say,
	}: {
		readonly file: RunbookFile;
		readonly own: ReadonlyMap<string, number>;
		readonly line: number;
		readonly input: LintInput;
		readonly say: Say;
	},
): Promise<void> {
	const target: Target | undefined = link.path === '' ? undefined : await input.target(file.path, link.path);
	if (link.path !== '' && target === undefined) return say(line, 'error', `the link ${link.href} leads nowhere: there is no ${link.path}`);
	if (link.anchor === undefined || target?.kind === 'other') return undefined;
	const there = target === undefined ? own : anchors(target.text.split(/\r?\n/));
	if (!there.has(link.anchor))
		say(
			line,
			'error',
			`the link ${link.href} names no heading of ${link.path === '' ? 'this page' : link.path}${didYouMean(link.anchor, [...there.keys()])}`,
		);
	return undefined;
}

async function lintFile(
	file: RunbookFile,
	input: LintInput,
): Promise<{readonly runbook: Runbook; readonly problems: readonly LintProblem[]}> {
	const found: LintProblem[] = [];
	const say: Say = (line, level, text) => void found.push({path: file.path, line, level, text});
	const {runbook, bodyLine, problems} = parseRunbook(file);
	for (const {line, text} of problems) say(line, 'error', text);
	const wrong = problems.map(({key}) => key);
	// Where nothing of it can be read, nothing is known to be missing.
	if (!wrong.includes(undefined)) lintFrontMatter(runbook, {lines: file.text.split(/\r?\n/, 200), wrong, input, say});
	if (runbook.markdown.trim() === '') say(bodyLine, 'warning', 'no text below the front matter');
	const lines = runbook.markdown.split(/\r?\n/);
	for (const {line, language, closed} of outline(lines).fences) {
		if (!closed) say(bodyLine + line, 'error', 'this code block is never closed: all that follows is code');
		else if (language === '')
			say(
				bodyLine + line,
				'warning',
				'a code block without a language: ```console for commands, ```sh for what needs a shell, ```text for what is printed',
			);
	}
	if (runbook.markdown.length > longestPage)
		say(bodyLine, 'warning', `${(file.text.length / 2 ** 20).toFixed(1)} MB is too long to read at night, so its links were not checked`);
	else {
		const own = anchors(lines);
		await Promise.all(localLinks(runbook.markdown).map((link) => lintLink(link, {file, own, line: bodyLine + link.line, input, say})));
	}
	return {runbook, problems: found};
}

/** Of two files with one name only the first is ever found. */
function duplicates(files: readonly RunbookFile[]): readonly LintProblem[] {
	const first = new Map<string, string>();
	return files.flatMap(({id, path}) => {
		const other = first.get(id.toLowerCase());
		if (other === undefined) {
			first.set(id.toLowerCase(), path);
			return [];
		}
		return [{path, line: 1, level: 'error' as const, text: `the name ${id} is taken by ${other}: give one of them another name`}];
	});
}

function withoutRunbook(runbooks: readonly Runbook[], {checks, openKinds}: LintInput): readonly LintProblem[] {
	return checks.flatMap(({id, kind, runbook, path, line}) => {
		const general = openKinds.includes(kind);
		const own = runbooks.some(
			(one) => (one.id === runbook && !(general && one.id === kind)) || one.checks.includes(id) || (!general && one.checks.includes(kind)),
		);
		if (own) return [];
		const text = `the check ${id} has no runbook${general ? `, only the general one of ${kind}` : ''}: write one, and name it with runbook: there`;
		return [{path, line, level: 'warning' as const, text}];
	});
}

/** Every problem of the files and of the checks, by file and line. */
export async function lintRunbooks(input: LintInput): Promise<readonly LintProblem[]> {
	const linted = await Promise.all(input.files.map((file) => lintFile(file, input)));
	const runbooks = [...linted.map(({runbook}) => runbook), ...input.others];
	return [...linted.flatMap(({problems}) => problems), ...duplicates(input.files), ...withoutRunbook(runbooks, input)].toSorted(
		(a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) || a.line - b.line,
	);
}
