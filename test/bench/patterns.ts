/** `rounds patterns --assign` on a million lines, as a whole command: lines per second. */
import {mkdtempSync, rmSync} from 'node:fs';
import {open} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {execa} from 'execa';
import {linesOf} from '../logs/patterns/patterns-labelled.ts';
import {programs} from '../logs/patterns/patterns-programs.ts';
import {systems} from '../logs/patterns/patterns-systems.ts';
import {median, type Row} from './figures.ts';

const wanted = 1_000_000;
const runs = 3;

/** Lines of every kind, other values in each round. */
async function writeLog(path: string): Promise<void> {
	const file = await open(path, 'w');
	let lines = 0;
	for (let round = 0; lines < wanted; round++) {
		const texts = Object.entries({...systems, ...programs}).flatMap(([name, {statements}]) =>
			linesOf(statements, `${name} ${round % 40}`).map(({text}) => text),
		);
		const taken = texts.slice(0, wanted - lines);
		await file.write(`${taken.join('\n')}\n`);
		lines += taken.length;
	}
	await file.close();
}

export async function patterns(): Promise<readonly Row[]> {
	const directory = mkdtempSync(join(tmpdir(), 'rounds-bench-'));
	try {
		const path = join(directory, 'million.log');
		await writeLog(path);
		const rates: number[] = [];
		for (let run = 0; run < runs; run++) {
			const start = performance.now();
			const {stdout} = await execa(process.execPath, ['dist/cli.js', 'patterns', path, '--assign'], {maxBuffer: 2 ** 28});
			rates.push(wanted / ((performance.now() - start) / 1000));
			if (stdout.split('\n').length !== wanted) throw new Error('not one id per line');
		}
		const rate = median(rates);
		return [
			{
				what: 'patterns of a million lines, whole command',
				target: '>= 200,000 lines/s',
				measured: `${(rate / 1000).toFixed(0)},000 lines/s`,
				met: rate >= 200_000,
			},
		];
	} finally {
		rmSync(directory, {recursive: true, force: true});
	}
}
