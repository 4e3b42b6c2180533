/** The ring: how fast lines come in, what a million of them take, and how fast all of them are searched, next to ripgrep. */
import {mkdtemp, open, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {execa, ExecaError} from 'execa';
import {compileFilters} from '../../src/logs/query/compile-filter.ts';
import {parseFilter} from '../../src/logs/query/filter.ts';
import {levelIn} from '../../src/logs/formats/level.ts';
import type {LogLines} from '../../src/logs/log-lines.ts';
import {createMatches} from '../../src/logs/query/matches.ts';
import {createRing} from '../../src/logs/hold/ring.ts';
import {median, megabytes, milliseconds, ratio, type Row} from './figures.ts';
import {batches, lineBytes, million} from './million-lines.ts';

const capacity = 256 * 2 ** 20;
const appended = 5 * million;
const appendRuns = 5;
const scanRuns = 9;
const sliceMs = 4;
/** The first begins with what is in every line and must be looked at closely; the second is in one of 5,000; the third has no bytes in common. */
const expressions = [
	String.raw`status=50[0-9] .*duration=[0-9]{4}ms`,
	String.raw`timed out after [0-9]+ms`,
	String.raw`[0-9]{4}ms|status=5`,
];

export async function ring(): Promise<readonly Row[]> {
	return [append(), await memory(), ...(await scans())];
}

function append(): Row {
	const all = [...batches(appended)];
	const rates: number[] = [];
	for (let run = 0; run < appendRuns; run++) {
		const lines = createRing({capacity, levelIn});
		const start = performance.now();
		for (const batch of all) lines.append(batch, 0);
		rates.push(appended / ((performance.now() - start) / 1000));
	}
	const rate = median(rates);
	return {
		what: `append: ${appended / million} million ${lineBytes}-byte lines into a ring of ${megabytes(capacity)}`,
		target: '>= 5 million lines/s',
		measured: `${(rate / million).toFixed(1)} million lines/s`,
		met: rate >= 5 * million,
	};
}

async function memory(): Promise<Row> {
	const script = fileURLToPath(new URL('million-lines.ts', import.meta.url));
	const {stdout} = await execa(process.execPath, ['--expose-gc', script]);
	const {bytes, lines}: {bytes: number; lines: number} = JSON.parse(stdout);
	if (lines !== million) throw new Error(`the ring holds ${lines} lines, not a million`);
	return {
		what: `one million ${lineBytes}-byte lines held, levels found`,
		target: '<= 220 MB above the empty process',
		measured: megabytes(bytes),
		met: bytes <= 220 * 2 ** 20,
	};
}

async function scans(): Promise<readonly Row[]> {
	const directory = await mkdtemp(path.join(tmpdir(), 'rounds-bench-'));
	const file = path.join(directory, 'million.log');
	try {
		const lines = createRing({capacity, levelIn});
		const handle = await open(file, 'w');
		for (const batch of batches(million)) {
			lines.append(batch, 0);
			await handle.write(batch.bytes.subarray(0, batch.count * (lineBytes + 1)));
		}
		await handle.close();
		const rows: Row[] = [];
		for (const expression of expressions) rows.push(await scan(lines, file, expression));
		return rows;
	} finally {
		await rm(directory, {recursive: true, force: true});
	}
}

async function scan(lines: LogLines, file: string, expression: string): Promise<Row> {
	const ours: number[] = [];
	const theirs: number[] = [];
	const slices: number[] = [];
	for (let run = 0; run < scanRuns; run++) {
		const counted = await ripgrep(file, expression);
		const scanned = scanInSlices(lines, expression);
		if (counted && counted.count !== scanned.count)
			throw new Error(`${scanned.count} lines match ${expression}, ripgrep finds ${counted.count}`);
		ours.push(scanned.ms);
		slices.push(scanned.longest);
		if (counted) theirs.push(counted.ms);
	}
	const longest = median(slices);
	const share = theirs.length > 0 ? median(ours) / median(theirs) : undefined;
	const peer = share === undefined ? 'ripgrep is not installed' : `${ratio(share)} ripgrep's ${milliseconds(median(theirs))}`;
	return {
		what: `regex over a million lines: \`${expression}\``,
		target: '<= 1.5x `rg -c` on the same file, no slice over 8 ms',
		measured: `${milliseconds(median(ours))}, ${peer}; longest slice ${milliseconds(longest)}`,
		met: share === undefined ? undefined : share <= 1.5 && longest <= 8,
	};
}

function scanInSlices(lines: LogLines, expression: string) {
	const filter = parseFilter(`/${expression}/`);
	if ('problem' in filter) throw new Error(filter.problem);
	const matches = createMatches(lines);
	matches.set(compileFilters([filter], () => undefined));
	const start = performance.now();
	let longest = 0;
	for (let done = false; !done;) {
		const from = performance.now();
		done = matches.work(from + sliceMs);
		longest = Math.max(longest, performance.now() - from);
	}
	const ms = performance.now() - start;
	matches.stop();
	return {ms, longest, count: matches.count()};
}

async function ripgrep(file: string, expression: string) {
	const start = performance.now();
	try {
		const {stdout} = await execa('rg', ['--no-config', '-c', expression, file]);
		return {ms: performance.now() - start, count: Number(stdout)};
	} catch (error) {
		if (error instanceof ExecaError && error.code === 'ENOENT') return undefined;
		throw error;
	}
}
