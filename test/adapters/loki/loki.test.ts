import {describe, expect, it, onTestFinished} from 'vitest';
import {lokiFeed, type LokiFeedOptions} from '../../../src/adapters/loki/loki.ts';
import {SourceError} from '../../../src/base/source-error.ts';
import {credential, json, loopback, queryOf, token} from '../loopback.ts';
import {numbers, upTo} from '../log-files/files.ts';
import {fail, runningClock, type Fault, type Stored} from '../log-server/log-server.ts';
import {recorder} from '../recorder.ts';

const start = Date.UTC(2026, 10, 20, 8);
const ns = (ms: number) => BigInt(ms) * 1_000_000n;

/** `query_range` over `stored`, as Loki does it: at most `most` entries, grouped by labels. */
async function loki(stored: readonly Stored[], options: {readonly most?: number; readonly faults?: (Fault | undefined)[]} = {}) {
	const requests: {readonly query: URLSearchParams; readonly headers: Readonly<Record<string, unknown>>}[] = [];
	const url = await loopback((request, response) => {
		const query = queryOf(request);
		requests.push({query, headers: request.headers});
		if (fail(options.faults?.shift(), request, response)) return;
		const limit = Number(query.get('limit'));
		if (options.most !== undefined && limit > options.most) {
			const text = `max entries limit per query exceeded, limit > max_entries_limit_per_query (${limit} > ${options.most})`;
			response.writeHead(400).end(text);
			return;
		}
		const [from, to] = [BigInt(query.get('start') ?? 0), BigInt(query.get('end') ?? 0)];
		const backward = query.get('direction') === 'backward';
		const found = stored
			.filter(({at}) => at >= from && at < to)
			.toSorted((a, b) => Number(a.at - b.at) * (backward ? -1 : 1))
			.slice(0, limit);
		const apps = [...new Set(found.map(({app}) => app))];
		const result = apps.map((app) => ({
			stream: {app, namespace: 'shop'},
			values: found.filter((each) => each.app === app).map(({at, text}) => [String(at), text, {}]),
		}));
		json(response, {status: 'success', data: {resultType: 'streams', result, stats: {}}});
	});
	return {url, requests};
}

async function run(options: Partial<LokiFeedOptions> & Pick<LokiFeedOptions, 'url'>) {
	const sink = recorder();
	const feed = lokiFeed({query: '{namespace="shop"}', follow: false, clock: runningClock(start), random: () => 0, ...options});
	onTestFinished(() => feed.stop());
	await feed.start(sink);
	return {feed, sink};
}

const entry = (n: number, at: bigint = ns(start - 60_000 + n), app = n % 2 === 0 ? 'api' : 'worker'): Stored => ({at, app, text: `n=${n}`});

