import {expect, test} from 'vitest';
import {checkKinds} from '../../../src/checks/index.ts';
import {createFakeApp, fakeFinding} from '../../helpers/fake-app.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';
import {morning, podsData} from '../../helpers/fake-readings.ts';
import {misfits, renderScreen} from '../../helpers/render.tsx';

const size = {columns: 120, rows: 40};

function fresh(check: string) {
	const app = createFakeApp({kinds: ['pods', 'errors']});
	app.runs.get(check)?.set({id: check, phase: 'running'});
	return app;
}

test('loading says who is asked, for how long, and what one can do', async () => {
	const app = fresh('pods');
	const screen = await renderScreen(app, size);
	await screen.waitFor('asking Kubernetes for 0 s');
	expect(screen.frame()).toMatch(/· 1 Pods +asking/);
	app.runs.get('pods')?.set({id: 'pods', phase: 'waiting'});
	await screen.waitFor('waiting for Kubernetes');
});

test('nothing can be accepted that was not read; the reason is said', async () => {
	const screen = await renderScreen(fresh('pods'), size);
	expect(screen.frame()).not.toContain('a accept');
	await screen.press('a');
	await screen.waitFor('pods is not read yet. Wait, or press s to skip it with a reason.');
});

test('an error says what happened, what to do, and when it is asked again', async () => {
	const app = fresh('errors');
	const screen = await renderScreen(app, size);
	await screen.press('j');
	const finding = {
		...fakeFinding('errors', 'unknown'),
		summary: 'Sentry: answered 403',
		reasons: [{status: 'unknown' as const, subject: 'Errors', text: 'give the token event:read'}],
	};
	app.setRun('errors', {
		phase: 'done',
		finding,
		error: {kind: 'forbidden', message: 'Sentry: answered 403', advice: 'give the token event:read'},
		nextAt: morning + 12_000,
	});
	const frame = await screen.waitFor(/^.*│ asking again in 12 s \(R now\) *$/m);
	expect(frame.split('Sentry: answered 403')).toHaveLength(2);
	expect(frame).toContain('give the token event:read');
	expect(frame).toContain('? unknown');
	await screen.waitFor('down: errors');
	expect(frame).toContain('suggested: skipped (a)');
});

test('a reading kept after a failure is stale, with its age', async () => {
	const app = createFakeApp({kinds: ['pods'], clock: createFakeClock(morning + 176_000)});
	app.setRun('pods', {error: {kind: 'timeout', message: 'Kubernetes: no answer within 10 s'}});
	const screen = await renderScreen(app, size);
	await screen.waitFor('stale, 3 m old: Kubernetes: no answer within 10 s');
	expect(screen.frame()).toContain('CrashLoopBackOff');
	app.setRun('pods', {error: {kind: 'timeout', message: `Kubernetes: ${'no answer '.repeat(12)}`}, nextAt: morning + 188_000});
	await screen.resize(80, 24);
	await screen.waitFor('stale, 3 m old, asking again in 12 s (R now): Kubernetes: no answer');
});

test('a watch that is cut says since when, why, and when it tries again', async () => {
	const app = createFakeApp({kinds: ['pods']});
	app.setRun('pods', {liveness: {state: 'reconnecting', since: morning - 30_000, retryAt: morning + 8000, error: 'connection reset'}});
	const screen = await renderScreen(app, size);
	await screen.waitFor('reconnecting for 30 s: connection reset, next try in 8 s');
	app.setRun('pods', {liveness: {state: 'live', since: morning}});
	expect(await screen.waitFor('38 pods · live')).not.toContain('reconnecting');
});

test('an empty reading has its own words, and so has a filter that finds nothing', async () => {
	const app = createFakeApp({kinds: ['pods']});
	const screen = await renderScreen(app, size);
	await screen.press('/', 'nothing-like-it');
	await screen.waitFor('no pod contains “nothing-like-it”. Press esc to show all 38');
	await screen.press('escape');
	app.setRun('pods', {reading: {data: podsData(0), startedAt: morning, durationMs: 1}});
	app.setRun('pods', {reading: {data: {list: {...podsData(0).list, pods: []}}, startedAt: morning, durationMs: 1}});
	expect(await screen.waitFor('no pods in namespace checkout-prod of eu-1')).not.toContain('nothing-like-it');
});

test('a check only an eye can judge suggests nothing and can be accepted', async () => {
	const app = createFakeApp({kinds: ['dashboards', 'pods']});
	const screen = await renderScreen(app, size);
	await screen.waitFor('needs your verdict: a OK, x anomaly');
	await screen.press('a');
	expect(app.round.get().steps[0]?.verdict?.kind).toBe('ok');
});

test('a round without checks says what to do', async () => {
	const screen = await renderScreen(createFakeApp({kinds: []}), size);
	expect(await screen.waitFor('this round has no checks: add some under checks: in rounds.yaml')).toContain('0 of 0');
});

test('what is fine is told twice at most, what is not comes first', async () => {
	const app = createFakeApp({kinds: ['errors']});
	const reason = (index: number) => ({
		status: index === 3 ? ('warning' as const) : ('ok' as const),
		subject: `issue-${index}`,
		text: 'seen',
	});
	app.setRun('errors', {finding: {...fakeFinding('errors', 'warning'), reasons: [3, 0, 1, 2].map(reason)}});
	const screen = await renderScreen(app, size);
	const frame = await screen.waitFor('! issue-3');
	expect(frame).toContain('✓ issue-1');
	expect(frame).not.toContain('issue-2');
});

