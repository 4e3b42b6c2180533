import {expect, test} from 'vitest';
import {service} from '../../../src/service/service.ts';
import {createFakeApp} from '../../helpers/fake-app.ts';
import {misfits, renderScreen} from '../../helpers/render.tsx';

const checkout = service.parse({
	name: 'checkout',
	description: 'Cart and payment',
	owner: 'payments',
	expert: {name: 'Carol', phone: '+47 5550', chat: '@carol'},
	contacts: [{name: 'Bob', role: 'second on call'}],
	criticality: 'wake-someone',
	links: [{title: 'Architecture', url: 'https://wiki.example.com/checkout'}],
	dependencies: [{name: 'database', when_it_fails: 'nobody can pay'}],
	environments: [{name: 'production'}, {name: 'staging'}],
});

test('w shows the service page when the round is on screen', async () => {
	const screen = await renderScreen({...createFakeApp({kinds: ['health', 'pods']}), service: checkout}, {columns: 80, rows: 40});
	await screen.press('w');
	const frame = await screen.waitFor('The service');
	for (const words of [
		'checkout: Cart and payment',
		'Carol · +47 5550 · @carol',
		'Bob · second on call',
		'wake someone, also at night',
		'database: when it fails, nobody can pay',
		'production (production): ',
		'Architecture · https://wiki.example.com/checkout',
	])
		expect(frame).toContain(words);
	expect(misfits(frame, 80, 40)).toEqual([]);
	await screen.press('escape');
	expect(await screen.waitFor('suggested')).not.toContain('The service');
});

test('says which setting to add when a service has no expert', async () => {
	const screen = await renderScreen(createFakeApp(), {columns: 80, rows: 24});
	await screen.press('w');
	expect(await screen.waitFor('The service')).toContain('not set. Add `expert` to rounds.yaml.');
});
