import type {IncomingMessage} from 'node:http';
import {describe, expect, it, onTestFinished} from 'vitest';
import {elasticsearchFeed, type ElasticsearchFeedOptions} from '../../../src/adapters/elasticsearch/elasticsearch.ts';
import {SourceError} from '../../../src/base/source-error.ts';
import {credential, json, loopback, token} from '../loopback.ts';
import {numbers, upTo} from '../log-files/files.ts';
import {fail, runningClock, type Fault} from '../log-server/log-server.ts';
import {recorder} from '../recorder.ts';

const start = Date.UTC(2026, 10, 20, 8);

interface Document {
	readonly id: string;
	readonly at: number;
	readonly source: Readonly<Record<string, unknown>>;
}

interface Search {
	readonly size: number;
	readonly sort: readonly [Readonly<Record<string, {readonly order: string}>>];
	readonly query: {
		readonly bool: {readonly filter: readonly [{readonly range: Readonly<Record<string, {readonly gte: string; readonly lt: string}>>}]};
	};
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request) text += String(chunk);
	return text;
}

/** `_search` over `stored` by the range and the sort of the request. */
async function elasticsearch(stored: readonly Document[], options: {readonly faults?: (Fault | undefined)[]} = {}) {
	const requests: {
		readonly method?: string;
		readonly path?: string;
		readonly headers: IncomingMessage['headers'];
		readonly body: unknown;
	}[] = [];
	const url = await loopback((request, response) => {
		void bodyOf(request).then((text) => {
			const body = JSON.parse(text) as Search;
			requests.push({method: request.method ?? '', path: request.url ?? '', headers: request.headers, body});
			if (fail(options.faults?.shift(), request, response)) return;
			if (body.size === 0) {
				json(response, {timed_out: false, hits: {total: {value: 0, relation: 'eq'}, hits: []}});
				return;
			}
			const [[field, {order}] = ['', {order: ''}]] = Object.entries(body.sort[0]);
			const range = body.query.bool.filter[0].range[field];
			const [from, to] = [Date.parse(range?.gte ?? ''), Date.parse(range?.lt ?? '')];
			const hits = stored
				.filter(({at}) => at >= from && at < to)
				.toSorted((a, b) => (a.at - b.at) * (order === 'desc' ? -1 : 1))
				.slice(0, body.size)
				.map(({id, at, source}) => ({
					_id: id,
					_index: 'logs-1',
					_source: source,
					fields: {[field]: [new Date(at).toISOString()]},
					sort: [at],
				}));
			json(response, {took: 1, timed_out: false, _shards: {total: 3, failed: 0}, hits: {hits}});
		});
	});
	return {url, requests};
}

async function run(options: Partial<ElasticsearchFeedOptions> & Pick<ElasticsearchFeedOptions, 'url'>) {
	const sink = recorder();
	const feed = elasticsearchFeed({index: 'logs-*', follow: false, clock: runningClock(start), random: () => 0, ...options});
	onTestFinished(() => feed.stop());
	await feed.start(sink);
	return {feed, sink};
}

const document = (n: number, at = start - 60_000 + n): Document => ({
	id: String(n),
	at,
	source: {'@timestamp': new Date(at).toISOString(), message: `n=${n}`},
});

describe('history', () => {
	it('comes in pages, each document once, also where more than a page share one time', async () => {
		const stored = upTo(9000).map((n) => document(n, start - 60_000 + (n < 5000 ? 7 : Math.floor(n / 30))));
		const {url, requests} = await elasticsearch(stored);
		const {feed, sink} = await run({url, from: start - 120_000, query: 'level:error'});
		await feed.finished;
		expect(numbers(sink.texts).toSorted((a, b) => a - b)).toEqual(upTo(9000));
		expect(requests[0]).toMatchObject({
			method: 'POST',
			path: '/logs-*/_search?allow_partial_search_results=false',
			body: {size: 1000, query: {bool: {filter: [{range: {}}, {query_string: {query: 'level:error'}}]}}},
		});
		expect(sink.notes).toEqual([]);
	});

	it('begins where the newest documents are', async () => {
		const {url} = await elasticsearch(upTo(3000).map((n) => document(n)));
		const {feed, sink} = await run({url, newest: 1500});
		await feed.finished;
		expect(numbers(sink.texts)).toEqual(upTo(1500, 1500));
	});

	it('gives the message alone where there is nothing else, else the document as one line', async () => {
		const at = new Date(start - 1000).toISOString();
		const sources = [
			{'@timestamp': at, '@version': '1', message: 'first\n\tat second'},
			{'@timestamp': at, message: 'm', level: 'error', kubernetes: {pod: {name: 'api-1'}, namespace: 'shop', container: {name: 'app'}}},
			{'@timestamp': at, message: 'm', 'host.name': 'vm-7'},
			{'@timestamp': at, log: 'from another field'},
		];
		const {url} = await elasticsearch(sources.map((source, index) => ({id: String(index), at: start - 1000, source})));
		const {feed, sink} = await run({url, from: start - 60_000, messageFields: ['message', 'log']});
		await feed.finished;
		expect(sink.textsOf('logs-1')).toEqual(['first', '\tat second', 'from another field']);
		expect(sink.textsOf('api-1')).toEqual([JSON.stringify(sources[1])]);
		expect(sink.textsOf('vm-7')).toEqual([JSON.stringify(sources[2])]);
		expect(sink.streams.find(({name}) => name === 'api-1')).toMatchObject({namespace: 'shop', pod: 'api-1', container: 'app'});
	});

	it('says why nothing was found where the time’s field does not exist', async () => {
		const {url} = await elasticsearch([]);
		const {feed, sink} = await run({url, from: start - 60_000, timeField: 'tiem'});
		await feed.finished;
		expect(sink.notes).toMatchObject([
			{kind: 'mark', text: 'no document of logs-* has the field tiem: check index and timeField in rounds.yaml'},
		]);
	});

	it('sends the key, or user and password of the address', async () => {
		const {url, requests} = await elasticsearch([document(0)]);
		for (const options of [{credential}, {credential, scheme: 'Bearer' as const}, {url: url.replace('http://', 'http://jo:p%40ss@')}]) {
			const {feed} = await run({url, from: start - 60_000, ...options});
			await feed.finished;
		}
		const sent = requests.map(({headers}) => headers.authorization);
		expect(sent).toEqual([`ApiKey ${token}`, `Bearer ${token}`, `Basic ${Buffer.from('jo:p@ss').toString('base64')}`]);
	});
});

