import {expect, test} from 'vitest';
import {runbookFor, runbookNamed} from '../../src/runbooks/match-runbook.ts';
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

test('a name no one has falls back to the check, then to none', () => {
	expect(runbookFor(all, {id: 'gone', check: 'logs'})?.id).toBe('burst-5xx');
	expect(runbookFor(all, {id: 'gone', check: 'payments'})).toBeUndefined();
});

test.each([
	['https://wiki.example.com/runbooks/oom-killed.md', 'oom-killed', undefined],
	['https://wiki.example.com/runbooks/oom-killed/?x=a/b#do', 'oom-killed', 'do'],
	['https://runbooks.prometheus-operator.dev/runbooks/kubernetes/OOM-Killed', 'oom-killed', undefined],
	['docs/runbooks/oom%2Dkilled.html', 'oom-killed', undefined],
	['pods', 'pods', undefined],
])('%s is a runbook here', (address, id, anchor) => {
	const named = runbookNamed(all, address);
	expect([named?.runbook.id, named?.anchor]).toEqual([id, anchor]);
});

test.each(['https://wiki.example.com/', 'https://wiki.example.com/gone.md', '', '#pods', '%', 'a/%E0%A4%A'])('%j is none', (address) => {
	expect(runbookNamed(all, address)).toBeUndefined();
});

test('the runbook that an alert names goes before what its words match', () => {
	const ask = (urls: readonly string[]) => runbookFor(all, {id: 'pods', check: 'pods', texts: ['OOMKilled'], urls})?.id;
	expect(ask(['https://w/gone', 'https://w/burst-5xx.md#do'])).toBe('burst-5xx');
	expect(ask(['https://w/gone'])).toBe('oom-killed');
	expect(ask(['https://wiki.example/runbooks/BURST-5xx/?x=1'])).toBe('burst-5xx');
});

test('an item with a name of its own has its own runbook', () => {
	const own = runbook('lag', {embedded: false, checks: ['orders-lag']});
	const books = [...all, runbook('promql', {checks: ['promql']}), own];
	expect(runbookFor(books, {id: 'promql', check: 'promql', item: 'orders-lag'})?.id).toBe('lag');
	expect(runbookFor(books, {id: 'promql', check: 'promql', item: 'other'})?.id).toBe('promql');
	expect(runbookFor(books, {id: 'pods', check: 'pods', item: 'pods'})?.id).toBe('pods');
});
