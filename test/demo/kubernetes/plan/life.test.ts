import {describe, expect, it} from 'vitest';
import {ageOf, humanDuration} from '../../../../src/demo/kubernetes/cluster/age.ts';
import {backOffMs, crashLoopLife, nextStateChange, restartedLife, stateAt} from '../../../../src/demo/kubernetes/plan/life.ts';

const looping = () =>
	crashLoopLife({
		startedAt: 0,
		firstEndAt: 60_000,
		lastEndAt: 1_000_000,
		restarts: 5,
		nextRunMs: () => 30_000,
		end: () => ({reason: 'OOMKilled', exitCode: 137}),
	});

describe('a container that crashes for ever', () => {
	it('has its restarts behind it, ends when it is told to and begins again after the wait', () => {
		const life = looping();
		expect(stateAt(life, 999_999)).toMatchObject({kind: 'running', run: {index: 5}});
		expect(stateAt(life, 1_000_000)).toMatchObject({kind: 'terminated', run: {index: 5, reason: 'OOMKilled'}});
		expect(stateAt(life, 1_007_000)).toMatchObject({kind: 'waiting', reason: 'CrashLoopBackOff', last: {index: 5}});
		expect(stateAt(life, 1_000_000 + backOffMs(6))).toMatchObject({kind: 'running', run: {index: 6}, ready: false});
	});

	it('never overlaps two runs, and waits between them as the kubelet does', () => {
		const {runs} = looping();
		for (const [index, run] of runs.entries()) {
			expect(run.endedAt).toBeGreaterThan(run.startedAt);
			expect(index === 0 || run.startedAt - (runs[index - 1]?.endedAt ?? 0)).toBe(index === 0 || backOffMs(index));
		}
		expect([1, 2, 3, 4, 5].map(backOffMs)).toEqual([1000, 10_000, 20_000, 40_000, 60_000]);
	});

	it('names every change of its state, and no other time', () => {
		const life = looping();
		let next = nextStateChange(life, 900_000);
		for (let time = 900_100; time < 1_300_000; time += 100) {
			const changed = time >= next;
			expect([time, JSON.stringify(stateAt(life, time)) !== JSON.stringify(stateAt(life, time - 100))]).toEqual([time, changed]);
			next = changed ? nextStateChange(life, time) : next;
		}
	});
});

describe('a container that was restarted', () => {
	it('remembers how the run before ended', () => {
		const life = restartedLife(0, [{at: 50_000, reason: 'Error', exitCode: 1}]);
		expect(stateAt(life, 100_000)).toMatchObject({kind: 'running', ready: true, run: {index: 1}, last: {reason: 'Error', endedAt: 50_000}});
		expect(nextStateChange(life, 100_000)).toBe(Infinity);
	});
});

describe('ages', () => {
	const minute = 60_000;
	const hour = 60 * minute;
	const day = 24 * hour;
	it.each([
		[0, '0s'],
		[119_999, '119s'],
		[2 * minute, '2m'],
		[2 * minute + 5000, '2m5s'],
		[10 * minute, '10m'],
		[179 * minute, '179m'],
		[3 * hour, '3h'],
		[7 * hour + 12 * minute, '7h12m'],
		[8 * hour + 59 * minute, '8h'],
		[47 * hour, '47h'],
		[2 * day, '2d'],
		[2 * day + 4 * hour, '2d4h'],
		[8 * day + 4 * hour, '8d'],
		[729 * day, '729d'],
		[730 * day, '2y'],
		[800 * day, '2y70d'],
		[9 * 365 * day, '9y'],
		[-5000, '<invalid>'],
	])('%i ms are %s', (ms, text) => {
		expect(humanDuration(ms)).toBe(text);
	});

	it('are unknown without a date', () => {
		expect(ageOf(undefined, 0)).toBe('<unknown>');
	});
});
