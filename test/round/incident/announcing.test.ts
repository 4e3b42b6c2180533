import {describe, expect, it} from 'vitest';
import {announcedAbout, announcedAt, announcedOf, announcedWords} from '../../../src/round/incident/announced.ts';
import {announcementText, longestMessage, resolvedText} from '../../../src/round/incident/announcement.ts';
import {announcementOf, untilOf, updateOf} from '../../../src/round/incident/announce-forms.ts';
import {isOutage, leadsToAnnouncing, proposalOf, proposalOfRow, untoldOutage} from '../../../src/round/incident/lead-in.ts';
import {announceId, type Post} from '../../../src/round/outside/post.ts';
import {reduce} from '../../../src/round/reduce.ts';
import {createRound, type RoundState} from '../../../src/round/round.ts';
import {roundProblem} from '../../../src/round/state-schema.ts';
import {type Investigation, startInvestigation} from '../../../src/round/investigation/investigation.ts';
import {nextQuestion} from '../../../src/triage/questions.ts';
import {investigated} from '../../triage/answered.ts';

const minute = 60_000;
const now = Date.parse('2026-11-20T08:41:00Z');
const facts = {from: '2026-11-20 08:31 +01:00', userImpact: 'nobody can pay', what: 'api is killed', communicationsOwner: 'alice'};
const context = {operator: 'alice', now, timeZone: 'Europe/Berlin'};

const begun = startInvestigation({
	step: 'pods',
	openedAt: now - 5 * minute,
	evidence: [{id: 'pod:a/api-1', check: 'pods', text: 'api-1', at: now - 5 * minute}],
});
const serious = investigated(
	{
		problem: 'api  is\nkilled',
		'why.1': 'memory',
		'why.2': '',
		outcome: 'serious',
		'follow-up': 'all who pay by card',
		'serious.how-many': 'about 40',
		'serious.how': 'payment ends in an error',
	},
	begun,
);
const outage = investigated({'serious.outage': 'outage'}, serious);

describe('the message', () => {
	it('follows the team’s template exactly', () => {
		expect(announcementText(facts)).toBe(
			'📟 Degraded service\nFrom: 2026-11-20 08:31 +01:00\nUser impact: nobody can pay\nWhat: api is killed\nCommunications owner: alice\nInvestigation in progress.',
		);
		expect(announcementText({...facts, communicationsOwner: ' '})).not.toContain('Communications');
		expect(announcementText({...facts, what: 'two\n lines'}).split('\n')).toContain('What: two lines');
	});

	it('adds two lines when it is resolved and keeps the original', () => {
		expect(resolvedText('📟 a\nb', '09:12')).toBe('📟 a\nb\n✅ Resolved\nUntil: 09:12');
	});

	it.each([
		[{from: ' '}, 'from'],
		[{userImpact: ''}, 'userImpact'],
		[{what: ''}, 'what'],
		[{what: 'x'.repeat(longestMessage)}, 'what'],
	])('names the missing field: %j', (part, field) => {
		expect(announcementOf({...facts, ...part})).toMatchObject({field, problem: expect.any(String)});
	});

	it('is made from the form’s values', () => {
		expect(announcementOf(facts)).toEqual(facts);
		expect(updateOf({text: ' the cache is smaller\nnow '})).toBe('the cache is smaller\nnow');
		expect(updateOf({text: ' '})).toMatchObject({field: 'text'});
		expect(updateOf({text: 'x'.repeat(longestMessage + 1)})).toMatchObject({problem: expect.stringContaining('characters')});
		expect(untilOf({until: '09:12'})).toBe('09:12');
		expect(untilOf({})).toMatchObject({field: 'until'});
	});
});

describe('the outage', () => {
	it('is the last question for a serious outcome, as a choice', () => {
		const question = nextQuestion(serious);
		expect(question).toMatchObject({id: 'serious.outage', choices: [{id: 'outage'}, {id: 'no-outage'}]});
		expect(investigated({'serious.outage': 'maybe'}, serious)).toBe(serious);
		expect(nextQuestion(outage)).toBeUndefined();
		expect(isOutage(outage)).toBe(true);
		expect(isOutage(investigated({'serious.outage': 'no-outage'}, serious))).toBe(false);
	});

	it('is not an outage when the outcome changes', () => {
		expect(isOutage(investigated({outcome: 'noise'}, outage))).toBe(false);
	});

	it('is not asked for investigations that were closed before it existed', () => {
		expect(nextQuestion({...serious, closedAt: now})).toBeUndefined();
	});
});

