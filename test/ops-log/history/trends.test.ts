import {describe, expect, it} from 'vitest';
import type {Entry} from '../../../src/ops-log/entry.ts';
import {anomalyReader} from '../../../src/ops-log/mentions.ts';
import {trends, sameness} from '../../../src/ops-log/history/trends.ts';
import {trendsText} from '../../../src/ops-log/history/trends-text.ts';
import {asciiSymbols, unicodeSymbols} from '../../../src/base/terminal/locale.ts';

const checks = [
	{id: 'pods', title: 'Pods'},
	{id: 'payments', title: 'Payments'},
	{id: 'backups', title: 'Backups'},
];
const dayMs = 86_400_000;

/** A round at 08:30 in Berlin on that day of November 2026; the 2nd is a Monday. */
function round(day: number, over: Partial<Entry> = {}): Entry {
	return {
		at: Date.UTC(2026, 10, day, 7, 30),
		offsetMinutes: 60,
		service: 'checkout',
		environment: 'production',
		operator: 'alice',
		status: 'ok',
		findings: ['pods 38/38', 'payments none failed', 'PITR orders fresh'],
		anomalies: [],
		walkedMs: 60_000,
		...over,
	};
}

const until = Date.UTC(2026, 10, 13, 9);
const of = (...entries: readonly Entry[]) => trends({entries, checks, until, offsetMinutes: 60});

describe('trends', () => {
	it('counts rounds per week, weeks without one, and missed weekdays before today', () => {
		const result = of(round(12), round(2), round(2), round(7), round(-7));
		expect(result?.weeks).toEqual([
			{monday: '2026-10-19', rounds: 1},
			{monday: '2026-10-26', rounds: 0},
			{monday: '2026-11-02', rounds: 3},
			{monday: '2026-11-09', rounds: 1},
		]);
		// 24 October and 7 November are Saturdays; the 13th is not over yet.
		expect(result?.daysWithout).toEqual([
			...['26', '27', '28', '29', '30'].map((day) => `2026-10-${day}`),
			...['03', '04', '05', '06', '09', '10', '11'].map((day) => `2026-11-${day}`),
		]);
		expect(result).toMatchObject({from: '2026-10-24', to: '2026-11-12', rounds: 5});
	});

	it('takes the day from the operator’s own clock', () => {
		const late = {...round(2), at: Date.UTC(2026, 10, 2, 23, 30)};
		expect(of(late)?.from).toBe('2026-11-03');
		expect(of({...late, offsetMinutes: -300})?.from).toBe('2026-11-02');
	});

	it('ignores lines by rounds log add, and has no trends without rounds', () => {
		expect(of(round(2, {walkedMs: 0}))).toBeUndefined();
		expect(of()).toBeUndefined();
		expect(of(round(2, {walkedMs: 60_000}), round(3, {walkedMs: 181_000}), round(3, {walkedMs: 0}))).toMatchObject({
			rounds: 2,
			meanWalkedMs: 120_500,
		});
	});

	it('counts anomalies by check and outcome, and lists what occurred three times', () => {
		const result = of(
			round(2, {
				anomalies: ['pods: api-54fb9-n4vkg is killed serious (a cache without a bound)', 'payments: 3 webhooks stuck intermittent'],
			}),
			round(3, {anomalies: ['pods: api-7d8c4-x2vbn is killed serious', 'something odd']}),
			round(4, {status: 'critical', anomalies: ['pods: api-6b9f8-kkzzq is killed not triaged', 'pods: api-5f4d7-cccvv is killed noise']}),
			round(5, {anomalies: ['payments: 12 webhooks stuck intermittent']}),
		);
		expect(result?.anomaliesByCheck).toEqual([
			{name: 'pods', count: 4},
			{name: 'payments', count: 2},
			{name: 'not named', count: 1},
		]);
		expect(result?.anomaliesByOutcome).toEqual([
			{name: 'intermittent', count: 2},
			{name: 'serious', count: 2},
			{name: 'noise', count: 1},
			{name: 'not named', count: 1},
			{name: 'not triaged', count: 1},
		]);
		expect(result?.recurring).toEqual([
			{check: 'pods', subject: 'api-5f4d7-cccvv is killed', count: 4, days: ['2026-11-02', '2026-11-03', '2026-11-04']},
		]);
		expect(result?.statuses).toEqual({ok: 3, warning: 0, critical: 1, unknown: 0});
		expect(result?.statusOverTime.map(({status}) => status)).toEqual(['ok', 'ok', 'critical', 'ok']);
	});
});