describe('history', () => {
	it('comes in pages, each line once, also where many share the time at a page’s edge', async () => {
		// 12,000 lines, 37 of each nanosecond: no page of 5,000 ends between two times.
		const stored = upTo(12_000).map((n) => entry(n, ns(start - 60_000) + BigInt(Math.floor(n / 37))));
		const {url, requests} = await loki(stored);
		const {feed, sink} = await run({url, from: start - 120_000});
		await feed.finished;
		expect(numbers(sink.texts).toSorted((a, b) => a - b)).toEqual(upTo(12_000));
		expect(requests.map(({query}) => query.get('limit'))).toEqual(['5000', '5000', '5000']);
		expect(sink.streams.map(({name, namespace}) => [name, namespace])).toEqual([
			['api', 'shop'],
			['worker', 'shop'],
		]);
		expect(sink.notes).toEqual([]);
		expect(sink.caught).toEqual(['api', 'worker']);
		expect(sink.stateOf('api')).toMatchObject({kind: 'ended', why: 'end of the history'});
	});

	it('keeps lines that are equal in everything as often as they are there', async () => {
		const stored = upTo(10_000).map((n) => ({
			at: ns(start) - BigInt(Math.floor(n / 40)),
			app: 'api',
			text: n % 4 === 0 ? 'same' : `n=${n}`,
		}));
		const {url} = await loki(stored);
		const {feed, sink} = await run({url, from: start - 60_000});
		await feed.finished;
		expect(sink.texts).toHaveLength(10_000);
		expect(sink.texts.filter((text) => text === 'same')).toHaveLength(2500);
	});

	it('has times to the fraction of a millisecond', async () => {
		const {url} = await loki([entry(0, ns(start - 5) + 250_000n)]);
		const {feed, sink} = await run({url, from: start - 60_000});
		await feed.finished;
		expect(sink.times).toEqual([start - 5 + 0.25]);
	});

	it('says so where one time has more lines than the server gives at once', async () => {
		const {url} = await loki([...upTo(7000).map((n) => entry(n, ns(start - 1000))), entry(7000, ns(start - 500))]);
		const {feed, sink} = await run({url, from: start - 60_000});
		await feed.finished;
		expect(sink.texts).toHaveLength(5001);
		expect(sink.texts.at(-1)).toBe('n=7000');
		expect(sink.notes).toMatchObject([{kind: 'gap', from: start - 1000, text: expect.stringContaining('5,000 lines with one timestamp')}]);
	});

	it('begins where the newest lines are, and with a time at whichever shows more', async () => {
		const {url} = await loki(upTo(9000).map((n) => entry(n)));
		for (const [options, first] of [
			[{newest: 3}, 8997],
			[{newest: 7000}, 2000],
			[{newest: 3, from: start - 60_000 + 8000}, 8000],
			[{newest: 3000, from: start - 60_000 + 8000}, 6000],
			[{newest: 20_000}, 0],
		] as const) {
			const {feed, sink} = await run({url, ...options});
			await feed.finished;
			expect(numbers(sink.texts).toSorted((a, b) => a - b)).toEqual(upTo(9000 - first, first));
		}
	});

	it('asks for less where Loki allows less', async () => {
		const {url} = await loki(
			upTo(2500).map((n) => entry(n)),
			{most: 1000},
		);
		const {feed, sink} = await run({url, from: start - 60_000});
		await feed.finished;
		expect(numbers(sink.texts).toSorted((a, b) => a - b)).toEqual(upTo(2500));
	});

	it('sends the tenant and the token, and shows neither password nor token', async () => {
		const {url, requests} = await loki([entry(0)]);
		const {feed, sink} = await run({url, from: 0, credential, headers: {'X-Scope-OrgID': 'payments'}});
		await feed.finished;
		expect(requests[0]?.headers).toMatchObject({'x-scope-orgid': 'payments', authorization: `Bearer ${token}`});
		expect(sink.streams[0]?.key).toBe(`loki:${url}/payments{app="api", namespace="shop"}`);
	});
});

