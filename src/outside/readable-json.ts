/** Widest object or list that stays on one line. */
const widest = 90;

/** JSON for a person to check before it is sent: small objects and lists stay on one line. Pure. */
export function readableJson(value: unknown, indent = ''): string {
	const flat = JSON.stringify(value) ?? 'null';
	if (typeof value !== 'object' || value === null || indent.length + flat.length <= (indent === '' ? 0 : widest)) return flat;
	const inner = `${indent}  `;
	const list = Array.isArray(value);
	const parts = list
		? value.map((one: unknown) => readableJson(one, inner))
		: Object.entries(value).flatMap(([key, one]) => (one === undefined ? [] : [`${JSON.stringify(key)}: ${readableJson(one, inner)}`]));
	if (parts.length === 0) return flat;
	const [open, close] = list ? ['[', ']'] : ['{', '}'];
	return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}
