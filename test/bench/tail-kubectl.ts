/** Fifty pods that write 20,000 lines a second for a minute: `rounds tail --plain` next to fifty `kubectl logs -f`, on the same lines. */
import {spawn} from 'node:child_process';
import {createReadStream} from 'node:fs';
import {mkdtemp, open, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {WrittenRun} from '../../src/demo/kubernetes/cluster/load-pods.ts';
import {percent, processFigures, type Row} from './figures.ts';
import {createTally, sequenceOf, truthOf} from './log-truth.ts';
import {type RunningCompany, withCompany} from './with-company.ts';

const size = {scenario: 'all-clear', logPods: 50, logLinesPerSecond: 20_000} as const;
const warmUpMs = 10_000;
const measuredMs = 60_000;
/** What `kubectl` has is on its way to us for that long: lines wait a moment for those of other pods. */
const lateMs = 2000;
/** So long the company may take to serve what was written, where the machine is busy. */
const patienceMs = 60_000;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

interface Follower {
	readonly pid: number;
	readonly file: string;
	/** False once it ended by itself. */
	readonly runs: () => boolean;
	readonly end: () => Promise<void>;
}

/** Runs a program with its output into a file, so that no one has to keep up with it. */
async function follow(
	program: string,
	args: readonly string[],
	file: string,
	env: Readonly<Record<string, string>> = {},
): Promise<Follower> {
	const handle = await open(file, 'w');
	const child = spawn(program, args, {stdio: ['ignore', handle.fd, 'inherit'], env: {...process.env, ...env}});
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	await new Promise<void>((resolve, reject) => {
		child.once('spawn', resolve);
		child.once('error', reject);
	});
	await handle.close();
	return {
		pid: child.pid ?? 0,
		file,
		runs: () => child.exitCode === null && child.signalCode === null,
		async end() {
			child.kill('SIGINT');
			await ended;
		},
	};
}

/** Tells where each line of a file begins and ends. */
async function readLines(file: string, onLine: (bytes: Buffer, start: number, end: number) => void): Promise<void> {
	let rest: Buffer = Buffer.alloc(0);
	for await (const chunk of createReadStream(file, {highWaterMark: 4 * 2 ** 20}) as AsyncIterable<Buffer>) {
		const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
		let start = 0;
		for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
			onLine(bytes, start, end);
			start = end + 1;
		}
		rest = Buffer.from(bytes.subarray(start));
	}
	if (rest.length > 0) onLine(rest, 0, rest.length);
}

/** The number of a file's newest whole line; undefined while it has none. */
async function newestSequence(file: string): Promise<number | undefined> {
	const handle = await open(file);
	try {
		const {size: length} = await handle.stat();
		const bytes = Buffer.alloc(Math.min(length, 16_384));
		await handle.read(bytes, 0, bytes.length, length - bytes.length);
		const end = bytes.lastIndexOf(10);
		return end < 0 ? undefined : sequenceOf(bytes, bytes.lastIndexOf(10, end - 1) + 1, end);
	} finally {
		await handle.close();
	}
}

/** Resolves once every file has come to the end of what its pod has written: then it was served to all who follow. */
async function allServed(runs: readonly WrittenRun[], fileOf: (pod: string) => string): Promise<void> {
	const until = Date.now() + patienceMs;
	for (const {pod, end} of runs) {
		// eslint-disable-next-line no-await-in-loop
		while (((await newestSequence(fileOf(pod))) ?? 0) < end - 1 && Date.now() < until) await sleep(200);
	}
}

const podName = /load-writer-[\da-z]+-[\da-z]+/;

interface Outcome {
	readonly cpu: number;
	readonly lines: string;
	readonly exact: boolean;
}