describe('following', () => {
	it('loses and repeats nothing, with late lines, a whole outage and every kind of failure', async () => {
		const stored: Stored[] = [];
		const faults: (Fault | undefined)[] = [];
		const kinds: readonly Fault[] = [
			'reset',
			'cut',
			{status: 500, body: 'ingester is not ready'},
			{status: 429, body: 'too many requests', headers: {'retry-after': '7'}},
			{status: 502, body: '<html>bad gateway</html>'},
			{status: 401, body: 'no credentials'},
			{status: 403, body: 'forbidden'},
		];
		let next = 0;
		let now = start;
		const waits: number[] = [];
		const clock = runningClock(start, (ms) => {
			now += ms;
			waits.push(ms);
			if (next >= 3000) return;
			// Thirty lines of the last moments reach the store, some of them up to eight seconds late, many at one time.
			for (const late of [0, 0, 0, 2000, 5000, 8000]) {
				const at = ns(now - late) + BigInt(next % 3);
				for (let each = 0; each < 5; each++) stored.push(entry(next++, at));
			}
			const kind = kinds[Math.floor(next / 300) % kinds.length];
			if (next % 300 === 0 && kind !== undefined) faults.push(...Array.from({length: 3}, () => kind));
		});
		const {url} = await loki(stored, {faults});
		const {sink} = await run({url, follow: true, from: start - 10_000, clock});
		await sink.until(() => sink.texts.length >= 3000);
		expect(numbers(sink.texts).toSorted((a, b) => a - b)).toEqual(upTo(3000));
		expect(sink.notes).toEqual([]);
		expect(waits).toContain(7000);
		const errors = sink.states.flatMap((state) => (state.kind === 'reconnecting' ? [state.error] : []));
		for (const part of ['500', '429', '502', '401', '403', 'closed the connection']) expect(errors.join('\n')).toContain(part);
		expect(sink.stateOf('api')?.kind).toBe('live');
	});

	it('says that it cannot look again for late lines where there are too many', async () => {
		const stored = upTo(30_000).map((n) => entry(n, ns(start - 5000) + BigInt(n) * 100_000n));
		const {url} = await loki(stored);
		const {sink} = await run({url, follow: true, from: start - 60_000, remembered: 12_000});
		await sink.until(() => sink.texts.length >= 30_000 && sink.notes.length > 0);
		expect(numbers(sink.texts).toSorted((a, b) => a - b)).toEqual(upTo(30_000));
		expect(sink.notes).toMatchObject([{kind: 'gap', text: expect.stringContaining('too many lines')}]);
	});

	/** A store to which lines come while the feed follows it, by its clock. */
	function growing(onSecond: (now: number, stored: Stored[]) => void) {
		const stored: Stored[] = [];
		let now = start;
		const clock = runningClock(start, (ms) => {
			now += ms;
			onSecond(now, stored);
		});
		return {stored, clock, seconds: () => (now - start) / 1000};
	}

	it('finds lines that reach the server minutes late, each once, in whatever order they come', async () => {
		let next = 0;
		const {stored, clock, seconds} = growing((now, store) => {
			if (now > start + 600_000) return;
			store.push(entry(next++, ns(now)));
			// Many at one nanosecond, which other lines bear already.
			if (next % 20 === 0)
				for (const late of [30_000, 119_000, 299_000]) for (let n = 0; n < 5; n++) store.push(entry(next++, ns(now - late)));
		});
		const {url, requests} = await loki(stored);
		const {sink} = await run({url, follow: true, from: start - 300_000, clock});
		await sink.until(() => seconds() > 700);
		expect(numbers(sink.texts).toSorted((a, b) => a - b)).toEqual(upTo(stored.length));
		expect(sink.notes).toEqual([]);
		// A pass each half minute, not with each poll.
		expect(requests.length - seconds()).toBeLessThan(seconds() / 30 + 5);
	});

	it('looks back over what was written before an outage, once the server answers again', async () => {
		const faults: (Fault | undefined)[] = [];
		let next = 0;
		const {stored, clock, seconds} = growing((now, store) => {
			store.push(entry(next++, ns(now)));
			if (next === 40) faults.push(...Array.from({length: 12}, (): Fault => ({status: 503, body: 'not ready'})));
			// Written four minutes ago, when no one could ask.
			if (next === 45) store.push({...entry(0, ns(now - 240_000)), text: 'late'});
		});
		const {url} = await loki(stored, {faults});
		const {sink} = await run({url, follow: true, from: start - 300_000, clock});
		await sink.until(() => sink.texts.includes('late') || seconds() > 900);
		expect(sink.texts.filter((text) => text === 'late')).toHaveLength(1);
	});

	it('says how late a line may be where there are more than can be remembered, and repeats nothing', async () => {
		let next = 0;
		const {stored, clock, seconds} = growing((now, store) => {
			for (let n = 0; n < 40; n++) store.push(entry(next++, ns(now) + BigInt(n)));
		});
		const {url} = await loki(stored);
		const {sink} = await run({url, follow: true, from: start, clock, remembered: 3000});
		await sink.until(() => seconds() > 130);
		const got = numbers(sink.texts).toSorted((a, b) => a - b);
		expect(got).toEqual(upTo(got.length));
		expect(got.length).toBeGreaterThan(130 * 39);
		expect(sink.notes).toMatchObject([
			{
				kind: 'mark',
				text: expect.stringMatching(/^more than 3,000 lines in 5 min: one that reaches the server more than \d\d s late may be missing$/),
			},
		]);
	});

	it('does not take a busy log for one of which it cannot remember enough', async () => {
		let next = 0;
		const {stored, clock, seconds} = growing((now, store) => {
			for (let n = 0; n < 300; n++) store.push(entry(next++, ns(now) + BigInt(n)));
		});
		const {url} = await loki(stored, {most: 500});
		const {sink} = await run({url, follow: true, from: start, clock});
		await sink.until(() => seconds() > 25);
		expect(sink.notes).toEqual([]);
	});

	it('says once that one time has more lines than the server gives at once, and not with each poll', async () => {
		const {stored, clock, seconds} = growing(() => {});
		stored.push(...upTo(7000).map((n) => entry(n, ns(start - 1000))), entry(7000, ns(start - 500)));
		const {url} = await loki(stored);
		const {sink} = await run({url, follow: true, from: start - 60_000, clock});
		await sink.until(() => seconds() > 15);
		expect(sink.texts).toHaveLength(5001);
		expect(sink.notes).toHaveLength(1);
	});

	it('shows the state of a query that finds nothing', async () => {
		const {url} = await loki([]);
		const {sink} = await run({url, follow: true, from: start});
		await sink.until(() => sink.caught.length > 0);
		expect(sink.stateOf('{namespace="shop"}')?.kind).toBe('live');
	});

	it('stops while it waits', async () => {
		const {url} = await loki([entry(0)]);
		const {feed, sink} = await run({url, follow: true, from: 0});
		await sink.until(() => sink.texts.length > 0);
		await feed.stop();
		const count = sink.states.length;
		await feed.stop();
		expect(sink.states).toHaveLength(count);
	});
});

