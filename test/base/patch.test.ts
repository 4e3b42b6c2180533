import {expect, test} from 'vitest';
import {patched} from '../../src/base/patch.ts';

interface State {
	readonly cursor: number;
	readonly draft?: string;
}

test('changes what the patch names and keeps the rest', () => {
	const state: State = {cursor: 1, draft: 'half'};
	expect(patched(state, {cursor: 2})).toEqual({cursor: 2, draft: 'half'});
	expect(state).toEqual({cursor: 1, draft: 'half'});
});

test('removes an optional key when the patch says undefined', () => {
	expect(Object.keys(patched<State>({cursor: 1, draft: 'half'}, {draft: undefined}))).toEqual(['cursor']);
});

test('does not let a required key be removed', () => {
	// @ts-expect-error -- a state without a cursor is not a state
	expect(patched<State>({cursor: 1}, {cursor: undefined})).toEqual({});
});
