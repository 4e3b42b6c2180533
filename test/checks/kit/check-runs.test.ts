import {expect, test} from 'vitest';
import {checkBackOff, createCheckRuns, readAll} from '../../../src/checks/kit/check-runs.ts';
import {pauseAfter} from '../../../src/base/back-off.ts';
import {SourceError} from '../../../src/base/source-error.ts';
import {silentDebugLog} from '../../../src/ports/debug-log.ts';
import {configuredCheck, finding, roundContext} from '../../helpers/fake-check.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';

const once = {signal: new AbortController().signal, concurrency: 4, longestRetryMs: 3000, random: () => 0, debug: silentDebugLog};
const failure = (over: Partial<ConstructorParameters<typeof SourceError>[0]> = {}) =>
	new SourceError({source: 'Sample', kind: 'unreachable', message: 'connection refused', advice: 'Start it', ...over});

test('a reading becomes a finding, with how long it took', async () => {
	const clock = createFakeClock();
	const check = configuredCheck({
		async read() {
			await clock.sleep(250);
			return 7;
		},
	});
	const running = readAll([check], roundContext(clock), once);
	await clock.advance(250);
	const [result] = await running;
	expect(result?.finding.summary).toBe('read 7');
	expect(result?.reading.durationMs).toBe(250);
});

test('one dead source is unknown with its advice and leaves the others alone', async () => {
	const clock = createFakeClock();
	const dead = configuredCheck({
		id: 'dead',
		read: () => Promise.reject(failure({kind: 'forbidden', message: 'the token may not read issues'})),
	});
	const results = await readAll([dead, configuredCheck({id: 'good'})], roundContext(clock), once);
	expect(results.map(({finding}) => finding.status)).toEqual(['unknown', 'ok']);
	expect(results[0]?.finding.summary).toBe('Sample: the token may not read issues');
	expect(results[0]?.finding.reasons[0]?.text).toBe('Start it');
});

test('a passing failure is tried once more, after what the server asked for', async () => {
	const clock = createFakeClock();
	let attempts = 0;
	const check = configuredCheck({
		async read() {
			attempts += 1;
			if (attempts === 1) throw failure({kind: 'rate-limited', retryAfterMs: 2000});
			return clock.now();
		},
	});
	const start = clock.now();
	const running = readAll([check], roundContext(clock), once);
	await clock.advance(1999);
	expect(attempts).toBe(1);
	await clock.advance(1);
	await running;
	expect(attempts).toBe(2);
	expect(clock.now() - start).toBe(2000);
});

test('a missing permission is not asked twice', async () => {
	let attempts = 0;
	const check = configuredCheck({
		async read() {
			attempts += 1;
			throw failure({kind: 'forbidden'});
		},
	});
	await readAll([check], roundContext(createFakeClock()), once);
	expect(attempts).toBe(1);
});

test('a source that never answers is cut at its timeout and told to stop', async () => {
	const clock = createFakeClock();
	let told = false;
	const check = configuredCheck({
		read: ({signal}) =>
			new Promise(() => {
				signal.addEventListener('abort', () => {
					told = true;
				});
			}),
	});
	const running = readAll([check], roundContext(clock), {...once, longestRetryMs: -1});
	await clock.advance(5000);
	await clock.advance(5500);
	const [result] = await running;
	expect(result?.finding.summary).toBe('Sample: no answer within 5 s');
	expect(told).toBe(true);
});

test('a judge that throws makes its check unknown, not the round', async () => {
	const check = configuredCheck({
		judge() {
			throw new TypeError('x is undefined');
		},
	});
	const [result] = await readAll([check], roundContext(createFakeClock()), once);
	expect(result?.finding).toMatchObject({status: 'unknown', summary: 'a defect of rounds: x is undefined'});
});

test('no more checks run at once than the bound', async () => {
	const clock = createFakeClock();
	let now = 0;
	let most = 0;
	const checks = Array.from({length: 6}, (_, index) =>
		configuredCheck({
			id: String(index),
			async read() {
				most = Math.max(most, ++now);
				await clock.sleep(100);
				now -= 1;
			},
		}),
	);
	const running = readAll(checks, roundContext(clock), {...once, concurrency: 2});
	await clock.advance(300);
	await running;
	expect(most).toBe(2);
});

