import {expect, test} from 'vitest';
import {partingWords} from '../../src/round/parting.ts';
import {reduce} from '../../src/round/reduce.ts';
import {createRound} from '../../src/round/round.ts';
import {finding} from '../helpers/fake-check.ts';

const steps = ['Health', 'Pods'].map((title) => ({id: title.toLowerCase(), title}));
const fresh = createRound({service: 'checkout', environment: 'production', operator: 'alice', startedAt: 0, steps});
const decided = (step: string) => ({type: 'decided', step, verdict: {kind: 'ok', at: 1, operator: 'alice', finding: finding()}}) as const;

test('says nothing when nothing was started', () => {
	expect(partingWords(fresh, 'rounds')).toBeUndefined();
});

test('names the command and the place when the round is unfinished', () => {
	expect(partingWords(reduce(fresh, decided('health')), 'rounds demo')).toBe(
		'The round is saved: 1 of 2 reviewed. Run `rounds demo` to resume at Pods.',
	);
});

test('says that a closed round is closed', () => {
	const done = [decided('health'), decided('pods'), {type: 'closing'} as const, {type: 'closed', at: 2} as const].reduce(reduce, fresh);
	expect(partingWords(done, 'rounds')).toBe('The round is closed: 2 of 2 reviewed.');
});
