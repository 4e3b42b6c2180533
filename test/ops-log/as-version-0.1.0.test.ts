/** An ops log and records as version 0.1.0 wrote them, from rounds of the demo: every later version reads them the same. */
import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {registry} from '../../src/config/check-registry.ts';
import {readRunRows} from '../../src/ops-log/history/run-rows.ts';
import {trends} from '../../src/ops-log/history/trends.ts';
import {readTimes} from '../../src/ops-log/history/triage-times.ts';
import {writeInvestigation} from '../../src/ops-log/investigation-file.ts';
import {readPast} from '../../src/ops-log/memory/past-anomalies.ts';
import {anomalyReader} from '../../src/ops-log/mentions.ts';
import {readLog} from '../../src/ops-log/read-log-file.ts';
import {recordNames} from '../../src/ops-log/record-names-file.ts';
import {readRecord} from '../../src/ops-log/records-file.ts';
import type {Entry} from '../../src/ops-log/entry.ts';

const at = (name: string) => fileURLToPath(new URL(`fixtures/ops-log-0.1.0/${name}`, import.meta.url));
const checks = Object.values(registry).map(({kind, title}) => ({id: kind, title}));

async function entriesIn(path: string): Promise<readonly Entry[]> {
	const lines = [];
	for await (const chunk of readLog(path)) lines.push(...chunk);
	return lines.flatMap((line) => (line.kind === 'entry' ? [line.entry] : []));
}

/** Everything that is read of the log and its records. */
async function asRead() {
	const entries = await entriesIn(at('ops-log.md'));
	const names = await recordNames(at('rounds'));
	const read = anomalyReader(checks);
	const times = readTimes(at('rounds'), names);
	return {
		entries: entries.map(({at, offsetMinutes, service, environment, operator, status, findings, anomalies, walkedMs}) => ({
			at,
			offsetMinutes,
			service,
			environment,
			operator,
			status,
			findings,
			anomalies,
			walkedMs,
		})),
		anomalies: entries.flatMap((entry) => entry.anomalies.map((text) => read(text, entry))),
		past: await readPast({log: at('ops-log.md'), directory: at('rounds'), checks, signal: new AbortController().signal}),
		trends: trends({entries, checks, until: Date.UTC(2026, 11, 2), offsetMinutes: 0, times}),
		times,
		rows: readRunRows(at('rounds'), names, {words: [], checks}).rows,
	};
}

test('reads the entries, anomalies, trends, times and investigations of version 0.1.0 as that version did', async () => {
	const expected: unknown = JSON.parse(await readFile(at('as-read.json'), 'utf8'));
	// What is undefined is not in JSON.
	expect(JSON.parse(JSON.stringify(await asRead()))).toEqual(expected);
});

test('recognises the record of an investigation that version 0.1.0 wrote, and does not write a second one', async () => {
	const round = (await readRecord(at('rounds'), {id: '2026-12-01T1306-checkout-production-alice'})).round;
	const step = round.steps.find(({id}) => id === 'pods')!;
	const name = '2026-12-01-pods-api-pods-are-killed.md';
	const record = {step, investigation: step.investigation!, name, text: 'new text'};
	expect(await writeInvestigation(at('investigations'), {round, record})).toBe(at(`investigations/${name}`));
	expect(await readFile(at(`investigations/${name}`), 'utf8')).toContain('# api pods are killed');
});
