import {expect, test} from 'vitest';
import {createFakeApp, type FakeApp} from '../../helpers/fake-app.ts';
import {morning, pod, podsData} from '../../helpers/fake-readings.ts';
import {renderScreen} from '../../helpers/render.tsx';

const size = {columns: 120, rows: 40};
const verdicts = (app: FakeApp) => app.round.get().steps.map(({verdict}) => verdict?.kind);

test('an all-green morning takes one key a check', async () => {
	const app = createFakeApp({kinds: ['health', 'errors', 'backups']});
	const screen = await renderScreen(app, size);
	await screen.press('aaa');
	expect(verdicts(app)).toEqual(['ok', 'ok', 'ok']);
	await screen.waitFor('Every check is reviewed. Press c to close the round.');
	expect(screen.frame()).toMatch(/\n c close {3}/);
});

test('accepting a suggested anomaly leads into its triage', async () => {
	const app = createFakeApp();
	const screen = await renderScreen(app, size);
	await screen.press('2', 'a');
	await screen.waitFor('What is the problem, in one sentence?');
	expect(verdicts(app)).toEqual([undefined, 'anomaly', undefined]);
	expect(app.round.get().steps[1]?.verdict?.finding.summary).toBe('pods summary');
});

test('a skip asks for its reason and takes no empty one', async () => {
	const app = createFakeApp();
	const screen = await renderScreen(app, size);
	await screen.press('s', 'enter');
	await screen.waitFor('a skip needs its reason');
	expect(verdicts(app)[0]).toBeUndefined();
	await screen.press('maintenance until nine', 'enter');
	expect(app.round.get().steps[0]?.verdict).toMatchObject({kind: 'skipped', note: 'maintenance until nine', operator: 'alice'});
});

test('fine over a critical finding asks why', async () => {
	const app = createFakeApp();
	const screen = await renderScreen(app, size);
	await screen.press('2', 'v');
	await screen.waitFor('pods is critical: why is this OK?');
	await screen.press('known, node drain', 'enter');
	expect(app.round.get().steps[1]?.verdict).toMatchObject({kind: 'ok', note: 'known, node drain'});
});

test('a note is typed in place, each letter on disk, cancelled without a trace', async () => {
	const app = createFakeApp();
	const screen = await renderScreen(app, size);
	await screen.press('n', 'odd', 'left', 'left', 'X');
	expect(app.round.get().draft).toEqual({field: 'note', step: 'health', text: 'oXdd'});
	await screen.press('escape');
	expect(app.round.get().draft).toBeUndefined();
	expect(app.round.get().steps[0]?.notes).toEqual([]);
	await screen.press('n');
	await screen.paste('pasted\nin two lines');
	await screen.press('enter');
	expect(app.round.get().steps[0]?.notes.map(({text}) => text)).toEqual(['pasted in two lines']);
	await screen.waitFor('note pasted in two lines');
});

test('a note in $EDITOR is kept when it comes back', async () => {
	const app = createFakeApp({edit: async () => 'written\nelsewhere\n'});
	const screen = await renderScreen(app, size);
	await screen.press('e');
	expect(await screen.waitFor('note written elsewhere')).toContain('health summary');
});

test('u takes back the verdict here, or else the last one given', async () => {
	const app = createFakeApp();
	const screen = await renderScreen(app, size);
	await screen.press('a', 'u');
	expect(verdicts(app)).toEqual([undefined, undefined, undefined]);
	expect(app.round.get().cursor).toBe(0);
	await screen.press('u');
	await screen.waitFor('no verdict to undo');
});

test('digits, j and k, N, the palette: all lead to a check', async () => {
	const app = createFakeApp({kinds: ['health', 'alerts', 'pods', 'errors']});
	const screen = await renderScreen(app, size);
	const cursor = () => app.round.get().cursor;
	await screen.press('3');
	expect(cursor()).toBe(2);
	await screen.press('k');
	expect(cursor()).toBe(1);
	await screen.press('G');
	expect(cursor()).toBe(3);
	await screen.press('N');
	expect(cursor()).toBe(0);
	await screen.press(':', 'alert', 'enter');
	expect(cursor()).toBe(1);
	await screen.press('9');
	await screen.waitFor('there are only 4 checks');
});

test('help is searched by typing and runs what is selected', async () => {
	const app = createFakeApp();
	const screen = await renderScreen(app, size);
	await screen.press('?', 'refresh');
	await screen.waitFor(/Keys that work here {3}1\b/);
	await screen.press('enter');
	expect(app.asked).toEqual(['refresh health']);
	await screen.waitFor('asking for health again');
	await screen.press('?', 'close');
	await screen.waitFor('not now: 3 checks are not reviewed yet');
});

