/** Which patterns earlier looks at the same logs have seen, so that what is new is out. Pure. */
import {fits} from './template-index.ts';

export interface SeenPatterns {
	/** When the last look ended, epoch milliseconds; undefined where there was none. */
	readonly lookedAt: number | undefined;
	readonly templates: readonly SeenTemplate[];
}

export interface SeenTemplate {
	readonly template: string;
	/** Epoch milliseconds of our clock. */
	readonly firstSeen: number;
	readonly lastSeen: number;
}

export const nothingSeen: SeenPatterns = {lookedAt: undefined, templates: []};

/** Most templates kept; those seen last stay. */
const mostTemplates = 10_000;
/** Longer ones are cut: what makes a pattern is before. */
const longestTemplate = 1000;

const cut = (template: string) => template.slice(0, longestTemplate);

/** Tells whether a template, or one that it has since become part of, was seen before. */
function createKnown({templates}: SeenPatterns): (template: string) => boolean {
	const exact = new Set(templates.map(({template}) => template));
	const byLength = new Map<number, (readonly string[])[]>();
	for (const {template} of templates) {
		const words = template.split(' ');
		const same = byLength.get(words.length);
		if (same) same.push(words);
		else byLength.set(words.length, [words]);
	}
	return (text) => {
		const template = cut(text);
		if (exact.has(template)) return true;
		const words = template.split(' ');
		// A place that had one word then may have several now, and the other way round.
		return (byLength.get(words.length) ?? []).some((known) => fits(known, words) || fits(words, known));
	};
}

/**
 * A test for templates that no earlier look has seen. Never true where there was no earlier look: then all would be
 * new, and none would be out.
 */
export function createIsNew(seen: SeenPatterns): (template: string) => boolean {
	if (seen.lookedAt === undefined) return () => false;
	const known = createKnown(seen);
	const answers = new Map<string, boolean>();
	return (template) => {
		const answer = answers.get(template) ?? !known(template);
		// Asked for every row of every frame; templates change as lines come.
		if (answers.size > mostTemplates) answers.clear();
		answers.set(template, answer);
		return answer;
	};
}

/** The patterns among those that are new. */
export function newSince<T extends {readonly template: string}>(seen: SeenPatterns, patterns: readonly T[]): readonly T[] {
	const isNew = createIsNew(seen);
	return patterns.filter(({template}) => isNew(template));
}

/** What is known after a look that ended `at` and saw these templates. */
export function remember(seen: SeenPatterns, templates: readonly string[], at: number): SeenPatterns {
	const all = new Map(seen.templates.map((one) => [one.template, one]));
	for (const text of templates) {
		const template = cut(text);
		all.set(template, {template, firstSeen: all.get(template)?.firstSeen ?? at, lastSeen: at});
	}
	const newest = [...all.values()].toSorted((a, b) => b.lastSeen - a.lastSeen).slice(0, mostTemplates);
	return {lookedAt: at, templates: newest};
}

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

function isSeenTemplate(value: unknown): value is SeenTemplate {
	if (typeof value !== 'object' || value === null) return false;
	const {template, firstSeen, lastSeen} = value as Record<string, unknown>;
	return typeof template === 'string' && isTime(firstSeen) && isTime(lastSeen);
}

/** The text of the file; see `parseSeenPatterns`. */
export function formatSeenPatterns({lookedAt, templates}: SeenPatterns): string {
	return `${JSON.stringify({version: 1, lookedAt, templates}, undefined, '\t')}\n`;
}

/** Reads the file's text; the problem in a few words where it is no such file. */
export function parseSeenPatterns(text: string): SeenPatterns | {readonly problem: string} {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return {problem: 'it is not JSON'};
	}
	const {version, lookedAt, templates} = (value ?? {}) as Record<string, unknown>;
	if (version !== 1) return {problem: 'it is of another version'};
	if ((lookedAt !== undefined && !isTime(lookedAt)) || !Array.isArray(templates) || !templates.every(isSeenTemplate)) {
		return {problem: 'it holds something else'};
	}
	return {lookedAt, templates};
}