test('a notice that the rule has no room for continues where the keys are, until the next key', async () => {
	const app = createFakeApp({kinds: ['pods']});
	const screen = await renderScreen(app, {columns: 80, rows: 24});
	const text =
		'bob took over this round (last seen at 08:31); what you said since is kept as draft 2026-11-20T0831-checkout-production-alice';
	app.notice.set(text);
	const frame = await screen.waitFor('bob took over this round');
	expect(frame.replaceAll(/[─\s]+/g, ' ')).toContain(text);
	expect(misfits(frame, 80, 24)).toEqual([]);
	await screen.press('j');
	await screen.waitFor('a accept');
});

test('where only one reason fits, it is the worst one and not a count', async () => {
	const app = createFakeApp({kinds: ['pods']});
	app.setRun('pods', {
		finding: {
			...fakeFinding('pods', 'critical'),
			summary: '3 of 38 failing, 1 restarts too often',
			reasons: ['api-1', 'api-2', 'api-3'].map((subject) => ({status: 'critical' as const, subject, text: 'CrashLoopBackOff'})),
		},
	});
	const screen = await renderScreen(app, {columns: 60, rows: 16});
	const frame = await screen.waitFor('api-1');
	expect(frame).toMatch(/✗ api-1 {2}CrashLoopBackOff +and 2 more\n/);
	expect(misfits(frame, 60, 16)).toEqual([]);
});

test('the check one is at is on the narrow list of marks, however many there are', async () => {
	const screen = await renderScreen(createFakeApp({kinds: checkKinds}), {columns: 60, rows: 20});
	const marks = () => screen.frame().split('\n')[2] ?? '';
	expect(marks()).toMatch(/^▌.1.*▌ .*…$/);
	await screen.press('G');
	expect(marks()).toMatch(new RegExp(`^….*▌.${checkKinds.length}.*▌$`));
	expect(misfits(screen.frame(), 60, 20)).toEqual([]);
});

test('on a narrow screen help tells below its list all of what the selected key does, and where', async () => {
	const screen = await renderScreen(createFakeApp(), {columns: 80, rows: 24});
	await screen.press('?', 'live logs');
	const frame = await screen.waitFor('Live logs for the selected row');
	expect(frame.replaceAll(/\s+/g, ' ')).toContain('the round: Live logs for the selected row (its pod, error or alert)');
	expect(misfits(frame, 80, 24)).toEqual([]);
	await screen.press('ctrl-u', 'undo');
	expect((await screen.waitFor('the round: Undo')).replaceAll(/\s+/g, ' ')).toContain('last verdict. Not now: no verdict to undo');
});

test('rows end where the lines above them end', async () => {
	const screen = await renderScreen(createFakeApp({kinds: ['pods']}), {columns: 80, rows: 24});
	const frame = await screen.waitFor('OOMKilled');
	const ends = frame.split('\n').filter((line) => /suggested|NAME +READY|OOMKilled/.test(line));
	expect(Math.max(...ends.map((line) => line.length))).toBeLessThanOrEqual(79);
});

test('the checklist says in few words what is wrong, not the first letters of many', async () => {
	const app = createFakeApp({
		kinds: ['backups', 'pods'],
		findings: {
			backups: {
				...fakeFinding('backups', 'critical'),
				summary: 'orders stale 10 h 21 m, test restore overdue',
				short: 'PITR orders 2026-11-19T22:10Z stale',
			},
		},
	});
	const screen = await renderScreen(app, {columns: 100, rows: 30});
	expect(await screen.waitFor(/ 1 Backups +orders stale 10 h │/)).not.toContain('PITR');
});

test('reasons are told whole where few rows leave room for it, and a note that is begun moves no line', async () => {
	const app = createFakeApp({kinds: ['backups']});
	const text = 'last restorable 2026-11-19T22:10Z, 10 h 21 m ago, should be within 1 h';
	app.setRun('backups', {
		finding: {
			...fakeFinding('backups', 'critical'),
			reasons: ['orders', 'customers', 'carts', 'ledger'].map((subject) => ({status: 'critical' as const, subject, text})),
		},
	});
	const screen = await renderScreen(app, {columns: 80, rows: 24});
	const frame = await screen.waitFor('ledger');
	expect(frame.replaceAll(/\s+/g, ' ').split(text)).toHaveLength(5);
	const heading = (of: string) => of.split('\n').findIndex((line) => line.includes('DATABASE'));
	await screen.press('n');
	expect(heading(screen.frame())).toBe(heading(frame));
	expect(misfits(screen.frame(), 80, 24)).toEqual([]);
});

test('what a check serves is whole next to its runbook, on a line of its own where there is no room', async () => {
	const screen = await renderScreen(createFakeApp({kinds: ['rate-limits']}), {columns: 200, rows: 50});
	expect(screen.frame()).toMatch(/│ (?:Rate limits {2})?protects: security/);
	await screen.resize(165, 50);
	expect(await screen.waitFor(/│ protects: security/)).toMatch(/│ Rate limits +/);
});
