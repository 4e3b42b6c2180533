/** 10,000 pods with 500 changes a second: the first list against kubectl, keys while it changes, CPU and memory after. */
import {execa} from 'execa';
import {openTerminal} from '../helpers/terminal.ts';
import {cpuShare, median, megabytes, milliseconds, percent, percentile, processFigures, ratio, type Row} from './figures.ts';
import {type RunningCompany, withCompany} from './with-company.ts';

const runs = 5;
const keyPresses = 200;

async function kubectlGetPods({kubeconfigPath}: RunningCompany): Promise<number> {
	const start = performance.now();
	await execa('kubectl', ['get', 'pods', '--kubeconfig', kubeconfigPath, '--namespace', 'checkout-prod'], {stdout: 'ignore'});
	return performance.now() - start;
}

function openPods(company: RunningCompany) {
	const terminal = openTerminal(process.execPath, ['dist/cli.js', '--config', company.configPath], {
		columns: 200,
		rows: 50,
		env: company.environment,
		cwd: company.directory,
	});
	return terminal;
}

/** Milliseconds from spawn until the pods pane shows its rows. */
async function firstList(company: RunningCompany): Promise<number> {
	const start = performance.now();
	const terminal = openPods(company);
	const typing = setInterval(() => terminal.press('3'), 20);
	try {
		await terminal.waitFor(/NAME +READY +STATUS[\s\S]*\d\/\d +\w+/, 60_000);
		return performance.now() - start;
	} finally {
		clearInterval(typing);
		terminal.close();
	}
}

/** Row of the selection mark in the pane, -1 where it is not on the screen. */
const selectedRow = (screen: string) => screen.split('\n').findIndex((line) => /▌ .*\d\/\d/.test(line));

async function liveFigures(company: RunningCompany) {
	const terminal = openPods(company);
	try {
		await terminal.waitFor('pods', 60_000);
		terminal.press('3');
		await terminal.waitFor(/NAME +READY +STATUS[\s\S]*\d\/\d +\w+/, 60_000);
		terminal.press('Tab');
		await terminal.waitUntil((screen) => selectedRow(screen) >= 0, 'a selected row');
		await new Promise((resolve) => setTimeout(resolve, 5000));
		const cpu = await cpuShare(terminal.pid, 10_000);
		const {rssBytes} = processFigures(terminal.pid);
		const latencies: number[] = [];
		for (let press = 0; press < keyPresses; press++) {
			const before = selectedRow(terminal.screen());
			const start = performance.now();
			terminal.press(Math.floor(press / 10) % 2 === 0 ? 'j' : 'k');
			await terminal.waitUntil((screen) => selectedRow(screen) !== before, 'the selection to move', 5000);
			latencies.push(performance.now() - start);
			await new Promise((resolve) => setTimeout(resolve, 23));
		}
		return {cpu, rssBytes, latencies};
	} finally {
		terminal.close();
	}
}

export async function cluster(): Promise<readonly Row[]> {
	const first = await withCompany({extraPods: 10_000, changesPerSecond: 500}, async (company) => {
		const ours: number[] = [];
		const kubectls: number[] = [];
		await kubectlGetPods(company);
		for (let run = 0; run < runs; run++) {
			kubectls.push(await kubectlGetPods(company));
			ours.push(await firstList(company));
		}
		return {ours: median(ours), kubectl: median(kubectls), live: await liveFigures(company)};
	});
	const {cpu, rssBytes, latencies} = first.live;
	const p50 = percentile(latencies, 0.5);
	const p99 = percentile(latencies, 0.99);
	return [
		{
			what: '10,000 pods: first list on screen, from spawn',
			target: '<= 1.2x kubectl get pods',
			measured: `${ratio(first.ours / first.kubectl)} (${milliseconds(first.ours)}; kubectl ${milliseconds(first.kubectl)})`,
			met: first.ours / first.kubectl <= 1.2,
		},
		{what: '10,000 pods, 500 changes/s: CPU after', target: '<= 30 % of one core', measured: percent(cpu), met: cpu <= 0.3},
		{what: '10,000 pods, 500 changes/s: memory after', target: 'said', measured: megabytes(rssBytes), met: true},
		{
			what: 'key to paint in the pods pane, 500 changes/s, 200x50',
			target: 'p50 <= 6 ms, p99 <= 16 ms',
			measured: `p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)} (${latencies.length} keys)`,
			met: p50 <= 6 && p99 <= 16,
		},
	];
}
