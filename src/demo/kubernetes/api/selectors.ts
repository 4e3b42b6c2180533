/** labelSelector and fieldSelector as the API server reads them. */
import type {Resource} from '../cluster/pod-resources.ts';
import type {Stored} from '../cluster/storage.ts';

export type Matcher = (stored: Stored) => boolean;

/** A selector, or the sentence with which the API server refuses it. */
export type Selector = {readonly matches: Matcher; readonly all: boolean} | {readonly mistake: string};

/** Commas part the requirements, but not inside `in (a,b)`. */
const requirementsOf = (text: string): readonly string[] =>
	text
		.split(/,(?![^(]*\))/)
		.map((part) => part.trim())
		.filter((part) => part !== '');

const labelName = String.raw`[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?`;
const setRequirement = new RegExp(String.raw`^(${labelName})\s+(in|notin)\s+\(([^)]*)\)$`);
const equalRequirement = new RegExp(String.raw`^(${labelName})\s*(==|=|!=)\s*([-A-Za-z0-9_.]*)$`);
const existsRequirement = new RegExp(`^(!?)\\s*(${labelName})$`);

const labelRequirement = (text: string): ((labels: Readonly<Record<string, string>>) => boolean) | undefined => {
	const inSet = setRequirement.exec(text);
	if (inSet) {
		const [, name = '', , operator, list = ''] = inSet;
		const values = new Set(list.split(',').map((value) => value.trim()));
		return (labels) => {
			const value = labels[name];
			return operator === 'in' ? value !== undefined && values.has(value) : value === undefined || !values.has(value);
		};
	}
	const equal = equalRequirement.exec(text);
	if (equal) {
		const [, name = '', , operator, value = ''] = equal;
		return (labels) => (labels[name] === value) === (operator !== '!=');
	}
	const exists = existsRequirement.exec(text);
	if (exists) {
		const [, not, name = ''] = exists;
		return (labels) => (labels[name] !== undefined) === (not === '');
	}
	return undefined;
};

const fieldOf = (object: unknown, path: string): string => {
	let value = object;
	for (const step of path.split('.')) {
		value = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[step] : undefined;
	}
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
};

const parseLabels = (text: string): Selector => {
	const requirements = requirementsOf(text).map(labelRequirement);
	const known = requirements.flatMap((requirement) => requirement ?? []);
	if (known.length < requirements.length) {
		return {mistake: `unable to parse requirement: <nil>: Invalid value: "${text}": couldn't parse the selector string`};
	}
	return {all: known.length === 0, matches: ({object}) => known.every((requirement) => requirement(object.metadata?.labels ?? {}))};
};

const parseFields = (resource: Resource, text: string): Selector => {
	const tests: Matcher[] = [];
	for (const requirement of requirementsOf(text)) {
		const [, path, operator, value] = /^([^=!]+)(==|=|!=)(.*)$/.exec(requirement) ?? [];
		if (path === undefined) {
			return {mistake: `invalid selector: '${text}'; can't understand '${requirement}'`};
		}
		if (!resource.fields.includes(path)) {
			const what = `${resource.version}, Resource=${resource.name}`;
			return {
				mistake: `Unable to find "${what}" that match label selector "", field selector "${text}": field label not supported: ${path}`,
			};
		}
		tests.push(({object}) => (fieldOf(object, path) === value) === (operator !== '!='));
	}
	return {all: tests.length === 0, matches: (stored) => tests.every((test) => test(stored))};
};

/** What a list or watch asks for: a namespace (undefined is all of them), labels and fields. */
export const parseSelector = (resource: Resource, namespace: string | undefined, query: URLSearchParams): Selector => {
	const labels = parseLabels(query.get('labelSelector') ?? '');
	const fields = parseFields(resource, query.get('fieldSelector') ?? '');
	if ('mistake' in labels) {
		return labels;
	}
	if ('mistake' in fields) {
		return fields;
	}
	return {
		all: labels.all && fields.all,
		matches: (stored) =>
			(namespace === undefined || stored.namespace === namespace) &&
			(labels.all || labels.matches(stored)) &&
			(fields.all || fields.matches(stored)),
	};
};
