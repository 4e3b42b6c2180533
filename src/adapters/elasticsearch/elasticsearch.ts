/** Logs of Elasticsearch or OpenSearch by a Lucene query: history and follow through _search. */
import * as z from 'zod';
import type {LogFeed, StreamInfo} from '../../ports/log-feed.ts';
import type {Clock} from '../../ports/clock.ts';
import {SourceError} from '../../base/source-error.ts';
import type {Credential} from '../machine/secrets.ts';
import {fromIso, isoOf, millisecondsOf, nanosecondsOf} from '../log-server/nanoseconds.ts';
import type {LogServer, PageEntry, PageRequest} from '../log-server/page-reader.ts';
import {createSearchClient, type SearchClient} from './search-request.ts';
import {serverFeed, type ServerRange} from '../log-server/server-feed.ts';

export interface ElasticsearchFeedOptions extends ServerRange {
	readonly url: string;
	/** `logs-*`, or several with commas. */
	readonly index: string;
	/** As in Kibana's search with Lucene: `kubernetes.namespace:checkout AND level:error`; everything where absent. */
	readonly query?: string;
	/** Of type date or date_nanos; `@timestamp` by default. */
	readonly timeField?: string;
	/** The first that a document has is its text; `message` by default. */
	readonly messageFields?: readonly string[];
	readonly credential?: Credential;
	/** How the credential is sent; `ApiKey` by default. */
	readonly scheme?: 'ApiKey' | 'Bearer';
	readonly headers?: Readonly<Record<string, string>>;
	readonly clock: Clock;
	readonly timeoutMs?: number;
}

const source = z.record(z.string(), z.unknown());
type Source = z.infer<typeof source>;

const hit = z
	.object({
		_id: z.string(),
		_index: z.string(),
		_source: source.default({}),
		fields: z.record(z.string(), z.array(z.unknown())).default({}),
	})
	.transform(({_id: id, _index: index, _source: document, fields}) => ({id, index, document, fields}));
const answer = z
	.object({
		timed_out: z.boolean().default(false),
		_shards: z.object({failed: z.number().default(0), total: z.number().default(0)}).default({failed: 0, total: 0}),
		hits: z.object({hits: z.array(hit)}),
	})
	.transform(({timed_out: timedOut, _shards: shards, hits}) => ({timedOut, shards, hits: hits.hits}));
type Hit = z.infer<typeof hit>;

interface Reading {
	readonly client: SearchClient;
	readonly index: string;
	readonly query: string;
	readonly timeField: string;
	readonly messageFields: readonly string[];
}

/** Makes the feed; one stream per pod, host or service. `start` throws a SourceError with the server's words where the query is wrong. */
export function elasticsearchFeed(options: ElasticsearchFeedOptions): LogFeed {
	const {url, index, query = '*', timeField = '@timestamp', messageFields = ['message'], credential, headers, timeoutMs, clock} = options;
	const client = createSearchClient({
		source: 'Elasticsearch',
		url,
		clock,
		scheme: options.scheme ?? 'ApiKey',
		permission: credential
			? `Ask for the privilege read on ${index} for the key in ${credential.name}`
			: 'Add an apiKey with the privilege read to sources.elasticsearch',
		...(credential ? {credential} : {}),
		...(headers ? {headers} : {}),
		...(timeoutMs === undefined ? {} : {timeoutMs}),
	});
	const title = query === '*' ? index : `${query} in ${index}`;
	return serverFeed({
		...options,
		title,
		query: {key: `elasticsearch:${client.url}/${index}?${query}`, name: title},
		server: elasticsearchServer({client, index, query, timeField, messageFields}),
	});
}

function elasticsearchServer(reading: Reading): LogServer {
	const {client, index, query, timeField} = reading;
	const path = `${encodeURIComponent(index).replaceAll('%2C', ',')}/_search?allow_partial_search_results=false`;
	const known = new Map<string, StreamInfo>();

	const page = async ({from, to, limit, newest, signal}: PageRequest) => {
		const body = {
			size: limit,
			track_total_hits: false,
			query: {
				bool: {
					filter: [
						{range: {[timeField]: {gte: isoOf(from), lt: isoOf(to), format: 'strict_date_optional_time'}}},
						...(query === '*' ? [] : [{query_string: {query}}]),
					],
				},
			},
			// An index of the pattern that has no such field holds no line of ours.
			sort: [{[timeField]: {order: newest ? 'desc' : 'asc', unmapped_type: 'date'}}],
			docvalue_fields: [{field: timeField, format: 'strict_date_optional_time_nanos'}],
			_source: !newest,
		};
		const found = await client.search(path, {body, schema: answer, signal});
		const {failed, total} = found.shards;
		if (found.timedOut || failed > 0) {
			const part = failed > 0 ? `${failed} of ${total} shards of ${index}` : `${index} to the end in the time it has`;
			throw new SourceError({
				source: 'Elasticsearch',
				kind: 'server-error',
				message: `Elasticsearch did not search ${part}`,
				advice: 'Look at the health of the cluster',
			});
		}
		const entries = found.hits.map((each) => entryOf(each, {reading, known}));
		return {entries: entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)), complete: entries.length < limit};
	};
	return {
		pageSize: 1000,
		// index.max_result_window, unless someone changed it.
		largestPage: 10_000,
		tick: 1_000_000n,
		page,
		async whyEmpty(signal) {
			const body = {size: 0, track_total_hits: 1, terminate_after: 1, query: {exists: {field: timeField}}};
			const {hits} = await client.search(path, {body, schema: anyHit, signal});
			return hits.total.value > 0
				? undefined
				: `no document of ${index} has the field ${timeField}: check index and timeField in rounds.yaml`;
		},
	};
}

