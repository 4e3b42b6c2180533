/** 10,000 pods with 500 changes a second: the first list against kubectl, keys while it changes, CPU and memory after. */
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {execa} from 'execa';
import {openTerminal, type TestTerminal} from '../helpers/terminal.ts';
import {cpuShare, median, megabytes, milliseconds, percent, percentile, processFigures, ratio, type Row} from './figures.ts';
import {type RunningCompany, withCompany} from './with-company.ts';

const runs = 5;
const keyPresses = 400;
/** Whoever waits longer for a key's paint waits for nothing. */
const longestMs = 10_000;
/** The pods check's place in the round. */
const podsKey = '3';

/** Milliseconds of `kubectl get pods`, from spawn to its last line. */
async function kubectlGetPods({kubeconfigPath}: RunningCompany, ...more: readonly string[]): Promise<number> {
	const start = performance.now();
	await execa('kubectl', ['get', 'pods', '--kubeconfig', kubeconfigPath, '--namespace', 'checkout-prod', ...more], {stdout: 'ignore'});
	return performance.now() - start;
}

/** Opens the round at the pods check: what is typed before the round is there waits for it. */
async function openPods(company: RunningCompany) {
	const state = await mkdtemp(path.join(tmpdir(), 'rounds-bench-'));
	const terminal = openTerminal(process.execPath, [path.resolve('dist/cli.js'), '--config', company.configPath], {
		columns: 200,
		rows: 50,
		env: {...company.environment, XDG_STATE_HOME: state},
		cwd: company.directory,
	});
	let asked = false;
	terminal.onData(() => {
		if (!asked) terminal.press(podsKey);
		asked = true;
	});
	const close = async () => {
		terminal.press('C-c');
		await terminal.exited;
		terminal.close();
		await rm(state, {recursive: true, force: true});
	};
	return {terminal, close};
}

/** The whole list, not its first pages. */
const wholeList = (screen: string) => /\b10,?\d{3} pods/.test(screen) && !screen.includes('still listing') && /\d\/\d +\w+/.test(screen);

/** Milliseconds from spawn until the pods pane shows the whole list. */
async function firstList(company: RunningCompany): Promise<number> {
	const start = performance.now();
	const {terminal, close} = await openPods(company);
	try {
		await terminal.waitUntil(wholeList, 'the whole list', 60_000);
		return performance.now() - start;
	} finally {
		await close();
	}
}

/** The selected row's pod in what was written: its name tells a key's paint from that of a change elsewhere. */
// oxlint-disable-next-line no-control-regex -- an escape sequence may stand behind the name
const selectedPod = /▌[^▌\n]{0,40}?(load-[\da-z…-]+)(?=[ \u001B])/g;

/** Milliseconds from each key to the bytes that show the next row selected. */
async function keyLatencies(terminal: TestTerminal): Promise<readonly number[]> {
	let tail = '';
	let selected = '';
	let onMove = () => {};
	terminal.onData((chunk) => {
		tail = (tail + chunk).slice(-20_000);
		const name = Array.from(tail.matchAll(selectedPod)).at(-1)?.[1];
		if (name === undefined || name === selected) return;
		selected = name;
		onMove();
	});
	const press = async (key: string) => {
		const start = performance.now();
		const moved = new Promise<void>((resolve, reject) => {
			const late = setTimeout(() => reject(new Error(`${key} selected no other pod:\n${terminal.screen()}`)), longestMs);
			onMove = () => {
				clearTimeout(late);
				resolve();
			};
		});
		terminal.press(key);
		await moved;
		const took = performance.now() - start;
		await new Promise((resolve) => setTimeout(resolve, 23));
		return took;
	};
	// Beyond the first rows, whose names are short.
	for (let row = 0; row < 5; row++) {
		terminal.press('j');
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	const latencies: number[] = [];
	for (let key = 0; key < keyPresses; key++) latencies.push(await press(Math.floor(key / 10) % 2 === 0 ? 'j' : 'k'));
	return latencies;
}

async function liveFigures(company: RunningCompany) {
	const {terminal, close} = await openPods(company);
	try {
		await terminal.waitUntil(wholeList, 'the whole list', 60_000);
		terminal.press('Tab');
		await new Promise((resolve) => setTimeout(resolve, 5000));
		const cpu = await cpuShare(terminal.pid, 10_000);
		const {rssBytes} = processFigures(terminal.pid);
		const latencies = await keyLatencies(terminal);
		return {cpu, rssBytes, latencies};
	} finally {
		await close();
	}
}

export async function cluster(): Promise<readonly Row[]> {
	const first = await withCompany({extraPods: 10_000, changesPerSecond: 500}, async (company) => {
		const ours: number[] = [];
		const kubectls: number[] = [];
		const unchunked: number[] = [];
		await kubectlGetPods(company);
		for (let run = 0; run < runs; run++) {
			kubectls.push(await kubectlGetPods(company));
			ours.push(await firstList(company));
			unchunked.push(await kubectlGetPods(company, '--chunk-size=0'));
		}
		return {ours: median(ours), kubectl: median(kubectls), unchunked: median(unchunked), live: await liveFigures(company)};
	});
	const {cpu, rssBytes, latencies} = first.live;
	const p50 = percentile(latencies, 0.5);
	const p99 = percentile(latencies, 0.99);
	return [
		{
			what: '10,000 pods, 500 changes/s: whole list on screen, from spawn',
			target: '<= 1.2x kubectl get pods',
			measured: `${ratio(first.ours / first.kubectl)} (${milliseconds(first.ours)}; kubectl ${milliseconds(first.kubectl)}, with --chunk-size=0 ${milliseconds(first.unchunked)})`,
			met: first.ours / first.kubectl <= 1.2,
		},
		{what: '10,000 pods, 500 changes/s: CPU after', target: '<= 30 % of one core', measured: percent(cpu), met: cpu <= 0.3},
		{what: '10,000 pods, 500 changes/s: memory after', target: 'said', measured: megabytes(rssBytes), met: undefined},
		{
			what: 'key to paint in the pods pane, 500 changes/s, 200x50',
			target: 'p50 <= 6 ms, p99 <= 16 ms',
			measured: `p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)} (${latencies.length} keys)`,
			met: p50 <= 6 && p99 <= 16,
		},
	];
}
