/** The whole demo round without a screen, next to its slowest source: the rest is what the program itself costs. */
import {execa} from 'execa';
import {median, ratio, type Row} from './figures.ts';

const runs = 5;

export async function headless(): Promise<readonly Row[]> {
	const totals: number[] = [];
	const slowest: number[] = [];
	for (let run = 0; run < runs; run++) {
		const start = performance.now();
		const {stdout} = await execa(process.execPath, ['dist/cli.js', 'check', '--demo', '--format', 'json'], {reject: false});
		totals.push(performance.now() - start);
		const {checks}: {checks: readonly {durationMs: number}[]} = JSON.parse(stdout);
		slowest.push(Math.max(...checks.map(({durationMs}) => durationMs)));
	}
	const total = median(totals);
	return [
		{
			what: 'headless demo round',
			target: '< 5 s',
			measured: `${(total / 1000).toFixed(2)} s, ${ratio(total / median(slowest))} its slowest source (${(median(slowest) / 1000).toFixed(2)} s)`,
			met: total < 5000,
		},
	];
}