test('pauses double up to a minute and never undercut the server', () => {
	const pause = (failures: number, error: unknown) => pauseAfter(failures, error, checkBackOff, () => 0);
	expect([1, 2, 3, 9].map((failures) => pause(failures, failure()))).toEqual([2000, 4000, 8000, 60_000]);
	expect(pause(1, failure({retryAfterMs: 30_000}))).toBe(30_000);
});

test('a polled check stays live: read again at its pace, stale after a failure, fresh again by itself', async () => {
	const clock = createFakeClock();
	let attempts = 0;
	const check = configuredCheck({
		async read() {
			attempts += 1;
			if (attempts === 2) throw failure();
			return attempts;
		},
	});
	const runs = createCheckRuns([check], roundContext(clock), {concurrency: 2, random: () => 0, debug: silentDebugLog});
	const store = runs.stores.get('sample');
	expect(store?.get().phase).toBe('waiting');
	runs.start();
	await clock.advance(0);
	expect(store?.get()).toMatchObject({phase: 'done', finding: {summary: 'read 1'}});
	await clock.advance(30_000);
	expect(store?.get()).toMatchObject({
		reading: {data: 1},
		finding: {status: 'unknown'},
		error: {message: 'Sample: connection refused'},
		nextAt: clock.now() + 2000,
	});
	await clock.advance(2000);
	expect(store?.get()).toMatchObject({finding: {summary: 'read 3'}});
	expect(store?.get().error).toBeUndefined();
	runs.refresh('sample');
	await clock.advance(0);
	expect(attempts).toBe(4);
	runs.stop();
	await clock.advance(120_000);
	expect(attempts).toBe(4);
});

test('a followed check shows what is pushed, and says when nothing came in time', async () => {
	const clock = createFakeClock();
	let push: ((data: unknown) => void) | undefined;
	let stops = 0;
	const check = configuredCheck({
		follow(_context, {onData}) {
			push = onData;
			return {stop: () => void (stops += 1)};
		},
		judge: (data) => finding({summary: `pushed ${String(data)}`}),
	});
	const runs = createCheckRuns([check], roundContext(clock), {concurrency: 2, random: () => 0, debug: silentDebugLog});
	const store = runs.stores.get('sample');
	runs.start();
	await clock.advance(5000);
	expect(store?.get()).toMatchObject({phase: 'done', finding: {status: 'unknown', summary: 'Sample: no answer within 5 s'}});
	push?.(1);
	expect(store?.get()).toMatchObject({finding: {summary: 'pushed 1'}});
	expect(store?.get().error).toBeUndefined();
	runs.stop();
	expect(stops).toBe(1);
});

test('a followed check that is dear to judge shows every row at once and its finding a little later', async () => {
	let now = Date.UTC(2026, 10, 20, 8, 31);
	const clock = createFakeClock(now);
	let judged = 0;
	let push = (_data: unknown): void => {};
	const check = configuredCheck({
		follow(_context, {onData}) {
			push = onData;
			return {stop: () => {}};
		},
		judge(data) {
			judged += 1;
			now += 10;
			return finding({summary: `read ${String(data)}`});
		},
	});
	// Judging takes 10 ms of this clock's time.
	const slow = {...clock, now: () => now, sleep: clock.sleep};
	const runs = createCheckRuns([check], roundContext(slow), {concurrency: 1, random: () => 0, debug: silentDebugLog});
	runs.start();
	const run = () => runs.stores.get('sample')?.get();
	push(1);
	push(2);
	push(3);
	expect(run()?.reading?.data).toBe(3);
	expect({judged, summary: run()?.finding?.summary}).toEqual({judged: 1, summary: 'read 1'});
	now += 1000;
	await clock.advance(1000);
	expect({judged, summary: run()?.finding?.summary}).toEqual({judged: 2, summary: 'read 3'});
	// Once the operator no longer waits for the first finding, the keys go first.
	now += 10_000;
	push(4);
	push(5);
	now += 1000;
	await clock.advance(1000);
	expect({judged, summary: run()?.finding?.summary, data: run()?.reading?.data}).toEqual({judged: 3, summary: 'read 4', data: 5});
	now += 1500;
	await clock.advance(1500);
	expect({judged, summary: run()?.finding?.summary}).toEqual({judged: 4, summary: 'read 5'});
	runs.stop();
});
