/** The investigation by keyboard: from a row, by every method, several at once, left and come back to. */
import {expect, test} from 'vitest';
import type {PastAnomaly} from '../../../src/round/investigation/past-anomaly.ts';
import {createFakeApp, type FakeApp, type FakeAppOptions, fakeFinding} from '../../helpers/fake-app.ts';
import {morning} from '../../helpers/fake-readings.ts';
import {misfits, renderScreen} from '../../helpers/render.tsx';

const size = {columns: 120, rows: 40};
const day = 86_400_000;
const ctrl = {g: '\u0007', l: '\u000C', n: '\u000E', r: '\u0012', t: '\u0014', v: '\u0016'};
const first = (app: FakeApp) => app.round.get().steps[0]?.investigation;

async function onPods(options: FakeAppOptions = {}, at = size) {
	const app = createFakeApp({kinds: ['pods', 'health'], ...options});
	return {app, screen: await renderScreen(app, at)};
}

test('i begins with the selected row; closed, its check is an anomaly and the round continues', async () => {
	const {app, screen} = await onPods();
	await screen.press('tab', 'j', 'i');
	const frame = await screen.waitFor('What is the problem');
	expect(frame).toMatch(/> .*worker-7c4d-x2x1/);
	expect(first(app)?.evidence.map(({id}) => id)).toEqual(['pod:checkout-prod/worker-7c4d-x2x1']);
	await screen.press('enter', 'no such image', 'tab', '2', 'enter');
	await screen.waitFor('health summary');
	expect(first(app)).toMatchObject({
		whys: ['no such image'],
		outcome: 'intermittent',
		closedAt: morning,
		times: {understand: morning, cause: morning, outcome: morning},
	});
	expect(app.round.get().steps[0]?.verdict?.kind).toBe('anomaly');
	expect(app.round.get().cursor).toBe(1);
});

test('the problem’s draft is what the check says of the row, known again tomorrow; a row that is fine means itself', async () => {
	const reason = {status: 'warning' as const, subject: 'staging api', text: 'answers 200 with its dependency queue degraded'};
	const findings = {health: {...fakeFinding('health', 'warning'), reasons: [reason, {...reason, text: 'answers 200 but slowly: 2.1 s'}]}};
	const app = createFakeApp({kinds: ['health', 'pods'], findings});
	const screen = await renderScreen(app, size);
	await screen.press('tab', 'j', 'i');
	const draft = 'staging api answers 200 with its dependency queue degraded';
	await screen.waitFor('> staging api answers 200 with its dependency queue \n'.trimEnd());
	app.setRun('health', {finding: fakeFinding('health', 'ok')});
	await screen.press('ctrl-c');
	const again = createFakeApp({kinds: ['health', 'pods'], findings, round: app.round.get()});
	const second = await renderScreen(again, size);
	await second.waitFor(/> staging api answers 200 with its/);
	await second.press('enter');
	expect(first(again)?.problem).toBe(draft);
	await second.press('escape', 'tab', 'G', 'i');
	await second.waitFor(/> production api: orders-db ok/);
});

test('every other row has an investigation of its own; the list leads back to each', async () => {
	const {app, screen} = await onPods();
	await screen.press('i', 'ctrl-u', 'api dies', 'enter', 'mem', 'escape', 'tab', 'j', 'i', 'ctrl-u', 'no image', 'escape');
	expect(app.round.get().steps[0]?.further).toHaveLength(1);
	await screen.press('I');
	const list = await screen.waitFor('Investigations of this round');
	expect(list).toMatch(/AFFECTED ITEM +PROBLEM +SINCE +PRIORITY +OUTCOME +TIME TO RESOLVE/);
	expect(list).toMatch(/1 {2}pod api-54fb9-n4vkg +api dies +08:31 +- +at why 1 +open/);
	expect(list).toMatch(/2 {2}pod worker-7c4d-x2x1 .* 08:31 +- +at problem +open/);
	await screen.press('1');
	await screen.waitFor('> mem');
	await screen.press('escape', 'I', 'j', 'enter');
	await screen.waitFor('> no image');
	await screen.press('escape', 'I', 'D');
	await screen.waitFor('something is answered there already');
	await screen.press('j', 'D');
	expect(app.round.get().steps[0]?.further).toBeUndefined();
});