describe('anomalyReader', () => {
	const read = (text: string, findings: readonly string[] = []) => anomalyReader(checks)(text, {findings});

	it.each([
		[
			'pods: api is killed serious (a (nested) cause)',
			{check: 'pods', problem: 'api is killed', outcome: 'serious', cause: 'a (nested) cause'},
		],
		[
			'pods: api is killed serious (a leak) [record](investigations/a.md) [announced 08:41, resolved 09:12](https://s/p1) [ticket](https://t/1)',
			{check: 'pods', problem: 'api is killed', outcome: 'serious', cause: 'a leak'},
		],
		['pods: api is killed serious announced 08:41', {check: 'pods', problem: 'api is killed', outcome: 'serious', cause: undefined}],
		['payments not triaged announced 08:41, resolved 09:12', {check: 'payments', problem: 'payments', outcome: 'not triaged'}],
		['pods: a serious bug serious (x)', {check: 'pods', problem: 'a serious bug', outcome: 'serious', cause: 'x'}],
		['api-54fb9-n4vkg serious INC-7', {check: 'pods', problem: 'api-54fb9-n4vkg', outcome: 'serious', cause: 'INC-7'}],
		['payments not triaged', {check: 'payments', problem: 'payments', outcome: 'not triaged'}],
		['pods: no data not enough information', {check: 'pods', problem: 'no data', outcome: 'not enough information'}],
		['PITR orders stale undetermined', {check: 'backups', outcome: 'undetermined'}],
		['Error: timeout noise', {check: undefined, problem: 'Error: timeout', outcome: 'noise'}],
		['just words', {check: undefined, problem: 'just words', outcome: undefined}],
	])('%s', (text, expected) => {
		expect(read(text)).toMatchObject(expected);
	});

	it('matches the closest finding, and uses the removed check’s name when it is gone', () => {
		expect(read('webhooks late intermittent', ['pods 38/38', 'payments 3 webhooks stuck'])).toMatchObject({check: 'payments'});
		expect(read('old queue: too long noise', ['old queue 912'])).toMatchObject({check: 'old-queue', problem: 'too long'});
	});
});

it('ignores pods, numbers and punctuation when it compares problems', () => {
	expect(sameness('API-54fb9-n4vkg: 3 of 38 failing')).toBe(sameness('api-7d8c4-x2vbn 12 of 40 failing.'));
	expect(sameness('api is slow')).not.toBe(sameness('web is slow'));
	expect(sameness('rate-limits-reset')).toBe('rate limits reset');
});

describe('trendsText', () => {
	const textOf = (over: Partial<Parameters<typeof trends>[0]>) => {
		const result = trends({entries: [round(2)], checks, until, offsetMinutes: 60, ...over});
		return result ? trendsText(result, {columns: 200, symbols: unicodeSymbols, limit: 2}) : '';
	};

	it('names the services when the log has several', () => {
		expect(textOf({})).toMatch(/^service {15}checkout\/production$/m);
		const billing = {service: 'billing'};
		const several = textOf({entries: [round(2), round(3, billing), round(4, billing), round(5, {environment: 'staging'})]});
		expect(several).toMatch(
			/^services {14}billing\/production \(2 rounds\), checkout\/production \(1 round\), and 1 more\. Shown together\. Use --service NAME for one\./m,
		);
	});

	it('says how often there was a round and on which weekdays there was none', () => {
		expect(textOf({})).toMatch(/^rounds {16}1 on 2026-11-02, which took 1m00s$/m);
		expect(textOf({})).toMatch(/^anomalies {13}none$/m);
		expect(textOf({})).toMatch(/^no rounds {13}8 weekdays since the first round, newest first: 2026-11-12, 2026-11-11$/m);
		expect(textOf({until: round(2).at})).toMatch(/^no rounds {13}none, every weekday had a round$/m);
		const two = textOf({entries: [round(2, {anomalies: ['pods: x serious']}), round(10)]});
		expect(two).toMatch(/^rounds {16}2 from 2026-11-02 to 2026-11-10: 1\.0 a week, 1m00s each on average$/m);
		expect(two).toMatch(/^anomalies {13}1, on average 0\.5 in a round$/m);
		expect(two).toMatch(/^recurring {13}no problem occurred three times$/m);
	});

	it('names the number of anomalies and records behind the times', () => {
		const times = [{acknowledgedMs: 60_000, resolvedMs: 600_000}, {acknowledgedMs: 120_000}];
		expect(textOf({times: {times, read: 2, all: 2}})).toMatch(
			/^triage {16}2 anomalies on average: triage began 1m30s after the round began, resolved 10m00s later$/m,
		);
		expect(textOf({times: {times: times.slice(1), read: 200, all: 812}})).toMatch(
			/^triage {16}1 anomaly: triage began 2m00s after the round began, none resolved, in the newest 200 of 812 records$/m,
		);
		expect(textOf({times: {times: [], read: 1, all: 1}})).not.toContain('triage');
	});

	const months = Array.from({length: 90}, (_, index) =>
		round(2, {
			at: round(2).at - index * dayMs,
			status: index === 0 ? 'critical' : 'ok',
			anomalies: index < 3 ? ['pods: x\u001B[31m serious'] : [],
		}),
	);
	const text = (columns: number, symbols = unicodeSymbols) => {
		const result = of(...months);
		return result ? trendsText(result, {columns, symbols, limit: 4}) : '';
	};

	it.each([60, 80, 200])('fits %i columns, is harmless and says what it omits', (columns) => {
		const lines = text(columns).split('\n');
		expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
		expect(text(columns)).not.toMatch(/[^\n\P{Cc}]/u);
		expect(lines.filter((line) => /^ *(?:rounds per week {7})?2026-\d\d-\d\d {2}\d+ {2}█+$/.test(line))).toHaveLength(4);
		expect(text(columns)).toMatch(/and \d+ earlier \(use --limit \d+\)/);
	});

	it('shows the newest rounds on the right of the sparkline', () => {
		expect(text(80)).toMatch(/^status {16}▁{57}█$/m);
		expect(text(80, asciiSymbols)).toMatch(/^status {16}_{57}#$/m);
		expect(text(80)).toContain('▁ ok 89');
		expect(text(80)).toContain('(one bar per round, newest on the right)');
		expect(text(80)).toMatch(/^ {22}\(\d+ weeks, newest on the right, highest bar \d\)$/m);
		expect(text(80)).toMatch(/^recurring {13}pods {2}3 times, last on 2026-11-02: x$/m);
	});
});
