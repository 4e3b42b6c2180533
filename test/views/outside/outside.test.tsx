import {describe, expect, it} from 'vitest';
import type {Act} from '../../../src/round/outside/act.ts';
import type {OutsideOutcome, OutsideWrite} from '../../../src/round/outside/outside-write.ts';
import {createFakeApp, type FakeAppOptions} from '../../helpers/fake-app.ts';
import {misfits, renderScreen} from '../../helpers/render.tsx';

const body = JSON.stringify({status: 'resolved', statusDetails: {}}, undefined, 2);

interface World {
	readonly sent: string[];
	readonly acts: readonly Act[];
}

/** Acts over a world that writes down what reached it. */
function world(outcome: () => Promise<OutsideOutcome> = async () => ({state: 'done', text: 'SHOP-1 is resolved in Sentry'})): World {
	const sent: string[] = [];
	const write = (title: string, text: string): OutsideWrite => ({
		id: `sentry-${title}:1`,
		system: 'Sentry',
		title: `${title} SHOP-1 in Sentry`,
		sent: {
			kind: 'request',
			method: 'PUT',
			url: 'https://sentry.example.com/api/0/organizations/shop/issues/4711/',
			authorization: 'Bearer ••• from env:SENTRY_TOKEN',
			body: text,
		},
		notes: ['matches 1 of the 3 alerts that Alertmanager has now: PodCrashLooping'],
		run: () => {
			sent.push(text);
			return outcome();
		},
	});
	return {
		sent,
		acts: [
			{
				id: 'sentry-resolve:1',
				title: 'resolve',
				about: 'Sentry: it counts as solved until it comes again',
				write: () => write('resolve', body),
			},
			{
				id: 'sentry-assign:1',
				title: 'assign',
				about: 'Sentry: to a member or a team',
				prepare: async () => ({
					notes: ['the teams could not be listed: the token lacks the scope team:read'],
					fields: [
						{
							id: 'assignee',
							label: 'assign to',
							value: '',
							free: true,
							hint: 'up and down choose, typing narrows',
							choices: [
								{value: 'user:1', label: 'Bob Okafor  bob@example.com'},
								{value: 'user:2', label: 'Carol Lindqvist  carol@example.com'},
							],
						},
						{id: 'comment', label: 'comment', value: '', lines: true},
					],
				}),
				write: ({assignee = '', comment = ''}) =>
					assignee === ''
						? {problem: 'choose someone', field: 'assignee'}
						: write('assign', JSON.stringify({assignedTo: assignee, comment})),
			},
			{
				id: 'old',
				title: 'resend',
				about: 'Stripe',
				refusal: 'Stripe resends events of the last 30 days',
				write: () => ({problem: 'never'}),
			},
		],
	};
}

async function onErrors(acts: readonly Act[], options: FakeAppOptions & {readonly columns?: number; readonly rows?: number} = {}) {
	const app = createFakeApp({environment: 'staging', ...options, kinds: ['errors'], acts: () => acts});
	const screen = await renderScreen(app, {columns: options.columns ?? 80, rows: options.rows ?? 24});
	return {app, ...screen};
}

describe.each([
	[80, 24],
	[120, 40],
])('at %ix%i', (columns, rows) => {
	it('draws menu, form and preview whole', async () => {
		const {acts} = world();
		const {press, waitFor, frame} = await onErrors(acts, {columns, rows});
		await press('A');
		const menu = await waitFor('▌ 1  resolve');
		expect(menu).toContain('4  ticket');
		expect(menu).toContain('not now: Stripe resends events of the last 30 days');
		expect(misfits(menu, columns, rows)).toEqual([]);
		await press('2');
		const form = await waitFor('▌ assign to');
		expect(form).toContain('the teams could not be listed');
		expect(form).toMatch(/▌ Bob Okafor/);
		expect(misfits(form, columns, rows)).toEqual([]);
		await press('c', 'a', 'r', 'enter');
		const preview = await waitFor('Press y to send, n to cancel.');
		expect(preview).toContain('│ PUT https://sentry.example.com/api/0/organizations/shop/issues/4711/');
		expect(preview).toContain('│ authorization: Bearer ••• from env:SENTRY_TOKEN');
		expect(preview).toContain('│ {"assignedTo":"user:2","comment":""}');
		expect(preview).toMatch(/ y yes, send +n no/);
		expect(misfits(preview, columns, rows)).toEqual([]);
		await press('escape');
		expect(await waitFor('▌ assign to')).toContain('Carol');
		await press('escape');
		await waitFor('▌ 2  assign');
		await press('escape');
		expect(frame()).not.toContain('assign');
	});
});

