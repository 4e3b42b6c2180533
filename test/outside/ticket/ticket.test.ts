import {describe, expect, it} from 'vitest';
import {ticketDocument} from '../../../src/outside/ticket/adf.ts';
import {searchWords, ticketDraft, ticketFields, ticketMarkdown, ticketOf} from '../../../src/outside/ticket/ticket.ts';

const now = Date.parse('2026-11-20T08:42:00Z');
const context = {service: 'checkout', environment: 'production', owner: 'payments', operator: 'alice', now, timeZone: 'UTC'};
const request = {
	step: 'pods',
	subject: 'pod:api-1',
	problem: 'pods: api-1 OOMKilled,\n14 restarts',
	affected: 'pod api-1',
	evidence: [{id: 'pod:api-1', check: 'pods', text: 'api-1 OOMKilled', url: 'https://grafana.example.com/d/1', at: now - 60_000}],
	description: 'Pods: 2 of 38 failing',
	acknowledgedAt: now - 120_000,
	priority: 'P2',
} as const;
const draft = ticketDraft(request, context);
const values = Object.fromEntries(Object.entries(draft)) as Record<string, string>;

describe('ticketDraft', () => {
	it('fills in every field of the team’s request', () => {
		expect(draft).toEqual({
			affectedItem: 'checkout production, pod api-1',
			assignmentGroup: 'payments',
			assignedTo: '',
			shortDescription: '[checkout] pods: api-1 OOMKilled, 14 restarts',
			description: 'Pods: 2 of 38 failing\n\n- api-1 OOMKilled <https://grafana.example.com/d/1> (seen 2026-11-20 08:41 +00:00)',
			notes: '',
			created: '2026-11-20 08:42 +00:00 by alice',
			acknowledged: '2026-11-20 08:40 +00:00 by alice',
			priority: 'P2',
		});
		expect(ticketFields(draft).map(({id}) => id)).toEqual([
			'shortDescription',
			'priority',
			'affectedItem',
			'assignmentGroup',
			'assignedTo',
			'description',
			'notes',
			'created',
			'acknowledged',
		]);
	});

	it('shortens a title to what trackers accept', () => {
		expect(ticketDraft({...request, problem: 'x'.repeat(400)}, context).shortDescription).toHaveLength(200);
	});
});

describe('ticketOf', () => {
	it('makes the ticket that the form shows', () => {
		expect(ticketOf(values)).toEqual(draft);
	});

	it.each([
		[{shortDescription: ' '}, 'shortDescription'],
		[{priority: 'P9'}, 'priority'],
		[{description: ''}, 'description'],
		[{affectedItem: ''}, 'affectedItem'],
	])('says what is missing: %o', (part, field) => {
		expect(ticketOf({...values, ...part})).toMatchObject({field});
	});
});

it('searches by words that stay the same from day to day', () => {
	expect(searchWords({shortDescription: '[checkout] errors: SHOP-1 TypeError: Cannot read 14 events'})).toEqual([
		'errors',
		'TypeError',
		'Cannot',
		'read',
		'events',
	]);
	expect(searchWords({shortDescription: '[checkout] 42'})).toEqual([]);
});

it('is markdown with its facts first', () => {
	const markdown = ticketMarkdown({...draft, notes: 'bob looks at it'});
	expect(markdown).toBe(
		[
			'- **affected item**: checkout production, pod api-1',
			'- **priority**: P2',
			'- **assignment group**: payments',
			'- **created**: 2026-11-20 08:42 +00:00 by alice',
			'- **acknowledged**: 2026-11-20 08:40 +00:00 by alice',
			'',
			draft.description,
			'',
			'## Notes',
			'',
			'bob looks at it',
			'',
		].join('\n'),
	);
});

it('is a valid document for Jira', () => {
	const document = ticketDocument({
		...draft,
		description: '# What\none **two**\n\n```\nkubectl get pods\n\n  x\n```\n- <https://a.example.com>',
		notes: 'n',
	});
	const flat = JSON.stringify(document);
	expect(document).toMatchObject({type: 'doc', version: 1});
	expect(flat).not.toContain('"text":""');
	expect(flat).toContain('{"type":"heading","attrs":{"level":1},"content":[{"type":"text","text":"What"}]}');
	expect(flat).toContain('{"type":"text","text":"two","marks":[{"type":"strong"}]}');
	expect(flat).toContain('{"type":"codeBlock","content":[{"type":"text","text":"kubectl get pods\\n\\n  x"}]}');
	expect(flat).toContain(
		'{"type":"text","text":"https://a.example.com","marks":[{"type":"link","attrs":{"href":"https://a.example.com"}}]}',
	);
});
