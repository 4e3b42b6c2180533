/** What `rounds init` finds by looking around: git, the kubeconfig, environment variables, servers on their usual ports. */
import {basename} from 'node:path';
import type {CommandRunner} from '../ports/commands.ts';
import type {HttpProbe} from '../ports/probe.ts';
import {SourceError} from '../base/source-error.ts';

export interface Discovery {
	readonly http: HttpProbe;
	readonly commands: CommandRunner;
	/** The kubeconfig's contexts; throws SourceError where there is none. */
	readonly kubernetes: () => Promise<{
		readonly currentContext?: string;
		readonly contexts: readonly {readonly name: string; readonly namespace?: string}[];
	}>;
	/** Throws SourceError where they may not be listed. */
	readonly namespaces: (context: string, signal: AbortSignal) => Promise<readonly string[]>;
}

/** A system's address and the environment variable that holds its credential. */
export interface FoundSystem {
	readonly url: string;
	readonly token?: string;
}

export interface Surroundings {
	readonly service: string;
	/** Of a repository on GitHub, `owner/name`. */
	readonly repository?: string;
	/** git's user.name. */
	readonly user?: string;
	readonly contexts: readonly {readonly name: string; readonly namespace?: string}[];
	readonly currentContext?: string;
	readonly prometheus?: FoundSystem;
	readonly alertmanager?: FoundSystem;
	readonly grafana?: FoundSystem;
	readonly sentry?: {readonly token: string; readonly organization?: string; readonly project?: string; readonly url?: string};
	/** Variable with the key. */
	readonly stripe?: string;
}

export interface LookInput {
	readonly cwd: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly discovery: Discovery;
	readonly signal: AbortSignal;
}

/** Long enough for a server on this machine; init must not keep anybody waiting. */
const probeTimeoutMs = 1500;

/** True for what rounds.yaml takes as an address. */
export function isWebAddress(text: string): boolean {
	return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && !/\s/.test(text);
}

/** `owner/name` of a GitHub remote, written in any of git's ways. */
export function githubRepository(remote: string): string | undefined {
	return /github\.com[:/](?<name>[\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(remote.trim())?.groups?.['name'];
}

async function git({cwd, discovery, signal}: LookInput, words: readonly string[]): Promise<string | undefined> {
	try {
		const {exitCode, stdout} = await discovery.commands.run(['git', '-C', cwd, ...words], {timeoutMs: 3000, signal});
		return exitCode === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
	} catch (error) {
		if (error instanceof SourceError) return undefined;
		throw error;
	}
}

async function answers({discovery, signal}: LookInput, url: string): Promise<boolean> {
	const {status} = await discovery.http.get(url, {timeoutMs: probeTimeoutMs, signal});
	return status === 200;
}

/** The address of a variable, else that of this machine where the server says it is ready. */
async function system(input: LookInput, what: {readonly name: string; readonly port?: number}): Promise<FoundSystem | undefined> {
	const {env} = input;
	const configured = env[`${what.name}_URL`];
	const local = what.port === undefined ? undefined : `http://localhost:${what.port}`;
	const token = env[`${what.name}_TOKEN`] ? {token: `${what.name}_TOKEN`} : {};
	if (configured && isWebAddress(configured)) return {url: configured, ...token};
	return local !== undefined && (await answers(input, `${local}/-/ready`)) ? {url: local, ...token} : undefined;
}

function sentry(env: LookInput['env']): Surroundings['sentry'] {
	if (!env['SENTRY_AUTH_TOKEN']) return undefined;
	const {SENTRY_ORG: organization, SENTRY_PROJECT: project, SENTRY_URL: url} = env;
	return {
		token: 'SENTRY_AUTH_TOKEN',
		...(organization ? {organization} : {}),
		...(project ? {project} : {}),
		...(url && isWebAddress(url) ? {url} : {}),
	};
}

async function contexts({discovery}: LookInput): Promise<Pick<Surroundings, 'contexts' | 'currentContext'>> {
	try {
		return await discovery.kubernetes();
	} catch (error) {
		if (error instanceof SourceError) return {contexts: []};
		throw error;
	}
}

/** Looks around, all at once; what is not there is absent, and nothing is written or changed. */
export async function lookAround(input: LookInput): Promise<Surroundings> {
	const {env} = input;
	const [remote, user, top, kubernetes, prometheus, alertmanager, grafana] = await Promise.all([
		git(input, ['remote', 'get-url', 'origin']),
		git(input, ['config', 'user.name']),
		git(input, ['rev-parse', '--show-toplevel']),
		contexts(input),
		system(input, {name: 'PROMETHEUS', port: 9090}),
		system(input, {name: 'ALERTMANAGER', port: 9093}),
		system(input, {name: 'GRAFANA'}),
	]);
	const repository = remote === undefined ? undefined : githubRepository(remote);
	const foundSentry = sentry(env);
	const stripe = ['STRIPE_API_KEY', 'STRIPE_SECRET_KEY'].find((name) => env[name]);
	return {
		service: repository?.split('/')[1] ?? (basename(top ?? input.cwd) || 'my-service'),
		...kubernetes,
		...(repository === undefined ? {} : {repository}),
		...(user === undefined ? {} : {user}),
		...(prometheus ? {prometheus} : {}),
		...(alertmanager ? {alertmanager} : {}),
		...(grafana ? {grafana} : {}),
		...(foundSentry ? {sentry: foundSentry} : {}),
		...(stripe === undefined ? {} : {stripe}),
	};
}

/** The namespace that is most likely this environment of the service; undefined where none looks like it. */
export function likelyNamespace(
	namespaces: readonly string[],
	{service, environment}: {readonly service: string; readonly environment: 'production' | 'staging'},
): string | undefined {
	const kind = environment === 'production' ? /(?:^|-)(?:prod|production|live)(?:-|$)/ : /(?:^|-)(?:stag|stage|staging|test|qa)(?:-|$)/;
	const own = namespaces.filter((name) => name === service || name.startsWith(`${service}-`) || name.endsWith(`-${service}`));
	const alone = environment === 'production' ? own.find((name) => name === service) : undefined;
	return own.find((name) => kind.test(name)) ?? alone ?? namespaces.find((name) => kind.test(name));
}
