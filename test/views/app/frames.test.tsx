import {expect, test} from 'vitest';
import {checkKinds} from '../../../src/checks/index.ts';
import {createFakeApp, fakeFinding} from '../../helpers/fake-app.ts';
import {morning, pod, podsData} from '../../helpers/fake-readings.ts';
import {misfits, renderScreen} from '../../helpers/render.tsx';

const sizes = [
	[80, 24],
	[120, 40],
	[200, 50],
	[60, 15],
] as const;

test.each(sizes)('every check fits at %ix%i, with its finding and its rows', async (columns, rows) => {
	const app = createFakeApp({kinds: checkKinds, demo: 'morning'});
	const screen = await renderScreen(app, {columns, rows});
	for (const kind of checkKinds) {
		await screen.waitFor(`${kind} summary`);
		expect(misfits(screen.frame(), columns, rows)).toEqual([]);
		await screen.press('j');
	}
});

test.each(sizes)('help, palette, runbook, note, triage and closing fit at %ix%i', async (columns, rows) => {
	const app = createFakeApp();
	const screen = await renderScreen(app, {columns, rows});
	const torn = () => misfits(screen.frame(), columns, rows);
	await screen.press('2', '?');
	await screen.waitFor('Keys that work here');
	expect(torn()).toEqual([]);
	await screen.press('escape', ':');
	await screen.waitFor('Go to a check');
	expect(torn()).toEqual([]);
	await screen.press('escape', 'r');
	await screen.waitFor('runbook pods · built in');
	expect(torn()).toEqual([]);
	await screen.press('escape', 'n', 'a long note about what was seen '.repeat(12));
	expect(torn()).toEqual([]);
	await screen.press('enter', 'x');
	await screen.waitFor('Triage of pods');
	expect(torn()).toEqual([]);
	await screen.press('escape', '1', 'a', '3', 'a', 'c');
	await screen.waitFor('What will be written');
	expect(torn()).toEqual([]);
});

test('120x40 shows checklist, finding, rows and runbook side by side', async () => {
	const screen = await renderScreen(createFakeApp({kinds: ['health', 'alerts', 'pods']}), {columns: 120, rows: 40});
	await screen.press('3');
	const frame = await screen.waitFor('CrashLoopBackOff');
	expect(frame).toMatch(/^ rounds {3}checkout · PRODUCTION · eu-1 .* alice {3}0 of 3 .* 08:31:00/);
	expect(frame).toMatch(/▌✗ 3 Pods +critical │/);
	expect(frame).toMatch(/✗ critical {3}pods summary +suggested: anomaly \(a\)/);
	expect(frame).toMatch(/NAME +READY STATUS +RESTARTS +AGE +MEMORY LAST/);
	expect(frame).toContain('runbook pods, reviewed 2 weeks ago');
	expect(frame).toContain('a accept   x anomaly   s skip');
});

test('80x24 has the marks on one line, the runbook under a key', async () => {
	const screen = await renderScreen(createFakeApp());
	await screen.press('a');
	const frame = await screen.waitFor('CrashLoopBackOff');
	expect(frame).toContain('[✓1]▌✗2▌ ✓3');
	expect(frame).not.toContain('When pods crash');
	expect(frame).toContain('r runbook');
});

test('200x50 has the runbook at the right', async () => {
	const screen = await renderScreen(createFakeApp({kinds: ['pods']}), {columns: 200, rows: 50});
	const frame = await screen.waitFor('When pods crash');
	expect(frame).toMatch(/CPU +MEMORY +LAST/);
	const line = frame.split('\n').find((one) => one.includes('A pod that dies'));
	expect(line?.indexOf('A pod that dies')).toBeGreaterThan(140);
});

test('20x5 still says what to do', async () => {
	const screen = await renderScreen(createFakeApp(), {columns: 20, rows: 5});
	const words = screen.frame().replaceAll(/\s+/g, ' ');
	expect(words).toContain('Terminal too small: 60x15 needed. Press ctrl-c to quit.');
	expect(misfits(screen.frame(), 20, 5)).toEqual([]);
	await screen.press('ctrl-c');
	expect(screen.exits()).toBe(1);
});

test('resizing draws the whole screen anew at each size', async () => {
	const screen = await renderScreen(createFakeApp(), {columns: 120, rows: 40});
	for (const [columns, rows] of [
		[80, 24],
		[200, 50],
		[30, 8],
		[100, 30],
	] as const) {
		await screen.resize(columns, rows);
		expect(misfits(screen.frame(), columns, rows)).toEqual([]);
	}
	await screen.waitFor('health summary');
});

test('without UTF-8 every mark is ASCII and still differs', async () => {
	const findings = {
		health: fakeFinding('health', 'ok'),
		pods: fakeFinding('pods', 'critical'),
		errors: fakeFinding('errors', 'unknown'),
		logs: fakeFinding('logs', 'warning'),
	};
	const app = createFakeApp({kinds: ['health', 'pods', 'errors', 'logs'], findings});
	const screen = await renderScreen(app, {columns: 120, rows: 40, unicode: false});
	const frame = await screen.waitFor('health summary');
	for (const mark of ['>+ 1 Health', 'x 2 Pods', '? 3 Errors', '! 4 Logs']) expect(frame).toContain(mark);
	const drawn = frame.split('\n').slice(0, 20).join('');
	// Tips are prose and may hold a typographic apostrophe; what the screen draws itself may not.
	expect(drawn.replaceAll(/[’“”…–—]/g, '')).toMatch(/^[ -~]*$/);
});

test('colour is never the only sign, and absent where it is not wanted', async () => {
	const plain = await renderScreen(createFakeApp(), {colour: false});
	await plain.waitFor('health summary');
	expect(plain.frame()).not.toContain('\u001B');
});

test('production shouts in the status bar, staging does not', async () => {
	const staging = await renderScreen(createFakeApp({environment: 'staging'}), {columns: 120, rows: 40});
	expect(staging.frame().split('\n')[0]).toContain('checkout · staging');
	const badges = await renderScreen(createFakeApp({readOnly: true, demo: 'outage'}), {columns: 120, rows: 40});
	expect(badges.frame().split('\n')[0]).toMatch(/demo outage {3}read-only/);
});

test('outside text cannot act: escapes, controls and bidi marks are gone from the frame', async () => {
	const evil = 'evil\u001B[31m\u001B]0;title\u0007\u202Etxt\u0000';
	const app = createFakeApp({kinds: ['pods'], findings: {pods: {...fakeFinding('pods', 'critical'), summary: `${evil} summary`}}});
	app.setRun('pods', {reading: {data: {list: {...podsData(2).list, pods: [pod(evil)]}}, startedAt: morning, durationMs: 1}});
	const screen = await renderScreen(app, {columns: 120, rows: 40});
	const frame = await screen.waitFor('eviltxt summary');
	for (const acting of ['\u001B', '\u0007', '\u202E', '\u0000']) expect(frame).not.toContain(acting);
});
