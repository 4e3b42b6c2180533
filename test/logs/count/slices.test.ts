import {describe, expect, it} from 'vitest';
import {createSlices, type Turns} from '../../../src/logs/count/slices.ts';

interface FakeTurns extends Turns {
	readonly spend: (ms: number) => void;
	/** Runs what waits, one after the other, at most so many times; returns the pauses there were. */
	readonly run: (most: number) => readonly number[];
	readonly waiting: () => number;
}

function createFakeTurns(): FakeTurns {
	let now = 100;
	let waiting: {readonly ms: number; readonly run: () => void}[] = [];
	return {
		now: () => now,
		after(ms, run) {
			const entry = {ms, run};
			waiting.push(entry);
			return () => {
				waiting = waiting.filter((other) => other !== entry);
			};
		},
		spend(ms) {
			now += ms;
		},
		run(most) {
			const pauses: number[] = [];
			while (pauses.length < most) {
				const next = waiting.shift();
				if (!next) break;
				now += next.ms;
				pauses.push(next.ms);
				next.run();
			}
			return pauses;
		},
		waiting: () => waiting.length,
	};
}

/** Work that takes so many milliseconds in all and keeps to its deadlines. */
function createWork(turns: FakeTurns, ms: number) {
	const state = {left: ms, slices: [] as number[]};
	const work = (deadline: number) => {
		const spent = Math.min(state.left, Math.max(0, deadline - turns.now()));
		turns.spend(spent);
		state.left -= spent;
		state.slices.push(spent);
		return state.left === 0;
	};
	return {state, work};
}

describe('slices', () => {
	it('run nothing before they are woken, and nothing once all is done', () => {
		const turns = createFakeTurns();
		const {state, work} = createWork(turns, 2);
		const slices = createSlices({works: [work], turns});
		expect(turns.waiting()).toBe(0);
		slices.wake();
		slices.wake();
		expect(turns.waiting()).toBe(1);
		turns.run(10);
		expect(state).toEqual({left: 0, slices: [2]});
		expect(turns.waiting()).toBe(0);
	});

	it('take at most 4 ms at a time, and a third of the time in the background', () => {
		const turns = createFakeTurns();
		const {state, work} = createWork(turns, 40);
		createSlices({works: [work], turns}).wake();
		const begin = turns.now();
		turns.run(100);
		expect(Math.max(...state.slices)).toBe(4);
		expect(state.left).toBe(0);
		expect(turns.now() - begin).toBe(40 + 9 * 8);
	});

	it('make no pause while someone waits, and do again afterwards', () => {
		const turns = createFakeTurns();
		const {state, work} = createWork(turns, 40);
		const slices = createSlices({works: [work], turns});
		slices.hurry();
		expect(turns.run(100)).toEqual(Array.from({length: 10}, () => 0));
		state.left = 8;
		slices.wake();
		expect(turns.run(100)).toEqual([16, 8]);
	});

	it('hurry at once where a pause was under way', () => {
		const turns = createFakeTurns();
		const slices = createSlices({works: [createWork(turns, 12).work], turns});
		slices.wake();
		turns.run(1);
		slices.hurry();
		expect(turns.waiting()).toBe(1);
		expect(turns.run(5)).toEqual([0, 0]);
	});

	it('look at arrivals only so often', () => {
		const turns = createFakeTurns();
		const {state, work} = createWork(turns, 1);
		const slices = createSlices({works: [work], turns});
		slices.wake();
		expect(turns.run(5)).toEqual([0]);
		turns.spend(6);
		state.left = 1;
		slices.wake();
		expect(turns.run(5)).toEqual([10]);
		turns.spend(50);
		slices.wake();
		expect(turns.run(5)).toEqual([0]);
	});

	it('leave the others a share while the first has much to do, and let them take turns', () => {
		const turns = createFakeTurns();
		const works = [createWork(turns, 1000), createWork(turns, 1000), createWork(turns, 1000)];
		createSlices({works: works.map(({work}) => work), turns}).wake();
		turns.run(20);
		expect(works.map(({state}) => 1000 - state.left)).toEqual([60, 10, 10]);
	});

	it('stop for good', () => {
		const turns = createFakeTurns();
		const {state, work} = createWork(turns, 40);
		const slices = createSlices({works: [work], turns});
		slices.wake();
		turns.run(1);
		slices.stop();
		slices.wake();
		slices.hurry();
		expect(turns.waiting()).toBe(0);
		expect(state.left).toBe(36);
	});

	it('let the event loop turn between them', async () => {
		const order: string[] = [];
		await new Promise<void>((resolve) => {
			let left = 3;
			createSlices({
				works: [
					() => {
						order.push('slice');
						setImmediate(() => order.push('key'));
						left--;
						if (left === 0) resolve();
						return left === 0;
					},
				],
			}).hurry();
		});
		expect(order).toEqual(['slice', 'key', 'slice', 'key', 'slice']);
	});
});
