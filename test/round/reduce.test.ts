import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {hasWork, progress, roundStatus, walkedFor} from '../../src/round/round-progress.ts';
import {reduce, refusal} from '../../src/round/reduce.ts';
import {needsNote, type RoundEvent, type RoundState} from '../../src/round/round.ts';
import {startInvestigation} from '../../src/round/investigation/investigation.ts';
import {anyEvent, finding, round, startedAt, verdict} from './samples.ts';

function after(events: readonly RoundEvent[], from: RoundState = round()): RoundState {
	return events.reduce(reduce, from);
}

const critical = finding({status: 'critical', short: 'pods 2/38 failing'});

describe('deciding', () => {
	it('moves to the next step without a verdict and wraps around', () => {
		const first = after([
			{type: 'moved', to: 1},
			{type: 'decided', step: 'pods', verdict: verdict('anomaly', {finding: critical})},
		]);
		expect(first.cursor).toBe(2);
		expect(reduce(first, {type: 'decided', step: 'logs', verdict: verdict('ok')}).cursor).toBe(0);
	});

	it('keeps the cursor when every step has a verdict', () => {
		const events = ['health', 'pods', 'logs'].map((step) => ({type: 'decided', step, verdict: verdict('ok')}) as const);
		expect(after(events).cursor).toBe(2);
	});

	it('replaces an earlier verdict', () => {
		const state = after([
			{type: 'decided', step: 'pods', verdict: verdict('anomaly', {finding: critical})},
			{type: 'decided', step: 'pods', verdict: verdict('ok', {finding: critical, note: 'load test'})},
		]);
		expect(state.steps[1]?.verdict).toMatchObject({kind: 'ok', note: 'load test'});
		expect(progress(state)).toMatchObject({decided: 1, anomalies: 0});
	});

	it.each([
		['ok', 'warning'],
		['ok', 'critical'],
		['ok', 'unknown'],
		['skipped', 'ok'],
		['skipped', 'unknown'],
	] as const)('%s over %s demands a note', (kind, status) => {
		const event = {type: 'decided', step: 'pods', verdict: verdict(kind, {finding: finding({status})})} as const;
		const state = round();
		expect(refusal(state, event)).toContain('pods');
		expect(reduce(state, event)).toBe(state);
		expect(reduce(state, {...event, verdict: {...event.verdict, note: '  '}})).toBe(state);
		expect(reduce(state, {...event, verdict: {...event.verdict, note: 'known'}}).steps[1]?.verdict?.kind).toBe(kind);
	});

	it('needs no note for a check by eye', () => {
		const state = {...round(), steps: [{id: 'dashboards', title: 'Dashboards', byEye: true, notes: []}]};
		const event = {type: 'decided', step: 'dashboards', verdict: verdict('ok', {finding: finding({status: 'unknown'})})} as const;
		expect(reduce(state, event).steps[0]?.verdict?.kind).toBe('ok');
	});

	it('can be undone', () => {
		const state = after([
			{type: 'decided', step: 'pods', verdict: verdict('ok')},
			{type: 'undecided', step: 'pods'},
		]);
		expect(state.steps[1]).toEqual({id: 'pods', title: 'pods', notes: []});
		expect(state.cursor).toBe(1);
	});
});

describe('moving', () => {
	it('moves the cursor freely within the list', () => {
		expect(after([{type: 'moved', to: 2}]).cursor).toBe(2);
		expect(after([{type: 'moved', to: 99}]).cursor).toBe(2);
		expect(
			after([
				{type: 'moved', to: 2},
				{type: 'moved', to: -1},
			]).cursor,
		).toBe(0);
	});
});

describe('notes, pins and drafts', () => {
	it('keeps notes in order and clears the draft they came from', () => {
		const state = after([
			{type: 'drafted', draft: {field: 'note', step: 'pods', text: 'one'}},
			{type: 'noted', step: 'pods', at: 1, operator: 'alice', text: 'one'},
			{type: 'noted', step: 'pods', at: 2, operator: 'bob', text: 'two'},
		]);
		expect(state.steps[1]?.notes.map(({text}) => text)).toEqual(['one', 'two']);
		expect(state.draft).toBeUndefined();
	});

	it('keeps the draft of another field', () => {
		const draft = {field: 'note', step: 'health', text: 'half a sen'} as const;
		const state = after([
			{type: 'drafted', draft},
			{type: 'decided', step: 'pods', verdict: verdict('ok')},
		]);
		expect(state.draft).toEqual(draft);
		expect(reduce(state, {type: 'drafted', draft: undefined}).draft).toBeUndefined();
	});

	it('pins a row once, and the same id of another check separately', () => {
		const evidence = {id: 'api-54fb9', check: 'pods', text: 'OOMKilled', at: 1};
		const state = after([
			{type: 'pinned', evidence},
			{type: 'pinned', evidence: {...evidence, at: 2}},
			{type: 'pinned', evidence: {...evidence, check: 'logs'}},
		]);
		expect(state.pins).toEqual([evidence, {...evidence, check: 'logs'}]);
		expect(reduce(state, {type: 'unpinned', id: 'api-54fb9', check: 'logs'}).pins).toEqual([evidence]);
		expect(reduce(state, {type: 'unpinned', id: 'api-54fb9'}).pins).toEqual([]);
	});

	it('keeps the investigation and clears its draft', () => {
		const investigation = startInvestigation({step: 'pods', openedAt: 5});
		const state = after([
			{type: 'drafted', draft: {field: 'investigation.problem', step: 'pods', text: 'cra'}},
			{type: 'decided', step: 'pods', verdict: verdict('anomaly', {finding: critical})},
		]);
		expect(state.draft?.text).toBe('cra');
		const investigated = reduce(state, {type: 'investigated', step: 'pods', investigation});
		expect(investigated.steps[1]?.investigation).toBe(investigation);
		expect(investigated.draft).toBeUndefined();
	});
});

