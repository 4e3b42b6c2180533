/** Turns what zod found into sentences at places of the file: the value, what is allowed, the nearest right name. */
import type * as z from 'zod';
import {didYouMean, nearest} from '../base/nearest.ts';
import {showValue} from './show-value.ts';
import {keysAt, schemaAt, valueAt, type SchemaNode} from './schema-node.ts';
import type {Mistake, Path, YamlSource} from './yaml-source.ts';

type Issue = z.core.$ZodIssue;

const kinds: Readonly<Record<string, string>> = {
	string: 'text',
	number: 'a number',
	int: 'a whole number',
	boolean: 'true or false',
	array: 'a list',
	object: 'a mapping (key: value)',
	record: 'a mapping (key: value)',
	never: 'nothing',
};

function limit(
	word: 'at least' | 'at most',
	{bound, origin, inclusive}: {bound: number | bigint; origin: string; inclusive?: boolean | undefined},
): string {
	const many = bound === 1 ? '' : 's';
	if (origin === 'array') return `a list of ${word} ${bound} item${many}`;
	if (origin === 'string') return `${word} ${bound} character${many}`;
	return inclusive === false ? `${word === 'at least' ? 'more' : 'less'} than ${bound}` : `${word} ${bound}`;
}

/** The values of `check:` or `system:` that a discriminated union knows. */
function discriminators(issue: object): readonly string[] {
	return 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
}

/**
 * What is allowed, as a phrase after `expected`. Given to zod as the error map, so that a phrase in a schema
 * (`'a duration such as 90s'`) takes its place.
 */
export function allowedPhrase(issue: z.core.$ZodRawIssue): string | undefined {
	switch (issue.code) {
		case 'invalid_type':
			return kinds[issue.expected] ?? issue.expected;
		case 'invalid_value':
			return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.map(String).join(', ')}`;
		case 'too_small':
			return limit('at least', {bound: issue.minimum, origin: issue.origin, inclusive: issue.inclusive});
		case 'too_big':
			return limit('at most', {bound: issue.maximum, origin: issue.origin, inclusive: issue.inclusive});
		case 'not_multiple_of':
			return `a multiple of ${issue.divisor}`;
		case 'invalid_format':
			return `a valid ${issue.format}`;
		case 'invalid_union':
			return `one of ${discriminators(issue).join(', ')}`;
		case 'custom':
			return 'another value';
		default:
			return undefined;
	}
}

/** Whether the issue says that the value is of another kind altogether, so that this branch of a union was not meant. */
function ofAnotherKind(issue: Issue, value: unknown): boolean {
	if (issue.path.length > 0) return false;
	if (issue.code === 'invalid_type') return true;
	return issue.code === 'invalid_value' && issue.values.every((allowed) => typeof allowed !== typeof value);
}

/** Issues of unions are taken from the branch that fits best; paths become whole. */
function flatten(issue: Issue, {above, data}: {readonly above: Path; readonly data: unknown}): readonly Issue[] {
	const path = [...above, ...issue.path];
	if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{...issue, path}];
	const value = valueAt(data, path);
	const meant = issue.errors.filter((branch) => !branch.some((one) => ofAnotherKind(one, value)));
	if (meant.length === 0) {
		const phrases = new Set(issue.errors.flatMap((branch) => branch.map((one) => one.message)));
		return [{...issue, path, message: [...phrases].join(', or ')}];
	}
	const best = meant.reduce((a, b) => (b.length < a.length ? b : a));
	return best.flatMap((one) => flatten(one, {above: path, data}));
}

/** `services[0].environments[1].name`; `the file` for the root. */
export function showPath(path: Path): string {
	if (path.length === 0) return 'the file';
	return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${String(key)}`)).join('');
}

function namesIn(issue: Issue): readonly string[] {
	if (issue.code === 'invalid_value') return issue.values.map(String);
	return discriminators(issue);
}

/** For a mapping without its `check:` or `system:`, the key that was probably meant to be it. */
function mistypedKey(issue: Issue, data: unknown): string {
	const parent = valueAt(data, issue.path.slice(0, -1));
	const key = issue.path.at(-1);
	if (issue.code !== 'invalid_union' || typeof key !== 'string' || typeof parent !== 'object' || parent === null) return '';
	const typed = Object.keys(parent).find((name) => nearest(name, [key]) !== undefined);
	return typed === undefined ? '' : `. Did you mean "${key}" by "${typed}"?`;
}

function sentence(issue: Issue, {data, schema}: {readonly data: unknown; readonly schema: SchemaNode}): string {
	const place = showPath(issue.path);
	const value = valueAt(data, issue.path);
	if (value === undefined) {
		const description = issue.code === 'invalid_union' ? undefined : schemaAt(schema, issue.path, data)?.description;
		return `${place} is missing. Expected ${issue.message}${description ? ` (${description})` : ''}${mistypedKey(issue, data)}`;
	}
	const shown = showValue(value, issue.path);
	const unquoted =
		issue.code === 'invalid_type' && issue.expected === 'string' && typeof value !== 'object' && issue.message === kinds['string'];
	if (unquoted) return `${place} is ${shown}, expected text. Put it in quotes.`;
	return `${place} is ${shown}, expected ${issue.message}${typeof value === 'string' ? didYouMean(value, namesIn(issue)) : ''}`;
}

/**
 * One mistake per thing to fix, unsorted.
 * @param issues of a parse with `allowedPhrase` as its error map
 */
export function explain(
	issues: readonly Issue[],
	{source, schema}: {readonly source: YamlSource; readonly schema: SchemaNode},
): readonly Mistake[] {
	const {data} = source;
	const known = {data, schema};
	return issues
		.flatMap((issue) => flatten(issue, {above: [], data}))
		.flatMap((issue): Mistake | readonly Mistake[] => {
			if (issue.code !== 'unrecognized_keys') return {offset: source.offsetOf(issue.path), text: sentence(issue, known)};
			const allowed = keysAt(schema, issue.path, data);
			const where = issue.path.length > 0 ? ` in ${showPath(issue.path)}` : '';
			return issue.keys.map((key) => ({
				offset: source.offsetOfKey([...issue.path, key]),
				text: `unknown key "${key}"${where}${didYouMean(key, allowed)} (allowed: ${allowed.join(', ')})`,
			}));
		});
}
