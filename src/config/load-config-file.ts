/** Finds, reads and judges rounds.yaml; every mistake is told in one go. */
import {readdir} from 'node:fs/promises';
import {homedir} from 'node:os';
import {dirname, isAbsolute, join, relative, resolve} from 'node:path';
import {sanitizeMultiline} from '../base/terminal/sanitize.ts';
import {exitCodes, UserError} from '../base/user-error.ts';
import {allowedPhrase, explain} from './explain.ts';
import {findConfig, type FindInput} from './find-config-file.ts';
import {jsonSchema} from './json-schema.ts';
import {readText} from './read-text-file.ts';
import {brokenRules, type RunbookNames} from './config-rules.ts';
import {registry as builtIn} from './check-registry.ts';
import {createSchema, type CheckRegistry, type RoundsConfig} from './config-schema.ts';
import {valueAt, type SchemaNode} from './schema-node.ts';
import {readYaml, type Mistake, type YamlSource} from './yaml-source.ts';

export interface LoadInput extends FindInput {
	/** `--config`, relative to cwd. */
	readonly path?: string | undefined;
	/** The checks that exist; default: those of this program. */
	readonly registry?: CheckRegistry | undefined;
	/** Directory of the embedded runbooks; their names are not checked without it. */
	readonly runbooks?: string | undefined;
}

export interface LoadedConfig {
	/** Absolute. */
	readonly path: string;
	/** Absolute; what relative paths of the file start from. */
	readonly directory: string;
	readonly config: RoundsConfig;
}

/** Absolute form of a path written in rounds.yaml: relative to the file, `~/` is the home directory. */
export function resolveFrom(directory: string, path: string): string {
	return path.startsWith('~/') ? join(homedir(), path.slice(2)) : resolve(directory, path);
}

/** As a person in `cwd` would type it. */
function shownFrom(cwd: string, path: string): string {
	const short = relative(cwd, path);
	return short === '' || short.startsWith('..') || isAbsolute(short) ? path : short;
}

async function markdownNames(directory: string): Promise<readonly string[]> {
	const names = await readdir(directory, {recursive: true}).catch((): string[] => []);
	return names.flatMap((name) => /([^/\\]+)\.(?:md|markdown)$/i.exec(name)?.[1] ?? []);
}

/** The runbooks each service of the raw data may name. */
async function runbookNames(
	data: unknown,
	{embedded, directory}: {readonly embedded: string; readonly directory: string},
): Promise<RunbookNames> {
	const shared = await markdownNames(embedded);
	const services = valueAt(data, ['services']);
	const own = await Promise.all(
		(Array.isArray(services) ? services : []).map(async (service: unknown) => {
			const paths = [valueAt(service, ['runbooks'])].flat().filter((path) => typeof path === 'string');
			return (await Promise.all(paths.map((path) => markdownNames(resolveFrom(directory, path))))).flat();
		}),
	);
	return {of: (service) => [...(service === undefined ? own.flat() : (own[service] ?? [])), ...shared].toSorted()};
}

function report(shown: string, {source, mistakes}: {readonly source: YamlSource; readonly mistakes: readonly Mistake[]}): UserError {
	const lines = mistakes
		.toSorted((a, b) => a.offset - b.offset)
		.map(({offset, text}) => {
			const {line, column} = source.lineOf(offset);
			return `${shown}:${line}:${column}: ${text}`;
		});
	const count = lines.length === 1 ? '1 mistake' : `${lines.length} mistakes`;
	return new UserError(sanitizeMultiline([...lines, `${count} in ${shown}.`].join('\n')), exitCodes.config);
}

/**
 * The configuration for this working directory, or of `--config`.
 * @throws UserError (78): one sentence where there is no readable file, else one line
 * `path:line:column: what is wrong` per mistake, in the file's order, and their number
 */
export async function loadConfig({cwd, env, path, registry = builtIn, runbooks}: LoadInput): Promise<LoadedConfig> {
	const file = path === undefined ? await findConfig({cwd, env}) : resolve(cwd, path);
	const shown = shownFrom(cwd, file);
	const directory = dirname(file);
	const source = readYaml(await readText(file));
	if (source.data === undefined || source.data === null) {
		if (source.mistakes.length > 0) throw report(shown, {source, mistakes: source.mistakes});
		throw new UserError(`${shown} is empty: delete it and let \`rounds init\` write a first one.`, exitCodes.config);
	}
	const schema = createSchema(registry);
	const result = schema.safeParse(source.data, {error: allowedPhrase});
	const rules = brokenRules(source, runbooks === undefined ? undefined : await runbookNames(source.data, {embedded: runbooks, directory}));
	const issues = result.success ? [] : explain(result.error.issues, {source, schema: jsonSchema(schema) as SchemaNode});
	const mistakes = [...source.mistakes, ...issues, ...rules];
	if (!result.success || mistakes.length > 0) throw report(shown, {source, mistakes});
	return {path: file, directory, config: result.data};
}
