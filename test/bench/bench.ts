/**
 * Measures what the design promises and prints one table; `--write` puts it into the manual.
 * A missed target is shown as missed, not hidden; the exit code is for benches that could not run at all.
 */
import {readFile, writeFile} from 'node:fs/promises';
import {cpus, loadavg} from 'node:os';
import type {Row} from './figures.ts';
import {cluster} from './cluster.ts';
import {frames} from './frames.ts';
import {headless} from './headless.ts';
import {idle} from './idle.ts';
import {opsLog} from './ops-log.ts';
import {patterns} from './patterns.ts';
import {ring} from './ring.ts';
import {runbookSearch} from './runbook.ts';
import {startUp} from './start-up.ts';
import {tailFaults} from './tail-faults.ts';
import {tailKeys} from './tail-keys.ts';
import {tailKubectl} from './tail-kubectl.ts';
import {tailLnav} from './tail-lnav.ts';

const benches: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
	'start-up': startUp,
	frames,
	headless,
	idle,
	cluster,
	ring,
	patterns,
	'ops-log': opsLog,
	runbooks: runbookSearch,
	'tail-lnav': tailLnav,
	'tail-keys': tailKeys,
	'tail-kubectl': tailKubectl,
	'tail-faults': tailFaults,
};
const [begin, end] = ['<!-- bench:begin -->', '<!-- bench:end -->'];

/** What else the machine was doing when the benches began. */
const load = loadavg()[0] ?? 0;
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const rows: Row[] = [];
for (const [name, bench] of Object.entries(benches)) {
	if (chosen.length > 0 && !chosen.includes(name)) continue;
	process.stderr.write(`bench: ${name}\n`);
	rows.push(...(await bench()));
}
const table = [
	'| what | target | measured | |',
	'|---|---|---|---|',
	...rows.map(
		({what, target, measured, met}) =>
			`| ${what.replaceAll('|', String.raw`\|`)} | ${target} | ${measured} | ${met === undefined ? '' : met ? 'met' : 'missed'} |`,
	),
	'',
	`Medians on ${cpus().length} cores, Node ${process.versions.node}, with a load of ${load.toFixed(1)} from elsewhere at the start; \`npm run bench\` makes the table.`,
].join('\n');
process.stdout.write(`${table}\n`);

if (process.argv.includes('--write')) {
	const page = await readFile('src/manual/performance.md', 'utf8');
	const from = page.indexOf(begin);
	const to = page.indexOf(end);
	if (from < 0 || to < from) throw new Error(`performance.md has no ${begin} … ${end}`);
	await writeFile('src/manual/performance.md', `${page.slice(0, from + begin.length)}\n${table}\n${page.slice(to)}`);
}
