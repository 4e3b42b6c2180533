/** The composition root over a real configuration: what no other test wires together. */
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {openContext} from '../../src/apps/context.ts';
import {createApp} from '../../src/apps/create-round-app.ts';
import {writeRecord} from '../../src/ops-log/record-file.ts';
import {createRound, type VerdictKind} from '../../src/round/round.ts';
import {verdict} from '../round/samples.ts';

const config = `
services:
  - name: checkout
    owner: payments
    environments: [{name: production}]
checks:
  - {check: command, id: disk, options: {command: ['true']}}
  - {check: command, id: licences, title: Licences, cadence: weekly, options: {command: ['true']}}
`;

let directory = '';

beforeEach(async () => {
	directory = await mkdtemp(join(tmpdir(), 'rounds-app-'));
	vi.stubEnv('XDG_STATE_HOME', join(directory, 'state'));
	await writeFile(join(directory, 'rounds.yaml'), config);
});
afterEach(async () => {
	vi.unstubAllEnvs();
	await rm(directory, {recursive: true});
});

const open = async () => createApp(await openContext({}, {cwd: directory, env: {}}), {demo: undefined});

async function finished(kind: VerdictKind): Promise<void> {
	const at = Date.now() - 2 * 86_400_000;
	const steps = [{id: 'licences', title: 'Licences'}];
	const round = createRound({service: 'checkout', environment: 'production', operator: 'alice', startedAt: at, steps});
	await writeRecord({
		directory: join(directory, 'docs/ops/rounds'),
		record: {version: 1, entry: '', round: {...round, steps: round.steps.map((step) => ({...step, verdict: verdict(kind, {at})}))}},
	});
}

test('a weekly check that was decided two days ago rests, and the start says until when', async () => {
	await finished('ok');
	const app = await open();
	expect(app.checks.map(({id}) => id)).toEqual(['disk']);
	app.start();
	try {
		expect(app.round.get().steps.map(({id}) => id)).toEqual(['disk']);
		expect(app.notice.get()).toMatch(/^Licences is weekly: next due \w{3} \d+ \w{3,4}$/);
	} finally {
		await app.stop();
	}
});

test('a runbook of the team is told from the repository on, in a warning and where one was written', async () => {
	await mkdir(join(directory, 'docs'));
	await writeFile(join(directory, 'docs', 'broken.md'), '---\ntitle: [a\n---\nText.\n');
	await writeFile(join(directory, 'rounds.yaml'), config.replace('owner: payments', 'owner: payments\n    runbooks: docs'));
	const app = await open();
	app.start();
	try {
		expect(app.notice.get()).toMatch(/^docs\/broken\.md: front matter is not YAML/);
		expect(await app.writeRunbook('new-one', '# one\n')).toBe('docs/new-one.md');
	} finally {
		await app.stop();
	}
});

test('one that was only skipped is made', async () => {
	await finished('skipped');
	const app = await open();
	expect(app.checks.map(({id}) => id)).toEqual(['disk', 'licences']);
});
