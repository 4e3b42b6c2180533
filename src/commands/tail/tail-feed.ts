/** From a request to the feed that delivers it. */
import type {Readable} from 'node:stream';
import {type ConfiguredFeed, environmentFeeds} from '../../apps/configured-logs.ts';
import {commandFeed} from '../../adapters/programs/command-feed.ts';
import {fileFeed} from '../../adapters/log-files/file-feed.ts';
import {stdinFeed} from '../../adapters/log-files/stdin-feed.ts';
import {kubernetesSources} from '../../adapters/kubernetes/cluster-sources.ts';
import {discoverKubernetes} from '../../adapters/kubernetes/discover.ts';
import type {Context} from '../../apps/context.ts';
import type {LogFeed, LogSelection} from '../../ports/log-feed.ts';
import type {Clock} from '../../ports/clock.ts';
import {SourceError} from '../../base/source-error.ts';
import {exitCodes, UserError} from '../../base/user-error.ts';
import type {TailRequest} from './tail-request.ts';

export interface FeedPlace {
	/** Undefined where there is no rounds.yaml, or it is not needed. */
	readonly context: Context | undefined;
	readonly clock: Clock;
	readonly stdin: Readable;
	readonly cwd: string;
	readonly follow: boolean;
	/** What of the past is wanted; everything where empty. */
	readonly past: {readonly from?: number; readonly newest?: number};
	/** Told how a command has ended. */
	readonly onExit?: (exitCode: number) => void;
}

/** The environment's cluster, or what the kubeconfig alone says. */
async function clusterFeed(selection: LogSelection, {context, clock}: FeedPlace): Promise<LogFeed> {
	if (context?.sources.logs) return context.sources.logs.feed(selection);
	if (context)
		throw new UserError(
			`${context.service.name}/${context.environment.name} has no cluster: set kubernetes: under sources: in rounds.yaml, or name a file`,
			exitCodes.config,
		);
	const {contexts, currentContext} = await discoverKubernetes().catch((error: unknown) => {
		throw inOneSentence(error);
	});
	const namespace = contexts.find(({name}) => name === currentContext)?.namespace ?? 'default';
	return kubernetesSources({namespace, clock}).logs.feed(selection);
}

/** What a source cannot do at all, as a person is told it; any other error as it is. */
export function inOneSentence(error: unknown): unknown {
	if (!(error instanceof SourceError)) return error;
	return new UserError(`${error.source}: ${error.message}${error.advice ? `. ${error.advice}` : ''}`, exitCodes.unavailable);
}

/** What the environment has logs of next to its cluster. */
export function namedFeeds(context: Context | undefined, clock: Clock): readonly ConfiguredFeed[] {
	return context ? environmentFeeds({...context, directory: context.loaded.directory, clock}) : [];
}

function namedFeed({name, query}: Extract<TailRequest, {readonly kind: 'named'}>, {context, clock, follow, past}: FeedPlace): LogFeed {
	const feeds = namedFeeds(context, clock);
	const found = feeds.find((feed) => feed.name === name);
	if (found) return found.open({follow, ...past, ...(query === undefined ? {} : {query})});
	const where = context ? `${context.service.name}/${context.environment.name} in rounds.yaml` : 'rounds.yaml, of which there is none here';
	const known = feeds.length === 0 ? '' : ` (it has ${feeds.map((feed) => feed.name).join(', ')})`;
	throw new UserError(`${name}: is not under sources: of ${where}${known}`, exitCodes.config);
}

/** Makes the feed; nothing is read before it starts. Throws UserError for what is not configured. */
export async function openFeed(request: TailRequest, place: FeedPlace): Promise<LogFeed> {
	const {clock, cwd, follow, past, stdin, onExit} = place;
	switch (request.kind) {
		case 'stdin':
			return stdinFeed({stdin, clock});
		case 'files':
			return fileFeed({paths: request.paths, follow, clock, ...past});
		case 'command':
			return commandFeed({argv: request.argv, cwd, clock, ...(onExit ? {onExit} : {})});
		case 'cluster':
			return clusterFeed(request.selection, place);
		default:
			return namedFeed(request, place);
	}
}