test('what is typed in one stays when another is typed into, and through a crash', async () => {
	const {app, screen} = await onPods();
	await screen.press('i', 'enter', 'half a th', 'escape', 'tab', 'j', 'i', 'ctrl-u', 'another', 'ctrl-c');
	const again = createFakeApp({kinds: ['pods', 'health'], round: app.round.get()});
	const second = await renderScreen(again, size);
	await second.waitFor('> another');
	await second.press('escape', 'I', '1');
	expect(await second.waitFor('> half a th')).toContain('1  Why:');
});

test('without a word typed, a crash comes back to the open investigation', async () => {
	const {app, screen} = await onPods();
	await screen.press('i', 'enter', 'ctrl-c');
	const second = await renderScreen(createFakeApp({kinds: ['pods', 'health'], round: app.round.get()}), size);
	expect(await second.waitFor('1  Why:')).toContain('Triage of pods');
});

test('the panes are one key away; a pin there lands in the investigation, esc comes back', async () => {
	const {app, screen} = await onPods();
	await screen.press('i', 'enter', 'mem', ctrl.g);
	await screen.waitFor(/investigating .*: press b to pin, esc to return/);
	await screen.press('j', 'b', 'escape');
	expect(await screen.waitFor('> mem')).toMatch(/2 .*worker-7c4d-x2x1/);
	expect(first(app)?.evidence).toHaveLength(2);
	await screen.press('escape', 'b');
	expect(first(app)?.evidence).toHaveLength(2);
});

test('the runbook lies over it and goes with esc', async () => {
	const {screen} = await onPods();
	await screen.press('i', 'enter', 'mem', ctrl.r);
	await screen.waitFor('When pods crash');
	await screen.press('escape');
	expect(await screen.waitFor('> mem')).not.toContain('When pods crash');
});

test('a why has several answers, each asked on, and carries the evidence that speaks for it', async () => {
	const {app, screen} = await onPods();
	await screen.press('i', 'ctrl-u', 'api dies', 'enter', 'memory', ctrl.n);
	await screen.waitFor('Another answer to the same why');
	await screen.press('the node', 'enter');
	await screen.waitFor('2  Why: memory?');
	await screen.press('a leak', ctrl.v);
	await screen.waitFor('What speaks for “a leak”?');
	await screen.press('1', 'left');
	expect(await screen.waitFor('3  Why: a leak?')).toMatch(/why 1\.1 +a leak {2}\[1\]/);
	expect(first(app)?.answered?.map(({text, level, evidence}) => [text, level, evidence?.length ?? 0])).toEqual([
		['memory', 1, 0],
		['a leak', 2, 1],
		['the node', 1, 0],
	]);
	await screen.press('enter');
	await screen.waitFor('2  Why: the node?');
	await screen.press('tab');
	await screen.waitFor('What is the outcome?');
	expect(first(app)?.whys).toEqual(['the node']);
});

test('methods are side by side with what speaks for and against each; none loses what another was told', async () => {
	const {app, screen} = await onPods({}, {columns: 80, rows: 24});
	await screen.press('i', 'ctrl-u', 'api dies', 'enter', 'memory', 'enter', ctrl.t);
	const frame = await screen.waitFor('Which method do you want');
	expect(frame.match(/^.{18} {6}\+ .*$/gm)).toHaveLength(5);
	expect(frame.match(/^.{18} {6}- .*$/gm)).toHaveLength(5);
	expect(frame).not.toContain('…');
	expect(misfits(frame, 80, 24)).toEqual([]);
	await screen.press('5');
	await screen.waitFor('What could it be? Name the first');
	await screen.press('the deploy', 'enter', 'the node', 'enter', 'tab');
	await screen.waitFor('What rules out the deploy?');
	await screen.press('staging has it too', 'enter', 'enter');
	expect(await screen.waitFor(/> the node/)).toMatch(/\(the deploy\) → ruled out:/);
	await screen.press('enter');
	await screen.waitFor('What is the outcome?');
	expect(first(app)).toMatchObject({method: 'elimination', whys: ['memory'], answers: {'cause.elimination': 'the node'}});
	await screen.press(ctrl.t, '1');
	await screen.waitFor('2  Why: memory?');
});

