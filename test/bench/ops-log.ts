/**
 * `rounds log` over ten thousand entries, 27 years of one round a day, with the records of the newest thousand rounds
 * next to them: what it costs beyond starting node at all.
 */
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {execa} from 'execa';
import {type Entry, formatEntry} from '../../src/ops-log/entry.ts';
import type {RoundRecord} from '../../src/ops-log/record-file.ts';
import {createRound} from '../../src/round/round.ts';
import {statuses} from '../../src/base/status.ts';
import {startInvestigation} from '../../src/round/investigation/investigation.ts';
import {median, milliseconds, type Row} from './figures.ts';

const runs = 7;
const entries = 10_000;
const records = 1000;
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

/** Ten checks, one of them an anomaly that was triaged, and what they read: 45 kB. */
function recordOf(entry: Entry): RoundRecord {
	const {at, operator, service, environment, walkedMs} = entry;
	const startedAt = at - walkedMs;
	const ids = Array.from({length: 10}, (_, index) => (index === 0 ? 'pods' : `check-${index}`));
	const steps = ids.map((id) => ({id, title: id}));
	const round = createRound({service, environment, operator, startedAt, timeZone: '+01:00', steps});
	const reasons = ['api-54fb9-n4vkg', 'web-6d5f-8kq2p'].map((subject) => ({status: 'critical' as const, subject, text: 'OOMKilled'}));
	const finding = {status: 'critical' as const, summary: '2 of 38 failing', short: 'pods 2/38 failing', reasons, evidence: []};
	const investigation = {
		...startInvestigation({step: 'pods', openedAt: startedAt + 60_000}),
		problem: 'api is killed after 1.40.0',
		whys: ['its memory grows', 'a cache without a bound'],
		whysDone: true,
		outcome: 'serious' as const,
		closedAt: startedAt + 300_000,
	};
	const facts = Array.from({length: 60}, (_, index) => ({id: `api-54fb9-${index}`, value: index, unit: 'count' as const}));
	return {
		version: 1,
		entry: formatEntry(entry),
		round: {
			...round,
			phase: 'closed',
			closedAt: at,
			steps: round.steps.map((step, index) => ({
				...step,
				verdict: {kind: index === 0 ? 'anomaly' : 'ok', at, operator, finding},
				...(index === 0 ? {investigation} : {}),
			})),
		},
		readings: Object.fromEntries(ids.map((id) => [id, {kind: id, startedAt, durationMs: 80, facts}])),
	};
}

function team(): string {
	const directory = mkdtempSync(join(tmpdir(), 'rounds-bench-log-'));
	mkdirSync(join(directory, 'docs', 'ops'), {recursive: true});
	writeFileSync(join(directory, 'rounds.yaml'), 'services: [{name: checkout, owner: payments, environments: [{name: production}]}]\n');
	const lines = Array.from({length: entries}, (_, index) => formatEntry(entry(index)));
	writeFileSync(join(directory, 'docs', 'ops', 'ops-log.md'), `# Ops log\n\n${lines.join('\n')}\n`);
	const kept = join(directory, 'docs', 'ops', 'rounds');
	mkdirSync(kept);
	for (let index = entries - records; index < entries; index++) {
		const record = recordOf(entry(index));
		writeFileSync(join(kept, `${record.round.id}.json`), `${JSON.stringify(record, undefined, '\t')}\n`);
	}
	return directory;
}

const questions: Readonly<Record<string, readonly string[]>> = {
	'search `drained`': ['log', 'drained'],
	'`--check pods`': ['log', '--check', 'pods'],
	'`--outcome serious`': ['log', '--outcome', 'serious'],
	trends: ['log', 'trends'],
	'all of it as JSON': ['log', '--json'],
	'the run table of the records': ['log', 'investigations'],
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
