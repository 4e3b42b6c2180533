/** A past round opened again: its own readings, its own time, and nothing that can be changed. */
import {mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import type {App} from '../../src/apps/round-app.ts';
import {openContext} from '../../src/apps/context.ts';
import {createReplay, minuteOf} from '../../src/apps/create-replay.ts';
import {keepReading} from '../../src/ops-log/readings.ts';
import {type RoundRecord, writeRecord} from '../../src/ops-log/record-file.ts';
import {readRecord} from '../../src/ops-log/records-file.ts';
import {checkOf} from '../../src/checks/index.ts';
import {createRound} from '../../src/round/round.ts';
import {startInvestigation} from '../../src/round/investigation/investigation.ts';
import {finding} from '../helpers/fake-check.ts';
import {morning, readings} from '../helpers/fake-readings.ts';
import {renderScreen} from '../helpers/render.tsx';
import {verdict} from '../round/samples.ts';

const failing = finding({
	status: 'critical',
	summary: '2 of 38 failing',
	short: 'pods 2/38 failing',
	reasons: [{status: 'critical', subject: 'api-54fb9-n4vkg', text: 'CrashLoopBackOff'}],
});

function recordOf(startedAt: number, service = 'checkout'): RoundRecord {
	const steps = ['pods', 'gone'].map((id) => ({id, title: id === 'pods' ? 'Pods' : 'A check that is gone'}));
	const round = createRound({service, environment: 'production', operator: 'bob', startedAt, steps});
	const kept = keepReading({check: checkOf('pods')}, {reading: {data: readings.pods, startedAt, durationMs: 5}, finding: failing});
	return {
		version: 1,
		entry: 'the line',
		round: {
			...round,
			phase: 'closed',
			closedAt: startedAt + 300_000,
			steps: round.steps.map((step) => ({...step, verdict: verdict('anomaly', {at: startedAt, finding: failing})})),
		},
		...(kept ? {readings: {pods: kept}} : {}),
	};
}

let directory = '';
let app: App | undefined;
beforeEach(async () => {
	directory = await mkdtemp(join(tmpdir(), 'rounds-replay-'));
	vi.stubEnv('XDG_STATE_HOME', join(directory, 'state'));
	await writeFile(join(directory, 'rounds.yaml'), 'services: [{name: checkout, owner: payments, environments: [{name: production}]}]\n');
});
afterEach(async () => {
	await app?.stop();
	vi.unstubAllEnvs();
	await rm(directory, {recursive: true});
});

async function open(record: RoundRecord): Promise<App> {
	app = await createReplay(await openContext({}, {cwd: directory, env: {}}), record);
	app.start();
	return app;
}

/** Written, and read back as the command reads it. */
async function throughDisk(record: RoundRecord): Promise<RoundRecord> {
	const records = join(directory, 'docs/ops/rounds');
	await writeRecord({directory: records, record});
	return readRecord(records, record.round);
}

test('shows the rows, the finding and the clock of that morning, and says which it was', async () => {
	const {frame, press, waitFor} = await renderScreen(await open(await throughDisk(recordOf(morning))), {columns: 160, rows: 40});
	expect(frame()).toContain('2 of 38 failing');
	expect(frame()).toMatch(/api-54fb9-n4vkg +0\/1 +CrashLoopBackOff/);
	expect(frame()).toContain('replay of 2026-11-20 08:31');
	expect(frame()).toContain('08:36:00');
	await press('j');
	await waitFor('A check that is gone');
});

test.each(['a', 'x', 's', 'n', 'b', 'c', 'R', 'u', 't'])('%s changes nothing and says why', async (key) => {
	const shown = await open(recordOf(morning));
	const {press, frame} = await renderScreen(shown);
	const before = shown.round.get();
	await press(key);
	expect(shown.round.get()).toBe(before);
	expect(frame()).toContain('Replay: nothing can be changed');
});

test('what was not investigated is not offered for it, and the environment stays whole on a narrow screen', async () => {
	const {press, frame} = await renderScreen(await open(recordOf(morning)), {columns: 80, rows: 24});
	expect(frame()).toMatch(/rounds {3}\S+ · PRODUCTION .*replay of 2026-11-20 08:31/);
	expect(frame()).not.toContain('i triage');
	await press('i');
	expect(frame()).toContain('a replay: this check was not investigated');
});

test('nothing is written anywhere, whatever reaches it', async () => {
	const opened = await open(recordOf(morning));
	opened.dispatch({type: 'undecided', step: 'pods'});
	expect(opened.notice.get()).toBe('a replay of 2026-11-20 08:31: nothing can be changed');
	expect(await opened.write('entry')).toMatchObject({done: false});
	expect((await readdir(directory)).toSorted()).toEqual(['rounds.yaml', 'state']);
});

test('compares with the round before it, not with today’s', async () => {
	const day = 86_400_000;
	await throughDisk(recordOf(morning - day));
	const opened = await open(await throughDisk(recordOf(morning)));
	await throughDisk(recordOf(morning + day));
	await vi.waitFor(() => expect(opened.memory.get().last).toMatchObject({at: morning - day + 300_000}));
});

test('a service that has left rounds.yaml, and rows that someone edited', async () => {
	const record = recordOf(morning, 'inventory');
	const pods = record.readings?.['pods'];
	const edited = {...record, ...(pods ? {readings: {pods: {...pods, data: {list: 'nonsense'}}}} : {})};
	const opened = await open(edited);
	expect(opened.service.name).toBe('inventory');
	const {frame} = await renderScreen(opened, {columns: 160, rows: 40});
	expect(frame()).toContain('rows that were edited by hand in the record are not shown');
	expect(frame()).toContain('no rows: the record holds only what was found here');
	expect(frame()).toContain('2 of 38 failing');
	expect(minuteOf(morning)).toBe('2026-11-20 08:31');
});

test('it is compared with the round before it, not with itself', async () => {
	const before = recordOf(morning - 86_400_000);
	const {closedAt: _, ...round} = recordOf(morning).round;
	const unclosed: RoundRecord = {...recordOf(morning), round};
	const records = join(directory, 'docs', 'ops', 'rounds');
	await writeRecord({directory: records, record: before});
	await writeRecord({directory: records, record: unclosed});
	const replay = await open(unclosed);
	await vi.waitFor(() => expect(replay.memory.get().last).toMatchObject({at: before.round.closedAt}));
});

test('an investigation of that morning is read whole, every answer at once, and none is given again', async () => {
	const record = recordOf(morning);
	const investigation = {
		...startInvestigation({step: 'pods', openedAt: morning}),
		problem: 'api dies',
		whys: ['a cache without a bound'],
		whysDone: true,
		outcome: 'serious' as const,
		followUp: 'all who pay',
		closedAt: morning + 60_000,
	};
	const steps = record.round.steps.map((step) => (step.id === 'pods' ? {...step, investigation} : step));
	const replay = await open({...record, round: {...record.round, steps}});
	const screen = await renderScreen(replay, {columns: 120, rows: 40});
	expect(screen.frame()).not.toContain('u undoes');
	await screen.press('I');
	await screen.waitFor('api dies');
	await screen.press('enter');
	const frame = await screen.waitFor('Triage of pods');
	for (const answer of ['api dies', 'a cache without a bound', 'serious', 'all who pay']) expect(frame).toContain(answer);
	await screen.press('x', 'y', 'enter');
	expect(await screen.waitFor('Replay: nothing can be changed')).toContain('api dies');
	await screen.press('escape');
	expect(await screen.waitFor('Pods')).not.toContain('Triage of pods');
	expect(replay.round.get().steps[0]?.investigation).toEqual(investigation);
});
