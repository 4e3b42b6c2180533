import {describe, expect, it} from 'vitest';
import {announceSystem, createAnnounceActs} from '../../../src/adapters/announcements/announcements.ts';
import {createSecrets} from '../../../src/adapters/machine/secrets.ts';
import {announcedOf} from '../../../src/round/incident/announced.ts';
import {service} from '../../../src/service/service.ts';
import type {CommandRunner} from '../../../src/ports/commands.ts';
import {startInvestigation} from '../../../src/round/investigation/investigation.ts';
import {createFakeApp, type FakeAppOptions} from '../../helpers/fake-app.ts';
import {morning} from '../../helpers/fake-readings.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';
import {misfits, renderScreen} from '../../helpers/render.tsx';
import {investigated} from '../../triage/answered.ts';

const altA = '\u001Ba';

/** An investigation that only waits for the word whether it is an outage. */
const nearlyDone = investigated(
	{
		problem: 'api pods are killed',
		'why.1': 'a cache without a bound',
		'why.2': '',
		outcome: 'serious',
		'follow-up': 'all who pay by card',
		'serious.how-many': 'one in ten',
		'serious.how': 'payment ends in an error',
	},
	startInvestigation({step: 'pods', openedAt: morning}),
);

/** A round over an app that announces by a command, which writes down what it was told. */
async function walk(
	options: FakeAppOptions & {readonly announce?: unknown} = {},
	size: {readonly columns: number; readonly rows: number} = {columns: 120, rows: 40},
) {
	const announce = 'announce' in options ? options.announce : {command: ['announce']};
	const told: string[] = [];
	const commands: CommandRunner = {
		async run(_argv, {input = ''}) {
			told.push(input);
			return {exitCode: 0, stdout: 'https://chat.example.com/1', stderr: '', durationMs: 1};
		},
	};
	const clock = createFakeClock(morning);
	const names = {service: 'checkout', environment: 'staging'};
	const config = service.parse({name: 'checkout', owner: 'payments', announce, environments: [{name: 'staging'}]}).announce;
	const secrets = createSecrets({env: {}, run: commands, baseDirectory: '/'});
	const system = announceSystem({config, ...names, commands, secrets, clock, directory: '/'});
	const app = createFakeApp({
		environment: 'staging',
		clock,
		kinds: ['pods', 'errors'],
		...options,
		announceActs: createAnnounceActs({system, clock}),
	});
	if (options.round === undefined) app.dispatch({type: 'investigated', step: 'pods', investigation: nearlyDone});
	return {app, told, ...(await renderScreen(app, size))};
}

/** The kinds of what was sent, in order. */
const kinds = (told: readonly string[]) => told.map((text) => (JSON.parse(text) as {readonly kind: string}).kind);

