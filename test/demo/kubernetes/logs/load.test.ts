import {describe, expect, it, vi} from 'vitest';
import {faultAt} from '../../../../src/demo/kit/faults.ts';
import {createLoad, type WrittenRun} from '../../../../src/demo/kubernetes/cluster/load-pods.ts';
import {createWorld} from '../../../../src/demo/kit/story.ts';
import {createFakeClock} from '../../../helpers/fake-clock.ts';
import {serve, type Served} from '../serve.ts';

const pods = '/api/v1/namespaces/checkout-prod/pods';
const size = {logPods: 12, logLinesPerSecond: 600};

const loadOf = (served: Served) => createLoad(served.world, {pods: size.logPods, linesPerSecond: size.logLinesPerSecond});

const sequenceIn = (line: string): number => Number(/seq[=":]+(\d{9})/.exec(line)?.[1]);

const lines = async (served: Served, path: string): Promise<readonly string[]> => {
	const all = (await served.text(path)).split('\n');
	return all.at(-1) === '' ? all.slice(0, -1) : all;
};

/** What the truth has of a run, as the kubelet would decode it. */
const truthOf = (run: WrittenRun): readonly string[] =>
	Array.from({length: run.end - run.first}, (_, index) => run.textOf(run.first + index).toString());

/** The answer of the next moment in which the API server is well and reaches the pod's kubelet. */
const whenWell = async (served: Served, path: string): Promise<string> => {
	for (;;) {
		const text = await served.request(path).then(
			(response) => (response.ok ? response.text() : undefined),
			() => undefined,
		);
		if (text !== undefined && faultAt(served.world, 'kubernetes', served.clock.now()) === 'none') return text;
		await served.clock.advance(served.world.faultWindowMs);
	}
};

const logPath = (run: {readonly pod: string}, query: string): string => `${pods}/${run.pod}/log?${query}`;

describe('the load', () => {
	it('writes exactly what its truth says, at the rate that was asked for', async () => {
		const served = await serve('morning', size);
		const from = served.clock.now() - 20_000;
		const written = loadOf(served).written(from, served.clock.now());
		expect(written).toHaveLength(size.logPods);
		expect(written.map(({first, end}) => end - first)).toEqual(written.map(() => 1000));
		for (const run of written) {
			const log = await lines(served, logPath(run, `sinceTime=${new Date(from).toISOString()}`));
			expect(log).toEqual(truthOf(run));
			expect(log.map(sequenceIn)).toEqual(log.map((_, index) => run.first + index));
		}
	});

	it('is as realistic as it is long: JSON and plain, levels, statuses, durations', async () => {
		const served = await serve('morning', size);
		const all = loadOf(served)
			.written(served.clock.now() - 20_000, served.clock.now())
			.flatMap(truthOf);
		const share = (pattern: RegExp) => all.filter((line) => pattern.test(line)).length / all.length;
		expect(share(/^\{/)).toBeGreaterThan(0.5);
		expect(share(/^\{/)).toBeLessThan(0.9);
		expect(share(/level=|INFO|WARN|DEBUG|ERROR/)).toBeGreaterThan(0.1);
		expect(share(/"status":5\d\d/)).toBeGreaterThan(0);
		expect(share(/duration/)).toBeGreaterThan(0.5);
		const mean = all.reduce((sum, line) => sum + line.length, 0) / all.length;
		expect(mean).toBeGreaterThan(120);
		expect(mean).toBeLessThan(180);
		for (const line of all.filter((text) => text.startsWith('{'))) expect(() => void JSON.parse(line)).not.toThrow();
	});

	it('tells the same by sinceTime, tailLines and in whole, with times that never go back', async () => {
		const served = await serve('morning', size);
		const [run] = loadOf(served).written(served.clock.now() - 1, served.clock.now() + 1);
		if (!run) throw new Error('no pod writes');
		const whole = await lines(served, logPath(run, 'timestamps=true'));
		expect(await lines(served, logPath(run, 'timestamps=true&tailLines=333'))).toEqual(whole.slice(-333));
		const stamps = whole.map((line) => line.slice(0, 30));
		expect(stamps).toEqual(stamps.toSorted());
		const second = stamps.at(-500)?.slice(0, 19) ?? '';
		const since = whole.filter((line) => line.slice(0, 19) >= second);
		expect(await lines(served, logPath(run, `timestamps=true&sinceTime=${second}.999999999Z`))).toEqual(since);
		const [line = ''] = whole.slice(-1);
		expect(run.timeOf(sequenceIn(line))).toBeCloseTo(Date.parse(line.slice(0, 30)), -1);
	});

	it('follows without losing or repeating a line', async () => {
		const served = await serve('morning', size);
		const begin = served.clock.now();
		const load = loadOf(served);
		const streams = await Promise.all(
			load.written(begin, begin + 1000).map(async (run) => ({run, stream: await served.stream(logPath(run, 'follow=true&tailLines=0'))})),
		);
		await served.clock.advance(5200);
		for (const {run, stream} of streams) {
			const truth = load.written(begin, begin + 5000).find(({pod}) => pod === run.pod);
			await vi.waitFor(() => expect(stream.lines.length).toBeGreaterThanOrEqual((truth?.end ?? 0) - (truth?.first ?? 0)));
			expect(stream.lines.map(sequenceIn)).toEqual(stream.lines.map((_, index) => (truth?.first ?? 0) + index));
		}
	});

	it('is the same in every world of that seed', () => {
		const world = (seed: number) => createWorld({scenario: 'flaky', seed, clock: createFakeClock()});
		const written = (seed: number) => {
			const own = world(seed);
			return createLoad(own, {pods: 6, linesPerSecond: 60})
				.written(own.story.startedAt, own.story.startedAt + 300_000)
				.map((run) => [run.pod, run.uid, run.containerId, run.first, run.end, run.textOf(run.first).toString()]);
		};
		expect(written(1)).toEqual(written(1));
		expect(written(2)).not.toEqual(written(1));
	});
});

describe('the load of a world with faults', () => {
	const runsBySlot = (runs: readonly WrittenRun[]) => Map.groupBy(runs, ({pod}) => pod.slice(-2));

	it('restarts, replaces and renames; no sequence number is written twice', () => {
		const world = createWorld({scenario: 'flaky', clock: createFakeClock()});
		const begin = world.story.startedAt;
		const load = createLoad(world, {pods: 6, linesPerSecond: 60});
		const slots = runsBySlot(load.written(begin, begin + 600_000));
		const shape = [...slots.values()].map((runs) => ({
			runs: runs.length > 1,
			names: new Set(runs.map(({pod}) => pod)).size > 1,
			uids: new Set(runs.map(({uid}) => uid)).size > 1,
			containers: new Set(runs.map(({containerId}) => containerId)).size === runs.length,
		}));
		const once = {runs: false, names: false, uids: false, containers: true};
		expect(shape).toEqual([
			once,
			{...once, runs: true},
			{...once, runs: true, names: true, uids: true},
			{...once, runs: true, uids: true},
			once,
			once,
		]);
		for (const runs of slots.values()) {
			expect(runs.every((run, index) => run.first >= (runs[index - 1]?.end ?? 0))).toBe(true);
		}
	});

	it('has many lines of one instant, and lines a nanosecond apart', async () => {
		const served = await serve('flaky', size);
		const stampsOf = async (slot: number) => {
			const run = loadOf(served).written(served.clock.now() - 1000, served.clock.now())[slot];
			const all = await whenWell(served, logPath(run ?? {pod: ''}, 'timestamps=true&tailLines=200'));
			return all
				.split('\n')
				.slice(0, -1)
				.map((line) => line.slice(0, 30));
		};
		const shared = await stampsOf(4);
		expect(new Set(shared).size).toBeLessThan(shared.length / 10);
		const close = await stampsOf(5);
		expect(new Set(close).size).toBe(close.length);
		expect(new Set(close.map((stamp) => stamp.slice(0, 27))).size).toBeLessThan(close.length / 10);
	});

	it('has lines that are hard to show, and very long ones', () => {
		const world = createWorld({scenario: 'flaky', clock: createFakeClock()});
		const [run] = createLoad(world, {pods: 1, linesPerSecond: 1000}).written(world.story.startedAt, world.story.startedAt + 250_000);
		if (!run) throw new Error('no pod writes');
		const odd: Buffer[] = [];
		for (let sequence = run.first; sequence < run.end && odd.length < 240; sequence += 1) {
			const text = run.textOf(sequence);
			if (text.length > 1000 || text.includes(0x1b) || text.includes(0xff) || text.includes(0) || text.includes('\u202E')) odd.push(text);
		}
		expect(odd.some((text) => text.length > 2 ** 20)).toBe(true);
		expect(odd.some((text) => text.length > 60_000 && text.length < 70_000)).toBe(true);
		for (const mark of [0x1b, 0xff, 0, '\u202E']) expect(odd.some((text) => text.includes(mark))).toBe(true);
		for (const text of odd) expect(sequenceIn(text.toString('latin1'))).toBeGreaterThanOrEqual(run.first);
	});

	it('keeps the newest file only, and a follower continues across the rotation', async () => {
		const served = await serve('morning', {logPods: 1, logLinesPerSecond: 2000});
		const load = createLoad(served.world, {pods: 1, linesPerSecond: 2000});
		const begin = served.clock.now();
		const [pod] = load.written(begin - 1000, begin);
		const first = async () => sequenceIn((await served.text(logPath(pod ?? {pod: ''}, 'limitBytes=1000'))).split('\n')[0] ?? '');
		const before = await first();
		expect(await first()).toBe(before);
		const stream = await served.stream(logPath(pod ?? {pod: ''}, 'follow=true&tailLines=0'));
		await served.clock.advance(28_000);
		const [truth] = load.written(begin, served.clock.now() - 300);
		expect(await first()).toBeGreaterThan(before);
		await vi.waitFor(() => expect(stream.lines.length).toBeGreaterThanOrEqual((truth?.end ?? 0) - (truth?.first ?? 0)));
		expect(stream.lines.map(sequenceIn)).toEqual(stream.lines.map((_, index) => (truth?.first ?? 0) + index));
	});

	it('gives a dead run as the previous log, which stops in the middle of a line', async () => {
		const served = await serve('flaky', size);
		const begin = served.clock.now();
		const load = loadOf(served);
		const restarting = load.written(begin, begin + 100_000).find(({endedAt}) => endedAt < begin + 90_000);
		if (!restarting) throw new Error('no run ends');
		await served.clock.advance(restarting.endedAt + 2000 - begin);
		const answer = await whenWell(served, logPath(restarting, 'previous=true&tailLines=5'));
		expect(answer.endsWith('\n')).toBe(false);
		const texts = answer.split('\n');
		const [whole] = load.written(begin, restarting.endedAt).filter(({containerId}) => containerId === restarting.containerId);
		expect(sequenceIn(texts.at(-1) ?? '')).toBe((whole?.end ?? 0) - 1);
		expect(texts).toHaveLength(5);
	});
});
