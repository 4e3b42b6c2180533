import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {percentile} from '../../../src/checks/logs/log-figures.ts';
import {createDurations} from '../../../src/logs/count/durations.ts';
import type {LogLines} from '../../../src/logs/log-lines.ts';
import {createRequestCounter} from '../../../src/logs/count/request-counts.ts';

const minute = 60_000;
const start = Date.parse('2026-11-20T08:00:00Z');

interface Line {
	readonly text: string;
	readonly at: number;
}

/** What a pass asks of the ring, over an array. */
function linesOf(lines: readonly Line[]): LogLines {
	return {text: (line: number) => lines[line]?.text ?? '', time: (line: number) => lines[line]?.at ?? Number.NaN} as unknown as LogLines;
}

function figuresOf(lines: readonly Line[], bucketMs?: number) {
	const counter = createRequestCounter(bucketMs === undefined ? {} : {bucketMs});
	const all = linesOf(lines);
	lines.forEach((_, line) => counter.look(all, line));
	return counter.requestFigures();
}

const request = (at: number, status: number, path = '/api/cart', durationMs = 40): Line => ({
	at,
	text: JSON.stringify({level: 'info', msg: 'request completed', path, status, durationMs}),
});

/** A minute of so many requests, some of them failed. */
const minuteOf = (index: number, requests: number, failed: number, status = 500): readonly Line[] =>
	Array.from({length: requests}, (_, line) => request(start + index * minute + line, line < failed ? status : 200));

describe('the figures', () => {
	test('count requests, 4xx and 5xx, also of lines without a time', () => {
		const figures = figuresOf([
			request(start, 200),
			request(start + 1, 404),
			request(start + minute, 503),
			{...request(0, 500), at: Number.NaN},
			{at: start, text: 'starting up'},
		]);
		expect(figures).toMatchObject({lines: 5, requests: 4, clientErrors: 1, serverErrors: 2, bucketMs: minute, bursts: []});
		expect(figures.series).toEqual([
			{at: start, requests: 2, clientErrors: 1, serverErrors: 0},
			{at: start + minute, requests: 1, clientErrors: 0, serverErrors: 1},
		]);
	});

	test('name the slowest endpoints first, ids folded', () => {
		const {routes} = figuresOf([
			...Array.from({length: 100}, (_, index) => request(start, index < 3 ? 500 : 200, `/api/orders/${index}?x=1`, index + 1)),
			...Array.from({length: 10}, () => request(start, 200, '/api/search', 2400)),
			{at: start, text: '10.0.0.1 - - [20/Nov/2026:08:00:00 +0000] "GET /no-time HTTP/1.1" 200 5'},
		]);
		expect(routes).toEqual([
			{route: '/api/search', count: 10, p50: 2400, p95: 2400, serverErrors: 0},
			{route: '/api/orders/:id', count: 100, p50: expect.any(Number), p95: expect.any(Number), serverErrors: 3},
		]);
		expect(Math.abs((routes[1]?.p50 ?? 0) / 50 - 1)).toBeLessThan(0.04);
		expect(Math.abs((routes[1]?.p95 ?? 0) / 95 - 1)).toBeLessThan(0.04);
	});

	test('keep to 500 routes, the rest together', () => {
		const {routes} = figuresOf(
			Array.from({length: 700}, (_, index) => request(start, 200, `/page-${String.fromCharCode(97 + (index % 26))}${index}x`)),
		);
		expect(routes).toHaveLength(501);
		expect(routes.find(({route}) => route === 'other')?.count).toBe(200);
	});

	test('widen the buckets when a window outgrows them, and lose no request', () => {
		const figures = figuresOf(Array.from({length: 5000}, (_, index) => request(start + index * minute, index % 10 === 0 ? 500 : 200)));
		expect(figures.bucketMs).toBe(4 * minute);
		expect(figures.series.length).toBeLessThanOrEqual(1440);
		expect(figures.series.reduce((sum, {requests}) => sum + requests, 0)).toBe(5000);
		expect(figures.series.reduce((sum, {serverErrors}) => sum + serverErrors, 0)).toBe(500);
		expect(figures.series.every(({at}, index, all) => index === 0 || at > (all[index - 1]?.at ?? 0))).toBe(true);
	});

	test('begin again after a reset', () => {
		const counter = createRequestCounter();
		counter.look(linesOf([request(start, 500)]), 0);
		counter.reset();
		expect(counter.requestFigures()).toEqual(createRequestCounter().requestFigures());
		expect(counter.requestFigures()).toMatchObject({lines: 0, requests: 0, serverErrors: 0, routes: [], series: [], bursts: []});
	});
});

describe('a burst', () => {
	const calm = Array.from({length: 10}, (_, index) => minuteOf(index, 100, index % 2)).flat();

	test('is a run of minutes far above the window’s normal', () => {
		const {bursts} = figuresOf([...calm, ...minuteOf(10, 100, 12), ...minuteOf(11, 100, 20), ...minuteOf(12, 100, 0)]);
		expect(bursts).toEqual([
			{
				kind: '5xx',
				from: start + 10 * minute,
				to: start + 12 * minute,
				requests: 200,
				errors: 32,
				text: '5xx 16 % of 200 requests, normal here 1 %',
			},
		]);
	});

	test('of 4xx is one too, by its own floor', () => {
		const some = figuresOf([...calm, ...minuteOf(10, 100, 9, 404), ...minuteOf(12, 100, 30, 429)]);
		expect(some.bursts.map(({kind, from}) => [kind, from])).toEqual([['4xx', start + 12 * minute]]);
	});

	test.each([
		['a calm window', calm],
		['few requests, all failed', [...calm, ...minuteOf(10, 8, 8)]],
		['a service that always fails so much', Array.from({length: 10}, (_, index) => minuteOf(index, 100, 20 + (index % 3))).flat()],
		['too few minutes to know the normal', [...minuteOf(0, 100, 0), ...minuteOf(1, 100, 50)]],
	])('is none in %s', (_, lines) => {
		expect(figuresOf(lines).bursts).toEqual([]);
	});
});

test('durations keep every percentile within 3 %, between the shortest and the longest', () => {
	fc.assert(
		fc.property(
			fc.array(fc.double({min: 0.02, max: 1e7, noNaN: true}), {minLength: 1, maxLength: 300}),
			fc.double({min: 0, max: 1, noNaN: true}),
			(all, share) => {
				const durations = createDurations();
				for (const ms of all) durations.add(ms);
				const exact = percentile(all, share) ?? 0;
				expect(Math.abs(durations.percentile(share) / exact - 1)).toBeLessThan(0.031);
			},
		),
	);
	expect(createDurations().percentile(0.5)).toBeNaN();
});
