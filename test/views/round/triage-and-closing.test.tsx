import {expect, test} from 'vitest';
import type {OpenRound} from '../../../src/round/kept/open-round.ts';
import type {PlannedWrite} from '../../../src/ops-log/closing-write.ts';
import {createFakeApp} from '../../helpers/fake-app.ts';
import {morning} from '../../helpers/fake-readings.ts';
import {misfits, renderScreen} from '../../helpers/render.tsx';

const size = {columns: 120, rows: 40};
const push: PlannedWrite = {id: 'push', title: 'git push origin main', detail: 'to git@example.com:shop/checkout.git', outside: true};
const entry: PlannedWrite = {id: 'entry', title: 'append one line to docs/ops/ops-log.md', detail: '- 2026-11-20', outside: false};

test('the triage asks one question at a time, the earlier answers above it', async () => {
	const app = createFakeApp({kinds: ['pods', 'health']});
	const screen = await renderScreen(app, size);
	await screen.press('x', 'ctrl-u', 'api dies', 'enter');
	await screen.waitFor('Why: api dies?');
	await screen.press('out of memory', 'enter', 'a cache without a bound', 'enter', 'tab');
	const frame = await screen.waitFor('What is the outcome?');
	expect(frame).toMatch(/why 1 +out of memory/);
	expect(frame).toMatch(/why 2 +a cache without a bound/);
	await screen.press('1');
	await screen.waitFor('Which users are affected?');
	await screen.press('all who pay', 'enter');
	await screen.waitFor('How many users?');
	await screen.press('enter');
	await screen.waitFor('Required to close as');
	await screen.press('one in ten', 'enter', 'they cannot pay', 'enter');
	await screen.waitFor('Is it an outage?');
	await screen.press('2');
	await screen.waitFor('health summary');
	expect(app.round.get().steps[0]?.investigation).toMatchObject({
		problem: 'api dies',
		whys: ['out of memory', 'a cache without a bound'],
		outcome: 'serious',
		followUp: 'all who pay',
		answers: {'serious.how-many': 'one in ten', 'serious.how': 'they cannot pay', 'serious.outage': 'no-outage'},
		closedAt: morning,
	});
});

test('requires the first why and lets the last one be empty', async () => {
	const app = createFakeApp({kinds: ['pods']});
	const screen = await renderScreen(app, size);
	await screen.press('x', 'enter', 'enter');
	await screen.waitFor('Answer the first why to continue');
	await screen.press('memory', 'enter', 'enter');
	await screen.waitFor('What is the outcome?');
	expect(app.round.get().steps[0]?.investigation?.whys).toEqual(['memory']);
});

test('an earlier answer can be changed, and the triage continues from there', async () => {
	const app = createFakeApp({kinds: ['pods']});
	const screen = await renderScreen(app, size);
	await screen.press('x', 'enter', 'memory', 'enter', 'up', 'ctrl-u', 'a leak', 'enter', 'enter', 'left');
	await screen.waitFor(/> a leak/);
	expect(app.round.get().steps[0]?.investigation?.whys).toEqual(['a leak']);
});

test('a triage left half-way continues at the same question with what was typed', async () => {
	const app = createFakeApp({kinds: ['pods', 'health']});
	const screen = await renderScreen(app, size);
	await screen.press('x', 'enter', 'mem', 'escape');
	await screen.waitFor('health summary');
	await screen.press('1');
	await screen.waitFor('triage not finished: press i to continue');
	await screen.press('i');
	expect(await screen.waitFor('> mem')).toContain('Why: Pods: pods-subject is critical, usual is fine?');
});

test('closing waits for every verdict, then shows entry and writes', async () => {
	const app = createFakeApp({kinds: ['health', 'pods'], planned: [entry]});
	const screen = await renderScreen(app, size);
	await screen.press('c');
	await screen.waitFor('2 checks are not reviewed yet. Press N for the next.');
	await screen.press('a', 's', 'later', 'enter', 'c');
	const frame = await screen.waitFor('What will be written');
	expect(frame).toMatch(/✗ Pods +skipped +later/);
	expect(frame).toContain('- 2026-11-20 08:42 +00:00 · checkout/production · alice');
	expect(frame).toMatch(/append one line to docs\/ops\/ops-log.md +y or n/);
});

