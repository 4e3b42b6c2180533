/** The full screen of live logs at 200x50 while 20,000 and 100,000 lines a second arrive: keys, CPU, and what it costs when nothing comes. */
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {stripVTControlCharacters} from 'node:util';
import {openTerminal, type TestTerminal} from '../helpers/terminal.ts';
import {cpuShare, megabytes, milliseconds, percent, percentile, processFigures, type Row} from './figures.ts';
import {otherKeys} from './tail-other-keys.ts';
import {type RunningCompany, withCompany} from './with-company.ts';

const keyPresses = 300;
const freezes = 30;
const walks = 10;
/** More bytes than the clock and the counts take: the lines' rows are written anew. */
const rowsAnew = 4000;
const settleMs = 10_000;
const watchedMs = 20_000;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function openTail(company: RunningCompany, pods: string) {
	const state = await mkdtemp(path.join(tmpdir(), 'rounds-bench-'));
	const terminal = openTerminal(process.execPath, [path.resolve('dist/cli.js'), '--config', company.configPath, 'tail', pods], {
		columns: 200,
		rows: 50,
		env: {...company.environment, XDG_STATE_HOME: state},
		cwd: company.directory,
	});
	const close = async () => {
		terminal.press('C-c');
		await terminal.exited;
		terminal.close();
		await rm(state, {recursive: true, force: true});
	};
	return {terminal, close};
}

/** Watches what is written for a word, from now on. */
function painted(terminal: TestTerminal) {
	let wanted: ((written: string) => boolean) | undefined;
	let written = '';
	let onPaint = () => {};
	terminal.onData((chunk) => {
		if (!wanted) return;
		written = (written + chunk).slice(-40_000);
		if (wanted(written)) onPaint();
	});
	/** Milliseconds from the key until the bytes that hold what is wanted. */
	return async (key: string, wants: (written: string) => boolean): Promise<number> => {
		written = '';
		wanted = wants;
		let timer: NodeJS.Timeout | undefined;
		const start = performance.now();
		try {
			await new Promise<void>((resolve, reject) => {
				onPaint = resolve;
				timer = setTimeout(() => reject(new Error(`${JSON.stringify(key)} painted nothing; the screen is:\n${terminal.screen()}`)), 5000);
				terminal.press(key);
			});
			return performance.now() - start;
		} finally {
			clearTimeout(timer);
			wanted = undefined;
		}
	};
}

/** The selected row, as far as it has been written whole. */
function selectedRow(written: string): string | undefined {
	const at = written.lastIndexOf('▌');
	if (at === -1) return undefined;
	const end = written.indexOf('\r\n', at);
	return end === -1 ? undefined : stripVTControlCharacters(written.slice(at + 1, end));
}

/** What the foot says in each state. */
const stateWord = {paused: 'aused', following: 'ollowing'} as const;

async function keyLatencies(terminal: TestTerminal) {
	const press = painted(terminal);
	const others = await otherKeys(terminal, walks);
	const freeze: number[] = [];
	/** From continuing until the rows have moved. */
	const followed: number[] = [];
	for (let turn = 0; turn < freezes; turn++) {
		freeze.push(await press(' ', (written) => written.includes(stateWord.paused)));
		await pause(150);
		if (turn < freezes - 1) {
			const start = performance.now();
			freeze.push(await press(' ', (written) => written.includes(stateWord.following)));
			await press('', (written) => written.length > rowsAnew);
			followed.push(performance.now() - start);
		}
		await pause(350);
	}
	// Away from the newest line, to have room both ways.
	for (let row = 0; row < 15; row++) {
		terminal.press('k');
		await pause(50);
	}
	await pause(500);
	let selected = '';
	const moves: number[] = [];
	for (let key = 0; key < keyPresses; key++) {
		moves.push(
			await press(Math.floor(key / 10) % 2 === 0 ? 'k' : 'j', (written) => {
				const row = selectedRow(written);
				if (row === undefined || row === selected) return false;
				selected = row;
				return true;
			}),
		);
		await pause(23);
	}
	return {freeze, followed, moves, others};
}

/** The past has been read, and what is written now comes in. */
const isLive = (linesPerSecond: number) => (screen: string) => {
	const rate = /([\d,]+) lines\/s/.exec(screen)?.[1]?.replaceAll(',', '');
	// While the past is read it is many times that.
	return rate !== undefined && Math.abs(Number(rate) / linesPerSecond - 1) < 0.3;
};

async function underLoad(linesPerSecond: number): Promise<readonly Row[]> {
	return withCompany({scenario: 'all-clear', logPods: 50, logLinesPerSecond: linesPerSecond}, async (company) => {
		const {terminal, close} = await openTail(company, 'load-writer');
		try {
			await terminal.waitUntil(isLive(linesPerSecond), `${linesPerSecond} lines/s`, 60_000);
			await pause(settleMs);
			const cpu = await cpuShare(terminal.pid, watchedMs);
			const {freeze, followed, moves, others} = await keyLatencies(terminal);
			const {rssBytes} = processFigures(terminal.pid);
			const rate = `${linesPerSecond.toLocaleString('en')} lines/s, 200x50`;
			const of = (values: readonly number[]) => ({p50: percentile(values, 0.5), p99: percentile(values, 0.99)});
			const keys = (what: string, values: readonly number[]): Row => {
				const {p50, p99} = of(values);
				return {
					what: `key to paint at ${rate}: ${what}`,
					target: 'p50 <= 6 ms, p99 <= 16 ms',
					measured: `p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)} (${values.length} keys)`,
					met: p50 <= 6 && p99 <= 16,
				};
			};
			return [
				keys('j and k while paused', moves),
				keys('space pauses and follows', freeze),
				keys('search, page, scroll, columns, oldest, newest, filter, patterns', [...others.values()].flat()),
				{
					what: `space to the newest lines at ${rate}`,
					target: 'said',
					measured: `p50 ${milliseconds(of(followed).p50)}, p99 ${milliseconds(of(followed).p99)}; the rows move fifteen times a second`,
					met: undefined,
				},
				{
					what: `CPU at ${rate}`,
					target: linesPerSecond <= 20_000 ? '<= 25 % of one core' : 'said',
					measured: `${percent(cpu)}, ${megabytes(rssBytes)}`,
					met: linesPerSecond <= 20_000 ? cpu <= 0.25 : undefined,
				},
			];
		} finally {
			await close();
		}
	});
}

/** A pod that says something every few seconds. */
const quietPods = 'scheduler';

async function whenQuiet(): Promise<Row> {
	return withCompany({scenario: 'all-clear'}, async (company) => {
		const {terminal, close} = await openTail(company, quietPods);
		try {
			await terminal.waitFor(/\d lines\/s/, 60_000);
			await pause(settleMs);
			const cpu = await cpuShare(terminal.pid, watchedMs);
			return {what: 'live logs left open, hardly a line: CPU', target: '<= 1 % of one core', measured: percent(cpu), met: cpu <= 0.01};
		} finally {
			await close();
		}
	});
}

export async function tailKeys(): Promise<readonly Row[]> {
	return [...(await underLoad(20_000)), ...(await underLoad(100_000)), await whenQuiet()];
}
