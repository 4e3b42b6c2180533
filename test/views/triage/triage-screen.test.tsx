/** What the eye finds on the screen of an investigation: steps back, keys, choices, answers, what was seen before. */
import {expect, test} from 'vitest';
import {emptyMemory} from '../../../src/ops-log/memory/memory.ts';
import {createSeenIndex} from '../../../src/ops-log/memory/seen-before.ts';
import type {PastAnomaly} from '../../../src/round/investigation/past-anomaly.ts';
import {createFakeApp, type FakeAppOptions, fakeFinding} from '../../helpers/fake-app.ts';
import {morning} from '../../helpers/fake-readings.ts';
import {misfits, renderScreen} from '../../helpers/render.tsx';

const day = 86_400_000;
const ctrl = {n: '\u000E', t: '\u0014', v: '\u0016'};

async function onPods(options: FakeAppOptions = {}, at = {columns: 120, rows: 40}) {
	return {screen: await renderScreen(createFakeApp({kinds: ['pods', 'health'], ...options}), at)};
}

test('esc goes one step back: from the evidence and from the methods to the question, from a question to the round', async () => {
	const {screen} = await onPods();
	await screen.press('i', 'ctrl-u', 'api dies', 'enter', 'memory', ctrl.v);
	await screen.waitFor('What speaks for “memory”?');
	await screen.press('escape');
	await screen.waitFor('2  Why: memory?');
	await screen.press(ctrl.t);
	await screen.waitFor('Which method do you want');
	await screen.press('escape');
	expect(await screen.waitFor('2  Why: memory?')).toContain('esc cancel');
	await screen.press('escape');
	expect(await screen.waitFor('i triage')).not.toContain('Triage of');
});

test('while something is typed ctrl-/ shows every key, and a ? stays a letter', async () => {
	const {screen} = await onPods();
	await screen.press('i', 'ctrl-u', 'api dies?', '\u001F');
	const frame = await screen.waitFor('another answer');
	expect(frame).toMatch(/ctrl-v +evidence/);
	await screen.press('escape');
	expect(await screen.waitFor('> api dies?')).toContain('ctrl-/ keys');
});

test.each([
	[80, 24],
	[120, 40],
	[200, 50],
])('at %ix%i the choices stay where they are while the selection moves, each with what it means', async (columns, rows) => {
	const {screen} = await onPods({}, {columns, rows});
	await screen.press('i', 'ctrl-u', 'api dies', 'enter', 'memory', 'tab');
	const before = await screen.waitFor('What is the outcome?');
	const placeOf = (frame: string) => frame.split('\n').flatMap((line, row) => (/ [1-5] {2}[a-z]/.test(line) ? [row] : []));
	expect(before).toContain('Users are affected. Find out');
	await screen.press('j', 'j');
	const after = await screen.waitFor('Collect what was missing');
	expect(placeOf(after)).toEqual(placeOf(before));
	expect(placeOf(after)).toHaveLength(5);
	await screen.press('h', ctrl.t);
	expect(await screen.waitFor('Which method do you want')).toContain('ends at a cause you can fix');
});

test('a chain of whys is in one column, a branch below what it explains, and a long number is not cut', async () => {
	const {screen} = await onPods();
	await screen.press(
		'i',
		'ctrl-u',
		'api dies',
		'enter',
		'memory',
		'enter',
		'cache',
		'enter',
		'bound',
		'enter',
		'review',
		'enter',
		'hurry',
		'enter',
	);
	const chain = await screen.waitFor('What is the outcome?');
	const columns = ['memory', 'cache', 'bound', 'review', 'hurry'].map((word) =>
		chain
			.split('\n')
			.find((line) => line.includes(` ${word}`))
			?.indexOf(` ${word}`),
	);
	expect(new Set(columns).size).toBe(1);
	await screen.press('h', ctrl.n, 'six', 'enter');
	const branched = await screen.waitFor(' six');
	expect(branched).toMatch(/ 1\.1\.1\.1\.1 +hurry/);
});

