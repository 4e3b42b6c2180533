/** A log file of 150 MB in the full screen, next to lnav: until its lines are on screen, until a filter has found its few, and the memory that takes. */
import {mkdir, mkdtemp, open, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {openTerminal, type TestTerminal} from '../helpers/terminal.ts';
import {median, megabytes, milliseconds, processFigures, ratio, type Row} from './figures.ts';

const runs = 5;
const lineCount = 1_080_000;
const lineLength = 140;
const firstAt = Date.UTC(2026, 10, 20, 8, 31);
const rare = 'upstream timed out';
const rareEvery = 5000;
const rareCount = lineCount / rareEvery;
const patienceMs = 60_000;

function line(k: number): string {
	const status = k % 100 === 7 ? 503 : 200;
	const what = k % rareEvery === 11 ? `${rare} after 3000ms` : `path=/api/v2/orders/${100_000 + ((k * 7919) % 900_000)}`;
	const head = `${new Date(firstAt + k).toISOString()} ${status === 200 ? 'INFO ' : 'ERROR'} gateway method=GET ${what} status=${status}`;
	const text = `${head} bytes=${500 + (k % 9000)} duration=${10 + (k % 90)}ms trace=`;
	return `${text.padEnd(lineLength, 'a3f9c1e07b5d2846').slice(0, lineLength)}\n`;
}

async function writeLog(file: string): Promise<void> {
	const handle = await open(file, 'w');
	for (let k = 0; k < lineCount; k += 10_000) {
		await handle.write(Array.from({length: 10_000}, (_, index) => line(k + index)).join(''));
	}
	await handle.close();
}

interface Viewer {
	readonly open: () => TestTerminal;
	/** True once lines of the file are on screen. */
	readonly shows: (screen: string) => boolean;
	/** Types the filter up to its last key. */
	readonly typeFilter: (terminal: TestTerminal) => Promise<void>;
	readonly filtered: (screen: string) => boolean;
}

interface Figures {
	readonly shown: number;
	readonly filtered: number;
	readonly rssBytes: number;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function measure(viewer: Viewer): Promise<Figures> {
	const start = performance.now();
	const terminal = viewer.open();
	try {
		await terminal.waitUntil(viewer.shows, 'the first lines', patienceMs);
		const shown = performance.now() - start;
		// Whatever is still being read or indexed is over then.
		await pause(4000);
		await viewer.typeFilter(terminal);
		const entered = performance.now();
		terminal.press('Enter');
		await terminal.waitUntil(viewer.filtered, 'the filtered lines', patienceMs);
		const filtered = performance.now() - entered;
		// What is held, and not what loading took: as the empty app is measured.
		await pause(4000);
		const {rssBytes} = processFigures(terminal.pid);
		return {shown, filtered, rssBytes};
	} finally {
		terminal.close();
	}
}

/** What the viewer takes with a single line. */
async function emptyRss({open: start, shows}: Viewer): Promise<number> {
	const terminal = start();
	try {
		await terminal.waitUntil(shows, 'the only line', patienceMs);
		await pause(4000);
		return processFigures(terminal.pid).rssBytes;
	} finally {
		terminal.close();
	}
}

const size = {columns: 200, rows: 50};
const content = /method=GET/;

export async function tailLnav(): Promise<readonly Row[]> {
	const directory = await mkdtemp(path.join(tmpdir(), 'rounds-bench-'));
	const file = path.join(directory, 'gateway.log');
	const home = path.join(directory, 'home');
	await mkdir(home);
	await writeLog(file);
	const lnav: Viewer = {
		open: () => openTerminal('lnav', [file], {...size, env: {HOME: home}}),
		shows: (screen) => content.test(screen),
		typeFilter: (terminal) => Promise.resolve(terminal.press(':', `filter-in ${rare}`)),
		filtered: (screen) => screen.includes(`${lineCount - rareCount} Lines not shown`),
	};
	const openOurs = (log: string) => openTerminal(process.execPath, ['dist/cli.js', 'tail', log], {...size, env: {XDG_STATE_HOME: home}});
	const ours: Viewer = {
		open: () => openOurs(file),
		shows: (screen) => content.test(screen),
		async typeFilter(terminal) {
			terminal.press('f');
			await pause(300);
			terminal.press(rare);
			await pause(300);
		},
		filtered: (screen) => new RegExp(`\\b${rareCount} of ${lineCount.toLocaleString('en')}\\b`).test(screen),
	};
	try {
		const [theirs, own]: [Figures[], Figures[]] = [[], []];
		for (let run = 0; run < runs; run++) {
			theirs.push(await measure(lnav));
			own.push(await measure(ours));
		}
		const row = (what: string, of: (figures: Figures) => number, show: (value: number) => string): Row => {
			const [mine, peer] = [median(own.map(of)), median(theirs.map(of))];
			return {what, target: '<= lnav', measured: `${show(mine)}, ${ratio(mine / peer)} lnav's ${show(peer)}`, met: mine <= peer};
		};
		const oneLine = path.join(directory, 'short.log');
		await writeFile(oneLine, line(0));
		const empty = await emptyRss({...ours, open: () => openOurs(oneLine)});
		const above = ((median(own.map(({rssBytes}) => rssBytes)) - empty) * 1_000_000) / lineCount;
		return [
			row('150 MB log file: spawn to its lines on screen', ({shown}) => shown, milliseconds),
			row(`150 MB log file: filter for ${rareCount} of ${lineCount.toLocaleString('en')} lines`, ({filtered}) => filtered, milliseconds),
			row('150 MB log file: memory after', ({rssBytes}) => rssBytes, megabytes),
			{
				what: 'one million 140-byte lines in the running app',
				target: '<= 220 MB above the empty app',
				measured: `${megabytes(above)} above the empty app's ${megabytes(empty)}`,
				met: above <= 220 * 2 ** 20,
			},
		];
	} finally {
		await rm(directory, {recursive: true, force: true});
	}
}