async function atClosing(options: Parameters<typeof createFakeApp>[0]) {
	const app = createFakeApp({kinds: ['health'], ...options});
	const screen = await renderScreen(app, size);
	await screen.press('a', 'c');
	await screen.waitFor('What will be written');
	return {app, screen};
}

test('enter writes nothing; y does, one write after the other, and the end says where', async () => {
	const {app, screen} = await atClosing({});
	await screen.press('enter');
	expect(app.asked).toEqual([]);
	await screen.press('y');
	await screen.waitFor('entry is written');
	await screen.press('y');
	await screen.waitFor('The round is closed');
	expect(app.asked).toEqual(['write entry', 'write record']);
	expect(app.round.get().phase).toBe('closed');
	await screen.press('enter');
	expect(screen.exits()).toBe(1);
});

test('each anomaly is told with its outcome in one column, its problem and its cause below', async () => {
	const app = createFakeApp({kinds: ['pods', 'health']});
	const screen = await renderScreen(app, size);
	await screen.press('i', 'ctrl-u', 'api dies', 'enter', 'a leak', 'tab', '2', 'until noon', 'enter', 'a', 'c');
	const frame = await screen.waitFor('The anomaly');
	const at = frame.split('\n').findIndex((line) => line.includes('The anomaly'));
	const told = frame.split('\n').slice(at + 1, at + 5);
	expect(told.map((line) => line.trimEnd().slice(19))).toEqual(['intermittent', 'api dies', 'cause: a leak', 'until noon']);
});

test('an outcome of a triage that is not finished is not told as if it were', async () => {
	const screen = await renderScreen(createFakeApp({kinds: ['pods', 'health']}), size);
	await screen.press('x', 'ctrl-u', 'api dies', 'enter', 'a leak', 'tab', '2', 'escape', '2', 'a', 'c');
	expect(await screen.waitFor('The anomaly')).toMatch(/Pods +intermittent {3}triage not finished: press esc, then i/);
	await screen.press('escape', '1', 'i');
	await screen.waitFor('Triage of pods');
});

test('at the end an entry that is longer than the screen shows that it is', async () => {
	const app = createFakeApp({kinds: ['health']});
	const screen = await renderScreen(app, {columns: 80, rows: 24});
	await screen.press('a', 'c', 'e', ' · pods 2/38 failing'.repeat(80), 'enter', 'y', 'y');
	const frame = await screen.waitFor('The round is closed');
	expect(frame.split('\n').findLast((line) => line.includes('failing'))).toMatch(/…\s*$/);
});

test('n leaves a write out; without the entry the round stays open', async () => {
	const {app, screen} = await atClosing({planned: [entry, push], environment: 'staging'});
	await screen.press('n', 'n');
	expect(app.round.get().phase).toBe('closing');
	expect(app.asked).toEqual([]);
	await screen.press('y');
	await screen.waitFor('The round is closed');
	expect(app.asked).toEqual(['write entry']);
});

test('a write outside production’s machine asks for the service by name', async () => {
	const {app, screen} = await atClosing({planned: [entry, push]});
	await screen.press('y');
	await screen.waitFor('sent to another system');
	await screen.press('y', 'chekout', 'enter');
	await screen.waitFor('that is not checkout: nothing was written');
	expect(app.asked).toEqual(['write entry']);
	await screen.press('ctrl-u', 'checkout', 'enter');
	await screen.waitFor('The round is closed');
	expect(app.asked).toEqual(['write entry', 'write push']);
});

