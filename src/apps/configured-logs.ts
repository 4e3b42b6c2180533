/** The logs that an environment of rounds.yaml names next to those of its cluster. Nothing is connected before it is opened. */
import {readdirSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {resolveFrom} from '../config/load-config-file.ts';
import type {Environment, NamedLogConfig} from '../service/service.ts';
import type {LogFeed} from '../ports/log-feed.ts';
import type {Clock} from '../ports/clock.ts';
import {exitCodes, UserError} from '../base/user-error.ts';
import type {Secrets} from '../adapters/machine/secrets.ts';
import {commandFeed} from '../adapters/programs/command-feed.ts';
import {elasticsearchFeed} from '../adapters/elasticsearch/elasticsearch.ts';
import {fileFeed} from '../adapters/log-files/file-feed.ts';
import {lokiFeed} from '../adapters/loki/loki.ts';

export interface OpenOptions {
	/** Epoch milliseconds; with `newest` too: whichever shows more. A command decides for itself. */
	readonly from?: number;
	readonly newest?: number;
	readonly follow: boolean;
	/** In place of the configured one, where the log is a server's. */
	readonly query?: string;
}

export interface ConfiguredFeed {
	/** `loki`, `elasticsearch`, or the name that rounds.yaml gives. */
	readonly name: string;
	/** What it is, in a few words: `{app="checkout"} in Loki`. */
	readonly title: string;
	/** Throws a UserError where something is missing that only the caller can give. */
	readonly open: (options: OpenOptions) => LogFeed;
}

export interface EnvironmentFeedsOptions {
	readonly environment: Environment;
	readonly secrets: Secrets;
	readonly clock: Clock;
	/** Of rounds.yaml: commands run there, and files are relative to it. */
	readonly directory: string;
	/** For each answer over HTTP; 10 s by default. */
	readonly timeoutMs?: number;
}

/** Every log of the environment that can be opened by name, named ones first. */
export function environmentFeeds(options: EnvironmentFeedsOptions): readonly ConfiguredFeed[] {
	const {logs = []} = options.environment.sources;
	return [...logs.map((log) => namedFeed(log, options)), ...lokiOf(options), ...elasticsearchOf(options)];
}

function namedFeed({name, command, files = []}: NamedLogConfig, {clock, directory}: EnvironmentFeedsOptions): ConfiguredFeed {
	if (command) return {name, title: command.join(' '), open: () => commandFeed({argv: command, cwd: directory, clock})};
	return {
		name,
		title: files.join(', '),
		open: ({from, newest, follow}) => {
			const paths = files.flatMap((path) => matching(resolveFrom(directory, path)));
			return fileFeed({paths, from, newest, follow, clock});
		},
	};
}

/** The files of a pattern; the pattern itself where there is none, so that the feed says what is missing. */
function matching(path: string): readonly string[] {
	const pattern = basename(path);
	if (!pattern.includes('*')) return [path];
	const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
	const fits = new RegExp(`^${parts.join('.*')}$`);
	const directory = dirname(path);
	try {
		const found = readdirSync(directory, {withFileTypes: true}).filter((entry) => !entry.isDirectory() && fits.test(entry.name));
		return found.length === 0 ? [path] : found.map(({name}) => join(directory, name)).toSorted();
	} catch {
		return [path];
	}
}

function lokiOf({environment, secrets, clock, timeoutMs}: EnvironmentFeedsOptions): readonly ConfiguredFeed[] {
	const {loki} = environment.sources;
	if (!loki) return [];
	const headers = {...loki.headers, ...(loki.tenant === undefined ? {} : {'X-Scope-OrgID': loki.tenant})};
	return [
		{
			name: 'loki',
			title: loki.query === undefined ? 'Loki' : `${loki.query} in Loki`,
			open({query = loki.query, ...range}) {
				if (query === undefined) {
					throw new UserError('Loki needs a query, such as {app="checkout"}: set sources.loki.query in rounds.yaml.', exitCodes.config);
				}
				return lokiFeed({
					...range,
					url: loki.url,
					query,
					headers,
					clock,
					...(loki.token === undefined ? {} : {credential: secrets.credential(loki.token, 'Loki')}),
					...(timeoutMs === undefined ? {} : {timeoutMs}),
				});
			},
		},
	];
}

function elasticsearchOf({environment, secrets, clock, timeoutMs}: EnvironmentFeedsOptions): readonly ConfiguredFeed[] {
	const {elasticsearch: config} = environment.sources;
	if (!config) return [];
	const reference = config.apiKey ?? config.token;
	return [
		{
			name: 'elasticsearch',
			title: config.query === undefined ? config.index : `${config.query} in ${config.index}`,
			open: ({query = config.query, ...range}) =>
				elasticsearchFeed({
					...range,
					url: config.url,
					index: config.index,
					timeField: config.timeField,
					messageFields: [config.messageField],
					scheme: config.apiKey === undefined ? 'Bearer' : 'ApiKey',
					clock,
					...(query === undefined ? {} : {query}),
					...(reference === undefined ? {} : {credential: secrets.credential(reference, 'Elasticsearch')}),
					...(config.headers ? {headers: config.headers} : {}),
					...(timeoutMs === undefined ? {} : {timeoutMs}),
				}),
		},
	];
}
