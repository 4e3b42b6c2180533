import {expect, test} from 'vitest';
import {createFakeApp, fakeFinding} from '../helpers/fake-app.ts';
import {createFakeClock} from '../helpers/fake-clock.ts';
import {morning, podsData} from '../helpers/fake-readings.ts';
import {renderScreen} from '../helpers/render.tsx';

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
	await screen.waitFor('waiting to ask Kubernetes');
});

test('nothing can be accepted that was not read; the reason is said', async () => {
	const screen = await renderScreen(fresh('pods'), size);
	expect(screen.frame()).not.toContain('a accept');
	await screen.press('a');
	await screen.waitFor('pods is not read yet: wait, or s skips it with a reason');
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
	const frame = await screen.waitFor('Sentry: answered 403, asking again in 12 s (R now)');
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
});

test('a watch that is cut says since when, why, and when it tries again', async () => {
	const app = createFakeApp({kinds: ['pods']});
	app.setRun('pods', {liveness: {state: 'reconnecting', since: morning - 30_000, retryAt: morning + 8000, error: 'connection reset'}});
	const screen = await renderScreen(app, size);
	await screen.waitFor('reconnecting for 30 s: connection reset; next try in 8 s');
	app.setRun('pods', {liveness: {state: 'live', since: morning}});
	expect(await screen.waitFor('38 pods · live')).not.toContain('reconnecting');
});

test('an empty reading has its own words, and so has a filter that finds nothing', async () => {
	const app = createFakeApp({kinds: ['pods']});
	const screen = await renderScreen(app, size);
	await screen.press('/', 'nothing-like-it');
	await screen.waitFor('no pod contains “nothing-like-it”; esc shows all 38');
	await screen.press('escape');
	app.setRun('pods', {reading: {data: podsData(0), startedAt: morning, durationMs: 1}});
	app.setRun('pods', {reading: {data: {list: {...podsData(0).list, pods: []}}, startedAt: morning, durationMs: 1}});
	expect(await screen.waitFor('no pods in namespace checkout-prod of eu-1')).not.toContain('nothing-like-it');
});

test('a check only an eye can judge suggests nothing and can be accepted', async () => {
	const app = createFakeApp({kinds: ['dashboards', 'pods']});
	const screen = await renderScreen(app, size);
	await screen.waitFor('yours to judge: a fine, x anomaly');
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