test('rows are selected, filtered, pinned, opened and copied', async () => {
	const app = createFakeApp({kinds: ['errors', 'pods']});
	const screen = await renderScreen(app, size);
	await screen.press('o', 'y');
	expect(app.asked).toEqual([
		'open https://sentry.example.com/issues/41',
		'copy CHECKOUT-41 TypeError: total is undefined https://sentry.example.com/issues/41',
	]);
	await screen.press('2', '/', 'worker', 'enter');
	await screen.waitFor('1 of 38 pods');
	await screen.press('b');
	expect(app.round.get().pins).toMatchObject([{id: 'pod:checkout-prod/worker-7c4d-x2x1', check: 'pods'}]);
	await screen.waitFor('▌* worker-7c4d-x2x1');
	await screen.press('b', 'o');
	expect(app.round.get().pins).toEqual([]);
	await screen.waitFor('a pod has no page to open');
	await screen.press('enter');
	await screen.waitFor('registry.example.com/worker:1.42.0');
	await screen.press('escape', 'escape');
	await screen.waitFor('38 pods');
});

test('the selected row stays selected while the live rows move', async () => {
	const app = createFakeApp({kinds: ['pods']});
	const screen = await renderScreen(app, size);
	await screen.press('tab', 'j', 'j');
	await screen.waitFor(/▌ {2}web-6d5f-00000/);
	const before = podsData(38);
	const worse = Array.from({length: 4}, (_one, index) => pod(`bad-${index}`, {ready: '0/1', status: 'Error'}));
	app.setRun('pods', {reading: {data: {list: {...before.list, pods: [...worse, ...before.list.pods]}}, startedAt: morning, durationMs: 1}});
	await screen.waitFor('42 pods');
	expect(screen.frame()).toMatch(/▌ {2}web-6d5f-00000/);
	app.setRun('pods', {reading: {data: podsData(2), startedAt: morning, durationMs: 1}});
	await screen.waitFor(/▌ {2}worker-7c4d-x2x1/);
});

test('rows sort by a column, both ways, and by trouble again', async () => {
	const app = createFakeApp({kinds: ['pods']});
	app.setRun('pods', {
		reading: {data: {list: {...podsData(2).list, pods: [pod('b'), pod('a'), pod('c')]}}, startedAt: morning, durationMs: 1},
	});
	const screen = await renderScreen(app, size);
	const names = () => [...screen.frame().matchAll(/[▌ ] {2}([abc]) +1\/1/g)].map(([, name]) => name).join('');
	await screen.waitFor('NAME');
	expect(names()).toBe('bac');
	await screen.press('>');
	await screen.waitFor('NAMEv');
	expect(names()).toBe('abc');
	await screen.press('S');
	await screen.waitFor('NAME^');
	expect(names()).toBe('cba');
	await screen.press('<');
	await screen.waitFor('sorted by trouble');
	expect(names()).toBe('bac');
});

test('a tip goes into the runbook and says where', async () => {
	const app = createFakeApp();
	const screen = await renderScreen(app, size);
	await screen.press('t', 'look at the queue first', 'enter');
	await screen.waitFor('the tip is in runbooks/health.md');
	expect(app.asked).toEqual(['tip health look at the queue first']);
});

test('the runbook is read on the whole screen and left with esc', async () => {
	const screen = await renderScreen(createFakeApp(), {columns: 80, rows: 24});
	await screen.press('2', 'r', 'G');
	await screen.waitFor('Do not delete it yet.');
	await screen.press('escape');
	expect(await screen.waitFor('pods summary')).not.toContain('Do not delete');
});

test('q and ctrl-c leave; the draft stays', async () => {
	const app = createFakeApp();
	const screen = await renderScreen(app, size);
	await screen.press('n', 'half a thought', 'ctrl-c');
	expect(screen.exits()).toBe(1);
	expect(app.round.get().draft?.text).toBe('half a thought');
});

test('ten thousand rows are gone through once per reading, not once per key', async () => {
	const app = createFakeApp({kinds: ['pods']});
	const {list} = podsData(10_000);
	let reads = 0;
	const counted = {
		...list,
		get pods() {
			reads += 1;
			return list.pods;
		},
	};
	app.setRun('pods', {reading: {data: {list: counted}, startedAt: morning, durationMs: 1}, liveness: {state: 'live', since: morning}});
	const screen = await renderScreen(app, size);
	await screen.waitFor('10,000 pods · live');
	const once = reads;
	await screen.press('tab', 'j', 'j', 'G', 'g');
	await screen.waitFor(/▌ {2}api-54fb9-n4vkg/);
	expect(reads).toBe(once);
});
