import {mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeEach, describe, expect, it} from 'vitest';
import {earlierRounds, lastRound} from '../../src/ops-log/memory/earlier-rounds.ts';
import {anomaliesIn, readPast} from '../../src/ops-log/memory/past-anomalies.ts';
import {withoutReadings} from '../../src/ops-log/record-head-file.ts';
import {recordFinder, recordsNamed, shortIds} from '../../src/ops-log/record-ids.ts';
import {type RoundRecord, writeRecord} from '../../src/ops-log/record-file.ts';
import {recordNames} from '../../src/ops-log/record-names-file.ts';
import {parseRecord, readRecord} from '../../src/ops-log/records-file.ts';
import {parseEntry} from '../../src/ops-log/entry.ts';
import {readTimes} from '../../src/ops-log/history/triage-times.ts';
import {createRound} from '../../src/round/round.ts';
import {startInvestigation} from '../../src/round/investigation/investigation.ts';
import {finding} from '../helpers/fake-check.ts';
import {verdict} from '../round/samples.ts';

const minute = 60_000;
const day = 86_400_000;
/** Friday, in UTC as the tests' clock. */
const friday = Date.UTC(2026, 10, 20, 8, 31);
const of = {service: 'checkout', environment: 'production'};

let directory = '';
beforeEach(async () => {
	directory = await mkdtemp(join(tmpdir(), 'rounds-records-'));
});

const killed = finding({
	status: 'critical',
	summary: '1 failing',
	reasons: [{status: 'critical', subject: 'api-54fb9-n4vkg', text: 'OOMKilled'}],
});

function record(startedAt: number, ratio?: number, operator = 'alice'): RoundRecord {
	const round = createRound({
		...of,
		operator,
		startedAt,
		steps: [
			{id: 'pods', title: 'Pods'},
			{id: 'logs', title: 'Logs'},
		],
	});
	const investigation = {
		...startInvestigation({step: 'pods', openedAt: startedAt + 2 * minute}),
		problem: 'api is killed',
		whys: ['a cache without a bound'],
		whysDone: true,
		outcome: 'serious' as const,
		closedAt: startedAt + 5 * minute,
	};
	return {
		version: 1,
		entry: `- 2026-11-20 08:42 +00:00 · checkout/production · ${operator} · critical · pods 1 failing · 1 anomaly: pods: api is killed serious (a cache without a bound) · 11m00s`,
		round: {
			...round,
			closedAt: startedAt + 11 * minute,
			steps: round.steps.map((step) =>
				step.id === 'pods' ? {...step, investigation, verdict: verdict('anomaly', {at: startedAt + minute, finding: killed})} : step,
			),
		},
		...(ratio === undefined
			? {}
			: {
					readings: {
						logs: {kind: 'logs', startedAt, durationMs: 1, facts: [{id: '5xx', value: ratio, unit: 'ratio' as const}], finding: finding()},
					},
				}),
	};
}

const write = (one: RoundRecord) => writeRecord({directory, record: one});

describe('reading records', () => {
	it('reads what was written, newest first', async () => {
		const both = [record(friday - day), record(friday, 0.01)];
		for (const one of both) await write(one);
		const names = await recordNames(directory);
		expect(names.map(({minute}) => minute)).toEqual(['2026-11-20T0831', '2026-11-19T0831']);
		expect(await readRecord(directory, names[0] ?? {id: ''})).toEqual(both[1]);
		expect(await recordNames(join(directory, 'nowhere'))).toEqual([]);
	});

	it.each([
		['{"version":1', /not valid JSON/],
		['[]', /file: /],
		[JSON.stringify({...record(friday), version: 7}), /^written by a newer rounds in version 7/],
		[
			JSON.stringify({...record(friday), round: {...record(friday).round, steps: [{id: 'pods', title: 'Pods', notes: 'none'}]}}),
			/^round\.steps\[0\]\.notes: /,
		],
		[JSON.stringify({...record(friday), round: {...record(friday).round, operators: []}}), /^round\.operators: /],
	])('%s is one clear clause', (text, problem) => {
		expect(parseRecord(text)).toEqual({problem: expect.stringMatching(problem)});
	});

	it('refuses a broken one with the code for bad data', async () => {
		await writeFile(join(directory, '2026-11-20T0831-checkout-production-alice.json'), 'nonsense');
		await expect(readRecord(directory, {id: '2026-11-20T0831-checkout-production-alice'})).rejects.toMatchObject({exitCode: 65});
		await expect(readRecord(directory, {id: 'none'})).rejects.toMatchObject({exitCode: 66});
	});

	it('skips readings when they are not needed', () => {
		const text = `${JSON.stringify(record(friday, 0.01), undefined, '\t')}\n`;
		expect(JSON.parse(withoutReadings(text))).toEqual(record(friday));
		expect(withoutReadings(JSON.stringify(record(friday)))).toBe(JSON.stringify(record(friday)));
	});
});

