/** The configuration reference of the README, generated so that it cannot grow old. */
import {durationPattern} from '../base/times.ts';
import {jsonSchema} from './json-schema.ts';
import {registry as builtIn} from './check-registry.ts';
import {createSchema, type CheckRegistry} from './config-schema.ts';
import {isSecret, schemaKeys, type SchemaKey} from './schema-keys.ts';
import {alternatives, type SchemaNode} from './schema-node.ts';

const plain: Readonly<Record<string, string>> = {string: 'text', integer: 'whole number', boolean: 'true or false', object: 'mapping'};

/** As it is in the file. */
function unquoted(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function typeOf(node: SchemaNode): string {
	if (isSecret(node)) return 'secret';
	const choices = alternatives(node);
	if (choices.length > 1) return [...new Set(choices.map(typeOf))].join(' or ');
	if (node.const !== undefined) return `\`${unquoted(node.const)}\``;
	if (node.enum) return node.enum.map((value) => `\`${unquoted(value)}\``).join(' ');
	if (node.items) return `list of ${typeOf(node.items)}`;
	if (node.pattern === durationPattern.source) return 'duration';
	if (node.format === 'uri') return 'address';
	return [node.type ?? 'text']
		.flat()
		.map((type) => plain[type] ?? type)
		.join(' or ');
}

/** Of a list of mappings the keys below say enough. */
function shownType(node: SchemaNode): string {
	return alternatives(node).some(({items}) => items && alternatives(items).some(({properties}) => properties)) ? 'list' : typeOf(node);
}

function shownDefault({required, node}: SchemaKey): string {
	if (required) return '**required**';
	const value = node.default;
	if (value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0) || value === '') return '';
	return `\`${unquoted(value)}\``;
}

function cell(text: string): string {
	return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function table(keys: readonly SchemaKey[], prefix: string): string {
	const rows = keys.map((key) => {
		const columns = [`\`${key.path.slice(prefix.length)}\``, shownType(key.node), shownDefault(key), key.node.description ?? ''];
		return `| ${columns.map(cell).join(' | ')} |`;
	});
	return ['| key | value | default | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

/** The sections of the page: each takes the keys below its prefix that no earlier, deeper one has taken. */
const sections = [
	{prefix: 'services[].environments[].sources.', title: 'Sources: `services[].environments[].sources`'},
	{prefix: 'services[].environments[].', title: 'Environments: `services[].environments[]`'},
	{prefix: 'services[].', title: 'Services: `services[]`'},
	{prefix: '', title: 'Top level'},
] as const;

function checkSections(keys: readonly SchemaKey[], registry: CheckRegistry): readonly string[] {
	return Object.values(registry).map(({kind, title, why}) => {
		const prefix = `checks[${kind}].options.`;
		const options = keys.filter(({path}) => path.startsWith(prefix));
		return `#### \`${kind}\`: ${title}\n\n${why}\n\n${options.length > 0 ? table(options, prefix) : 'No options.'}`;
	});
}

/** Markdown: one table per part of rounds.yaml, and one per check for its options; headings begin at level 3. */
export function configReference(registry: CheckRegistry = builtIn): string {
	const all = schemaKeys(jsonSchema(createSchema(registry)) as SchemaNode);
	const rest = new Set(all.filter(({path}) => !path.includes('checks[')));
	const main = sections.map(({prefix, title}) => {
		const mine = [...rest].filter(({path}) => path.startsWith(prefix));
		for (const key of mine) rest.delete(key);
		return `### ${title}\n\n${table(mine, prefix)}`;
	});
	const first = Object.keys(registry)[0] ?? '';
	const item = `checks[${first}].`;
	const common = all
		.filter(({path}) => path.startsWith(item) && !path.slice(item.length).includes('.'))
		.map((key) => (key.path === `${item}check` ? {...key, node: {enum: Object.keys(registry), description: 'What is checked'}} : key));
	return [
		'A **duration** is written `500ms`, `90s`, `15m`, `36h` or `7d`. A **secret** is never in the file, only a reference to it: `env:NAME`, `file:PATH` (mode 600), or `command: [program, argument]`, whose output is the secret.',
		...main.toReversed(),
		`### Checks: \`checks[]\`\n\nA name alone, such as \`pods\`, is the check with its defaults.\n\n${table(common, item)}`,
		'### Options of each check: `checks[].options`',
		...checkSections(all, registry),
	].join('\n\n');
}
