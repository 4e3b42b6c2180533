/** Finds in a JSON Schema what may be at a place: the keys for `did you mean`, the description for what is missing. */
import type {Path} from './yaml-source.ts';

/** The parts of JSON Schema that zod writes and that are read here. */
export interface SchemaNode {
	readonly type?: string;
	readonly description?: string;
	readonly default?: unknown;
	readonly const?: unknown;
	readonly enum?: readonly unknown[];
	readonly format?: string;
	readonly minimum?: number;
	readonly exclusiveMinimum?: number;
	readonly maximum?: number;
	readonly pattern?: string;
	readonly properties?: Readonly<Record<string, SchemaNode>>;
	readonly required?: readonly string[];
	readonly additionalProperties?: SchemaNode | boolean;
	readonly items?: SchemaNode;
	readonly anyOf?: readonly SchemaNode[];
	readonly oneOf?: readonly SchemaNode[];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function alternatives(node: SchemaNode): readonly SchemaNode[] {
	const inner = node.anyOf ?? node.oneOf;
	return inner ? inner.flatMap(alternatives) : [node];
}

/** How well a mapping fits: a fixed value such as `check: pods` decides, then the number of known keys. */
function fit(node: SchemaNode, data: Readonly<Record<string, unknown>>): number {
	const properties = node.properties ?? {};
	let points = 0;
	for (const key of Object.keys(data)) {
		const property = properties[key];
		if (!property) continue;
		if (property.const === undefined) points += 1;
		else points += property.const === data[key] ? 100 : -100;
	}
	return points;
}

function pick(node: SchemaNode, data: unknown): SchemaNode {
	const choices = alternatives(node);
	if (Array.isArray(data)) return choices.find((choice) => choice.items) ?? node;
	if (!isRecord(data)) return choices[0] ?? node;
	const mappings = choices.filter((choice) => choice.properties ?? choice.additionalProperties);
	return mappings.reduce((best, choice) => (fit(choice, data) > fit(best, data) ? choice : best), mappings[0] ?? node);
}

/** The schema of what is (or should be) at the path of this data. */
export function schemaAt(root: SchemaNode, path: Path, data: unknown): SchemaNode | undefined {
	let node: SchemaNode | undefined = root;
	let here: unknown = data;
	for (const key of path) {
		const choice: SchemaNode = pick(node, here);
		const extra = typeof choice.additionalProperties === 'object' ? choice.additionalProperties : undefined;
		node = typeof key === 'number' ? choice.items : (choice.properties?.[String(key)] ?? extra);
		here = valueAt(here, [key]);
		if (!node) return undefined;
	}
	return here === undefined ? node : pick(node, here);
}

/** The keys a mapping may have there. */
export function keysAt(root: SchemaNode, path: Path, data: unknown): readonly string[] {
	return Object.keys(schemaAt(root, path, data)?.properties ?? {});
}

/** The data at the path; undefined where there is none. */
export function valueAt(data: unknown, path: Path): unknown {
	let here = data;
	for (const key of path) {
		if (Array.isArray(here)) here = here[Number(key)] as unknown;
		else here = isRecord(here) && Object.hasOwn(here, key) ? here[String(key)] : undefined;
	}
	return here;
}
