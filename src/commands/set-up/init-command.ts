/** `rounds init`: looks at what is there, asks little, writes a first rounds.yaml. */
import {access, mkdir, writeFile} from 'node:fs/promises';
import {dirname, join, relative, resolve} from 'node:path';
import {firstConfig, type FirstConfig} from '../../config/first-config.ts';
import {isWebAddress, likelyNamespace, lookAround, type Discovery, type Surroundings} from '../../config/surroundings.ts';
import {SourceError} from '../../base/source-error.ts';
import {sanitize} from '../../base/terminal/sanitize.ts';
import {exitCodes, UserError} from '../../base/user-error.ts';

/** Asks one question; resolves to the answer, trimmed, or to the default where it is empty. */
export type Ask = (question: string, preset: string) => Promise<string>;

export interface InitInput {
	readonly cwd: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly out: (text: string) => void;
	/** `--config`; default: rounds.yaml in the working directory. */
	readonly path?: string | undefined;
	/** Absent without a terminal and with `--yes`: what was found is taken. */
	readonly ask?: Ask | undefined;
	readonly discovery: Discovery;
	/** Text of the JSON Schema. */
	readonly schema: () => string;
	readonly signal: AbortSignal;
}

async function exists(path: string): Promise<boolean> {
	return access(path).then(
		() => true,
		() => false,
	);
}

function refusal(path: string, error: unknown): UserError {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	if (code === 'EEXIST')
		return new UserError(`${path} already exists and was not changed. Run \`rounds doctor\` to test it.`, exitCodes.cannotCreate);
	const why = code === 'EACCES' || code === 'EROFS' || code === 'EPERM' ? 'no permission to write there' : code || String(error);
	return new UserError(`${path} cannot be written: ${why}.`, exitCodes.cannotCreate);
}

/** Writes a file that is not there yet, with its directory; `shown` is its name in messages. */
async function writeNew(path: string, {text, shown}: {readonly text: string; readonly shown: string}): Promise<void> {
	await mkdir(dirname(path), {recursive: true}).catch((error: unknown) => {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		if (code === 'EEXIST' || code === 'ENOTDIR')
			throw new UserError(`${shown} cannot be written: ${dirname(shown)} is not a directory.`, exitCodes.cannotCreate);
		throw refusal(shown, error);
	});
	await writeFile(path, text, {flag: 'wx'}).catch((error: unknown) => {
		throw refusal(shown, error);
	});
}

const packagedSchema = 'node_modules/rounds/dist/rounds.schema.json';

/**
 * Where editors find the schema, relative to the file, so that it holds for everyone who has the repository: inside
 * node_modules where rounds is installed there, else a copy next to the file.
 */
async function schemaPath(directory: string): Promise<{readonly path: string; readonly copy: boolean}> {
	if (await exists(join(directory, packagedSchema))) return {path: `./${packagedSchema}`, copy: false};
	return {path: './rounds.schema.json', copy: !(await exists(join(directory, 'rounds.schema.json')))};
}

async function namespacesOf(context: string, {discovery, signal}: InitInput): Promise<readonly string[]> {
	try {
		return await discovery.namespaces(context, AbortSignal.any([signal, AbortSignal.timeout(5000)]));
	} catch (error) {
		signal.throwIfAborted();
		if (error instanceof SourceError || (error instanceof Error && error.name === 'TimeoutError')) return [];
		throw error;
	}
}

/** Shows a few names to choose from. */
function choices(names: readonly string[]): string {
	return names.length === 0 ? '' : ` (${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''})`;
}

type Answers = Pick<FirstConfig, 'service' | 'owner' | 'context' | 'environments' | 'sentry'>;

interface Cluster {
	readonly context?: string;
	readonly production?: string;
	readonly staging?: string;
}

