import {describe, expect, it} from 'vitest';
import {createSentryActs} from '../../../src/adapters/sentry/sentry-changes.ts';
import type {Act} from '../../../src/round/outside/act.ts';
import {sentLines} from '../../../src/round/outside/outside-write.ts';
import type {Issue} from '../../../src/ports/issue-source.ts';
import {credential, fixedClock, json, loopback, never, pathOf} from '../loopback.ts';

const clock = fixedClock(Date.parse('2026-11-20T08:00:00Z'));
const issue: Issue = {
	id: '4711',
	shortId: 'SHOP-1',
	title: 'TypeError',
	url: 'https://shop.sentry.io/issues/4711/',
	project: 'api',
	level: 'error',
	count: 3,
	users: 2,
	firstSeen: 0,
	lastSeen: 0,
	unhandled: true,
	hourly: [],
};

const actsAt = (url: string, of: Issue = issue): readonly Act[] => createSentryActs({url, organization: 'shop', credential, clock})(of);
const act = (acts: readonly Act[], title: string) => acts.find((one) => one.title === title);

function writeOf(one: Act | undefined, values: Readonly<Record<string, string>> = {}) {
	const write = one?.write(values);
	if (!write || 'problem' in write) throw new Error(write?.problem ?? 'no such act');
	return write;
}

describe('createSentryActs', () => {
	it.each([
		['mark reviewed', {inbox: false}],
		['resolve', {status: 'resolved'}],
		['archive', {status: 'ignored', substatus: 'archived_until_escalating'}],
	])('%s changes that one issue', async (title, body) => {
		const asked: string[] = [];
		const url = await loopback((request, response) => {
			asked.push(`${request.method} ${request.url}`);
			json(response, {id: '4711'});
		});
		const write = writeOf(act(actsAt(`${url}/api/0`), title));
		expect(sentLines(write.sent)).toEqual([
			`PUT ${url}/api/0/organizations/shop/issues/4711/`,
			'authorization: Bearer ••• from env:THE_TOKEN',
			'content-type: application/json',
			'',
			...JSON.stringify(body, undefined, 2).split('\n'),
		]);
		expect(await write.run()).toMatchObject({state: 'done', text: expect.stringContaining('SHOP-1')});
		// Without an id in it, Sentry would change everything that the query matches.
		expect(asked).toEqual(['PUT /api/0/organizations/shop/issues/4711/']);
	});

	it('lists whom it can be assigned to, and assigns', async () => {
		const bodies: string[] = [];
		const url = await loopback((request, response) => {
			if (pathOf(request).endsWith('/members/')) {
				return json(response, [
					{email: 'bob@example.com', name: 'Bob', user: {id: '101', name: 'Bob Okafor', email: 'bob@example.com'}},
					{email: 'invited@example.com', name: 'invited', user: null},
				]);
			}
			if (pathOf(request).endsWith('/teams/')) return json(response, [{id: '7', slug: 'payments'}]);
			request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
			request.on('end', () => json(response, {}));
			return undefined;
		});
		const assign = act(actsAt(url, {...issue, assignee: 'Carol'}), 'assign');
		const prepared = await assign?.prepare?.(never);
		expect(prepared?.fields[0]?.choices).toEqual([
			{value: 'user:101', label: 'Bob Okafor  bob@example.com'},
			{value: 'team:7', label: '#payments  team'},
			{value: 'nobody', label: 'nobody'},
		]);
		// Who it is is told by name; only what is sent has the id.
		expect(writeOf(assign, {assignee: 'user:101'}).title).toBe(`assign ${issue.shortId} to Bob Okafor in Sentry`);
		expect(await writeOf(assign, {assignee: 'team:7'}).run()).toMatchObject({
			text: `${issue.shortId} is assigned to #payments in Sentry`,
		});
		await writeOf(assign, {assignee: 'nobody'}).run();
		expect(bodies.map((body) => JSON.parse(body) as unknown)).toEqual([{assignedTo: 'team:7'}, {assignedTo: ''}]);
		expect(assign?.write({assignee: 'bob'})).toMatchObject({problem: 'choose someone, or type an e-mail address', field: 'assignee'});
	});

	it('takes an e-mail address where the token may list no one', async () => {
		const url = await loopback((_, response) => json(response, {detail: 'no'}, {status: 403}));
		const assign = act(actsAt(url), 'assign');
		const prepared = await assign?.prepare?.(never);
		expect(prepared).toMatchObject({
			fields: [{choices: [], free: true, hint: 'the e-mail address of a member'}],
			notes: ['the members could not be listed: the token lacks the scope member:read', expect.stringContaining('team:read')],
		});
		expect(sentLines(writeOf(assign, {assignee: 'bob@example.com'}).sent).join('\n')).toContain('"assignedTo": "bob@example.com"');
	});

	it('says which scope is missing', async () => {
		const url = await loopback((_, response) =>
			json(response, {detail: 'You do not have permission to perform this action.'}, {status: 403}),
		);
		expect(await writeOf(act(actsAt(url), 'resolve')).run()).toEqual({
			state: 'failed',
			text: 'Sentry does not allow this (403): You do not have permission to perform this action.',
			advice: expect.stringContaining('The token in env:THE_TOKEN needs the scope event:write') as string,
		});
	});
});
