/** `rounds log` over ten thousand entries, 27 years of one round a day: what it costs beyond starting node at all. */
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {execa} from 'execa';
import {type Entry, formatEntry} from '../../src/ops-log/entry.ts';
import {statuses} from '../../src/status.ts';
import {median, milliseconds, type Row} from './figures.ts';

const runs = 7;
const entries = 10_000;
const limitMs = 200;
const cli = resolve('dist/cli.js');

const anomalies = [
	'pods: api-54fb9-n4vkg OOMKilled after 1.40.0 serious (cache without a bound)',
	'logs: 5xx from one pod intermittent (node drained)',
	'rate limits: reset 12x noise',
	'payments: 3 webhooks stuck undetermined (asked billing)',
];
const findings = [
	'health 4/4',
	'alerts 1 firing',
	'pods 2/38 failing',
	'errors 3 new, 1 critical',
	'5xx 1.9 % (usual 0.2 %)',
	'payments 3 webhooks stuck, 2 invoices failed (EUR 149.00, JPY 12,000)',
	'rate limits reset 12x',
	'PITR orders 2026-11-19T22:10Z stale',
];

function entry(index: number): Entry {
	return {
		at: Date.UTC(2000, 0, 1, 8, 42) + index * 86_400_000,
		offsetMinutes: 60,
		service: 'checkout',
		environment: 'production',
		operator: ['alice', 'bob', 'carol'][index % 3] ?? 'alice',
		status: statuses[index % statuses.length] ?? 'ok',
		findings,
		anomalies: Array.from({length: index % 3}, (_, more) => anomalies[(index + more) % anomalies.length] ?? ''),
		walkedMs: 372_000,
	};
}

function team(): string {
	const directory = mkdtempSync(join(tmpdir(), 'rounds-bench-log-'));
	mkdirSync(join(directory, 'docs', 'ops'), {recursive: true});
	writeFileSync(join(directory, 'rounds.yaml'), 'services: [{name: checkout, owner: payments, environments: [{name: production}]}]\n');
	const lines = Array.from({length: entries}, (_, index) => formatEntry(entry(index)));
	writeFileSync(join(directory, 'docs', 'ops', 'ops-log.md'), `# Ops log\n\n${lines.join('\n')}\n`);
	return directory;
}

const questions: Readonly<Record<string, readonly string[]>> = {
	'search `drained`': ['log', 'drained'],
	'`--check pods`': ['log', '--check', 'pods'],
	'`--outcome serious`': ['log', '--outcome', 'serious'],
	trends: ['log', 'trends'],
	'all of it as JSON': ['log', '--json'],
};

export async function opsLog(): Promise<readonly Row[]> {
	const cwd = team();
	const time = async (args: readonly string[]) => {
		const start = performance.now();
		await execa(process.execPath, [...args], {cwd, stdout: 'ignore'});
		return performance.now() - start;
	};
	try {
		const bare: number[] = [];
		const times = new Map(Object.keys(questions).map((name) => [name, [] as number[]]));
		// In turns, so that whatever else the machine does weighs on all alike.
		for (let run = 0; run < runs; run++) {
			bare.push(await time(['-e', '0']));
			for (const [name, args] of Object.entries(questions)) times.get(name)?.push(await time([cli, ...args]));
		}
		return [...times].map(([name, all]) => {
			const over = median(all) - median(bare);
			return {
				what: `ops log of 10,000 entries, ${name}`,
				target: `< ${limitMs} ms over bare node`,
				measured: `${milliseconds(over)} over ${milliseconds(median(bare))}`,
				met: over < limitMs,
			};
		});
	} finally {
		rmSync(cwd, {recursive: true, force: true});
	}
}