it('scrolls a preview that is longer than the screen, and says so', async () => {
	const {acts} = world();
	const long: Act = {
		id: 'long',
		title: 'ticket',
		about: 'x',
		write: () => ({
			id: 'long',
			system: 'GitHub',
			title: 'write a ticket',
			sent: {
				kind: 'command',
				argv: ['gh', 'issue', 'create'],
				input: Array.from({length: 60}, (_one, index) => `line ${index}`).join('\n'),
			},
			run: async () => ({state: 'done', text: ''}),
		}),
	};
	const {press, waitFor, frame} = await onErrors([...acts, long]);
	await press('A', '4');
	await waitFor(/\d+ more lines, press j to scroll/);
	expect(frame()).toContain('line 0');
	await press('j', 'j');
	await waitFor('line 8');
	expect(frame()).not.toContain('line 0');
	for (let times = 0; times < 30; times++) await press('j');
	await waitFor('line 59');
	await press('k');
	expect(frame()).not.toContain('line 59');
});

it('sends once, when y is pressed, and never by enter', async () => {
	const {acts, sent} = world();
	const {app, press, waitFor} = await onErrors(acts);
	await press('A', 'enter');
	await waitFor('Press y to send');
	await press('enter', 'enter');
	expect(sent).toEqual([]);
	await press('y', 'y');
	await waitFor('✓ done: SHOP-1 is resolved in Sentry');
	expect(sent).toEqual([body]);
	expect(app.asked).toEqual(['refresh errors']);
	expect(app.round.get().outside).toMatchObject([{id: 'sentry-resolve:1', step: 'errors', operator: 'alice', outcome: {state: 'done'}}]);
	await press('enter', 'A', 'enter');
	expect(await waitFor('Already sent by alice at')).toContain(': SHOP-1 is resolved');
});

it('takes no for an answer', async () => {
	const {acts, sent} = world();
	const {app, press, waitFor, frame} = await onErrors(acts);
	await press('A', '1');
	await waitFor('Press y to send');
	await press('n');
	await waitFor('nothing was sent');
	expect(frame()).not.toContain('PUT');
	expect(sent).toEqual([]);
	expect(app.round.get().outside).toBeUndefined();
});

it('asks for the service by name in production', async () => {
	const {acts, sent} = world();
	const {press, waitFor} = await onErrors(acts, {environment: 'production'});
	await press('A', '1', 'y');
	await waitFor('This is production: type checkout to send, esc to leave it');
	await press('c', 'h', 'e', 'enter');
	await waitFor('that is not checkout: nothing was sent');
	expect(sent).toEqual([]);
	await press('escape');
	await waitFor('Press y to send');
	await press('y', 'check', 'out', 'enter');
	await waitFor('✓ done');
	expect(sent).toEqual([body]);
});

it('refuses every act at the start with --read-only, before anything is typed', async () => {
	const {acts, sent} = world();
	const {press, waitFor, frame} = await onErrors(acts, {readOnly: true});
	const refused = /^(?!.*not now).*--read-only refuses every write outside this machine/m;
	await press('A');
	expect(await waitFor('You see a preview')).toMatch(/1 {2}resolve +not now: --read-only refuses every write/);
	await press('1');
	await waitFor(refused);
	await press('enter', 'y');
	expect(frame()).toContain('You see a preview');
	await press('escape', 'T');
	expect(await waitFor(refused)).not.toContain('what is sent is shown');
	expect(sent).toEqual([]);
});