async function cluster(
	found: Surroundings,
	{ask, service, input}: {readonly ask: Ask; readonly service: string; readonly input: InitInput},
): Promise<Cluster> {
	if (found.contexts.length === 0) return {};
	const names = found.contexts.map(({name}) => name);
	const context = await ask(`Kubernetes context${choices(names)}, - for none`, found.currentContext ?? names[0] ?? '-');
	if (context === '-') return {};
	const namespaces = await namespacesOf(context, input);
	const preset =
		likelyNamespace(namespaces, {service, environment: 'production'}) ??
		found.contexts.find(({name}) => name === context)?.namespace ??
		service;
	const production = await ask(`Namespace of production${choices(namespaces)}`, preset);
	const likely = likelyNamespace(
		namespaces.filter((name) => name !== production),
		{service, environment: 'staging'},
	);
	const staging = likely === undefined ? '-' : await ask('Namespace of staging, - for none', likely);
	return {context, production, ...(staging === '-' ? {} : {staging})};
}

async function address(ask: Ask, question: string): Promise<string | undefined> {
	const answer = await ask(question, '-');
	if (answer === '-') return undefined;
	return isWebAddress(answer) ? answer : address(ask, `${answer} is not an http:// or https:// address. ${question}`);
}

async function answer(found: Surroundings, {ask, input}: {readonly ask: Ask; readonly input: InitInput}): Promise<Answers> {
	const service = await ask('Name of the service', found.service);
	const owner = await ask('Owning team', found.repository?.split('/')[0] ?? found.user ?? 'my-team');
	const {context, production, staging} = await cluster(found, {ask, service, input});
	const health = await address(ask, 'Health address of production, - for none');
	const organization = found.sentry && (found.sentry.organization ?? (await ask('Sentry organization, - for none', '-')));
	const environments = [
		{name: 'production' as const, ...(production !== undefined && {namespace: production}), ...(health !== undefined && {health})},
		...(staging === undefined ? [] : [{name: 'staging' as const, namespace: staging}]),
	];
	return {
		service,
		owner,
		...(context !== undefined && {context}),
		environments,
		...(found.sentry && organization !== undefined && organization !== '-' ? {sentry: {...found.sentry, organization}} : {}),
	};
}

/** One line per thing that was found, so that no one wonders where a value came from. */
function findings({contexts, prometheus, alertmanager, grafana, sentry, stripe, repository}: Surroundings): readonly string[] {
	return [
		...(contexts.length > 0 ? [`kubeconfig with ${contexts.length} context${contexts.length === 1 ? '' : 's'}`] : []),
		...(prometheus ? [`Prometheus at ${prometheus.url}`] : []),
		...(alertmanager ? [`Alertmanager at ${alertmanager.url}`] : []),
		...(grafana ? [`Grafana at ${grafana.url}`] : []),
		...(sentry ? [`Sentry token in ${sentry.token}`] : []),
		...(stripe === undefined ? [] : [`Stripe key in ${stripe}`]),
		...(repository === undefined ? [] : [`GitHub repository ${repository}`]),
	];
}

/**
 * Writes the file (and the schema next to it where rounds is not installed in node_modules) and says what to do next.
 * @throws UserError (73) where the file is there already or cannot be written; nothing is overwritten
 */
export async function init(input: InitInput): Promise<void> {
	const {cwd, env, out, discovery, signal} = input;
	const file = resolve(cwd, input.path ?? 'rounds.yaml');
	const shown = relative(cwd, file).startsWith('..') ? file : relative(cwd, file);
	// Before anybody answers questions in vain.
	if (await exists(file)) throw refusal(shown, Object.assign(new Error(), {code: 'EEXIST'}));
	const found = await lookAround({cwd, env, discovery, signal});
	const things = findings(found);
	out(`${things.length === 0 ? 'Found nothing to connect to. The file explains how.' : `Found: ${things.map(sanitize).join('; ')}.`}\n`);
	const ask: Ask = input.ask ?? (async (_, preset) => preset);
	const answers = await answer(found, {ask, input});
	const directory = dirname(file);
	const schema = await schemaPath(directory);
	await writeNew(file, {text: firstConfig({...found, ...answers, operator: found.user, schema: schema.path}), shown});
	if (schema.copy) await writeNew(join(directory, 'rounds.schema.json'), {text: input.schema(), shown: 'rounds.schema.json'});
	out(`Wrote ${shown}${schema.copy ? ', and rounds.schema.json next to it for your editor' : ''}.\n`);
	out('Next: run `rounds doctor` to test every source, then `rounds` to walk the round.\n');
}
