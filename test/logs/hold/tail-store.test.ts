import {describe, expect, it} from 'vitest';
import type {StreamInfo} from '../../../src/ports/log-feed.ts';
import {lineFlags} from '../../../src/logs/log-lines.ts';
import {createTail} from '../../../src/logs/hold/tail-store.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';
import {textBatch} from './batches.ts';

const pod = (name: string): StreamInfo => ({key: `eu-1/checkout/${name}/app/1`, name, pod: name});
const file: StreamInfo = {key: 'file:/var/log/app.log', name: '/var/log/app.log'};

function tailing() {
	const clock = createFakeClock();
	const {tail, sink} = createTail({clock, capacity: 2 ** 20});
	const texts = () => Array.from({length: tail.lines.end()}, (_, line) => tail.lines.text(line));
	return {clock, tail, sink, texts, start: clock.now()};
}

describe('streams', () => {
	it('are known by key, in the order of opening, with state, lines and when the last one came', async () => {
		const {clock, tail, sink, start} = tailing();
		expect(sink.open(pod('api-1'))).toBe(0);
		expect(sink.open(pod('api-2'))).toBe(1);
		sink.state(1, {kind: 'denied', error: 'pods/log is forbidden'});
		await clock.advance(500);
		sink.lines(0, textBatch(['one', 'two'], 1));
		sink.state(0, {kind: 'ended', at: start + 500, why: 'container restarted'});
		await clock.advance(100);
		expect(tail.streams.get()).toEqual([
			{...pod('api-1'), id: 0, state: {kind: 'ended', at: start + 500, why: 'container restarted'}, lines: 2, lastLineAt: start + 500},
			{...pod('api-2'), id: 1, state: {kind: 'denied', error: 'pods/log is forbidden'}, lines: 0},
		]);
		expect(sink.open(pod('api-1'))).toBe(0);
		await clock.advance(100);
		expect(tail.streams.get().map(({state}) => state.kind)).toEqual(['connecting', 'denied']);
	});

	it('are told at once and then at most ten times a second', async () => {
		const {clock, tail, sink} = tailing();
		let told = 0;
		tail.streams.subscribe(() => told++);
		sink.open(file);
		expect(tail.streams.get()).toHaveLength(1);
		for (let k = 0; k < 100; k++) {
			sink.lines(0, textBatch(['line']));
			await clock.advance(10);
		}
		await clock.advance(100);
		expect(told).toBeGreaterThanOrEqual(10);
		expect(told).toBeLessThanOrEqual(12);
		expect(tail.streams.get()[0]?.lines).toBe(100);
	});

	it('beyond those that can be distinguished share the last number', () => {
		const {sink} = tailing();
		const ids = Array.from({length: 65_540}, (_, k) => sink.open(pod(`p${k}`)));
		expect(ids.slice(65_533)).toEqual([65_533, 65_534, 65_535, 65_535, 65_535, 65_535, 65_535]);
		expect(sink.open(pod('p65539'))).toBe(65_535);
	});
});

describe('lines', () => {
	it('of a file are there at once', () => {
		const {tail, sink, texts} = tailing();
		let revisions = 0;
		tail.revision.subscribe(() => revisions++);
		sink.open(file);
		sink.lines(0, textBatch(['one', 'two']));
		expect(texts()).toEqual(['one', 'two']);
		expect([revisions, tail.revision.get()]).toEqual([1, 1]);
		sink.lines(0, textBatch([]));
		expect(revisions).toBe(1);
	});

	it('of several pods come in order when the window has passed, without being asked for', async () => {
		const {clock, tail, sink, texts} = tailing();
		const ids = [sink.open(pod('api-1')), sink.open(pod('api-2'))];
		for (const id of ids) sink.caughtUp(id);
		await clock.advance(1);
		sink.lines(0, textBatch(['second'], 20));
		sink.lines(1, textBatch(['first'], 10));
		sink.note(1, {kind: 'gap', from: 10, to: 30, text: 'cut off by the server'});
		await clock.advance(250);
		expect(texts()).toEqual([]);
		await clock.advance(100);
		expect(texts()).toEqual(['first', 'second', '10\tcut off by the server']);
		expect(tail.lines.flags(2)).toBe(lineFlags.gap);
		expect(tail.revision.get()).toBe(1);
		await clock.advance(1000);
		expect(clock.sleeping()).toBe(0);
	});

	it('that wait are all there after a flush', () => {
		const {sink, tail, texts} = tailing();
		sink.open(pod('api-1'));
		sink.open(pod('api-2'));
		sink.lines(0, textBatch(['b'], 2));
		sink.lines(1, textBatch(['a'], 1));
		tail.flush();
		expect(texts()).toEqual(['a', 'b']);
		expect(tail.revision.get()).toBe(1);
	});

	it('are counted, in total and of the last second', async () => {
		const {clock, tail, sink} = tailing();
		sink.open(file);
		expect(tail.received()).toEqual({total: 0, perSecond: 0});
		sink.lines(0, textBatch(['one', 'two', 'three']));
		await clock.advance(600);
		sink.lines(0, textBatch(['four']));
		expect(tail.received()).toEqual({total: 4, perSecond: 4});
		await clock.advance(500);
		expect(tail.received()).toEqual({total: 4, perSecond: 1});
		await clock.advance(5000);
		expect(tail.received()).toEqual({total: 4, perSecond: 0});
	});
});

it('passes on what the feed says of itself', () => {
	const {tail, sink} = tailing();
	sink.notice('12 streams wait for a place');
	expect(tail.notice.get()).toBe('12 streams wait for a place');
	sink.notice(undefined);
	expect(tail.notice.get()).toBeUndefined();
});
