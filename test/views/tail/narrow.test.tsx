/** What gives way where the screen is narrow: the figures before the subject, the long examples before what is reachable. */
import {expect, test} from 'vitest';
import {fakeTail, podStream} from '../../helpers/fake-tail.ts';
import {renderTail} from '../../helpers/render-tail.tsx';

const pods = Array.from({length: 54}, (_, k) => `api-${k}`);
const place = {service: 'checkout', environment: 'production', production: true, cluster: 'eu-1'} as const;

test.each([80, 120, 200])('at %i columns the subject is whole before the streams are spelled out', async (columns) => {
	const tail = fakeTail({pods, title: 'all pods in checkout-prod', place, demo: 'morning'});
	for (const pod of pods.slice(0, 16)) tail.sink.state(tail.sink.open(podStream(pod)), {kind: 'ended', at: 0, why: 'pod deleted'});
	tail.add(['one line']);
	const screen = await renderTail(tail, {columns, rows: 24});
	const [status = ''] = (await screen.settled()).split('\n');
	expect(status).toContain('all pods in checkout-prod');
	expect(/38 (?:streams )?live · 16 ended/.test(status)).toBe(columns >= 120);
});

test.each([80, 120, 200])('at %i columns the filter prompt shows every form', async (columns) => {
	const tail = fakeTail();
	tail.add(['one line']);
	const screen = await renderTail(tail, {columns, rows: 24});
	await screen.press('f');
	const hint = (await screen.settled()).trimEnd().split('\n').at(-1) ?? '';
	for (const form of [/\/regex\//, /level ?>= ?warn/, /status ?>= ?500/, /time ?>= ?08:33/, /pod ?= ?api\*/, /a: ?"x" AND b: ?z$/])
		expect(hint).toMatch(form);
});