const anyHit = z.object({
	hits: z.object({total: z.union([z.object({value: z.number()}), z.number().transform((count) => ({value: count}))])}),
});

function entryOf(hit: Hit, {reading, known}: {readonly reading: Reading; readonly known: Map<string, StreamInfo>}): PageEntry {
	const {timeField, messageFields, client} = reading;
	const at = timeOf(hit.fields[timeField]?.[0] ?? fieldAt(hit.document, timeField));
	if (at === undefined) {
		throw new SourceError({
			source: 'Elasticsearch',
			kind: 'bad-response',
			message: `Elasticsearch: no time found in the field ${timeField} of ${hit.index}`,
			advice: 'Set timeField to the field with the line’s time',
		});
	}
	const info = streamOf(hit, client.url);
	const stream = known.get(info.key) ?? info;
	known.set(info.key, stream);
	return {at, key: `${hit.index}/${hit.id}`, stream, time: millisecondsOf(at), text: textOf(hit.document, {timeField, messageFields})};
}

function timeOf(value: unknown): bigint | undefined {
	if (typeof value === 'number') return nanosecondsOf(value);
	if (typeof value !== 'string') return undefined;
	return /^\d{12,14}$/.test(value) ? BigInt(value) * 1_000_000n : fromIso(value);
}

/** The message where the document is nothing else, else the document as one line of JSON, so that its fields can be asked for. */
function textOf(document: Source, {timeField, messageFields}: Pick<Reading, 'timeField' | 'messageFields'>): string {
	const name = messageFields.find((field) => typeof fieldAt(document, field) === 'string');
	const message = name === undefined ? undefined : fieldAt(document, name);
	const others = Object.keys(document).filter((key) => ![name, timeField, '@timestamp', '@version'].includes(key));
	return typeof message === 'string' && others.length === 0 ? message : JSON.stringify(document);
}

/** `kubernetes.pod.name` written as one key, or as mappings in each other. */
function fieldAt(document: unknown, name: string): unknown {
	if (typeof document !== 'object' || document === null) return undefined;
	const mapping = document as Source;
	if (name in mapping) return mapping[name];
	const dots = [...name.matchAll(/\./g)].map(({index}) => index);
	for (const dot of dots) {
		const inner = fieldAt(mapping[name.slice(0, dot)], name.slice(dot + 1));
		if (inner !== undefined) return inner;
	}
	return undefined;
}

/** Fields as Elastic's agents (ECS), Fluent Bit and the OpenTelemetry collector name them. */
function streamOf({index, document}: Hit, url: string): StreamInfo {
	const first = (...names: readonly string[]) =>
		names.map((name) => fieldAt(document, name)).find((value): value is string => typeof value === 'string' && value !== '');
	const pod = first('kubernetes.pod.name', 'kubernetes.pod_name', 'k8s.pod.name', 'resource.attributes.k8s.pod.name');
	const namespace = first(
		'kubernetes.namespace',
		'kubernetes.namespace_name',
		'k8s.namespace.name',
		'resource.attributes.k8s.namespace.name',
	);
	const container = first(
		'kubernetes.container.name',
		'kubernetes.container_name',
		'k8s.container.name',
		'resource.attributes.k8s.container.name',
	);
	const name = pod ?? first('host.name', 'host.hostname', 'service.name', 'resource.attributes.service.name') ?? index;
	const place = [namespace, pod, container].filter((part) => part !== undefined).join('/');
	return {
		key: `elasticsearch:${url}/${pod === undefined ? name : place}`,
		name,
		...(namespace === undefined ? {} : {namespace}),
		...(pod === undefined ? {} : {pod}),
		...(container === undefined ? {} : {container}),
	};
}
