import {expect, it} from 'vitest';
import {createFakeApp} from '../../helpers/fake-app.ts';
import {renderScreen} from '../../helpers/render.tsx';

const tickets = [
	{url: 'https://tickets.example.com/7', title: 'checkout: TypeError'},
	{url: 'https://tickets.example.com/8', title: 'checkout: another'},
];

it('shows a ticket that exists first, and links it without sending anything', async () => {
	const requests: unknown[] = [];
	const app = createFakeApp({
		kinds: ['errors'],
		ticketAct: (request) => {
			requests.push(request);
			return {
				id: 'ticket:errors:1',
				title: 'ticket',
				about: 'GitHub',
				prepare: async () => ({existing: tickets, fields: [{id: 'shortDescription', label: 'short description', value: request.problem}]}),
				write: () => ({problem: 'never'}),
			};
		},
	});
	const {press, waitFor} = await renderScreen(app, {columns: 120, rows: 40});
	await press('T');
	await waitFor('2 tickets may be about the same thing');
	await press('j', 'enter');
	await waitFor('linked: https://tickets.example.com/8');
	await waitFor(/ticket https:\/\/tickets\.example\.com\/8/);
	expect(app.round.get().steps[0]?.tickets).toEqual([{...tickets[1], at: app.clock.now(), operator: 'alice'}]);
	expect(app.round.get().outside).toBeUndefined();
	expect(requests).toMatchObject([{step: 'errors', evidence: [{check: 'errors'}], priority: expect.stringMatching(/^P[1-5]$/)}]);
	await press('T');
	await waitFor('may be about the same thing');
	await press('n');
	await waitFor('▌ short description');
});

it('writes a ticket from an open investigation, whose half-typed answer stays', async () => {
	const requests: {readonly subject: string; readonly description?: string}[] = [];
	const app = createFakeApp({
		kinds: ['pods'],
		ticketAct: (request) => {
			requests.push(request);
			return {
				id: 'ticket:pods:investigation',
				title: 'ticket',
				about: 'GitHub',
				prepare: async () => ({fields: [{id: 'shortDescription', label: 'short description', value: request.problem}]}),
				write: () => ({problem: 'never'}),
			};
		},
	});
	const {press, waitFor, frame} = await renderScreen(app, {columns: 120, rows: 40});
	await press('x');
	await waitFor('Triage of pods');
	await press('\u0019');
	await waitFor('Answer the problem first');
	await press('enter');
	await waitFor('problem');
	await press('the cache', '\u0019');
	await waitFor('▌ short description');
	await press(' again', 'escape');
	expect(await waitFor('Triage of pods')).toContain('the cache');
	expect(frame()).not.toContain('short description');
	expect(requests.at(-1)).toMatchObject({step: 'pods', subject: 'investigation:pods', problem: expect.stringContaining('Pods')});
	await press('\u0019');
	await waitFor(/short description +.* again/);
});

it('a ticket that is linked while the triage asks for one answers it', async () => {
	const app = createFakeApp({
		kinds: ['pods'],
		ticketAct: () => ({
			id: 'ticket:pods:investigation',
			title: 'ticket',
			about: 'GitHub',
			prepare: async () => ({existing: tickets, fields: []}),
			write: () => ({problem: 'never'}),
		}),
	});
	const {press, waitFor, until} = await renderScreen(app, {columns: 120, rows: 40});
	await press('i');
	await waitFor('What is the problem');
	await press('enter');
	await waitFor('1  Why:');
	await press('a leak', 'tab');
	await waitFor('What is the outcome?');
	await press('3');
	await waitFor('What extra information');
	await press('a heap dump', 'enter');
	await waitFor('Which ticket, and is it urgent?');
	await press('\u0019');
	await waitFor('2 tickets may be about the same thing');
	await press('enter');
	await waitFor('> https://tickets.example.com/7');
	await press('enter');
	const answer = () => app.round.get().steps[0]?.investigation?.answers?.['ticket'];
	await until(() => answer() !== undefined);
	expect(answer()).toBe(tickets[0]?.url);
});