describe.each([
	[80, 24],
	[120, 40],
	[200, 50],
])('at %ix%i', (columns, rows) => {
	it('an outage leads straight into its announcement, filled in from the answers', async () => {
		const {press, waitFor} = await walk({}, {columns, rows});
		await press('i');
		expect(misfits(await waitFor('Is it an outage?'), columns, rows)).toEqual([]);
		await press('1');
		const form = await waitFor('▌ from');
		expect(form).toContain('2026-11-20');
		expect(form).toMatch(/user impact +payment ends in an error \(all who pay by card/);
		expect(form).toMatch(/what +api pods are killed/);
		expect(form).toMatch(/communications +alice/);
		expect(form).toMatch(/to +the team’s own command announce/);
		expect(misfits(form, columns, rows)).toEqual([]);
		await press('enter');
		const preview = await waitFor('Press y to send, n to cancel.');
		expect(preview).toContain('│ 📟 Degraded service');
		expect(preview).toContain('│ Investigation in progress.');
		expect(misfits(preview, columns, rows)).toEqual([]);
	});
});

it('is left with esc, loses nothing, and comes back from the row and from the triage', async () => {
	const {app, press, waitFor, told} = await walk();
	await press('i');
	await waitFor('Is it an outage?');
	await press('1');
	await waitFor('▌ from');
	await press(' or before', 'escape');
	await waitFor('Not announced. Your draft is kept. Press A on the row to continue.');
	await press('k');
	await waitFor('Not announced. Press A to announce this outage.');
	await press('A');
	await waitFor(/▌ 1 {2}ticket/);
	await press('2');
	await waitFor(/▌ from +.* or before/);
	await press('escape', 'escape', 'i');
	await waitFor('Triage of pods');
	await press(altA);
	await waitFor(/▌ from +.* or before/);
	await press('escape');
	await waitFor('Triage of pods');
	expect(told).toEqual([]);
	expect(app.round.get().outside).toBeUndefined();
});

it('is announced, updated and resolved, and the round knows it', async () => {
	const {app, press, waitFor, told, frame} = await walk();
	await press('i');
	await waitFor('Is it an outage?');
	await press('1');
	await waitFor('▌ from');
	await press('enter');
	await waitFor('Press y to send');
	await press('c');
	expect(app.asked.at(-1)).toMatch(/^copy 📟 Degraded service\nFrom: .*\nUser impact: /);
	await press('y');
	await waitFor('✓ done: announced: https://chat.example.com/1');
	await press('o');
	expect(app.asked).toContain('open https://chat.example.com/1');
	await press('enter', 'k');
	await waitFor(/announced \d\d:\d\d https:\/\/chat\.example\.com\/1/);
	expect(frame()).not.toContain('not announced');
	await press('i');
	expect(await waitFor('Triage of pods')).toMatch(/\d\d:\d\d announced/);
	await press(altA);
	await waitFor('▌ 1  update');
	await press('1');
	await waitFor('▌ update');
	await press('enter');
	await waitFor('say what is known now');
	await press('rolled back', 'enter');
	await waitFor('Press y to send');
	await press('y');
	await waitFor('✓ done: update posted');
	await press('enter', altA);
	await waitFor('▌ 1  update');
	await press('2');
	await waitFor('▌ until');
	await press('enter');
	expect(await waitFor('Press y to send')).toContain('│ ✅ Resolved');
	await press('y');
	await waitFor('✓ done: marked as resolved');
	await press('enter');
	expect(await waitFor('Triage of pods')).toMatch(/\d\d:\d\d resolved/);
	expect(kinds(told)).toEqual(['announcement', 'update', 'resolved']);
	const investigation = app.round.get().steps[0]?.investigation;
	expect(investigation && announcedOf(app.round.get(), investigation)).toMatchObject({
		original: {post: {url: 'https://chat.example.com/1'}},
		updates: [{post: {text: 'rolled back'}}],
		resolved: {post: {kind: 'resolved'}},
	});
});

it('the closing says that no one was told of an outage', async () => {
	const {app, press, waitFor, frame} = await walk();
	await press('i');
	await waitFor('Is it an outage?');
	await press('1');
	await waitFor('▌ from');
	await press('escape');
	app.dispatch({type: 'closing'});
	await waitFor('the outage of pods was not announced. Press esc to return to it.');
	await press('escape');
	await waitFor('errors summary');
	expect(frame()).not.toContain('the outage of pods was not announced');
});

it('no outage leads nowhere', async () => {
	const {press, waitFor, frame} = await walk();
	await press('i');
	await waitFor('Is it an outage?');
	await press('2');
	await waitFor('the triage of pods is closed: serious');
	expect(frame()).not.toContain('▌ from');
});

it('announces a row without a triage', async () => {
	const {press, waitFor, told, app} = await walk({round: {}});
	await press('tab', 'A');
	await waitFor('You see a preview');
	await press('2');
	await waitFor('▌ from');
	await press('enter');
	await waitFor('say what users cannot do, and how many of them');
	await press('nobody can pay', 'enter');
	await waitFor('Press y to send');
	await press('y');
	await waitFor('✓ done: announced');
	await press('enter');
	await waitFor(/announced \d\d:\d\d/);
	expect(kinds(told)).toEqual(['announcement']);
	await press('A');
	await waitFor('2  update');
	// Its triage finds it as announced.
	await press('escape', 'i');
	expect(await waitFor('Triage of pods')).toMatch(/\d\d:\d\d announced/);
	expect(app.round.get().outside?.[0]?.outcome).toMatchObject({post: {row: expect.stringMatching(/^pod:/)}});
});

it('an alert tells since when: alone, and as evidence of an investigation', async () => {
	const {press, waitFor} = await walk({kinds: ['alerts', 'pods'], round: {}});
	const began = / from +2026-11-20 07:49 /;
	await press('tab', 'A');
	await waitFor('You see a preview');
	await press('2');
	await waitFor(began);
	await press('escape', 'escape', 'i');
	await waitFor('Triage of alerts');
	await press(altA);
	expect(await waitFor(began)).toMatch(/what +HighErrorRate/);
});

it('asks production for the service by name, and --read-only refuses', async () => {
	const production = await walk({environment: 'production'});
	await production.press('i');
	await production.waitFor('Is it an outage?');
	await production.press('1');
	await production.waitFor('▌ from');
	await production.press('enter');
	await production.waitFor('Press y to send');
	await production.press('y');
	await production.waitFor('This is production: type checkout to send');
	expect(production.told).toEqual([]);

	const reading = await walk({readOnly: true});
	await reading.press('i');
	await reading.waitFor('Is it an outage?');
	await reading.press('1');
	expect(await reading.waitFor('the triage of pods is closed: serious')).not.toContain('▌ from');
	expect(reading.told).toEqual([]);
	expect(reading.app.round.get().outside).toBeUndefined();
});

it('where nothing is configured it is copied, and noted once it was posted', async () => {
	const {app, press, waitFor, told} = await walk({announce: undefined, environment: 'production'});
	await press('i');
	await waitFor('Is it an outage?');
	await press('1');
	await waitFor('▌ from');
	await press('enter');
	const preview = await waitFor('Press c to copy. After posting it yourself, press y to record that.');
	expect(preview.replaceAll(/\s+/g, ' ')).toContain('set announce: {slack:');
	await press('c');
	expect(app.asked.at(-1)).toMatch(/^copy 📟 Degraded service\n/);
	await press('y');
	await waitFor('✓ done: noted as posted by hand');
	expect(told).toEqual([]);
	await press('enter', 'k');
	await waitFor(/announced \d\d:\d\d by hand/);
});
