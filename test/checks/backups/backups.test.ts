import {describe, expect, test} from 'vitest';
import {backups} from '../../../src/checks/backups/index.ts';
import type {Backup} from '../../../src/ports/backup-source.ts';
import {backup, day, failure, hour, judging as judgingAs, minute, now, reading} from '../fixtures.ts';

/** A restore was tried lately, unless the case is about that. */
const judging = (id: 'backups', set = {}) => judgingAs(id, {testRestore: {lastOn: '2026-10-01'}, ...set});
const judge = (list: readonly Backup[], set = {}) => backups.judge({backups: list, failures: []}, judging('backups', set));

describe('judging backups', () => {
	test.each<[string, readonly Backup[], object, string, string, string]>([
		['fresh', [backup()], {}, 'ok', 'PITR orders 2026-11-20T08:27Z', '1 database restorable'],
		[
			'stale',
			[backup({lastRestorableAt: now - 10 * hour - 21 * minute})],
			{},
			'critical',
			'PITR orders 2026-11-19T22:10Z stale',
			'orders stale 10 h 21 m',
		],
		[
			'stale by its own limit',
			[backup()],
			{databases: {orders: {maxAge: '3m'}}},
			'critical',
			'PITR orders 2026-11-20T08:27Z stale',
			'should be within 3 m',
		],
		['recovery is off', [backup({retentionDays: 0})], {}, 'critical', 'PITR orders 2026-11-20T08:27Z', 'recovery is off'],
		[
			'kept too short',
			[backup({retentionDays: 3})],
			{},
			'warning',
			'PITR orders 2026-11-20T08:27Z',
			'kept for 3 days, should be 7 or more',
		],
		[
			'only a backup',
			[backup({lastRestorableAt: undefined, lastBackupAt: now - 6 * hour})],
			{},
			'ok',
			'PITR orders 2026-11-20T02:31Z',
			'last backup 2026-11-20T02:31Z, 6 h ago',
		],
		[
			'only an old backup',
			[backup({lastRestorableAt: undefined, lastBackupAt: now - 27 * hour})],
			{},
			'critical',
			'PITR orders 2026-11-19T05:31Z stale',
			'should be within 1 d 2 h',
		],
		['neither', [backup({lastRestorableAt: undefined})], {}, 'unknown', 'PITR orders unknown', 'RDS reports neither'],
		['no date', [backup({lastRestorableAt: Number.NaN})], {}, 'unknown', 'PITR orders unknown', 'neither'],
		['in the future', [backup({lastRestorableAt: now + hour})], {}, 'unknown', 'PITR orders 2026-11-20T09:31Z', 'lies in the future'],
		[
			'the system complains',
			[backup({problem: 'stanza is in error'})],
			{},
			'critical',
			'PITR orders 2026-11-20T08:27Z',
			'stanza is in error',
		],
		[
			'tested lately',
			[backup()],
			{testRestore: {lastOn: '2026-10-01'}},
			'ok',
			'PITR orders 2026-11-20T08:27Z',
			'last on 2026-10-01, 50 days ago, due every 90 d',
		],
		[
			'test overdue',
			[backup()],
			{testRestore: {lastOn: '2026-07-31'}},
			'warning',
			'PITR orders 2026-11-20T08:27Z',
			'last on 2026-07-31, 112 days ago, overdue by 22 d: due every 90 d',
		],
		[
			'no test recorded',
			[backup()],
			{testRestore: undefined},
			'warning',
			'PITR orders 2026-11-20T08:27Z',
			'none recorded: restore one as the runbook backups says',
		],
		[
			'tests recorded elsewhere',
			[backup()],
			{testRestore: undefined, testRestoreRequired: false},
			'ok',
			'PITR orders 2026-11-20T08:27Z',
			'1 database restorable',
		],
		['nothing read', [], {}, 'unknown', 'PITR unknown', ''],
	])('%s', (_, list, set, status, short, text) => {
		const finding = judge(list, set);
		expect(finding.status).toBe(status);
		expect(finding.short).toBe(short);
		expect([finding.summary, ...finding.reasons.map((reason) => reason.text)].join('\n')).toContain(text);
	});

	test('the stale one is first in the line', () => {
		const finding = judge([backup({database: 'customers'}), backup({lastRestorableAt: now - 2 * day})]);
		expect(finding.short).toBe('PITR orders 2026-11-18T08:31Z stale, customers 2026-11-20T08:27Z');
	});
});

test('one database that cannot be read is unknown next to the others', async () => {
	const data = await backups.read(
		reading('backups', {
			backups: [
				{database: 'orders', read: () => Promise.resolve(backup())},
				{database: 'customers', read: () => Promise.reject(failure('aws', 'forbidden'))},
			],
		}),
	);
	const finding = backups.judge(data, judging('backups'));
	expect(finding).toMatchObject({
		status: 'unknown',
		summary: 'customers unknown',
		short: 'PITR orders 2026-11-20T08:27Z, customers unknown',
	});
	expect(data).not.toHaveProperty('testRestore');
	expect(finding.reasons[0]).toEqual({status: 'unknown', subject: 'customers', text: 'aws refused the connection. Look at the address'});
	await expect(backups.read(reading('backups'))).rejects.toMatchObject({kind: 'not-configured'});
});

test('the pane is told of the test restore as well', async () => {
	const sources = {backups: [{database: 'orders', read: () => Promise.resolve(backup())}]};
	const data = await backups.read(reading('backups', sources, {set: {testRestore: {lastOn: '2026-07-31'}}}));
	expect(data.testRestore).toEqual({lastOn: '2026-07-31', every: 90 * day});
});