it('tells what the server said, and lets it be sent again', async () => {
	const outcomes: OutsideOutcome[] = [
		{state: 'failed', text: 'Sentry does not allow this (403)', advice: 'The token in env:SENTRY_TOKEN needs the scope event:write'},
		{state: 'unsure', text: 'Sentry did not answer within 10 s', advice: 'Look at Sentry whether it arrived before sending it again'},
		{state: 'done', text: 'resolved'},
	];
	const {acts, sent} = world(async () => outcomes.shift() ?? {state: 'failed', text: 'none left'});
	const {app, press, waitFor} = await onErrors(acts);
	await press('A', '1', 'y');
	const refused = await waitFor('✗ not sent: Sentry does not allow this (403)');
	expect(refused).toContain('needs the scope event:write');
	expect(app.asked).toEqual([]);
	await press('e');
	await waitFor('Press y to send');
	await press('y');
	await waitFor('? may have been sent: Sentry did not answer');
	await press('e');
	await waitFor('Possibly sent by alice');
	await press('y');
	await waitFor('✓ done: resolved');
	expect(sent).toHaveLength(3);
});

it('says why there is no form', async () => {
	const failing: Act = {
		id: 'x',
		title: 'silence',
		about: 'x',
		prepare: () => Promise.reject(new Error('Alertmanager refuses connections')),
		write: () => ({problem: 'never'}),
	};
	const {press, waitFor, frame} = await onErrors([failing]);
	await press('A', '1');
	await waitFor('silence: Alertmanager refuses connections');
	await press('escape');
	await waitFor('▌ 1  silence');
	await press('2');
	await waitFor('no tracker is configured');
	await press('9');
	await waitFor('there are only 2');
	await press('escape');
	expect(frame()).not.toContain('silence');
});

it('keeps what is typed into a form, over esc and over a crash', async () => {
	const {acts} = world();
	const {app, press, waitFor} = await onErrors(acts);
	await press('A', '2');
	await waitFor('▌ assign to');
	await press('tab', 'she knows', ' it');
	await waitFor('she knows it');
	expect(app.round.get().draft).toMatchObject({
		field: 'outside.sentry-assign:1',
		step: 'errors',
		text: 'assignee: user:1\ncomment: she knows it',
	});
	const again = await onErrors(acts, {round: JSON.parse(JSON.stringify(app.round.get())) as object});
	await again.press('A', '2');
	await again.waitFor(/comment +she knows it/);
	await again.press('enter', 'y');
	await again.waitFor('✓ done');
	expect(again.app.round.get().draft).toBeUndefined();
});

it('opens a field of several lines in the editor and keeps its lines', async () => {
	const {acts} = world();
	const {press, waitFor} = await onErrors(acts, {edit: async () => 'first\n\u001B[31msecond\n'});
	await press('A', '2');
	await waitFor('▌ assign to');
	await press('tab', '\u000F');
	await waitFor('second');
	await press('enter');
	expect(await waitFor('Press y to send')).toContain(String.raw`"comment":"first\nsecond"`);
});

it('tells at the closing what was sent, and what may have been', async () => {
	const record = {step: 'errors', system: 'Sentry', at: 0, operator: 'alice'};
	const app = createFakeApp({
		kinds: ['errors'],
		round: {
			phase: 'closing',
			outside: [
				{...record, id: 'a', title: 'resolve SHOP-1 in Sentry', outcome: {state: 'done', text: 'ok'}},
				{...record, id: 'b', title: 'silence PodCrashLooping'},
				{...record, id: 'c', title: 'archive SHOP-2', outcome: {state: 'failed', text: '403'}},
			],
		},
	});
	const {waitFor} = await renderScreen(app, {columns: 120, rows: 40});
	const screen = await waitFor('Sent to other systems');
	expect(screen).toMatch(/✓ resolve SHOP-1 in Sentry/);
	expect(screen).toMatch(/\? silence PodCrashLooping +delivery unknown. Check before you resend./);
	expect(screen).toMatch(/✗ archive SHOP-2 +not sent/);
});
