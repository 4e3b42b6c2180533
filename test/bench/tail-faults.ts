/**
 * A cluster whose connections break in every way, followed for minutes: each line that was written came out once, or
 * lies in a gap that says so. Two minutes with faults of 4 s each, or with `--long` ten minutes with faults of 10 s.
 * `--seed=…` tells another story, with other faults at other times.
 */
import {spawn} from 'node:child_process';
import {text} from 'node:stream/consumers';
import {faultAt, windowEnd} from '../../src/demo/kit/faults.ts';
import {restartMsLeft, streamFaults, watchExpiry} from '../../src/demo/kubernetes/api/stream-faults.ts';
import type {WrittenRun} from '../../src/demo/kubernetes/cluster/load-pods.ts';
import type {Row} from './figures.ts';
import {createTally, type Truth, truthOf} from './log-truth.ts';
import type {Recorded} from './tail-recorder.ts';
import {type RunningCompany, withCompany} from './with-company.ts';

const lengths = {
	short: {minutes: 2, faultWindowMs: 4000},
	long: {minutes: 10, faultWindowMs: 10_000},
} as const;
/** The company's start comes that much before what is counted, at most. */
const earlyMs = 10_000;
/** Whoever follows has begun by then: of a pod that is gone before no one knows. */
const startMs = 4000;
/** When the faults are over: the longest pause before a stream is asked again, the longest silence, and time to read what was missed. */
const settleMs = 75_000;
/** A gap's times are those of the lines around it, which the server tells to the second. */
const toleranceMs = 1000;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const names = {none: undefined, fail: '503', limit: '429', slow: 'slow answers', cut: 'all cut', reset: 'all reset'} as const;

/** How often each kind of fault was in the story of that time. */
function faultsIn({world, load}: Truth, runs: readonly WrittenRun[], from: number, to: number): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	const count = (kind: string, by = 1) => counts.set(kind, (counts.get(kind) ?? 0) + by);
	const expires = watchExpiry(world);
	for (let at = windowEnd(world, from); at < to; at += world.faultWindowMs) {
		const name = restartMsLeft(world, at) > 0 ? 'API restart' : names[faultAt(world, 'kubernetes', at)];
		if (name !== undefined) count(name);
		if (expires(at)) count('410');
		for (const {uid, container, startedAt, endedAt} of runs) {
			const hit = streamFaults(world, `${uid} ${container}`)(at);
			if (hit !== 'none' && startedAt < at && endedAt > at) count(`stream ${hit}`);
		}
	}
	for (const {uid, startedAt, endedAt} of runs) {
		const restarts = runs.some((next) => next.uid === uid && next.startedAt > startedAt);
		if (endedAt < to) count(restarts ? 'container restart' : 'pod replaced');
	}
	const rotateEveryMs = load.pod(0, 0)?.containers[0]?.load?.rotateEveryMs ?? Infinity;
	for (const {startedAt, endedAt} of runs) {
		const files = (at: number) => Math.max(0, Math.floor((Math.min(at, endedAt) - startedAt) / rotateEveryMs));
		count('log rotation', files(to) - files(from));
	}
	return counts;
}

async function recordFor({kubeconfigPath}: RunningCompany, from: number, ms: number): Promise<Recorded> {
	const child = spawn(process.execPath, ['test/bench/tail-recorder.ts', kubeconfigPath, String(from)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const output = text(child.stdout);
	await sleep(ms);
	child.kill('SIGTERM');
	const json = (await output).split('\n')[1];
	if (json === undefined || json === '') throw new Error('the recorder ended before its time');
	return JSON.parse(json) as Recorded;
}

interface Verdict {
	readonly written: number;
	readonly silentlyLost: number;
	/** Where, for whoever looks for the reason. */
	readonly where: readonly string[];
	readonly lostInGaps: number;
	readonly repeated: number;
}

function judge({streams, notes}: Recorded, runs: readonly WrittenRun[]): Verdict {
	const tally = createTally();
	for (const {key, sequences} of streams) {
		const run = runs.find(({uid, containerId}) => key.includes(uid) && key.includes(containerId));
		if (run) for (const sequence of sequences) tally.add(run.containerId, sequence);
	}
	const gaps = Map.groupBy(
		notes.filter(({kind}) => kind === 'gap'),
		({pod}) => pod,
	);
	const where: string[] = [];
	let [silentlyLost, lostInGaps, repeated, written] = [0, 0, 0, 0];
	for (const run of runs) {
		const {missing, repeated: twice} = tally.compare(run.containerId, run);
		repeated += twice;
		written += run.end - run.first;
		const stream = streams.find(({key}) => key.includes(run.uid) && key.includes(run.containerId));
		// A pod that was never known lies in a gap of its namespace.
		const told = [...(gaps.get(run.pod) ?? []), ...(stream ? [] : (gaps.get('') ?? []))];
		const silent = missing
			.map((sequence) => run.timeOf(sequence))
			.filter((at) => !told.some(({from, to}) => at >= from - toleranceMs && at <= to + toleranceMs));
		lostInGaps += missing.length - silent.length;
		silentlyLost += silent.length;
		const [first, last] = [silent[0], silent.at(-1)];
		if (first !== undefined && last !== undefined) {
			const state = stream?.state ?? 'never opened';
			const labels = told.map(({from, to, text: label}) => `${new Date(from).toISOString()} to ${new Date(to).toISOString()} ${label}`);
			where.push(
				`${silent.length} lines of ${run.pod}, ${new Date(first).toISOString()} to ${new Date(last).toISOString()} (${state}); gaps: ${labels.join('; ') || 'none'}`,
			);
		}
	}
	return {written, silentlyLost, where, lostInGaps, repeated};
}

export async function tailFaults(): Promise<readonly Row[]> {
	const {minutes, faultWindowMs} = process.argv.includes('--long') ? lengths.long : lengths.short;
	const seed = process.argv.find((word) => word.startsWith('--seed='))?.split('=')[1];
	const size = {
		scenario: 'flaky',
		logPods: 30,
		logLinesPerSecond: 3000,
		faultWindowMs,
		faultsForMs: minutes * 60_000 + earlyMs,
		...(seed === undefined ? {} : {seed: Number(seed)}),
	} as const;
	return withCompany(size, async (company) => {
		const truth = truthOf(size, company.startedAt);
		const from = Math.ceil((Date.now() + startMs) / 1000) * 1000;
		const to = from + minutes * 60_000;
		const recorded = await recordFor(company, from, to + settleMs - Date.now());
		if (recorded.wrapped) throw new Error('the recorder could not hold all lines');
		const runs = truth.load.written(from, to);
		const {written, silentlyLost, where, lostInGaps, repeated} = judge(recorded, runs);
		for (const lost of where) process.stderr.write(`lost in silence: ${lost}\n`);
		const gaps = recorded.notes.filter(({kind}) => kind === 'gap').length;
		const faults = [...faultsIn(truth, runs, from, to)].map(([kind, count]) => `${kind} ${count}`).join(', ');
		return [
			{
				what: `flaky cluster for ${minutes} minutes, 30 pods, 3,000 lines/s, a fault every ${(2 * faultWindowMs) / 1000} s`,
				target: 'no line lost outside a labelled gap, none twice',
				measured: `${written.toLocaleString('en')} lines written; lost in silence ${silentlyLost.toLocaleString('en')}, twice ${repeated.toLocaleString('en')}; ${lostInGaps.toLocaleString('en')} lost where one of ${gaps} gaps says so (${faults})`,
				met: silentlyLost === 0 && repeated === 0 && recorded.numberless === 0,
			},
		];
	});
}
