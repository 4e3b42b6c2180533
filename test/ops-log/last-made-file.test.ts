import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {lastMade} from '../../src/ops-log/last-made-file.ts';
import {writeRecord} from '../../src/ops-log/record-file.ts';
import {createRound, type VerdictKind} from '../../src/round/round.ts';
import {verdict} from '../round/samples.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 10, 20, 8, 31);
let directory = '';

beforeEach(async () => {
	directory = await mkdtemp(join(tmpdir(), 'rounds-records-'));
});
afterEach(() => rm(directory, {recursive: true}));

async function finished(
	daysAgo: number,
	verdicts: Readonly<Record<string, VerdictKind>>,
	{service = 'checkout', environment = 'production', at = now - daysAgo * day} = {},
): Promise<string> {
	const round = createRound({
		service,
		environment,
		operator: 'alice',
		startedAt: now - daysAgo * day,
		steps: [...Object.keys(verdicts), 'undecided'].map((id) => ({id, title: id})),
	});
	const steps = round.steps.map((step) => {
		const kind = verdicts[step.id];
		return kind ? {...step, verdict: verdict(kind, {at})} : step;
	});
	return writeRecord({directory, record: {version: 1, entry: '', round: {...round, steps, phase: 'closed'}}});
}

const asked = (ids: readonly string[] = ['standard', 'licences']) =>
	lastMade({directory, service: 'checkout', environment: 'production', ids, since: now - 27 * day, now});

test('returns the newest verdict of each requested check', async () => {
	await finished(9, {standard: 'anomaly', licences: 'ok', health: 'ok'});
	await finished(2, {standard: 'ok', health: 'ok'});
	expect(await asked()).toEqual(
		new Map([
			['standard', now - 2 * day],
			['licences', now - 9 * day],
		]),
	);
});

test('does not count a skip or a missing verdict', async () => {
	await finished(2, {standard: 'skipped'});
	expect(await asked(['standard', 'undecided'])).toEqual(new Map());
});

test('ignores other services and environments, also with similar names', async () => {
	await finished(2, {standard: 'ok'}, {environment: 'staging'});
	await finished(2, {standard: 'ok'}, {service: 'check out'});
	await finished(2, {standard: 'ok'}, {service: 'checkout', environment: 'production-eu'});
	expect(await asked()).toEqual(new Map());
});

test('ignores verdicts that are too old or in the future', async () => {
	await finished(28, {standard: 'ok'});
	await finished(1, {licences: 'ok'}, {at: now + day});
	expect(await asked()).toEqual(new Map());
});

test('skips a broken record', async () => {
	await finished(3, {standard: 'ok'});
	for (const [index, text] of [
		'',
		'{',
		'null',
		'[]',
		'{"round":null}',
		'{"round":{"service":"checkout","environment":"production","steps":[null]}}',
	].entries()) {
		await writeFile(join(directory, `2026-11-19T080${index}-checkout-production-bob.json`), text);
	}
	await mkdir(join(directory, '2026-11-19T0900-checkout-production-bob.json'));
	await writeFile(join(directory, 'notes.json'), '{}');
	expect(await asked()).toEqual(new Map([['standard', now - 3 * day]]));
});

test('returns nothing when there is no directory', async () => {
	expect(await lastMade({directory: join(directory, 'none'), service: 'a', environment: 'b', ids: ['c'], since: 0, now})).toEqual(
		new Map(),
	);
});
