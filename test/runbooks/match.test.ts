import {expect, test} from 'vitest';
import {runbookFor} from '../../src/runbooks/match.ts';
import type {Runbook} from '../../src/runbooks/runbook.ts';

const runbook = (id: string, change: Partial<Runbook> = {}): Runbook => ({
	id,
	title: id,
	path: `/${id}.md`,
	embedded: true,
	checks: ['pods'],
	matches: [],
	services: [],
	contacts: [],
	links: [],
	markdown: '',
	...change,
});
const all = [
	runbook('oom-killed', {matches: [/OOMKilled/iu]}),
	runbook('pod-crash-loop', {matches: [/CrashLoopBackOff/iu]}),
	runbook('pods'),
	runbook('burst-5xx', {checks: ['logs'], matches: [/5xx/iu]}),
];
const find = (texts: readonly string[], runbooks: readonly Runbook[] = all) =>
	runbookFor(runbooks, {id: 'pods', check: 'pods', service: 'checkout', texts})?.id;

test.each([
	['nothing found: the check’s own', [], 'pods'],
	['nothing matches: the check’s own', ['memory high'], 'pods'],
	['what matters first in the reason', ['api CrashLoopBackOff, last OOMKilled'], 'pod-crash-loop'],
	['the most urgent reason first', ['api OOMKilled', 'b CrashLoopBackOff'], 'oom-killed'],
	['whatever the case', ['crashloopbackoff'], 'pod-crash-loop'],
	['not one of another check', ['5xx'], 'pods'],
])('%s', (_, texts, expected) => {
	expect(find(texts)).toBe(expected);
});

test('the team’s wins, also when it matches later', () => {
	const ours = runbook('ours', {embedded: false, checks: [], matches: [/OOMKilled/iu]});
	expect(find(['api CrashLoopBackOff, last OOMKilled'], [ours, ...all])).toBe('ours');
});

test('not one of another service', () => {
	expect(find(['CrashLoopBackOff'], [runbook('theirs', {services: ['search'], matches: [/Crash/iu]}), ...all])).toBe('pod-crash-loop');
});

test('a name nobody has falls back to the check, then to none', () => {
	expect(runbookFor(all, {id: 'gone', check: 'logs'})?.id).toBe('burst-5xx');
	expect(runbookFor(all, {id: 'gone', check: 'payments'})).toBeUndefined();
});
