import {expect, test} from 'vitest';
import {parseRunbook} from '../../src/runbooks/parse.ts';
import type {Investigation} from '../../src/round/investigation/investigation.ts';
import {runbookStub, stubName} from '../../src/triage/runbook-stub.ts';

const at = Date.parse('2026-11-20T08:31:00Z');
const investigation: Investigation = {
	step: 'pods',
	openedAt: at,
	method: 'five-whys',
	problem: 'api dies: of "memory"',
	whys: ['the cache grows', 'the cache has no bound'],
	whysDone: true,
	evidence: [{id: 'pod:api', check: 'pods', text: 'api-54fb9-n4vkg 0/1\nCrashLoopBackOff', at}],
	answers: {fix: 'bound the cache', contact: 'Dana Reyes'},
};

test('makes a runbook that loads, for its check, reviewed today, with the findings', () => {
	const text = runbookStub(investigation, {service: 'checkout', operator: 'alice', at});
	const {runbook, problems} = parseRunbook({id: 'x', path: '/x.md', embedded: false, text});
	expect(problems).toEqual([]);
	expect(runbook).toMatchObject({title: 'api dies: of "memory"', checks: ['pods'], services: ['checkout'], owner: 'alice'});
	expect(text).toContain("\nmatches: [] # text of the rows it is for, such as ['QueueFull']\n");
	expect(runbook.lastReviewedOn).toBe('2026-11-20');
	expect(text).toContain('## First look\n\n1. api-54fb9-n4vkg 0/1 CrashLoopBackOff\n');
	expect(text).toContain('## Decide\n\nthe cache has no bound\n');
	expect(text).toContain('## Do\n\nbound the cache\n');
	expect(text).toContain('## Who to call\n\nDana Reyes\n');
});

test('asks what to write when something is unknown', () => {
	const {answers: _answers, ...bare} = investigation;
	const text = runbookStub({...bare, whys: [], evidence: []}, {service: 'checkout', operator: 'alice', at});
	expect(text).toMatch(/## First look\n\n_What distinguishes it/);
	expect(text).toMatch(/## Decide\n\n_What was the cause/);
	expect(text).toMatch(/## Do\n\n_How do you fix it/);
});

test.each([
	['api dies: of "memory"', 'api-dies-of-memory'],
	['  ../../etc ', 'etc'],
	['日本', 'runbook'],
	[`${'eight12 '.repeat(7)}word longer`, `${'eight12-'.repeat(7)}word`],
	['x'.repeat(70), 'x'.repeat(60)],
])('%s is called %s', (problem, name) => {
	expect(stubName({problem})).toBe(name);
	expect(stubName({problem})).toMatch(/^[a-z0-9][a-z0-9-]*$/);
});
