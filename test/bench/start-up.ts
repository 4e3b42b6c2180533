/** Spawn to first byte, to a frame that takes keys, and `--version`, each next to a bare `node -e 0` in the same terminal. */
import {spawn} from 'node:child_process';
import {openTerminal} from '../helpers/terminal.ts';
import {median, milliseconds, ratio, type Row} from './figures.ts';

const runs = 11;
const cli = 'dist/cli.js';

/** Milliseconds until the program ends. */
async function untilExit(args: readonly string[]): Promise<number> {
	const start = performance.now();
	const child = spawn(process.execPath, args, {stdio: ['ignore', 'pipe', 'inherit']});
	child.stdout.resume();
	await new Promise((resolve) => child.once('exit', resolve));
	return performance.now() - start;
}

/** Milliseconds until the first byte, and until a `?` typed then has opened the help. */
async function untilKeys(): Promise<{readonly firstByte: number; readonly keys: number}> {
	const start = performance.now();
	const terminal = openTerminal(process.execPath, [cli, 'demo']);
	let firstByte = 0;
	terminal.onData(() => {
		if (firstByte > 0) return;
		firstByte = performance.now() - start;
		terminal.press('?');
	});
	await terminal.waitFor(/Keys of the round|Keys that work here/);
	const keys = performance.now() - start;
	terminal.press('C-c');
	await terminal.exited;
	terminal.close();
	return {firstByte, keys};
}

/** Runs each in turn so that the machine's drift falls on all alike. */
export async function startUp(): Promise<readonly Row[]> {
	const bare: number[] = [];
	const version: number[] = [];
	const firstByte: number[] = [];
	const keys: number[] = [];
	await untilKeys();
	for (let run = 0; run < runs; run++) {
		bare.push(await untilExit(['-e', '0']));
		version.push(await untilExit([cli, '--version']));
		const screen = await untilKeys();
		firstByte.push(screen.firstByte);
		keys.push(screen.keys);
	}
	const base = median(bare);
	const row = (what: string, values: readonly number[], limit: number): Row => ({
		what,
		target: `<= ${limit}x a bare node -e 0`,
		measured: `${ratio(median(values) / base)} (${milliseconds(median(values))}; bare ${milliseconds(base)})`,
		met: median(values) / base <= limit,
	});
	return [
		row('spawn to first byte', firstByte, 1.5),
		row('spawn to a frame that takes keys', keys, 5),
		row('rounds --version', version, 2),
	];
}
