/** The value at `data.items.0.depth` of a parsed JSON document; undefined where there is none. Pure. */
export function valueAt(document: unknown, path: string): unknown {
	let value = document;
	for (const key of path
		.replace(/^\$\.?/, '')
		.split('.')
		.filter(Boolean)) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
		value = (value as Readonly<Record<string, unknown>>)[key];
	}
	return value;
}
