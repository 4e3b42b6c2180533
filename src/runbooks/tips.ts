/** Extends a runbook in place: a tip typed at a check is appended to it with date and operator. */
import {randomUUID} from 'node:crypto';
import {mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {dayOf} from '../times.ts';
import {exitCodes, UserError} from '../user-error.ts';
import {outline} from './outline.ts';
import type {Runbook} from './runbook.ts';

export interface Tip {
	readonly text: string;
	readonly operator: string;
	/** Epoch milliseconds. */
	readonly at: number;
}

/**
 * The runbook's whole text with the tip at the end of its `## Tips` section, which is made at the end of the file
 * where there is none. Pure; every other byte stays as it is, line endings too.
 */
export function appendTip(source: string, {text, operator, at}: Tip): string {
	const newline = source.includes('\r\n') ? '\r\n' : '\n';
	const [first = '', ...more] = text.trim().split(/\r?\n/);
	const item = [`- ${dayOf(at)}, ${operator}: ${first}`, ...more.map((line) => (line.trim() ? `  ${line.trim()}` : ''))];
	const lines = source.split(/\r?\n/);
	const {headings: all} = outline(lines);
	const index = all.findIndex((heading) => heading.level === 2 && heading.text.toLowerCase() === 'tips');
	const tips = all[index];
	if (!tips) {
		const body = source.trimEnd();
		return `${body === '' ? '' : `${body}${newline}${newline}`}${['## Tips', '', ...item, ''].join(newline)}`;
	}
	const next = all.slice(index + 1).find(({level}) => level <= 2);
	let end = next?.line ?? lines.length;
	while (end > tips.next && lines[end - 1]?.trim() === '') end -= 1;
	const gap = end === tips.next ? [''] : [];
	const rest = lines.slice(end);
	return [...lines.slice(0, end), ...gap, ...item, ...(rest.length > 0 ? rest : [''])].join(newline);
}

/**
 * Writes what is added into the runbook's file; of an embedded one, into the team's copy of it, made here.
 * @param options.what What it is called where it cannot be written: `The tip`.
 * @param options.change The whole text with what is added; the rest of it as it was.
 * @returns the path of the file that was written.
 * @throws UserError where an embedded runbook has no team directory to be copied to, or the file cannot be written.
 */
export async function extendRunbook({
	runbook,
	teamDirectory,
	what,
	change,
}: {
	readonly runbook: Runbook;
	readonly teamDirectory: string | undefined;
	readonly what: string;
	readonly change: (source: string) => string;
}): Promise<string> {
	if (runbook.embedded && teamDirectory === undefined) {
		throw new UserError(
			`${what} needs a file of the team's: add \`runbooks: docs/runbooks\` to the service in rounds.yaml, and ${runbook.id}.md is copied there`,
			exitCodes.config,
		);
	}
	const path = runbook.embedded && teamDirectory !== undefined ? join(teamDirectory, `${runbook.id}.md`) : runbook.path;
	const temporary = `${path}.${randomUUID()}.tmp`;
	try {
		// Another operator may have made the copy since ours was loaded.
		const source = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
			if (error.code === 'ENOENT') return readFile(runbook.path, 'utf8');
			throw error;
		});
		await mkdir(dirname(path), {recursive: true});
		await writeFile(temporary, change(source), {flag: 'wx', flush: true});
		await rename(temporary, path);
		return path;
	} catch (error) {
		await rm(temporary, {force: true}).catch(() => {});
		throw new UserError(
			`${what} could not be written to ${path}: ${error instanceof Error ? error.message : String(error)}`,
			exitCodes.ioError,
		);
	}
}

/** Appends the tip to the runbook's file, as `extendRunbook` writes. */
export function addTip({
	runbook,
	teamDirectory,
	...tip
}: Tip & {readonly runbook: Runbook; readonly teamDirectory: string | undefined}): Promise<string> {
	return extendRunbook({runbook, teamDirectory, what: 'The tip', change: (source) => appendTip(source, tip)});
}