describe('what cannot work', () => {
	const refused = async (fault: Fault): Promise<SourceError> => {
		const {url} = await loki([], {faults: [fault, fault]});
		const error: unknown = await run({url, follow: true, from: start, credential}).catch((thrown: unknown) => thrown);
		if (!(error instanceof SourceError)) throw new Error('it was not refused');
		return error;
	};

	it('is a wrong query: Loki’s words are passed on', async () => {
		const error = await refused({status: 400, body: 'parse error at line 1, col 14: syntax error: unexpected IDENTIFIER'});
		expect(error.message).toBe('Loki refused the request (400): parse error at line 1, col 14: syntax error: unexpected IDENTIFIER');
	});

	it('is a query that counts', async () => {
		const error = await refused({status: 200, body: {status: 'success', data: {resultType: 'matrix', result: []}}});
		expect(error.message).toBe('The query {namespace="shop"} gives numbers, not lines');
	});

	it('gives up without follow, and says that the rest is missing', async () => {
		const faults = Array.from({length: 9}, (): Fault => ({status: 503, body: 'not ready'}));
		const {url} = await loki([], {faults});
		const {feed, sink} = await run({url, from: start});
		await feed.finished;
		expect(sink.notes).toMatchObject([{kind: 'gap', text: expect.stringContaining('failed (503): not ready')}]);
		expect(sink.stateOf('{namespace="shop"}')?.kind).toBe('ended');
		expect(faults).toHaveLength(4);
	});

	it('is denied without follow where the token lacks a permission', async () => {
		const {url} = await loki([], {faults: [{status: 403, body: 'no'}]});
		const {feed, sink} = await run({url, from: start, credential});
		await feed.finished;
		expect(sink.stateOf('{namespace="shop"}')).toMatchObject({kind: 'denied', error: expect.stringContaining('403')});
	});
});
