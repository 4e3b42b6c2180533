/** The front matter of a runbook: YAML between two lines of `---`. Pure; what is wrong with it is told by line, the rest is used. */
import {isMap, LineCounter, parseDocument} from 'yaml';
import * as z from 'zod';
import {duration} from '../base/duration.ts';

/** Something wrong at a line of a file. */
export interface LineProblem {
	/** 1-based. */
	readonly line: number;
	/** Of the front matter; undefined where none of it could be read. */
	readonly key?: string;
	readonly text: string;
}

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

const fields = {
	title: z.string().optional(),
	checks: z.array(z.string()).default([]),
	matches: z.array(z.string()).default([]),
	services: z.array(z.string()).default([]),
	owner: z.string().optional(),
	contacts: z.array(contact).default([]),
	links: z.array(z.object({title: z.string(), url: z.string()})).default([]),
	last_reviewed_on: z.iso.date().optional(),
	review_in: duration.optional(),
};
/** Other keys are let through: the same files often feed a web site. */
const frontMatter = z.object(fields);
export type FrontMatter = z.output<typeof frontMatter>;

/** What each key takes, as the end of "… should be". */
const phrases: Readonly<Record<keyof typeof fields, string>> = {
	title: 'a text',
	checks: 'a list of checks, such as [pods, logs]',
	matches: 'a list of regular expressions in quotes',
	services: 'a list of services, such as [checkout]',
	owner: 'a text: the name of a person or a team',
	contacts: 'a list of texts, or of entries with name, role, email, phone and chat',
	links: 'a list of entries with title and url',
	last_reviewed_on: 'an ISO date, such as 2026-11-20',
	review_in: 'a duration, such as 180d',
};
const isKey = (key: string): key is keyof typeof fields => Object.hasOwn(phrases, key);

/** `contacts[1].phone` */
const pathText = (path: readonly PropertyKey[]) =>
	path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${String(key)}`)).join('');

/** Without what is wrong with them, so that one mistake does not hide the rest. */
function usable(raw: Readonly<Record<string, unknown>>, wrong: ReadonlySet<string>): FrontMatter {
	return frontMatter.parse(Object.fromEntries(Object.entries(raw).filter(([key]) => !wrong.has(key))));
}

/**
 * @param yaml The text between the two lines of `---`, which begins on line 2 of its file.
 * @returns all values that can be used, and one problem per key that cannot.
 */
export function readFrontMatter(yaml: string): {readonly values: FrontMatter; readonly problems: readonly LineProblem[]} {
	const lines = new LineCounter();
	const document = parseDocument(yaml, {logLevel: 'error', prettyErrors: false, lineCounter: lines});
	const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line) + 1;
	const [error] = document.errors;
	if (error)
		return {values: usable({}, new Set()), problems: [{line: lineAt(error.pos[0]), text: `front matter is not YAML: ${error.message}`}]};
	let raw: unknown;
	try {
		raw = document.toJS() ?? {};
	} catch (cause) {
		// An alias bomb, or an alias without its anchor.
		const text = `front matter cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`;
		return {values: usable({}, new Set()), problems: [{line: 2, text}]};
	}
	const parsed = frontMatter.safeParse(raw);
	if (parsed.success) return {values: parsed.data, problems: []};
	if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
		return {
			values: usable({}, new Set()),
			problems: [{line: 2, text: 'front matter: the whole should be keys with their values, such as title: …'}],
		};
	const wrong = new Map<string, LineProblem>();
	for (const {path} of parsed.error.issues) {
		const key = String(path[0]);
		if (wrong.has(key)) continue;
		const node: unknown = isMap(document.contents) ? document.contents.items.find((pair) => String(pair.key) === key)?.key : undefined;
		const offset = (node as {readonly range?: readonly [number, number, number]} | undefined)?.range?.[0] ?? 0;
		wrong.set(key, {
			line: lineAt(offset),
			key,
			text: `front matter: ${pathText(path.length > 1 ? path.slice(0, 2) : path)} should be ${isKey(key) ? (path.length > 1 ? `as in ${phrases[key]}` : phrases[key]) : 'different'}`,
		});
	}
	return {values: usable(raw as Readonly<Record<string, unknown>>, new Set(wrong.keys())), problems: [...wrong.values()]};
}