describe('closing', () => {
	it('may leave steps without a verdict and lists them', () => {
		const state = after([{type: 'decided', step: 'pods', verdict: verdict('ok')}, {type: 'closing'}]);
		expect(state.phase).toBe('closing');
		expect(progress(state).undecided.map(({id}) => id)).toEqual(['health', 'logs']);
		expect(roundStatus(state)).toBe('unknown');
	});

	it('accepts verdicts only after reopening', () => {
		const closing = after([{type: 'closing'}]);
		const decided = {type: 'decided', step: 'pods', verdict: verdict('ok')} as const;
		expect(refusal(closing, decided)).toBe('The round is being closed. Go back to it first.');
		expect(after([{type: 'reopened'}, decided], closing).steps[1]?.verdict).toBeDefined();
	});

	it('keeps an edited entry, and makes it a draft when a verdict changes', () => {
		const edited = after([{type: 'closing'}, {type: 'entry-edited', text: '- mine'}]);
		expect(edited.entry).toBe('- mine');
		const reopened = after([{type: 'reopened'}], edited);
		expect(reopened.entry).toBe('- mine');
		const belied = reduce(reopened, {type: 'decided', step: 'pods', verdict: verdict('ok')});
		expect(belied.entry).toBeUndefined();
		expect(belied.draft).toEqual({field: 'entry', text: '- mine'});
		expect(reduce(edited, {type: 'entry-edited', text: ''})).not.toHaveProperty('entry');
	});

	it('changes nothing after the round is closed', () => {
		const closed = after([{type: 'closing'}, {type: 'closed', at: 9}]);
		expect(closed).toMatchObject({phase: 'closed', closedAt: 9});
		fc.assert(
			fc.property(anyEvent, (event) => {
				expect(reduce(closed, event)).toBe(closed);
			}),
		);
	});
});

describe('sittings', () => {
	it('counts the time of sessions, not of breaks', () => {
		const minute = 60_000;
		const resumed = after([{type: 'resumed', savedAt: startedAt + 3 * minute, at: startedAt + 60 * minute, operator: 'alice'}]);
		expect(walkedFor(resumed, startedAt + 62 * minute)).toBe(5 * minute);
		expect(resumed.operators).toEqual(['alice']);
	});

	it('lists every operator, the holder last', () => {
		const events = ['bob', 'alice', 'alice'].map((operator) => ({type: 'taken-over', operator}) as const);
		expect(after(events.slice(0, 1)).operators).toEqual(['alice', 'bob']);
		expect(after(events).operators).toEqual(['bob', 'alice']);
	});
});

describe('any walk', () => {
	it('keeps every invariant for any sequence of events', () => {
		fc.assert(
			fc.property(fc.array(anyEvent, {maxLength: 40}), (events) => {
				let state = round();
				for (const event of events) {
					const before = structuredClone(state);
					const next = reduce(state, event);
					expect(state).toEqual(before);
					expect(refusal(state, event) === undefined || next === state).toBe(true);
					state = next;
				}
				expect(Number.isInteger(state.cursor) && state.cursor >= 0 && state.cursor < state.steps.length).toBe(true);
				expect(state.steps.map(({id}) => id)).toEqual(['health', 'pods', 'logs']);
				for (const {verdict} of state.steps) {
					if (!verdict || !needsNote(verdict.finding, verdict.kind)) continue;
					expect(verdict.note?.trim()).toBeTruthy();
				}
				expect(new Set(state.pins.map(({id, check}) => `${check} ${id}`)).size).toBe(state.pins.length);
				expect(new Set(state.operators).size).toBe(state.operators.length);
				expect(JSON.parse(JSON.stringify(state))).toEqual(state);
				expect(walkedFor(state, startedAt)).toBeGreaterThanOrEqual(0);
			}),
		);
	});
});

describe('hasWork', () => {
	it('is false until there is a verdict, a note or a draft', () => {
		expect(hasWork(round())).toBe(false);
		expect(hasWork(after([{type: 'moved', to: 2}]))).toBe(false);
		expect(hasWork(after([{type: 'drafted', draft: {field: 'note', text: 'h'}}]))).toBe(true);
		expect(hasWork(after([{type: 'decided', step: 'pods', verdict: verdict('ok')}]))).toBe(true);
	});
});