test('shows the reason once when a suspect is ruled out, and asks for one cause when the fishbone has one', async () => {
	const {screen} = await onPods();
	await screen.press('i', 'ctrl-u', 'api dies', 'enter', ctrl.t, '5');
	expect(await screen.waitFor('Name the first suspect')).not.toContain('these are all');
	await screen.press('the deploy', 'enter', 'the node', 'enter', 'tab', 'staging has it too', 'enter', 'enter');
	const frame = await screen.waitFor('Is the cause one of the remaining');
	expect(frame.match(/staging has it too/g)).toHaveLength(1);
	await screen.press(ctrl.t, '4', 'nobody looked', 'tab');
	await screen.waitFor('Is this the cause?');
});

test('seen before is asked by what is investigated, not by what else its check found; at 80x24 it is where ctrl-s takes it', async () => {
	const past: readonly PastAnomaly[] = [
		{
			at: morning - 8 * day,
			check: 'pods',
			problem: 'api CrashLoopBackOff after 1.40.0',
			outcome: 'serious',
			cause: 'cache without a bound',
		},
		{at: morning - 9 * day, check: 'pods', problem: 'worker ImagePullBackOff', outcome: 'noise', cause: 'the tag was never pushed'},
	];
	const seen = createSeenIndex();
	for (const one of past) seen.add(one);
	const reason = (subject: string, text: string) => ({status: 'critical' as const, subject, text});
	const reasons = [reason('api-54fb9-n4vkg', 'CrashLoopBackOff'), reason('worker-7c4d-x2x1', 'ImagePullBackOff')];
	const options = {findings: {pods: {...fakeFinding('pods', 'critical'), reasons}}, memory: {...emptyMemory(), past, seen}};
	const wide = await onPods(options);
	await wide.screen.press('tab', 'j', 'i');
	const frame = await wide.screen.waitFor('Seen before');
	expect(frame).toContain('noise · the tag was never');
	expect(frame).not.toContain('cache without a bound');
	const narrow = await onPods(options, {columns: 80, rows: 24});
	await narrow.screen.press('tab', 'j', 'i');
	const brief = await narrow.screen.waitFor('seen before');
	expect(brief).toMatch(/seen before 11 Nov: noise, the tag was .*\n.* never pushed/);
	expect(misfits(brief, 80, 24)).toEqual([]);
});

test('once it is closed a line says so: the screen has moved on to the next check', async () => {
	const {screen} = await onPods();
	await screen.press('i', 'enter', 'memory', 'tab', '2', 'enter');
	expect(await screen.waitFor('the triage of pods is closed: intermittent. Press I to list all.')).not.toContain('Triage of');
});

test('what the one before cannot fill any more is not offered', async () => {
	const past: readonly PastAnomaly[] = [
		{at: morning - day, check: 'pods', problem: 'api CrashLoopBackOff', outcome: 'serious', cause: 'a leak'},
	];
	const seen = createSeenIndex();
	for (const one of past) seen.add(one);
	const {screen} = await onPods({memory: {...emptyMemory(), past, seen}});
	await screen.press('i');
	expect(await screen.waitFor('What is the problem')).toContain('ctrl-s copy case');
	await screen.press('\u0013');
	expect(await screen.waitFor('Which users are affected?')).not.toContain('ctrl-s');
});

test('of many that were seen before the heading tells how many are left', async () => {
	const past = Array.from({length: 5}, (_, index): PastAnomaly => ({
		at: morning - (index + 1) * day,
		check: 'pods',
		problem: `api CrashLoopBackOff of kind ${String.fromCharCode(65 + index).repeat(3)}`,
		outcome: 'serious',
		cause: `a leak in part ${index}`,
	}));
	const seen = createSeenIndex();
	for (const one of past) seen.add(one);
	const {screen} = await onPods({memory: {...emptyMemory(), past, seen}});
	await screen.press('i');
	const frame = await screen.waitFor('Seen before');
	const shown = frame.match(/ {4}\d{1,2} Nov {2}api/g)?.length ?? 0;
	expect(shown).toBeGreaterThan(0);
	expect(frame).toContain(`Seen before  and ${5 - shown} more like it`);
});
