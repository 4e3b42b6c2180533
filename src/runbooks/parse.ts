/** Reads a runbook's text: front matter as YAML, the body as it is. Pure; bad front matter is a warning, never a crash. */
import {parseDocument} from 'yaml';
import {z} from 'zod';
import {duration} from '../config/duration.ts';
import type {Runbook} from './runbook.ts';

const contact = z.union([
	z.string(),
	z
		.object({
			name: z.string(),
			role: z.string().optional(),
			email: z.string().optional(),
			phone: z.string().optional(),
			chat: z.string().optional(),
		})
		.transform((one) => [one.name, one.role, one.phone, one.chat, one.email].filter(Boolean).join(', ')),
]);

/** Other keys are let through: the same files often feed a web site. */
const frontMatter = z.object({
	title: z.string().optional(),
	checks: z.array(z.string()).default([]),
	matches: z.array(z.string()).default([]),
	services: z.array(z.string()).default([]),
	owner: z.string().optional(),
	contacts: z.array(contact).default([]),
	links: z.array(z.object({title: z.string(), url: z.string()})).default([]),
	last_reviewed_on: z.iso.date('an ISO date such as 2026-11-20').optional(),
	review_in: duration.optional(),
});
type FrontMatter = z.output<typeof frontMatter>;

/** The front matter and where the body begins; a file that does not begin with `---` has none. */
function split(text: string): {readonly yaml?: string; readonly body: string} {
	const match = /^\uFEFF?---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?---[ \t]*(?:\r?\n|$)/.exec(text);
	return match ? {yaml: match[1] ?? '', body: text.slice(match[0].length)} : {body: text};
}

function readFrontMatter(yaml: string): {readonly values: FrontMatter; readonly problem?: string} {
	const empty = frontMatter.parse({});
	const document = parseDocument(yaml, {logLevel: 'error'});
	const [error] = document.errors;
	if (error) return {values: empty, problem: `front matter is no YAML: ${error.message.split('\n', 1)[0]?.replace(/:$/, '') ?? ''}`};
	let raw: unknown;
	try {
		raw = document.toJS() ?? {};
	} catch (cause) {
		// An alias bomb, or an alias without its anchor.
		return {values: empty, problem: `front matter cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`};
	}
	const parsed = frontMatter.safeParse(raw);
	if (parsed.success) return {values: parsed.data};
	const [issue] = parsed.error.issues;
	return {values: empty, problem: `front matter: ${issue?.path.join('.') || 'the whole'} should be ${issue?.message ?? 'different'}`};
}

function patterns(sources: readonly string[]): {readonly matches: readonly RegExp[]; readonly problem?: string} {
	const matches: RegExp[] = [];
	let problem: string | undefined;
	for (const source of sources) {
		try {
			matches.push(new RegExp(source, 'iu'));
		} catch {
			problem ??= `front matter: matches holds ${JSON.stringify(source)}, which is no regular expression`;
		}
	}
	return {matches, ...(problem === undefined ? {} : {problem})};
}

/**
 * @param file.path Absolute path, kept in the runbook.
 * @returns the runbook, and one sentence where its front matter could not be used.
 */
export function parseRunbook(file: {readonly id: string; readonly path: string; readonly embedded: boolean; readonly text: string}): {
	readonly runbook: Runbook;
	readonly problem?: string;
} {
	const {yaml, body} = split(file.text);
	const {values, problem} = yaml === undefined ? {values: frontMatter.parse({}), problem: undefined} : readFrontMatter(yaml);
	const found = patterns(values.matches);
	const heading = /^#\s+(.+?)\s*#*\s*$/m.exec(body.slice(0, 4096))?.[1];
	const first = problem ?? found.problem;
	return {
		runbook: {
			id: file.id,
			title: values.title ?? heading ?? file.id.replaceAll('-', ' '),
			path: file.path,
			embedded: file.embedded,
			checks: values.checks,
			matches: found.matches,
			services: values.services,
			contacts: values.contacts,
			links: values.links,
			...(values.owner === undefined ? {} : {owner: values.owner}),
			...(values.last_reviewed_on === undefined ? {} : {lastReviewedOn: values.last_reviewed_on}),
			...(values.review_in === undefined ? {} : {reviewInMs: values.review_in}),
			markdown: body.replace(/^\s*\n/, ''),
		},
		...(first === undefined ? {} : {problem: first}),
	};
}
