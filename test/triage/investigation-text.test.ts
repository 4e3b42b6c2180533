import type {Post} from '../../src/round/outside/post.ts';
import {marked} from 'marked';
import {describe, expect, it} from 'vitest';
import {type Investigation, startInvestigation} from '../../src/round/investigation/investigation.ts';
import {attach, endList} from '../../src/triage/questions.ts';
import {recordMark, recordText} from '../../src/triage/investigation-text.ts';
import {finding, round, startedAt, verdict} from '../round/samples.ts';
import {investigated} from './answered.ts';

const minute = 60_000;
const state = round();
const step = {
	id: 'pods',
	title: 'Pods',
	verdict: verdict('anomaly', {finding: finding({status: 'critical', summary: '2 of 38 failing'})}),
	notes: [{at: startedAt, operator: 'alice', text: 'since the deploy'}],
};
const text = (investigation: Investigation) => recordText(investigation, {round: state, step, timeZone: 'Europe/Berlin'});

const begun = startInvestigation({
	step: 'pods',
	openedAt: startedAt,
	evidence: [
		{id: 'a', check: 'pods', text: 'api-54fb9-n4vkg CrashLoopBackOff', at: startedAt, url: 'https://example.com/a b'},
		{id: 'log', check: 'pods', text: 'panic: out of memory\n```\nat main', at: startedAt},
	],
});
const whole: Investigation = {
	...investigated(
		{
			problem: 'api dies',
			who: 'all who pay',
			method: 'elimination',
			'suspect.+': 'the deploy',
		},
		begun,
	),
};
const eliminated = investigated({'cleared.1': 'staging runs it too', 'cause.elimination': 'the node'}, endList(whole, 'suspect.+'));
const back = investigated({method: 'five-whys', 'why.1': 'out of memory', 'why.2': 'a cache without a bound', 'why.3': ''}, eliminated);
const complete: Investigation = {
	...attach(
		investigated(
			{fix: 'rolled back', outcome: 'serious', 'follow-up': 'payers', 'serious.how-many': 'one in ten', 'serious.how': 'cannot pay'},
			back,
		),
		'why.1',
		['pods a'],
	),
	closedAt: startedAt + 7 * minute,
	times: {understand: startedAt + minute, cause: startedAt + 3 * minute, outcome: startedAt + 7 * minute},
};

