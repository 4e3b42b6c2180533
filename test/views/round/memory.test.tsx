/** What is remembered, on the screen: since the last round, and seen before. */
import {describe, expect, test} from 'vitest';
import type {Finding} from '../../../src/checks/kit/check.ts';
import {emptyMemory, type Memory} from '../../../src/ops-log/memory/memory.ts';
import {createSeenIndex} from '../../../src/ops-log/memory/seen-before.ts';
import type {PastAnomaly} from '../../../src/round/investigation/past-anomaly.ts';
import type {LastRound} from '../../../src/ops-log/memory/since-last-round.ts';
import {createFakeApp, fakeFinding} from '../../helpers/fake-app.ts';
import {morning} from '../../helpers/fake-readings.ts';
import {misfits, renderScreen} from '../../helpers/render.tsx';

const day = 86_400_000;
const failing: Finding = {
	...fakeFinding('pods', 'critical'),
	reasons: [
		{status: 'critical', subject: 'api-54fb9-n4vkg', text: 'CrashLoopBackOff, last OOMKilled 38 s ago'},
		{status: 'warning', subject: 'web-6d5f-8kq2p', text: 'last OOMKilled 7 h ago'},
	],
};
const last: LastRound = {
	id: '2026-11-19T0831-checkout-production-bob',
	at: morning - day,
	checks: new Map([
		[
			'pods',
			{
				finding: {
					...fakeFinding('pods', 'warning'),
					reasons: [
						{status: 'warning', subject: 'web-6d5f-8kq2p', text: 'last OOMKilled'},
						{status: 'warning', subject: 'worker-0', text: 'not ready'},
					],
				},
				facts: [{id: 'image api', value: '1.41.3'}],
			},
		],
		['health', {finding: fakeFinding('health', 'ok'), facts: []}],
	]),
};
const anomalies: readonly PastAnomaly[] = [
	{
		at: morning - 8 * day,
		check: 'pods',
		problem: 'api OOMKilled after 1.40.0',
		outcome: 'serious',
		cause: 'cache without a bound',
		runbook: 'oom-killed',
	},
	{at: morning - 400 * day, check: 'pods', problem: 'api CrashLoopBackOff', outcome: 'intermittent'},
];

function memory(over: Partial<Memory> = {}): Memory {
	const seen = createSeenIndex();
	for (const one of anomalies) seen.add(one);
	return {...emptyMemory(), past: anomalies, seen, last, ...over};
}

const sizes = [
	[60, 15],
	[80, 24],
	[120, 40],
	[200, 50],
] as const;

async function open(columns: number, rows: number, over: Partial<Memory> = {}) {
	const app = createFakeApp({memory: memory(over), findings: {pods: failing}});
	const screen = await renderScreen(app, {columns, rows});
	await screen.press('2');
	return {...screen, app};
}

describe('since the last round', () => {
	test.each(sizes)('fits at %ix%i', async (columns, rows) => {
		const {frame} = await open(columns, rows);
		expect(misfits(frame(), columns, rows)).toEqual([]);
	});

	test('is told by the finding: what is new, what is gone and by name, which version came when', async () => {
		const {frame} = await open(200, 50);
		expect(frame()).toMatch(/since yesterday +\+1 new +-1 gone \(worker-0\) +image api 1\.41\.3 → 1\.42\.0 on 18 Nov/);
	});

	test('is in the checklist in a few characters, and nowhere where nothing changed', async () => {
		const {frame} = await open(120, 40);
		expect(frame()).toMatch(/Pods .*\+1 -1 │/);
		expect(frame()).toMatch(/Health +ok │/);
	});

	test('is in the list of marks', async () => {
		const {frame} = await open(80, 24);
		expect(frame()).toMatch(/▌✗2\+▌/);
	});

	test('comes when the record is read, without a key', async () => {
		const {frame, app, waitFor} = await open(120, 40, {last: undefined});
		expect(frame()).not.toContain('since yesterday');
		app.memory.update((one) => ({...one, last}));
		await waitFor('since yesterday');
	});

	test('says once that there is no earlier round', async () => {
		const {frame, press} = await open(120, 40, {last: 'none'});
		const words = 'No earlier round of checkout/production to compare with';
		expect(frame()).not.toContain(words);
		await press('1');
		expect(frame()).toContain(words);
	});

	test('says that nothing changed where something is wrong as before', async () => {
		const same: LastRound = {...last, checks: new Map([['pods', {finding: failing, facts: []}]])};
		const {frame} = await open(120, 40, {last: same});
		expect(frame()).toMatch(/since yesterday +the same/);
	});
});

describe('seen before', () => {
	test('at 120x40 below the rows, best first, with date, cause, outcome and runbook', async () => {
		const {frame} = await open(120, 40);
		expect(frame()).toMatch(
			/Seen before[^]*12 Nov {2}api OOMKilled after 1\.40\.0[^]*→ serious · cache without a bound · runbook oom-killed/,
		);
		expect(frame()).toMatch(/16 Oct 2025 {2}api CrashLoopBackOff → intermittent/);
	});

	test('at 80x24 the best one on one line', async () => {
		const {frame} = await open(80, 24);
		expect(frame()).toContain(' seen before 12 Nov: serious, cache without a bound (and 1 more)');
	});

	test('at 200x50 above the runbook', async () => {
		const {frame} = await open(200, 50);
		expect(frame()).toMatch(/│ Seen before\n/);
	});

	test('is silent where nothing is wrong, and where nothing like it is known', async () => {
		const {frame, press} = await open(120, 40);
		await press('1');
		expect(frame()).not.toContain('Seen before');
		const unknown = await open(120, 40, {seen: createSeenIndex()});
		expect(unknown.frame()).not.toContain('Seen before');
	});

	test('makes what is in the log harmless', async () => {
		const seen = createSeenIndex();
		seen.add({at: morning - day, check: 'pods', problem: 'api OOMKilled \u001B[31m\u0007', cause: '\u202Ex', outcome: 'noise'});
		const {frame} = await open(120, 40, {seen});
		expect(frame()).toContain('Seen before');
		expect(frame()).not.toMatch(/[^\n\P{Cc}]|\p{Cf}/u);
	});
});
