import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, it} from 'vitest';
import {parse} from 'yaml';
import {checkKinds} from '../../src/checks/index.ts';
import {jsonSchema} from '../../src/config/json-schema.ts';
import {loadConfig} from '../../src/config/load-config-file.ts';
import {configReference} from '../../src/config/config-reference.ts';
import {schemaKeys} from '../../src/config/schema-keys.ts';
import type {SchemaNode} from '../../src/config/schema-node.ts';

const file = join(dirname(fileURLToPath(import.meta.url)), 'fixtures/complete.yaml');
const keys = schemaKeys(jsonSchema() as SchemaNode);

/** The key paths a value has, in the notation of `schemaKeys`. */
function written(value: unknown, above = ''): readonly string[] {
	if (Array.isArray(value)) {
		return value.flatMap((item: unknown) => {
			const kind =
				typeof item === 'object' && item !== null
					? Object.entries(item).find(([key]) => key === 'check' || key === 'system')?.[1]
					: undefined;
			return written(item, `${above}[${String(kind ?? '')}]`);
		});
	}
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
		const path = above === '' ? key : `${above}.${key}`;
		const named = /(?:options\.databases)$/.test(above) && !path.includes('capacity') ? `${above}.NAME` : path;
		return [named, ...written(inner, named)];
	});
}

describe('the complete sample', () => {
	it('loads', async () => {
		const {config} = await loadConfig({cwd: '/', env: {}, path: file});
		expect(config.services.map(({name}) => name)).toEqual(['checkout', 'inventory', 'mailer']);
		expect(config.checks?.map(({check}) => check)).toEqual(checkKinds);
	});

	it('shows every key there is', () => {
		const shown = new Set(written(parse(readFileSync(file, 'utf8'))));
		const common = new Set(['id', 'title', 'cadence', 'runbook', 'every', 'timeout', 'options'].map((key) => `checks[pods].${key}`));
		const missing = keys
			.map(({path}) => path)
			// The keys common to all kinds are once, and a service's own list is written as the common one.
			.filter((path) => !/^checks\[(?!pods\])[^\]]*\]\.[a-z]+$/.test(path) || common.has(path))
			.filter((path) => !path.startsWith('services[].checks['))
			.filter((path) => !shown.has(path));
		expect(missing).toEqual([]);
	});
});

describe('the JSON Schema', () => {
	it('describes what a person writes: durations as text, defaults not required', () => {
		const byPath = new Map(keys.map((key) => [key.path, key]));
		expect(byPath.get('checks[pods].options.window')?.node.type).toBe('string');
		expect(byPath.get('opsLog')?.required).toBe(false);
		expect(byPath.get('services[].owner')?.required).toBe(true);
		expect(byPath.get('checks[http].options')?.required).toBe(true);
	});

	it('says what each key means', () => {
		const silent = keys.filter(
			({node, path}) => node.description === undefined && !/\.(?:system|headers|json\.\w+)$|\.NAME\.|^checks\[/.test(path),
		);
		expect(silent.map(({path}) => path)).toEqual([]);
	});
});

describe('the reference', () => {
	const reference = configReference();

	it('has a row for each key and a section for each check', () => {
		for (const kind of checkKinds) expect(reference).toContain(`\n#### \`${kind}\`: `);
		for (const {path} of keys) expect(reference).toMatch(new RegExp(`^\\| \`[^\`]*\\b${path.split('.').at(-1) ?? ''}\` \\|`, 'm'));
	});

	it('is made of whole tables', () => {
		const rows = reference.split('\n').filter((line) => line.startsWith('|'));
		expect(rows.length).toBeGreaterThan(100);
		for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(6);
	});
});