describe('what the form says at first', () => {
	it('comes from the investigation', () => {
		expect(proposalOf(outage, context)).toEqual({
			from: '2026-11-20 09:36 +01:00',
			userImpact: 'payment ends in an error (all who pay by card, about 40)',
			what: 'api is killed',
			communicationsOwner: 'alice',
		});
	});

	it.each([
		['since 2026-11-20T08:10Z', '2026-11-20 09:10 +01:00'],
		['20m ago', '2026-11-20 09:21 +01:00'],
		['every night, at times', '2026-11-20 09:36 +01:00'],
		['2026-11-21T08:10Z', '2026-11-20 09:36 +01:00'],
	])('when: %s', (when, from) => {
		expect(proposalOf(investigated({when}, outage), context).from).toBe(from);
	});

	it('starts with the earliest pinned event of the last day', () => {
		const began = [now - 37 * minute, now - 72 * 60 * minute];
		expect(proposalOf(outage, {...context, began}).from).toBe('2026-11-20 09:04 +01:00');
		expect(proposalOfRow('HighErrorRate', {...context, began})).toEqual({
			from: '2026-11-20 09:04 +01:00',
			userImpact: '',
			what: 'HighErrorRate',
			communicationsOwner: 'alice',
		});
	});

	it('has no user impact when the question was not asked', () => {
		expect(proposalOf(begun, context).userImpact).toBe('');
	});

	it('uses the evidence when there is no problem yet', () => {
		expect(proposalOf({...begun, problem: ''}, context).what).toBe('api-1');
		expect(proposalOf({...begun, said: 'api-1 is killed'}, context).what).toBe('api-1 is killed');
	});
});

describe('what was announced', () => {
	const fresh: RoundState = {
		...createRound({
			service: 'checkout',
			environment: 'production',
			operator: 'alice',
			startedAt: now,
			steps: [{id: 'pods', title: 'Pods'}],
		}),
		steps: [{id: 'pods', title: 'Pods', notes: [], investigation: outage}],
	};
	let count = 0;
	const sent = (state: RoundState, post: Post, at = now): RoundState => {
		const id = `announce:${count++}`;
		const record = {id, step: 'pods', system: 'Slack #checkout', title: 'announce', at, operator: 'alice'};
		return reduce(reduce(state, {type: 'outside-begun', record}), {type: 'outside-ended', id, outcome: {state: 'done', text: '', post}});
	};
	const original: Post = {kind: 'announcement', investigation: 'pods', text: 'a', channel: 'C1', ts: '1.2'};
	const other: Investigation = {...outage, id: 'pods-2', evidence: []};

	it('is read from the round’s send log, also after a save and a load', () => {
		const state = JSON.parse(JSON.stringify(sent(fresh, original))) as RoundState;
		expect(roundProblem(state)).toBeUndefined();
		expect(announcedOf(state, outage)).toMatchObject({original: {at: now, post: original}, updates: []});
		expect(announcedOf(state, other)).toBeUndefined();
		expect(leadsToAnnouncing(fresh, outage)).toBe(true);
		expect(leadsToAnnouncing(state, outage)).toBe(false);
		expect(leadsToAnnouncing(state, other)).toBe(true);
	});

	it('ignores messages that did not arrive', () => {
		const record = {id: 'announce:x', step: 'pods', system: 'Slack', title: '', at: now, operator: 'alice'};
		const open = reduce(fresh, {type: 'outside-begun', record});
		expect(announcedOf(open, outage)).toBeUndefined();
		const failed = reduce(open, {type: 'outside-ended', id: 'announce:x', outcome: {state: 'failed', text: 'no'}});
		expect(announcedOf(failed, outage)).toBeUndefined();
	});

	it('differs from unknown deliveries and from what is not announced yet', () => {
		const [step = {id: '', title: '', notes: []}] = fresh.steps;
		expect(untoldOutage(fresh, step)).toBe('not-announced');
		const record = {id: announceId('pods', {investigation: 'pods'}), step: 'pods', system: 'Slack', title: '', at: now, operator: 'alice'};
		const open = reduce(fresh, {type: 'outside-begun', record});
		expect(untoldOutage(open, step)).toBe('doubtful');
		expect(untoldOutage(reduce(open, {type: 'outside-ended', id: record.id, outcome: {state: 'failed', text: 'no'}}), step)).toBe(
			'not-announced',
		);
		expect(untoldOutage(sent(fresh, original), step)).toBeUndefined();
		expect(untoldOutage(fresh, {...step, investigation: serious})).toBeUndefined();
	});

	it('includes the updates and the resolution', () => {
		let state = sent(fresh, original);
		state = sent(state, {...original, kind: 'update'}, now + minute);
		state = sent(state, {...original, kind: 'resolved'}, now + 31 * minute);
		const announced = announcedOf(state, outage);
		expect(announced?.updates).toHaveLength(1);
		expect(announced && announcedWords(announced, 'UTC')).toBe('announced 08:41, resolved 09:12');
		expect(announcedAt(state, 'pods')).toEqual(announced);
		// A second one begins anew.
		expect(announcedOf(sent(state, original, now + 60 * minute), outage)).toMatchObject({updates: []});
		expect(announcedOf(sent(state, original, now + 60 * minute), outage)).not.toHaveProperty('resolved');
	});

	it('moves from the row to the investigation that starts with it', () => {
		const state = sent(fresh, {kind: 'announcement', row: 'pod:a/api-1', text: 'a'});
		expect(announcedOf(state, outage)).toBeDefined();
		expect(announcedAbout(state, 'pods', {row: 'pod:a/api-1'})).toBeDefined();
		expect(announcedAbout(state, 'pods', {row: 'pod:a/api-2'})).toBeUndefined();
		expect(announcedAbout(state, 'pods', {})).toBeUndefined();
	});

	it('is validated when it is read from disk', () => {
		const state = sent(fresh, {...original, kind: 'rumour' as 'update'});
		expect(roundProblem(state)).toContain('outside[0].outcome.post.kind');
	});
});