describe('following', () => {
	it('loses and repeats nothing, with late documents and every kind of failure', async () => {
		const stored: Document[] = [];
		const faults: (Fault | undefined)[] = [];
		const kinds: readonly Fault[] = [
			'reset',
			'cut',
			{status: 503, body: {error: {type: 'search_phase_execution_exception', reason: 'all shards failed'}}},
			{status: 429, body: {error: {reason: 'rejected execution'}}, headers: {'retry-after': '7'}},
			{status: 401, body: {error: {reason: 'unable to authenticate'}}},
			{status: 200, body: {timed_out: true, hits: {hits: []}}},
			{status: 200, body: {timed_out: false, _shards: {total: 5, failed: 2}, hits: {hits: []}}},
		];
		let next = 0;
		let now = start;
		const clock = runningClock(start, (ms) => {
			now += ms;
			if (next >= 3000) return;
			for (const late of [0, 0, 2000, 5000, 8000]) {
				for (let each = 0; each < 6; each++) stored.push(document(next++, now - late));
			}
			const kind = kinds[Math.floor(next / 300) % kinds.length];
			if (next % 300 === 0 && kind !== undefined) faults.push(...Array.from({length: 3}, () => kind));
		});
		const {url} = await elasticsearch(stored, {faults});
		const {sink} = await run({url, follow: true, from: start - 10_000, clock});
		await sink.until(() => sink.texts.length >= 3000);
		expect(numbers(sink.texts).toSorted((a, b) => a - b)).toEqual(upTo(3000));
		const errors = sink.states.flatMap((state) => (state.kind === 'reconnecting' ? [state.error] : [])).join('\n');
		for (const part of ['503', '429', '401', '2 of 5 shards', 'in the time it has', 'closed the connection'])
			expect(errors).toContain(part);
		expect(sink.stateOf('logs-1')?.kind).toBe('live');
	});

	it('finds documents that are indexed minutes late, also where the search over the last minutes fails at first', async () => {
		const stored: Document[] = [];
		const faults: (Fault | undefined)[] = [];
		const half: Fault = {status: 200, body: {timed_out: false, _shards: {total: 5, failed: 2}, hits: {hits: []}}};
		const slow: Fault = {status: 200, body: {timed_out: true, hits: {hits: []}}};
		stored.push(document(0));
		let next = 1;
		let now = start;
		const clock = runningClock(start, (ms) => {
			now += ms;
			if (now > start + 300_000) return;
			stored.push(document(next++, now));
			// Two pages of one millisecond.
			if (next === 100) for (let n = 0; n < 2500; n++) stored.push(document(next++, now - 250_000));
			if (next > 100 && next % 7 === 0) faults.push(undefined, half, slow);
		});
		const {url} = await elasticsearch(stored, {faults});
		const {sink} = await run({url, follow: true, from: start - 300_000, clock});
		await sink.until(() => now > start + 400_000);
		expect(numbers(sink.texts).toSorted((a, b) => a - b)).toEqual(upTo(stored.length));
		expect(sink.notes).toEqual([]);
	});
});

describe('what cannot work', () => {
	const refused = async (fault: Fault): Promise<string> => {
		const {url} = await elasticsearch([], {faults: [fault, fault]});
		const error: unknown = await run({url, follow: true, from: start, credential}).catch((thrown: unknown) => thrown);
		return error instanceof SourceError ? error.message : 'it was not refused';
	};

	it('is a wrong query: the innermost reason is passed on', async () => {
		const reason = 'Failed to parse query [level:(]';
		const cause = {type: 'query_shard_exception', reason};
		const body = {
			error: {
				root_cause: [cause],
				type: 'search_phase_execution_exception',
				reason: 'all shards failed',
				failed_shards: [{shard: 0, reason: cause}],
			},
			status: 400,
		};
		expect(await refused({status: 400, body})).toBe(`Elasticsearch refused the request (400): ${reason}`);
	});

	it('is an index that does not exist', async () => {
		const body = {error: {type: 'index_not_found_exception', reason: 'no such index [logs]'}, status: 404};
		expect(await refused({status: 404, body})).toContain('no such index [logs]');
	});

	it('shows no key that the server repeats', async () => {
		expect(await refused({status: 400, body: {error: {reason: `what is ${token}?`}}})).toBe(
			'Elasticsearch refused the request (400): what is •••?',
		);
	});
});
