import {describe, expect, test} from 'vitest';
import {reviewStandard} from '../../../src/checks/log-standard/log-standard-review.ts';
import {logStandard} from '../../../src/checks/log-standard/index.ts';
import type {LogSource} from '../../../src/ports/pod-log-source.ts';
import {failure, judging, reading} from '../fixtures.ts';

const lines = (pod: string, ...texts: readonly string[]) => texts.map((text) => ({pod, container: 'app', text}));
const good = '{"time":"2026-11-20T08:31:00Z","level":"info","request_id":"81f2","msg":"x"}';

describe('the review', () => {
	test('each source by itself, its pods together, what lacks most first', () => {
		const reviews = reviewStandard(
			[
				...lines('api-54fb9cdd7f-n4vkg', good),
				...lines('api-54fb9cdd7f-2jw8k', 'ts=2026-11-20T08:31:00Z level=warn requestId=81f7 msg=y', good),
				...lines('cron-0', 'starting up', 'ERROR no such file'),
				...lines('cron-0', 'done'),
			],
			0.5,
		);
		expect(reviews.map(({source, lines, lacking}) => [source, lines, lacking])).toEqual([
			['cron/app', 3, ['structure', 'level', 'timestamp', 'request id']],
			['api/app', 3, []],
		]);
		expect(reviews[0]?.shares.level).toBeCloseTo(1 / 3);
	});

	test.each([
		['api-54fb9cdd7f-n4vkg', 'api'],
		['worker-7c4d-x2zzq', 'worker'],
		['redis-0', 'redis'],
		['orders-cache-12', 'orders-cache'],
		['node-agent-bcdfg', 'node-agent'],
		['sweep-carts-29391230-x7k2p', 'sweep-carts'],
		['standalone', 'standalone'],
	])('the pod %s is of %s', (pod, workload) => {
		expect(reviewStandard(lines(pod, good), 0.5).map(({source}) => source)).toEqual([`${workload}/app`]);
	});

	test.each([
		['203.0.113.9 - - [20/Nov/2026:08:31:00 +0000] "GET / HTTP/1.1" 200 512 "-" "curl" 0.020', ['structure', 'level', 'request id']],
		['1:M 20 Nov 2026 08:31:00.118 * Background saving terminated with success', ['structure', 'level', 'request id']],
		['2026-11-20 08:31:00 WARN disk is nearly full', ['structure', 'request id']],
		['2026/11/20 08:31:00 [error] 7#7: connect() failed', ['structure', 'request id']],
		['I1120 08:31:00.118423       1 controller.go:42] synced', ['structure', 'request id']],
		['{"msg":"alive"}', ['level', 'timestamp', 'request id']],
		['panic: runtime error', ['structure', 'level', 'timestamp', 'request id']],
	])('%s', (text, lacking) => {
		expect(reviewStandard(lines('api-0', text), 0.5)[0]?.lacking).toEqual(lacking);
	});

	test('the share asked for is the share judged by', () => {
		const half = lines('api-0', good, 'starting up');
		expect(reviewStandard(half, 0.5)[0]?.lacking).toEqual([]);
		expect(reviewStandard(half, 0.6)[0]?.lacking).toHaveLength(4);
	});

	test('no lines, no review', () => {
		expect(reviewStandard([], 0.5)).toEqual([]);
	});
});

describe('the check', () => {
	const of = (recent: LogSource['recent'], set: object = {}) => logStandard.read(reading('log-standard', {logs: {recent}}, {set}));
	const judged = async (recent: LogSource['recent'], set: object = {}) =>
		logStandard.judge(await of(recent, set), judging('log-standard', set));

	test('quotes the shares of a source that lacks parts', async () => {
		const some = [...Array.from({length: 22}, () => 'starting up'), good, good, good].flatMap((text) => lines('cron-0', text));
		expect(await judged(() => Promise.resolve([...some, ...lines('api-0', good)]))).toMatchObject({
			status: 'warning',
			summary: '1 of 2 sources below it: cron/app lacks structure, level, timestamp, request id',
			short: 'log standard 1 of 2 below',
			reasons: [
				{
					status: 'warning',
					subject: 'cron/app',
					text: 'structure on 12 % of 25 lines, level on 12 %, timestamp on 12 %, request id on 12 %, should be on at least half',
				},
				{status: 'ok', subject: 'api/app', text: 'keeps the standard in 1 line'},
			],
			evidence: [{id: 'log-standard:cron/app', check: 'log-standard'}],
		});
	});

	test('names the share where it is not half', async () => {
		const {reasons} = await judged(() => Promise.resolve(lines('api-0', good, good, good, 'x')), {share: 0.8});
		expect(reasons[0]?.text).toContain('structure on 75 % of 4 lines');
		expect(reasons[0]?.text).toContain('at least 80 %');
	});

	test('all keep it: ok', async () => {
		expect(await judged(() => Promise.resolve([...lines('api-0', good), ...lines('web-0', good)]))).toMatchObject({
			status: 'ok',
			summary: '2 sources keep it',
			short: 'log standard kept',
			evidence: [],
		});
	});

	test('a source that is ignored is not judged', async () => {
		const {reviews} = await of(() => Promise.resolve([...lines('redis-0', 'saving'), ...lines('api-0', good)]), {ignore: ['redis/app']});
		expect(reviews.map(({source}) => source)).toEqual(['api/app']);
	});

	test('no line at all is unknown, and so is a container that could not be read', async () => {
		expect(await judged(() => Promise.resolve([]))).toMatchObject({status: 'unknown', summary: 'no line to review'});
		const skipped = await judged((options) => {
			options.onSkipped?.({pod: 'web-0', container: 'app', error: 'connection reset'});
			return Promise.resolve(lines('api-0', good));
		});
		expect(skipped).toMatchObject({status: 'unknown', summary: '1 source keeps it, 1 container not read'});
		expect(skipped.reasons[0]).toEqual({status: 'unknown', subject: 'web-0/app', text: 'connection reset'});
	});

	test('reads a bounded sample', async () => {
		let asked: object = {};
		await of((options) => ((asked = options), Promise.resolve([])), {window: '5m', tailLines: 20, pods: 2});
		expect(asked).toMatchObject({sinceSeconds: 300, tailLines: 20, podsPerController: 2});
	});

	test('a source that fails, and none at all', async () => {
		await expect(of(() => Promise.reject(failure('Kubernetes')))).rejects.toMatchObject({kind: 'unreachable'});
		await expect(logStandard.read(reading('log-standard'))).rejects.toMatchObject({kind: 'not-configured'});
	});
});