test('fishbone: a cause under each branch, then one of them is chosen', async () => {
	const {app, screen} = await onPods();
	await screen.press('i', 'ctrl-u', 'api dies', 'enter', ctrl.t, '4', 'nobody looked', 'enter', 'enter', 'no review', 'enter', 'tab');
	await screen.waitFor('Which of these is the cause?');
	await screen.press('j', 'enter');
	await screen.waitFor('What is the outcome?');
	expect(first(app)?.answers?.['cause.fishbone']).toBe('no review');
});

test('down goes to what need not be answered, and enter on to the next of it', async () => {
	const {app, screen} = await onPods();
	await screen.press('i', 'ctrl-u', 'api dies', 'enter', 'memory', 'tab');
	await screen.press('left', 'down');
	await screen.waitFor('Who is responsible');
	await screen.press('bob', 'enter', 'rolled back', 'enter');
	await screen.waitFor('What was done by hand?');
	await screen.press('enter');
	await screen.waitFor('What is the outcome?');
	expect(first(app)).toMatchObject({answers: {contact: 'bob', fix: 'rolled back'}, times: {resolve: morning}});
});

test('what an outcome needs must be said; undetermined extends the guide', async () => {
	const {app, screen} = await onPods();
	await screen.press('i', 'enter', 'memory', 'tab', '5', 'enter');
	await screen.waitFor('Required to close as');
	await screen.press('bob', 'enter', 'look at the limits first', 'enter');
	await screen.waitFor('the tip is in');
	expect(app.asked).toContain('tip pods look at the limits first');
});

const past = (daysAgo: number, over: Partial<PastAnomaly> = {}): PastAnomaly => ({
	at: morning - daysAgo * day,
	check: 'pods',
	problem: 'api-54fb9-n4vkg is killed 14 times',
	outcome: 'intermittent',
	...over,
});

test.each([
	['asks whom it is escalated to, with the dates', [past(3), past(12)], true],
	['leaves older ones and other outcomes alone', [past(3), past(31), past(4, {outcome: 'noise'}), past(5, {problem: 'disk full'})], false],
] as const)('the third intermittent one %s', async (_name, all, asks) => {
	const {app, screen} = await onPods({memory: {past: all}});
	await screen.press('i', 'ctrl-u', 'api-9c8d7-bbbbb is killed 3 times', 'enter', 'memory', 'tab', '2', 'enter');
	if (!asks) {
		await screen.waitFor('health summary');
		return;
	}
	expect((await screen.waitFor('Escalate to whom?')).replaceAll(/\s+/g, ' ')).toContain('third time');
	expect(screen.frame()).toContain('2026-11-08');
	expect(first(app)?.closedAt).toBeUndefined();
	await screen.press('the platform team', 'enter');
	await screen.waitFor('health summary');
	expect(first(app)?.answers).toEqual({'intermittent.escalation': 'the platform team'});
});

test.each([
	[80, 24],
	[120, 40],
	[200, 50],
	[60, 15],
] as const)('steps, form, evidence and time line fit at %ix%i', async (columns, rows) => {
	const app = createFakeApp({kinds: ['alerts', 'pods', 'errors', 'logs'], memory: {past: [past(3)]}});
	const screen = await renderScreen(app, {columns, rows});
	await screen.press('2', 'i');
	const fits = () => expect(misfits(screen.frame(), columns, rows)).toEqual([]);
	for (const answer of ['', 'a long answer about memory '.repeat(8), 'a cache without a bound', '']) {
		await screen.press(...(answer === '' ? [] : [answer]));
		fits();
		await screen.press('enter');
	}
	const frame = await screen.waitFor('What is the outcome?');
	fits();
	expect(frame).toMatch(/08:31.*acknowledge|acknowledge 08:31/);
	// Without room for three parts the steps are one line, and the form has the rest.
	const beside = [/Evidence/, /deploy +.*D/, /alert +.*A─*/].filter((part) => part.test(frame));
	expect(beside).toHaveLength(columns >= 80 ? 3 : 0);
	// What the check says now is below all of it, where there is room.
	expect(/Pods now +as of \d\d:\d\d[^]*critical: /.test(frame)).toBe(columns >= 120);
	await screen.press('1');
	await screen.waitFor(/Which users are/);
	fits();
});
