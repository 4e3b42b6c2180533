import {expect, it} from 'vitest';
import {draftAt} from '../../src/round/draft-places.ts';
import {allInvestigations, freeId} from '../../src/round/investigations.ts';
import {reduce} from '../../src/round/reduce.ts';
import type {RoundEvent, RoundState} from '../../src/round/round.ts';
import {startInvestigation} from '../../src/round/investigation/investigation.ts';
import {round, startedAt} from './samples.ts';

const apply = (state: RoundState, ...events: readonly RoundEvent[]) => events.reduce(reduce, state);
const typed = (field: string, text: string, investigation?: string): RoundEvent => ({
	type: 'drafted',
	draft: {field, step: 'pods', text, ...(investigation === undefined ? {} : {investigation})},
});
const begun = (id?: string): RoundEvent => ({
	type: 'investigated',
	step: 'pods',
	investigation: startInvestigation({step: 'pods', id, openedAt: startedAt}),
});

it('keeps the draft of a field until it is confirmed or cancelled, while another field is typed into', () => {
	const two = apply(round(), typed('investigation.problem', 'api d'), typed('note', 'od'), typed('note', 'odd'));
	expect(draftAt(two, {field: 'investigation.problem', step: 'pods'})?.text).toBe('api d');
	expect(two.draft?.text).toBe('odd');
	const cancelled = apply(two, {type: 'drafted', draft: undefined});
	expect(cancelled.draft).toBeUndefined();
	expect(draftAt(cancelled, {field: 'investigation.problem', step: 'pods'})?.text).toBe('api d');
	expect(apply(cancelled, begun()).laidAside).toBeUndefined();
});

it('removes only the draft of the answer that is confirmed', () => {
	const drafted = apply(
		round(),
		begun(),
		begun('pods-2'),
		typed('investigation.problem', 'other', 'pods-2'),
		typed('investigation.who', 'all'),
		typed('investigation.problem', 'api dies'),
	);
	const investigation = startInvestigation({step: 'pods', openedAt: startedAt});
	const kept = apply(drafted, {type: 'investigated', step: 'pods', investigation, field: 'investigation.problem'});
	expect(kept.draft).toBeUndefined();
	expect(kept.laidAside?.map(({text}) => text)).toEqual(['other', 'all']);
	expect(apply(kept, {type: 'investigation-dropped', step: 'pods', id: 'pods-2'}).laidAside?.map(({text}) => text)).toEqual(['all']);
});

it('gives each investigation of a check its own id', () => {
	const two = apply(round(), begun(), begun('pods-2'));
	expect(allInvestigations(two).map(({id}) => id)).toEqual([undefined, 'pods-2']);
	const step = two.steps[1];
	expect(step && freeId(step)).toBe('pods-3');
	const one = apply(two, {type: 'investigation-dropped', step: 'pods', id: 'pods'});
	expect(one.steps[1]?.investigation?.id).toBe('pods-2');
	expect(one.steps[1]).not.toHaveProperty('further');
});

it('adds a pin to the open investigation and removes it again', () => {
	const evidence = {id: 'row', check: 'health', text: 'a row', at: startedAt};
	const open = apply(round(), begun(), {type: 'investigating', open: {step: 'pods', id: 'pods'}}, {type: 'pinned', evidence});
	expect(open.steps[1]?.investigation?.evidence).toEqual([evidence]);
	expect(apply(open, {type: 'unpinned', id: 'row', check: 'health'}).steps[1]?.investigation?.evidence).toEqual([]);
	const left = apply(round(), begun(), {type: 'investigating', open: undefined}, {type: 'pinned', evidence});
	expect(left.steps[1]?.investigation?.evidence).toEqual([]);
	expect(apply(round(), {type: 'investigating', open: {step: 'pods', id: 'none'}}).investigating).toBeUndefined();
});
