import {describe, expect, it} from 'vitest';
import {priorityNamed, priorityOfLabels} from '../../../src/round/outside/priority.ts';

describe('priorityOfLabels', () => {
	it.each([
		['P1', 'P1'],
		['p2: soon', 'P2'],
		['P3-medium', 'P3'],
		['priority:high', 'P2'],
		['Priority/P4', 'P4'],
		['priority - low', 'P4'],
		['prio-1', 'P1'],
		['priority: 5', 'P5'],
		['priority/critical', 'P1'],
	])('reads %s as %s', (label, priority) => {
		expect(priorityOfLabels([label])).toBe(priority);
	});

	it.each(['high', 'p10', 'P0', 'p1x', 'bug', 'priority', 'priority:whenever', 'top priority: 1', ''])(
		'does not read %j as a priority',
		(label) => {
			expect(priorityOfLabels([label])).toBeUndefined();
		},
	);

	it('takes the most urgent of several', () => {
		expect(priorityOfLabels(['bug', 'priority:low', 'P2'])).toBe('P2');
		expect(priorityOfLabels([])).toBeUndefined();
	});
});

describe('priorityNamed', () => {
	it('prefers the team’s names to the usual ones', () => {
		const names = ['Now', 'High', 'Low', 'Whenever', 'Never'];
		expect([priorityNamed('now', names), priorityNamed('Low', names), priorityNamed('never', names)]).toEqual(['P1', 'P3', 'P5']);
		expect([priorityNamed('Low'), priorityNamed('Highest'), priorityNamed('P2 - soon')]).toEqual(['P4', 'P1', 'P2']);
		expect([priorityNamed(undefined), priorityNamed('Fancy', names)]).toEqual([undefined, undefined]);
	});
});