describe('the record', () => {
	it('has the conclusion before the details', () => {
		const lines = text(complete).split('\n');
		expect(lines[0]).toBe('# api dies');
		const at = (part: string) => lines.findIndex((line) => line.includes(part));
		const order = [
			'**Outcome:** serious',
			'**Cause:** a cache',
			'**Users:** payers',
			'**How many:** one in ten',
			'**Fixed by:** rolled back',
		];
		const parts = [...order, '## Scope', '## Evidence', '## Cause, by five whys', '## Outcome', '## Resolution', '## Steps'].map(at);
		expect(parts).toEqual(parts.toSorted((a, b) => a - b));
		expect(parts).not.toContain(-1);
		expect(text(complete)).toContain('| Closed | 2026-11-20 08:38 +01:00, after 7m00s |');
		expect(text(complete)).toContain('| cause | 2026-11-20 08:34 +01:00 |');
		expect(text(complete)).toContain('| resolve | not recorded |');
		expect(text(complete)).toContain('1. out of memory (evidence 1)\n   1. a cache without a bound');
		expect(text(complete)).toContain('- Who is affected, and who noticed? all who pay');
	});

	it('lists the announcement, its updates and its resolution', () => {
		const message = (kind: Post['kind'], at: number) => {
			const post = {kind, investigation: 'pods', text: 'a', url: `https://example.slack.com/${kind}`};
			return {
				id: kind,
				step: 'pods',
				system: 'Slack #checkout',
				title: kind,
				at,
				operator: 'alice',
				outcome: {state: 'done', text: '', post},
			} as const;
		};
		const outside = [
			message('announcement', startedAt + minute),
			message('update', startedAt + 2 * minute),
			message('resolved', startedAt + 31 * minute),
		];
		const told = recordText(complete, {round: {...state, outside}, step: {...step, investigation: complete}, timeZone: 'Europe/Berlin'});
		expect(told).toContain(
			'| Announced | 2026-11-20 08:32 +01:00 ([Slack #checkout](<https://example.slack.com/announcement>)), resolved 2026-11-20 09:02 +01:00 |',
		);
		expect(told).toContain('| announced | 2026-11-20 08:32 +01:00 ([message](<https://example.slack.com/announcement>)) |');
		expect(told).toContain('| update | 2026-11-20 08:33 +01:00 ([message](<https://example.slack.com/update>)) |');
		expect(told).toContain('| resolved | 2026-11-20 09:02 +01:00 ');
		expect(text(complete)).not.toContain('| Announced');
	});

	it('lists what the other methods found', () => {
		expect(text(complete)).toMatch(/Also examined with elimination:\n\n- suspect 1: ~~the deploy~~ ruled out by: staging runs it too/);
	});

	it('is markdown that shows typed text literally', () => {
		const evil = {
			...complete,
			problem: '<script>alert(1)</script> | [x](javascript:alert(1)) `\u001B[31m\u202E',
			evidence: [{id: 'e', check: 'pods', text: '<img src=x onerror=y>', at: startedAt, url: 'javascript:alert(1)'}],
		};
		const drawn = text(evil);
		for (const acting of ['\u001B', '\u202E']) expect(drawn).not.toContain(acting);
		const html = marked.parse(drawn.replace(/<!--.*-->/, ''), {async: false});
		expect(html).not.toMatch(/<script|<img|href="javascript/);
		expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; | [x](javascript:alert(1))');
		// A fence in the evidence ends nothing.
		expect(marked.lexer(text(complete)).filter(({type}) => type === 'heading').length).toBe(8);
	});

	it.each([
		'1.42.0 was deployed at 20:56',
		'1. it is no list',
		'2) nor this',
		'# no heading',
		'- no item',
		'a ~~b~~ _c_ __d__ snake_case *e* `f`',
		'&lt;b&gt; stays as it was typed, A&B too',
		'x_ _y _',
	])('shows %s literally', (said) => {
		const decoded = (html: string) =>
			html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
		const html = marked.parse(text({...complete, answers: {...complete.answers, who: said}, problem: said}), {async: false});
		expect(decoded(html)).toContain(`<h1>${said}</h1>`);
		expect(decoded(html)).toContain(`<li>Who is affected, and who noticed? ${said}</li>`);
		expect(decoded(html)).toContain(`Why: ${said}?`);
	});

	it('names its round and investigation', () => {
		expect(text(complete)).toContain(recordMark(state, complete));
		expect(recordMark(state, complete)).not.toBe(recordMark(state, {...complete, id: 'pods-2'}));
	});
});

it('lists a linked ticket once with its title, and keeps a ticket that is only named', () => {
	const url = 'https://t.example.com/1';
	const asked = investigated({outcome: 'not-enough-information', 'follow-up': 'a dump', ticket: url}, back);
	const tickets = [{url, title: 'one', at: startedAt, operator: 'alice'}];
	const told = recordText(asked, {round: state, step: {...step, investigation: asked, tickets}, timeZone: 'Europe/Berlin'});
	expect(told).not.toContain('**Ticket:**');
	expect(told).toContain(`| Tickets | [one](<${url}>) |`);
	expect(recordText(asked, {round: state, step, timeZone: 'Europe/Berlin'})).toContain(`**Ticket:** ${url}`);
});

it('names the priority of its own tickets only', () => {
	const tickets = [
		{url: 'https://t.example.com/1', title: 'one', at: startedAt, operator: 'alice', priority: 'P3'},
		{url: 'https://t.example.com/2', title: 'two', at: startedAt, operator: 'alice', priority: 'P2', investigation: 'pods'},
		{url: 'https://t.example.com/3', title: 'three', at: startedAt, operator: 'alice', priority: 'P1', investigation: 'pods-2'},
	] as const;
	const further = [{...complete, id: 'pods-2', openedAt: startedAt + minute}];
	const told = recordText(complete, {round: state, step: {...step, investigation: complete, further, tickets}, timeZone: 'Europe/Berlin'});
	expect(told).toContain('| Priority | P2 |');
	expect(told).toContain('| Tickets | P3 [one](<https://t.example.com/1>), P2 [two](<https://t.example.com/2>) |');
	expect(text(complete)).not.toContain('Priority');
});

it('lists the external changes for this check with their results', () => {
	const sent = {id: 'x', step: 'pods', system: 'Sentry', title: 'resolve C-1 in Sentry', at: startedAt, operator: 'alice'};
	const outside = [
		{...sent, outcome: {state: 'done', text: 'resolved'} as const},
		{...sent, outcome: {state: 'failed', text: 'answered 403'} as const},
		sent,
		{...sent, step: 'errors', title: 'of another check'},
	];
	const told = recordText(complete, {round: {...state, outside}, step, timeZone: 'Europe/Berlin'});
	expect(told).toContain('## Changes in other systems');
	expect(told).toMatch(/ alice: resolve C-1 in Sentry \(resolved\)\n/);
	expect(told).toContain('(failed, nothing was changed: answered 403)');
	expect(told).toContain('(delivery unknown)');
	expect(told).not.toContain('of another check');
	expect(text(complete)).not.toContain('Changes in other systems');
});