test('--read-only refuses what leaves the machine', async () => {
	const {app, screen} = await atClosing({planned: [entry, push], readOnly: true});
	await screen.press('y');
	await screen.waitFor('refused by --read-only');
	await screen.press('y');
	await screen.waitFor('--read-only refuses every write outside this machine. Press n to skip this write.');
	await screen.press('n');
	await screen.waitFor('The round is closed');
	expect(app.asked).toEqual(['write entry']);
});

test('a write that failed says why and can be tried again', async () => {
	let times = 0;
	const write = async (id: PlannedWrite['id']) => {
		times += 1;
		return times === 1 ? {id, done: false, text: 'the ops log is read-only'} : {id, done: true, text: 'written'};
	};
	const {app, screen} = await atClosing({planned: [entry], write});
	await screen.press('y');
	await screen.waitFor('failed: the ops log is read-only');
	expect(app.round.get().phase).toBe('closing');
	expect(screen.frame()).not.toMatch(/as you edited/);
	await screen.press('y');
	await screen.waitFor('The round is closed');
});

test('at 80x24 the question is whole next to a long title, and a detail that does not fit says so', async () => {
	const title = `write the record docs/ops/rounds/${'2026-11-20T0831-checkout-production-alice'.repeat(2)}.json`;
	const detail = Array.from({length: 200}, (_, index) => `word${index}`).join(' ');
	const app = createFakeApp({kinds: ['health'], planned: [{id: 'entry', title, detail, outside: false}]});
	const screen = await renderScreen(app, {columns: 80, rows: 24});
	await screen.press('a', 'c');
	const frame = await screen.waitFor('What will be written');
	expect(frame).toMatch(/write the record .*… y or n/);
	expect(frame).toMatch(/… \d+ more lines, complete above: press j to scroll/);
	expect(misfits(frame, 80, 24)).toEqual([]);
});

test('the entry is edited in place, and one that would not parse is refused with the reason', async () => {
	const {app, screen} = await atClosing({});
	await screen.press('e', 'ctrl-u', 'nonsense', 'enter');
	await screen.waitFor('a log entry starts with “- ” and the date');
	await screen.press('ctrl-u', '- mine', 'enter');
	await screen.waitFor('The log entry, exactly as it will be written');
	expect(app.round.get().entry).toBe('- mine');
	await screen.press('E');
	await screen.waitFor('- mine, edited');
});

test('esc goes back to the round', async () => {
	const {app, screen} = await atClosing({});
	await screen.press('escape');
	await screen.waitFor('health summary');
	expect(app.round.get().phase).toBe('walking');
});

function open(whose: OpenRound['whose'], operator: string): OpenRound {
	const earlier = createFakeApp({kinds: ['health', 'pods']});
	earlier.dispatch({type: 'moved', to: 1});
	earlier.dispatch({type: 'drafted', draft: {field: 'note', step: 'pods', text: 'half a thou'}});
	return {state: earlier.round.get(), operator, savedAt: morning - 20 * 60_000, whose, alive: whose === 'theirs'};
}

test('one’s own round continues at the same step, draft and all', async () => {
	const app = createFakeApp({kinds: ['health', 'pods'], openRounds: [open('mine', 'alice')]});
	const screen = await renderScreen(app, size);
	const frame = await screen.waitFor('Your own round, not finished');
	expect(frame).toContain('0 of 2 reviewed, 0 anomalies, at pods');
	expect(frame).toContain('being typed: half a thou');
	await screen.press('g');
	await screen.waitFor('> half a thou');
	await screen.press('ght', 'enter');
	expect(app.round.get().steps[1]?.notes[0]?.text).toBe('half a thought');
});

test('another operator’s round is told and taken over only on purpose', async () => {
	const app = createFakeApp({kinds: ['health', 'pods'], openRounds: [open('theirs', 'bob')]});
	const screen = await renderScreen(app, size);
	const frame = await screen.waitFor('bob is walking this round now');
	expect(frame).toContain('saved 20 m ago');
	await screen.press('enter');
	await screen.waitFor('This round is another operator’s. Press t to take it over, f for your own.');
	await screen.press('f');
	await screen.waitFor('health summary');
});
