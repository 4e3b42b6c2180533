/** Reads a runbook's text: front matter as YAML, the body as it is. Pure; bad front matter is a problem, never a crash. */
import {type LineProblem, readFrontMatter} from './front-matter.ts';
import type {Runbook} from './runbook.ts';

/** A runbook's file as it was read. */
export interface RunbookFile {
	/** File name without `.md`. */
	readonly id: string;
	/** Absolute. */
	readonly path: string;
	readonly embedded: boolean;
	readonly text: string;
}

export interface ParsedRunbook {
	readonly runbook: Runbook;
	/** 1-based line of the file on which the runbook's markdown begins. */
	readonly bodyLine: number;
	/** What of the front matter could not be used, one sentence each. */
	readonly problems: readonly LineProblem[];
}

const lineBreaks = (text: string) => text.split('\n').length - 1;

/** The front matter and the rest; a file that does not begin with `---` has none. */
function split(text: string): {readonly yaml?: string; readonly body: string} {
	const match = /^\uFEFF?---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?---[ \t]*(?:\r?\n|$)/.exec(text);
	return match ? {yaml: match[1] ?? '', body: text.slice(match[0].length)} : {body: text};
}

/** The line of the front matter that speaks of the pattern, as it is quoted there or not. */
function lineOfPattern(yaml: string, source: string): number {
	const lines = yaml.split('\n');
	const found = lines.findIndex((line) => line.includes(source));
	return (found < 0 ? lines.findIndex((line) => line.startsWith('matches')) : found) + 2;
}

function patterns(
	sources: readonly string[],
	yaml: string,
): {readonly matches: readonly RegExp[]; readonly problems: readonly LineProblem[]} {
	const matches: RegExp[] = [];
	const problems: LineProblem[] = [];
	for (const source of sources) {
		try {
			matches.push(new RegExp(source, 'iu'));
		} catch {
			const text = `front matter: matches holds ${JSON.stringify(source)}, which is not a regular expression`;
			problems.push({line: lineOfPattern(yaml, source), key: 'matches', text});
		}
	}
	return {matches, problems};
}

/** Of the same file once: a thousand of them are parsed when they are read, and again where a search would go through all. */
const known = new WeakMap<RunbookFile, ParsedRunbook>();

/** The runbook of a file, whatever is in it. */
export function parseRunbook(file: RunbookFile): ParsedRunbook {
	const parsed = known.get(file) ?? parse(file);
	known.set(file, parsed);
	return parsed;
}

function parse({id, path, embedded, text}: RunbookFile): ParsedRunbook {
	const {yaml, body} = split(text);
	const {values, problems} = readFrontMatter(yaml ?? '');
	const found = patterns(values.matches, yaml ?? '');
	const markdown = body.replace(/^\s*\n/, '');
	const heading = /^#[ \t]+(.+?)[ \t]*#*[ \t]*$/m.exec(markdown.slice(0, 4096))?.[1];
	return {
		runbook: {
			id,
			title: values.title ?? heading ?? id.replaceAll('-', ' '),
			path,
			embedded,
			checks: values.checks,
			matches: found.matches,
			services: values.services,
			contacts: values.contacts,
			links: values.links,
			...(values.owner === undefined ? {} : {owner: values.owner}),
			...(values.last_reviewed_on === undefined ? {} : {lastReviewedOn: values.last_reviewed_on}),
			...(values.review_in === undefined ? {} : {reviewInMs: values.review_in}),
			markdown,
		},
		bodyLine: lineBreaks(text.slice(0, text.length - markdown.length)) + 1,
		problems: [...problems, ...found.problems],
	};
}
