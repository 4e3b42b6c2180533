import {expect, test} from 'vitest';
import {createErrorRate} from '../../../../views/tail/lines/error-rate.ts';
import {createFakeLines} from '../../../logs/fake-lines.ts';

const start = Date.UTC(2026, 10, 20, 8);
const answer = (status: number) => `{"method":"GET","path":"/","status":${status}}`;

function rateOf(texts: readonly {readonly text: string; readonly time: number}[]): number | undefined {
	const lines = createFakeLines(1000);
	lines.add(...texts);
	const rate = createErrorRate();
	for (let line = 0; line < lines.end(); line++) rate.look(lines, line);
	return rate.share();
}

test('the share of 5xx answers among the requests, whatever else is there', () => {
	const texts = Array.from({length: 400}, (_, k) => ({text: k % 2 ? 'other 500' : answer(k % 20 === 0 ? 503 : 200), time: start + k}));
	expect(rateOf(texts)).toBeCloseTo(0.1, 10);
});

test('a handful of requests is no share', () => {
	expect(rateOf([{text: answer(500), time: start}])).toBeUndefined();
	expect(rateOf([])).toBeUndefined();
});

test('what lies more than a quarter of an hour back no longer counts', () => {
	const old = Array.from({length: 100}, (_, k) => ({text: answer(500), time: start + k}));
	const fresh = Array.from({length: 100}, (_, k) => ({text: answer(200), time: start + 20 * 60_000 + k}));
	expect(rateOf([...old, ...fresh])).toBe(0);
});

test('of very many lines a part is enough for the share', () => {
	const texts = Array.from({length: 60_000}, (_, k) => ({text: answer((k * 7919) % 100 < 5 ? 500 : 200), time: start + k}));
	expect(rateOf(texts)).toBeCloseTo(0.05, 2);
});
