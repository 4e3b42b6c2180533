import {expect, test} from 'vitest';
import {reconcile} from '../../src/round/reconcile.ts';
import {createRound} from '../../src/round/round.ts';

const step = (id: string) => ({id, title: id});
const round = createRound({
	service: 'checkout',
	environment: 'production',
	operator: 'alice',
	startedAt: 0,
	steps: ['health', 'pods', 'logs'].map(step),
});

test('returns the same round when the checklist is the same', () => {
	expect(reconcile(round, ['health', 'pods', 'logs'].map(step))).toBe(round);
});

test('adds new checks in place, drops untouched old ones and keeps the cursor on its step', () => {
	const at = {...round, cursor: 2};
	const changed = reconcile(at, ['backups', 'health', 'logs'].map(step));
	expect(changed.steps.map(({id}) => id)).toEqual(['backups', 'health', 'logs']);
	expect(changed.steps[changed.cursor]?.id).toBe('logs');
});

test('keeps a step with content when its check left the checklist', () => {
	const noted = {
		...round,
		steps: round.steps.map((one) => (one.id === 'pods' ? {...one, notes: [{at: 1, operator: 'alice', text: 'odd'}]} : one)),
	};
	expect(reconcile(noted, ['health', 'logs'].map(step)).steps.map(({id}) => id)).toEqual(['health', 'logs', 'pods']);
});
