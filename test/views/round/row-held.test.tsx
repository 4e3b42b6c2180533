import {expect, test} from 'vitest';
import {createFakeApp} from '../../helpers/fake-app.ts';
import {morning, pod, podsData} from '../../helpers/fake-readings.ts';
import {renderScreen} from '../../helpers/render.tsx';

test.each([['tab'], ['enter']])('after %s the selected row stays the same one when another takes its place', async (key) => {
	const app = createFakeApp({kinds: ['pods']});
	const screen = await renderScreen(app, {columns: 120, rows: 40});
	await screen.press(key);
	expect(await screen.waitFor(/▌ +api-54fb9-n4vkg/)).toContain('worker-7c4d-x2x1');
	const {list} = podsData();
	const pods = list.pods.map((one) => (one.name === 'api-54fb9-n4vkg' ? pod(one.name) : one));
	app.setRun('pods', {reading: {data: {list: {...list, pods}}, startedAt: morning, durationMs: 1}});
	await screen.waitFor(/▌ +api-54fb9-n4vkg +1\/1 +Running/);
	await screen.press('i');
	expect(await screen.waitFor('What is the problem')).toMatch(/> api-54fb9-n4vkg/);
});

test.each([['A'], ['T']])('after %s the row that is acted on stays the selected one, though the act moves it', async (key) => {
	const app = createFakeApp({kinds: ['pods']});
	const screen = await renderScreen(app, {columns: 120, rows: 40});
	await screen.press(key);
	await screen.press('escape');
	const {list} = podsData();
	const pods = list.pods.map((one) => (one.name === 'api-54fb9-n4vkg' ? pod(one.name) : one));
	app.setRun('pods', {reading: {data: {list: {...list, pods}}, startedAt: morning, durationMs: 1}});
	expect(await screen.waitFor(/▌ +api-54fb9-n4vkg +1\/1 +Running/)).not.toMatch(/▌ +worker/);
});
