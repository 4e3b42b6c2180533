/** Logs of Loki by a LogQL query: history and follow through query_range, which every proxy lets through (the tail socket is not). */
import * as z from 'zod';
import type {LogFeed, StreamInfo} from '../../ports/log-feed.ts';
import type {Clock} from '../../ports/clock.ts';
import {SourceError} from '../../base/source-error.ts';
import {createJsonClient, type JsonClient} from '../http/request.ts';
import type {Credential} from '../machine/secrets.ts';
import {millisecondsOf} from '../log-server/nanoseconds.ts';
import type {LogServer, Page, PageEntry, PageRequest} from '../log-server/page-reader.ts';
import {serverFeed, type ServerRange} from '../log-server/server-feed.ts';

export interface LokiFeedOptions extends ServerRange {
	readonly url: string;
	/** LogQL that selects lines: `{app="checkout"} |= "error"`. */
	readonly query: string;
	readonly credential?: Credential;
	/** Such as `X-Scope-OrgID`, the tenant. */
	readonly headers?: Readonly<Record<string, string>>;
	readonly clock: Clock;
	readonly timeoutMs?: number;
}

// Times are nanoseconds in a string; a third part holds structured metadata and what the query parsed.
const value = z.tuple([z.string().regex(/^\d+$/), z.string()]).rest(z.unknown());
const labels = z.record(z.string(), z.string());
const answer = z.object({
	data: z.discriminatedUnion('resultType', [
		z.object({resultType: z.literal('streams'), result: z.array(z.object({stream: labels, values: z.array(value)}))}),
		z.object({resultType: z.literal('matrix')}),
		z.object({resultType: z.literal('vector')}),
		z.object({resultType: z.literal('scalar')}),
	]),
});

/** What Loki allows in one answer unless it is told otherwise (max_entries_limit_per_query). */
const mostEntries = 5000;

/** Makes the feed; one stream per set of labels. `start` throws a SourceError with Loki's words where the query is wrong. */
export function lokiFeed(options: LokiFeedOptions): LogFeed {
	const {url, query, credential, headers, timeoutMs, clock, ...range} = options;
	const client = createJsonClient({
		source: 'Loki',
		url,
		clock,
		permission: credential
			? `Ask for read access to the query API for the token in ${credential.name}`
			: 'Add a token that may query to sources.loki, and the tenant where Loki has several',
		...(credential ? {credential} : {}),
		// Without it Loki mixes structured metadata into the labels, and each trace id would be a stream of its own.
		headers: {'X-Loki-Response-Encoding-Flags': 'categorize-labels', ...headers},
		...(timeoutMs === undefined ? {} : {timeoutMs}),
	});
	const key = `loki:${client.url}${headers?.['X-Scope-OrgID'] === undefined ? '' : `/${headers['X-Scope-OrgID']}`}`;
	return serverFeed({
		...range,
		clock,
		title: `${query} in Loki`,
		query: {key: `${key}?${query}`, name: query},
		server: lokiServer(client, {query, key}),
	});
}

function lokiServer(client: JsonClient, {query, key}: {readonly query: string; readonly key: string}): LogServer {
	const known = new Map<string, StreamInfo>();
	let allowed = mostEntries;

	const ask = async ({from, to, limit, newest, signal}: PageRequest): Promise<Page> => {
		const {data} = await client.get('loki/api/v1/query_range', {
			query: [
				['query', query],
				['start', String(from)],
				['end', String(to)],
				['limit', String(limit)],
				['direction', newest ? 'backward' : 'forward'],
			],
			schema: answer,
			signal,
		});
		if (data.data.resultType !== 'streams') {
			throw new SourceError({
				source: 'Loki',
				kind: 'bad-request',
				message: `The query ${query} gives numbers, not lines`,
				advice: 'Leave out the functions around the selector: {app="checkout"} |= "error"',
			});
		}
		const entries = data.data.result.flatMap(({stream, values}): readonly PageEntry[] => {
			const name = labelText(stream);
			const info = known.get(name) ?? describe(key, stream);
			known.set(name, info);
			return values.map(([time, text]) => {
				const at = BigInt(time);
				return {at, key: `${name} ${text}`, stream: info, time: millisecondsOf(at), text};
			});
		});
		return {entries: entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)), complete: entries.length < limit};
	};

	return {
		pageSize: mostEntries,
		largestPage: mostEntries,
		tick: 1n,
		async page(request) {
			try {
				return await ask({...request, limit: Math.min(allowed, request.limit)});
			} catch (error) {
				const lower = error instanceof SourceError && error.kind === 'bad-request' ? allowedEntries(error.message) : undefined;
				if (lower === undefined || lower >= allowed) throw error;
				allowed = lower;
				return ask({...request, limit: Math.min(allowed, request.limit)});
			}
		},
	};
}

/** From `max entries limit per query exceeded, limit > max_entries_limit_per_query (5000 > 1000)`. */
function allowedEntries(message: string): number | undefined {
	const found = /max_entries_limit\w* \(\d+ > (\d+)\)/.exec(message)?.[1];
	return found === undefined || Number(found) === 0 ? undefined : Number(found);
}

function labelText(set: Readonly<Record<string, string>>): string {
	const names = Object.keys(set).toSorted();
	return `{${names.map((name) => `${name}=${JSON.stringify(set[name])}`).join(', ')}}`;
}

/** Labels as Promtail, Alloy and the OpenTelemetry collector name them. */
function describe(key: string, set: Readonly<Record<string, string>>): StreamInfo {
	const first = (...names: readonly string[]) => names.map((name) => set[name]).find((found) => found !== undefined && found !== '');
	const pod = first('pod', 'k8s_pod_name', 'kubernetes_pod_name');
	const namespace = first('namespace', 'k8s_namespace_name', 'kubernetes_namespace_name');
	const container = first('container', 'k8s_container_name', 'kubernetes_container_name');
	return {
		key: `${key}${labelText(set)}`,
		name: pod ?? first('instance', 'host', 'hostname', 'service_name', 'app', 'job', 'filename') ?? labelText(set),
		...(namespace === undefined ? {} : {namespace}),
		...(pod === undefined ? {} : {pod}),
		...(container === undefined ? {} : {container}),
	};
}
