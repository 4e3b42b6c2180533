/** The texts of the source that a person may read: string and template literals with words in them. */
import {globSync, readFileSync} from 'node:fs';
import {parseSync, visitorKeys} from 'oxc-parser';

export interface Literal {
	readonly file: string;
	/** From 1. */
	readonly line: number;
	/** Values that are put in are `‹source of the expression›`. */
	readonly text: string;
	/** Name of the property it is the value of, if there is one: `label`, `does`. */
	readonly property: string | undefined;
}

interface Node {
	readonly type: string;
	readonly start: number;
	readonly end: number;
	readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** Imports, types and keys of objects name things; a person never reads them. */
const skipped = new Set([
	'ImportDeclaration',
	'ExportAllDeclaration',
	'ImportExpression',
	'TSTypeAliasDeclaration',
	'TSInterfaceDeclaration',
	'TSTypeAnnotation',
]);

function textOf(node: Node, source: string): string | undefined {
	if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : undefined;
	if (node.type === 'JSXText') return String(node['value']).replaceAll(/\s+/g, ' ');
	if (node.type !== 'TemplateLiteral') return undefined;
	const quasis = node['quasis'] as readonly {readonly value: {readonly cooked: string}}[];
	const expressions = node['expressions'] as readonly Node[];
	return quasis
		.map(({value}, at) => {
			const put = expressions[at];
			return value.cooked + (put === undefined ? '' : `‹${source.slice(put.start, put.end)}›`);
		})
		.join('');
}

/** Prose has two words that follow each other; paths, patterns, class names and queries do not. */
const prose = /(?:^|[\s"'(›])[A-Za-z][a-z'’-]*[,:.]? (?:[a-z‹<"(]|[A-Z][a-z])/;

export function literalsIn(file: string): readonly Literal[] {
	const source = readFileSync(file, 'utf8');
	const {program} = parseSync(file, source);
	const found: Literal[] = [];
	const visit = (node: Node, property: string | undefined): void => {
		if (skipped.has(node.type)) return;
		const text = textOf(node, source);
		if (text !== undefined && prose.test(text)) found.push({file, line: source.slice(0, node.start).split('\n').length, text, property});
		const named = node.type === 'Property' ? (node['key'] as {readonly name?: string; readonly value?: unknown}) : undefined;
		for (const key of visitorKeys[node.type] ?? []) {
			if (named !== undefined && key === 'key') continue;
			const child = node[key];
			for (const one of Array.isArray(child) ? child : [child])
				if (isNode(one)) visit(one, named === undefined ? property : (named.name ?? String(named.value)));
		}
	};
	visit(program as unknown as Node, undefined);
	return found;
}

/** A shell's completion script is a program, not prose. */
const isScript = (text: string) => /^#[^\n]*completion of rounds/m.test(text);

export function literalsUnder(folder: string): readonly Literal[] {
	return globSync(`${folder}/**/*.{ts,tsx}`)
		.sort()
		.flatMap(literalsIn)
		.filter(({text}) => !isScript(text));
}