async function run(company: RunningCompany, directory: string): Promise<{readonly ours: Outcome; readonly kubectl: Outcome}> {
	const {load} = truthOf(size, company.startedAt);
	const from = Math.floor(Date.now() / 1000) * 1000;
	const to = from + warmUpMs + measuredMs;
	// Counted from when all follow: a log may be rotated before its first reading, for whoever reads it.
	const runs = load.written(from + warmUpMs, to);
	const since = new Date(from).toISOString();
	const ours = await follow(
		process.execPath,
		['dist/cli.js', '--config', company.configPath, 'tail', 'load-writer', '--plain', '--since', since],
		path.join(directory, 'rounds'),
		{...company.environment, XDG_STATE_HOME: directory},
	);
	const kubectls = await Promise.all(
		runs.map(({pod, namespace}) =>
			follow(
				'kubectl',
				['logs', '--follow', pod, '--since-time', since, '--kubeconfig', company.kubeconfigPath, '--namespace', namespace],
				path.join(directory, pod),
			),
		),
	);
	await sleep(warmUpMs);
	const cpuSeconds = () => ({
		ours: processFigures(ours.pid).cpuSeconds,
		kubectl: kubectls.reduce((sum, {pid}) => sum + processFigures(pid).cpuSeconds, 0),
	});
	const gone = [ours, ...kubectls].filter((follower) => !follower.runs());
	if (gone.length > 0) {
		await Promise.all([ours, ...kubectls].map((follower) => follower.end()));
		throw new Error(`${gone.map(({file}) => path.basename(file)).join(', ')} ended at once`);
	}
	const before = cpuSeconds();
	const start = performance.now();
	await sleep(measuredMs);
	const seconds = (performance.now() - start) / 1000;
	const after = cpuSeconds();
	await sleep(Math.max(0, to - Date.now()));
	await allServed(runs, (pod) => path.join(directory, pod));
	await sleep(lateMs);
	await Promise.all([ours, ...kubectls].map((follower) => follower.end()));

	const [fromOurs, fromKubectl] = [createTally(), createTally()];
	let nameless = 0;
	await readLines(ours.file, (bytes, begin, end) => {
		const pod = podName.exec(bytes.toString('latin1', begin, Math.min(end, begin + 80)))?.[0];
		const sequence = sequenceOf(bytes, begin, end);
		if (pod === undefined || sequence === undefined) nameless++;
		else fromOurs.add(pod, sequence);
	});
	for (const {file} of kubectls) {
		await readLines(file, (bytes, begin, end) => {
			const sequence = sequenceOf(bytes, begin, end);
			if (sequence !== undefined) fromKubectl.add(path.basename(file), sequence);
		});
	}
	const outcome = (tally: typeof fromOurs, cpu: number, more = 0): Outcome => {
		const compared = runs.map((written) => tally.compare(written.pod, written));
		const missing = compared.reduce((sum, one) => sum + one.missing.length, 0);
		const repeated = compared.reduce((sum, one) => sum + one.repeated, 0);
		const wanted = runs.reduce((sum, {first, end}) => sum + end - first, 0);
		const also = more > 0 ? `, ${more} without their pod` : '';
		return {
			cpu,
			lines: `${(wanted - missing).toLocaleString('en')} of ${wanted.toLocaleString('en')}, ${repeated} twice${also}`,
			exact: missing === 0 && repeated === 0 && more === 0,
		};
	};
	return {
		ours: outcome(fromOurs, (after.ours - before.ours) / seconds, nameless),
		kubectl: outcome(fromKubectl, (after.kubectl - before.kubectl) / seconds),
	};
}

export async function tailKubectl(): Promise<readonly Row[]> {
	const directory = await mkdtemp(path.join(tmpdir(), 'rounds-bench-'));
	try {
		const {ours, kubectl} = await withCompany(size, (company) => run(company, directory));
		return [
			{
				what: '50 pods, 20,000 lines/s for 60 s, `rounds tail --plain`: lines that came out',
				target: 'every line exactly once',
				measured: `${ours.lines}; 50 \`kubectl logs -f\`: ${kubectl.lines}`,
				met: ours.exact,
			},
			{
				what: '50 pods, 20,000 lines/s, `rounds tail --plain`: CPU',
				target: '<= 50 `kubectl logs -f`',
				measured: `${percent(ours.cpu)} of one core; kubectl ${percent(kubectl.cpu)}`,
				met: ours.cpu <= kubectl.cpu,
			},
		];
	} finally {
		await rm(directory, {recursive: true, force: true});
	}
}