describe('the round before', () => {
	it('is the newest that ended, with the results of each check, and reports what cannot be read', async () => {
		await write(record(friday - 2 * day, 0.002));
		await writeFile(join(directory, '2026-11-18T1200-checkout-production-alice.json'), '');
		await writeFile(join(directory, '2026-11-19T0831-checkout-production-alice.json'), '{');
		await write(record(friday));
		const heard: string[] = [];
		const last = await lastRound({directory, ...of, now: friday, unread: (why) => heard.push(why)});
		expect(heard).toEqual(['A past round cannot be read. Run `rounds log show 2026-11-19T0831` to see why.']);
		expect(last?.at).toBe(friday - 2 * day + 11 * minute);
		expect(last?.checks.get('pods')?.finding).toEqual(killed);
		expect(last?.checks.get('logs')?.facts).toEqual([{id: '5xx', value: 0.002, unit: 'ratio'}]);
	});

	it('is of the same service and environment', async () => {
		await write(record(friday - day));
		expect(await lastRound({directory, service: 'checkout', environment: 'staging', now: friday})).toBeUndefined();
		expect(await lastRound({directory: join(directory, 'nowhere'), ...of, now: friday})).toBeUndefined();
	});
});

describe('the usual from records', () => {
	const usual = (at = friday) => earlierRounds({directory, ...of}).usual({check: 'logs', fact: '5xx', at});

	it('is unknown until three rounds of this weekday and hour', async () => {
		await write(record(friday - 7 * day, 0.002));
		await write(record(friday - 14 * day + 40 * minute, 0.004));
		await write(record(friday - day, 0.5));
		await write(record(friday - 21 * day + 6 * 60 * minute, 0.5));
		expect(await usual()).toEqual({known: false, points: [0.002, 0.004]});
		await write(record(friday - 21 * day, 0.003));
		expect(await usual()).toMatchObject({known: true, median: 0.003});
		expect(await usual(friday + day)).toMatchObject({known: false});
	});

	it('ignores records without readings', async () => {
		for (const weeks of [1, 2, 3]) await write(record(friday - weeks * 7 * day));
		expect(await usual()).toEqual({known: false, points: []});
	});
});

describe('which record an entry has', () => {
	const names = [
		'2026-11-20T0900-checkout-production-alice',
		'2026-11-20T0831-checkout-production-bob',
		'2026-11-20T0831-checkout-production-alice',
		'2026-11-20T0831-checkout-staging-alice',
		'2026-11-19T0831-checkout-production-alice',
	].map((id) => ({id, minute: id.slice(0, 15)}));
	const find = recordFinder(names);

	it.each([
		['- 2026-11-20 08:42 +00:00 · checkout/production · alice · ok · no anomalies · 11m00s', '2026-11-20T0831-checkout-production-alice'],
		['- 2026-11-20 08:42 +05:00 · checkout/production · bob · ok · no anomalies · 11m00s', '2026-11-20T0831-checkout-production-bob'],
		['- 2026-11-20 09:30 +00:00 · checkout/production · alice · ok · no anomalies · 30m00s', '2026-11-20T0900-checkout-production-alice'],
		['- 2026-11-20 08:40 +00:00 · checkout/staging · alice · ok · no anomalies · 2m00s', '2026-11-20T0831-checkout-staging-alice'],
		['- 2026-11-19 08:20 +00:00 · checkout/production · alice · ok · no anomalies · 2m00s', undefined],
		['- 2026-11-20 08:42 +00:00 · checkout/production · carol · ok · no anomalies · 11m00s', undefined],
		['- 2026-11-20 08:42 +00:00 · checkout/production · alice · ok · by hand · no anomalies · 0s', undefined],
	])('%s', (line, id) => {
		const entry = parseEntry(line);
		expect(entry && find(entry)?.id).toBe(id);
	});

	it('is named by its minute when that is enough', () => {
		expect(names.map(shortIds(names))).toEqual(['2026-11-20T0900', ...names.slice(1, 4).map(({id}) => id), '2026-11-19T0831']);
		expect(recordsNamed('2026-11-20 09:00', names)).toEqual([names[0]]);
		expect(recordsNamed('2026-11-20T0831', names)).toHaveLength(3);
		expect(recordsNamed(names[2]?.id ?? '', names)).toEqual([names[2]]);
		expect(recordsNamed('2025', names)).toEqual([]);
	});
});

