/** What `rounds tail` is asked for: from words and options to one request. Pure but for asking whether a path exists. */
import type {LogSelection} from '../../ports/log-feed.ts';
import {parseDuration} from '../../base/times.ts';
import {exitCodes, UserError} from '../../base/user-error.ts';

export type TailRequest =
	| {readonly kind: 'stdin'}
	| {readonly kind: 'files'; readonly paths: readonly string[]}
	| {readonly kind: 'command'; readonly argv: readonly string[]}
	/** Logs of the environment by their name: `loki`, `elasticsearch`, or one under logs: in rounds.yaml. */
	| {readonly kind: 'named'; readonly name: string; readonly query?: string}
	| {readonly kind: 'cluster'; readonly selection: LogSelection};

export interface TailWords {
	readonly words: readonly string[];
	/** What stood after `--`: a command. */
	readonly after: readonly string[];
	readonly options: Readonly<Record<string, string | boolean | undefined>>;
	readonly exists: (path: string) => boolean;
	/** What the environment has logs of next to its cluster. */
	readonly named: readonly string[];
	/** Epoch milliseconds. */
	readonly now: number;
}

const workload =
	/^(?:deploy|deployments?|sts|statefulsets?|ds|daemonsets?|jobs?|cj|cronjobs?|rs|replicasets?|svc|services?|po|pods?)\/[a-z0-9][-a-z0-9.]*$/;

/** How much of the past is shown where nothing is said: whichever shows more. */
const usual = {pastMs: 10 * 60_000, newest: 100} as const;

const list = (text: string | undefined) => (text ?? '').split(',').filter((part) => part !== '');

function regularExpression(text: string, what: string): string {
	try {
		void new RegExp(text);
		return text;
	} catch (error) {
		throw new UserError(`${what} "${text}" is not a regular expression: ${error instanceof Error ? error.message : String(error)}`);
	}
}

/** What part of the past is wanted; `from` in epoch milliseconds. */
export function pastOf(options: TailWords['options'], now: number): {readonly from?: number; readonly newest?: number} {
	const {since, tail} = options;
	if (since === undefined && tail === undefined) return {from: now - usual.pastMs, newest: usual.newest};
	const span = typeof since === 'string' ? parseDuration(since) : undefined;
	const at = typeof since === 'string' && span === undefined ? Date.parse(since) : Number.NaN;
	if (since !== undefined && span === undefined && Number.isNaN(at))
		throw new UserError(`--since "${String(since)}" is neither a duration such as 10m nor a time such as 2026-11-20T08:33:04`);
	const newest = tail === undefined ? undefined : Number(tail);
	if (newest !== undefined && !(Number.isInteger(newest) && newest >= 0))
		throw new UserError(`--tail "${String(tail)}": expected a number of lines, such as 100`);
	return {
		...(since === undefined ? {} : {from: span === undefined ? at : now - span}),
		...(newest === undefined ? {} : {newest}),
	};
}

function clusterSelection({words, options, now}: TailWords): LogSelection {
	const text = (name: string) => (typeof options[name] === 'string' ? options[name] : undefined);
	const regexes = words.filter((word) => !workload.test(word)).map((word) => regularExpression(word, 'The pod pattern'));
	const expression = (name: string, flag: string) => {
		const given = text(name);
		return given === undefined ? undefined : regularExpression(given, `--${flag}`);
	};
	const [excludePods, containers, excludeContainers] = [
		expression('exclude', 'exclude'),
		expression('container', 'container'),
		expression('excludeContainer', 'exclude-container'),
	];
	const selector = text('selector');
	const pods = regexes.length === 0 ? undefined : regexes.length === 1 ? regexes[0] : regexes.map((one) => `(?:${one})`).join('|');
	return {
		contexts: list(text('context')),
		namespaces: options['allNamespaces'] === true ? 'all' : list(text('namespace')),
		workloads: words.filter((word) => workload.test(word)),
		...(pods === undefined ? {} : {pods}),
		...(excludePods === undefined ? {} : {excludePods}),
		...(containers === undefined ? {} : {containers}),
		...(excludeContainers === undefined ? {} : {excludeContainers}),
		...(selector === undefined ? {} : {selector}),
		...pastOf(options, now),
		previous: options['previous'] === true,
		follow: options['follow'] !== false && options['previous'] !== true,
	};
}

/** A word that can only be meant as a file. */
const looksLikePath = (word: string) => /^[./~]/.test(word) || /\.(?:log|gz|txt|json|jsonl|out|err)(?:\.\d+)?$/.test(word);

/** Options that choose among pods and their containers. */
const ofClusters = {
	namespace: '--namespace',
	allNamespaces: '--all-namespaces',
	selector: '--selector',
	container: '--container',
	exclude: '--exclude',
	excludeContainer: '--exclude-container',
	previous: '--previous',
} as const;
const called: Readonly<Record<Exclude<TailRequest['kind'], 'cluster'>, string>> = {
	stdin: 'standard input',
	files: 'a file',
	command: 'a command',
	named: 'a log of another source',
};

/**
 * One source at a time: a command after `--`, `-`, a query, files, named logs, else pods.
 * @throws UserError (64) for what cannot be meant together, (66) for a file that does not exist
 */
export function tailRequest(asked: TailWords): TailRequest {
	const request = sourceOf(asked);
	if (request.kind === 'cluster') return request;
	for (const [name, flag] of Object.entries(ofClusters)) {
		if (asked.options[name] !== undefined)
			throw new UserError(`${flag} chooses among the pods of a cluster, and this is ${called[request.kind]}: leave it out`);
	}
	return request;
}

function sourceOf(asked: TailWords): TailRequest {
	const {words, after, options, exists, named} = asked;
	const wanted = [
		after.length > 0 ? 'a command after --' : undefined,
		words.includes('-') ? 'standard input' : undefined,
		options['loki'] === undefined ? undefined : '--loki',
		options['elasticsearch'] === undefined ? undefined : '--elasticsearch',
	].filter((one) => one !== undefined);
	const others = words.filter((word) => word !== '-');
	if (wanted.length > 1 || (wanted.length === 1 && others.length > 0))
		throw new UserError(
			`One source at a time: ${[...wanted, ...(others.length > 0 ? [others.join(' ')] : [])].join(' and ')} are too many`,
		);
	if (after.length > 0) return {kind: 'command', argv: after};
	if (words.includes('-')) {
		for (const past of ['since', 'tail'] as const) {
			if (options[past] !== undefined)
				throw new UserError(
					`Standard input has no past that --${past} could choose from: put \`tail -n\` or \`grep\` before the pipe, or --filter 'time > 10m ago'`,
				);
		}
		return {kind: 'stdin'};
	}
	for (const kind of ['loki', 'elasticsearch'] as const) {
		const query = options[kind];
		if (query !== undefined) return {kind: 'named', name: kind, ...(typeof query === 'string' && query !== '' ? {query} : {})};
	}
	const files = words.filter((word) => !workload.test(word) && exists(word));
	const missing = words.find((word) => looksLikePath(word) && !exists(word));
	if (missing !== undefined) throw new UserError(`There is no file ${missing}`, exitCodes.noInput);
	if (files.length > 0 && files.length < words.length)
		throw new UserError(
			`${words.find((word) => !files.includes(word)) ?? ''} is not a file, and ${files[0] ?? ''} is. Name only files, or only pods.`,
		);
	if (files.length > 0) return {kind: 'files', paths: files};
	const [name] = words;
	if (words.length === 1 && name !== undefined && named.includes(name)) return {kind: 'named', name};
	return {kind: 'cluster', selection: clusterSelection(asked)};
}
