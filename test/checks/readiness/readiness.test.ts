import {describe, expect, test} from 'vitest';
import {readiness} from '../../../src/checks/readiness/index.ts';
import type {Sources} from '../../../src/ports/sources.ts';
import type {RepositorySource} from '../../../src/ports/repository-source.ts';
import {backup, judging, now, reading} from '../fixtures.ts';

const confirmed = {tests: '2026-11-02', 'threat-model': '2026-09-14', backups: '2026-10-11', logs: '2026-11-01', alerts: '2026-11-01'};
const build = {repository: 'shop/api', workflow: 'ci', branch: 'main', conclusion: 'success', url: 'https://example.com', at: now};
const repositories = (conclusion: string): RepositorySource => ({
	repositories: ['shop/api'],
	read: async () => ({vulnerabilities: [], builds: [{...build, conclusion}]}),
});
const all: Partial<Sources> = {
	backups: [{database: 'orders', read: async () => backup()}],
	alerts: [{name: 'Alertmanager', alerts: async () => []}],
	repositories: repositories('success'),
};

async function judged(set: object, sources: Partial<Sources> = all, logs = true) {
	const {logs: _logs, ...others} = sources;
	const context = reading('readiness', {...others, ...(logs ? {logs: {recent: async () => []}} : {})}, {set});
	return readiness.judge(await readiness.read(context), judging('readiness', set));
}

describe('readiness', () => {
	test('all confirmed within their time is ok', async () => {
		expect(await judged({confirmed})).toMatchObject({
			status: 'ok',
			summary: '5 items confirmed',
			short: 'readiness 5/5',
			evidence: [],
		});
	});

	test('what was never confirmed says what must be true; what is overdue says since when', async () => {
		const {alerts: _alerts, ...rest} = confirmed;
		const finding = await judged({confirmed: {...rest, tests: '2026-10-01'}});
		expect(finding).toMatchObject({
			status: 'warning',
			summary: '3 of 5 confirmed: tests is overdue, alerts was never confirmed',
			short: 'readiness 3/5',
		});
		expect(finding.reasons[0]?.text).toMatch(/^confirmed last on 2026-10-01, 50 days ago, overdue by 19 d: due every 31 d$/);
		expect(finding.reasons[1]?.text).toMatch(/^never confirmed: each reached a person/);
		expect(finding.evidence.map(({id}) => id)).toEqual(['readiness:tests', 'readiness:alerts']);
	});

	test('what the sources tell outweighs the day someone wrote down', async () => {
		const finding = await judged({confirmed}, {repositories: repositories('failure'), backups: [], alerts: []}, false);
		expect(finding).toMatchObject({status: 'warning', short: 'readiness 1/5'});
		expect(finding.reasons.filter(({status}) => status === 'warning').map(({text}) => text)).toEqual([
			'ci on main fails',
			expect.stringContaining('no backup is looked at'),
			expect.stringContaining('no logs are looked at'),
			expect.stringContaining('no alert is looked at'),
		]);
	});

	test('a team’s own list takes the place of the usual one; a day for what is not on it is a mistake', async () => {
		const items = [{id: 'load-test', title: 'Load test', asks: 'ten times the traffic was tried', url: 'https://wiki.example.com/load'}];
		expect(await judged({items, confirmed: {'load-test': '2026-11-10'}})).toMatchObject({status: 'ok', summary: '1 item confirmed'});
		const wrong = readiness.options.safeParse({confirmed: {test: '2026-11-02'}});
		expect(wrong.error?.issues[0]).toMatchObject({path: ['confirmed', 'test'], message: expect.stringContaining('there is no item test')});
	});

	test('it is monthly, and joins a round only where it is listed', () => {
		expect(readiness.cadence).toBe('monthly');
		expect(readiness.configured(reading('readiness'))).toBe(false);
	});
});