describe('everything that is known of the past', () => {
	it('has each investigation of one check', () => {
		const {round, ...rest} = record(friday);
		const said = (problem: string, id?: string) => ({...startInvestigation({step: 'pods', id, openedAt: friday}), problem});
		const steps = round.steps.map((step) =>
			step.id === 'pods' ? {...step, investigation: said('one'), further: [said('other', 'pods-2')]} : step,
		);
		expect(anomaliesIn({...rest, round: {...round, steps}}).map(({problem}) => problem)).toEqual(['one', 'other']);
	});

	it('takes an anomaly from its record, or from its line without one', async () => {
		const log = join(directory, 'ops-log.md');
		await write(record(friday));
		const [known] = anomaliesIn(record(friday));
		await writeFile(
			log,
			[
				'# Ops log',
				'## 2019-03-12',
				'- api pods CrashLoopBackOff because of a full disk',
				'- 2026-11-12 08:42 +00:00 · checkout/production · alice · critical · pods 1 failing · 1 anomaly: pods: api OOMKilled serious (a leak) · 11m00s',
				'- 2026-11-13 08:42 +00:00 · checkout/production · alice · ok · pods restarted the worker by hand · no anomalies · 0s',
				record(friday).entry,
				'',
			].join('\n'),
		);
		const checks = [{id: 'pods', title: 'Pods'}];
		const past = await readPast({log, directory, checks, signal: new AbortController().signal});
		expect(past).toMatchObject([
			{
				...known,
				check: 'pods',
				problem: 'api is killed',
				outcome: 'serious',
				cause: 'a cache without a bound',
				record: record(friday).round.id,
			},
			{at: Date.UTC(2026, 10, 13, 8, 42), check: 'pods', problem: 'pods restarted the worker by hand'},
			{at: Date.UTC(2026, 10, 12, 8, 42), problem: 'api OOMKilled', outcome: 'serious', cause: 'a leak'},
			{at: Date.UTC(2019, 2, 12), check: 'pods', problem: 'api pods CrashLoopBackOff', cause: 'a full disk'},
		]);
		expect(past).toHaveLength(4);
	});

	it('has nothing when nothing can be read', async () => {
		const nowhere = join(directory, 'nowhere');
		const heard: string[] = [];
		const told = {checks: [], signal: new AbortController().signal, unread: (why: string) => heard.push(why)};
		expect(await readPast({...told, log: nowhere, directory: nowhere})).toEqual([]);
		expect(heard).toEqual([]);
		expect(await readPast({...told, log: directory, directory: nowhere})).toEqual([]);
		expect(heard).toEqual([`Past anomalies are incomplete: cannot read ${directory}: it is a directory`]);
	});

	it('says how soon triage began and ended', async () => {
		await write(record(friday, 0.01));
		const edited = JSON.stringify(record(friday));
		const broken = ['{', 'null', edited.replace('"version":1', '"version":2'), edited.replace('"steps":[', '"steps":[null,')];
		broken.push(edited.replace(/"openedAt":\d+/, '"openedAt":"yesterday"'), edited.replace(/"closedAt":\d+/, '"closedAt":"today"'));
		await Promise.all(
			broken.map((text, index) => writeFile(join(directory, `2026-11-1${index}T0831-checkout-production-alice.json`), text)),
		);
		const times = [{acknowledgedMs: 2 * minute, resolvedMs: 3 * minute}];
		expect(readTimes(directory, await recordNames(directory))).toEqual({times, read: 7, all: 7});
	});
});
