/** Every key of rounds.yaml as a flat list, from the JSON Schema: for the reference and for the proof that the sample is complete. */
import {alternatives, type SchemaNode} from './schema-node.ts';

export interface SchemaKey {
	/** `services[].environments[].sources.stripe.key`; where the mapping has a kind, `checks[pods].options.cpu`. */
	readonly path: string;
	readonly required: boolean;
	readonly node: SchemaNode;
}

/** `pods` of a mapping with `check: pods`, `rds` of one with `system: rds`. */
function kindOf(node: SchemaNode): string {
	const fixed = Object.values(node.properties ?? {}).find((property) => property.const !== undefined && typeof property.const === 'string');
	return fixed ? String(fixed.const) : '';
}

/** A secret has shapes of its own, told once and not below each key that holds one. */
export function isSecret(node: SchemaNode): boolean {
	return alternatives(node).some(({pattern}) => pattern?.startsWith('^(env:') === true);
}

/** All keys at and below the node, parents first, in the schema's order. */
export function schemaKeys(node: SchemaNode, above = ''): readonly SchemaKey[] {
	if (isSecret(node)) return [];
	return alternatives(node).flatMap((choice): readonly SchemaKey[] => {
		if (choice.items) return alternatives(choice.items).flatMap((item) => schemaKeys(item, `${above}[${kindOf(item)}]`));
		if (typeof choice.additionalProperties === 'object') return schemaKeys(choice.additionalProperties, `${above}.NAME`);
		return Object.entries(choice.properties ?? {}).flatMap(([key, property]) => {
			const path = above === '' ? key : `${above}.${key}`;
			return [{path, required: choice.required?.includes(key) === true, node: property}, ...schemaKeys(property, path)];
		});
	});
}
