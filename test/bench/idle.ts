/** The all-clear round left alone on the screen: what it costs to have it open. */
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {openTerminal} from '../helpers/terminal.ts';
import {cpuShare, megabytes, percent, processFigures, type Row} from './figures.ts';

const settleMs = 10_000;
const watchedMs = 30_000;

export async function idle(): Promise<readonly Row[]> {
	const state = await mkdtemp(path.join(tmpdir(), 'rounds-bench-'));
	const terminal = openTerminal(process.execPath, ['dist/cli.js', 'demo', 'all-clear'], {
		columns: 200,
		rows: 50,
		env: {XDG_STATE_HOME: state},
	});
	try {
		await terminal.waitFor(/0 of \d+ reviewed/);
		await new Promise((resolve) => setTimeout(resolve, settleMs));
		const cpu = await cpuShare(terminal.pid, watchedMs);
		const {rssBytes} = processFigures(terminal.pid);
		return [
			{
				what: 'all-clear demo round left open: CPU',
				target: '<= 1 % of one core',
				measured: `${percent(cpu)} over ${watchedMs / 1000} s, ${megabytes(rssBytes)}`,
				met: cpu <= 0.01,
			},
		];
	} finally {
		terminal.press('C-c');
		await terminal.exited;
		terminal.close();
		await rm(state, {recursive: true, force: true});
	}
}
