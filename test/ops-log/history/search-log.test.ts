import {describe, expect, it} from 'vitest';
import {itemJson, logText} from '../../../src/ops-log/history/log-text.ts';
import {parsePeriod} from '../../../src/ops-log/history/period.ts';
import {parseLog} from '../../../src/ops-log/read-log-file.ts';
import {type LogQuery, searchLog} from '../../../src/ops-log/history/search-log.ts';

const checks = [
	{id: 'pods', title: 'Pods'},
	{id: 'pods-staging', title: 'Pods of staging'},
	{id: 'logs', title: 'Logs'},
	{id: 'rate-limits', title: 'Rate limits'},
];

const file = `# Ops log

One line per round: date, service/environment, operator, status, what each check found, anomalies, time taken.

- 2026-11-18 08:30 +01:00 · checkout/production · alice · ok · pods 38/38 · pods staging 2/3 failing · 5xx 0.2 % · no anomalies · 4m00s
- 2026-11-18 restarted Redis by hand,
  because of its memory
---
* a line without a date
- 2026-11-19 08:30 +01:00 · checkout/production · Bob · critical · pods 2/38 failing · 5xx 1.9 % · 1 anomaly: pods: api is killed serious (INC-7) · 6m12s
- 2026-11-17 09:00 +00:00 · inventory/staging · alice · warning · rate limits login 4x \\· night · no anomalies · 3m00s
`;

async function* bytes(text = file) {
	yield Buffer.from(text);
}

const search = (query: Partial<LogQuery> = {}, text?: string) => searchLog(parseLog(bytes(text)), {words: [], checks, ...query});
const days = async (query: Partial<LogQuery>, text?: string) => (await search(query, text)).map(({text}) => text.slice(2, 12));

describe('searchLog', () => {
	it('gives the newest first, whatever the order of the file, and no headings', async () => {
		expect((await search()).map(({text}) => text.slice(0, 24))).toEqual([
			'- 2026-11-19 08:30 +01:0',
			'* a line without a date',
			'- 2026-11-18 restarted R',
			'- 2026-11-18 08:30 +01:0',
			'- 2026-11-17 09:00 +00:0',
		]);
	});

	it('finds every word in any case, also in handwritten lines', async () => {
		expect(await days({words: ['REDIS']})).toEqual(['2026-11-18']);
		expect(await days({words: ['redis', 'memory']})).toEqual(['2026-11-18']);
		expect(await days({words: ['redis', 'killed']})).toEqual([]);
		expect(await days({words: ['inc-7', 'bob']})).toEqual(['2026-11-19']);
		expect(await days({words: ['pods', '2/38 failing']})).toEqual(['2026-11-19']);
	});

	it('finds escaped text unescaped, and letters in any composition', async () => {
		expect(await days({words: ['4x · night']})).toEqual(['2026-11-17']);
		expect(await search({words: ['cafe\u0301']}, '- Café is down\n')).toHaveLength(1);
	});

	it.each([
		[{operator: 'bob'}, ['2026-11-19']],
		[{status: 'warning' as const}, ['2026-11-17']],
		[{service: 'Inventory'}, ['2026-11-17']],
		[{environment: 'production', operator: 'alice'}, ['2026-11-18']],
		[{since: Date.UTC(2026, 10, 19)}, ['2026-11-19']],
		[{until: Date.UTC(2026, 10, 18)}, ['2026-11-17']],
		[{check: 'logs'}, ['2026-11-19', '2026-11-18']],
		[{check: 'Rate-Limits'}, ['2026-11-17']],
		[{check: 'pods', words: ['failing']}, ['2026-11-19']],
		[{check: 'pods-staging', words: ['failing']}, ['2026-11-18']],
		[{check: 'nothing'}, []],
	])('%j', async (query, expected) => {
		expect(await days(query)).toEqual(expected);
	});
});

describe('logText', () => {
	it('aligns one line per item when the output goes to a program', async () => {
		expect(logText(await search({words: ['00']}), {colour: false})).toBe(
			[
				'2026-11-19 08:30 +01:00  critical  checkout/production  Bob    6m12s  pods 2/38 failing · 5xx 1.9 % · 1 anomaly: pods: api is killed serious (INC-7)',
				'2026-11-18 08:30 +01:00  ok        checkout/production  alice  4m00s  pods 38/38 · pods staging 2/3 failing · 5xx 0.2 %',
				'2026-11-17 09:00 +00:00  warning   inventory/staging    alice  3m00s  rate limits login 4x · night',
				'',
			].join('\n'),
		);
	});

	it.each([24, 40, 80])('fits %i columns without losing a word', async (columns) => {
		const text = logText(await search(), {columns, colour: false});
		expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
		expect(text.replaceAll(/\s+/g, ' ')).toContain('pods 2/38 failing · 5xx 1.9 % 1 anomaly: pods: api is killed serious (INC-7)');
	});

	it('colours the status only where asked', async () => {
		const found = await search({operator: 'bob'});
		expect(logText(found, {columns: 100, colour: true})).toContain('  \u001B[31mcritical\u001B[39m  checkout');
		expect(logText(found, {columns: 100, colour: false})).not.toContain('\u001B');
	});

	it('makes the file’s text harmless', async () => {
		const evil = `- \u001B]0;owned\u0007by hand\u202E\n- 2026-11-18 08:30 +01:00 · \u001B[2Ja/b · c\u0007 · ok · x\u001B[31m · no anomalies · 4m00s\n`;
		for (const columns of [undefined, 60]) {
			const text = logText(await search({}, evil), {columns, colour: false});
			expect(text).not.toMatch(/[^\n\P{Cc}]|\p{Cf}/u);
			expect(text).toContain('by hand');
		}
	});

	it('shows only the requested check', async () => {
		expect(logText(await search({check: 'pods', operator: 'bob'}), {colour: false})).toMatch(
			/6m12s {2}pods 2\/38 failing · pods: api is killed serious \(INC-7\)\n$/,
		);
	});
});

it('itemJson is the parsed entry with its own clock, or the line', async () => {
	expect((await search({words: ['night']})).map((item) => itemJson(item))).toEqual([
		{
			at: '2026-11-17T09:00:00+00:00',
			service: 'inventory',
			environment: 'staging',
			operator: 'alice',
			status: 'warning',
			findings: ['rate limits login 4x · night'],
			anomalies: [],
			walkedMs: 180_000,
		},
	]);
	expect((await search({words: ['redis']})).map((item) => itemJson(item))).toEqual([
		{text: '- 2026-11-18 restarted Redis by hand,\nbecause of its memory'},
	]);
});

describe('parsePeriod, in UTC', () => {
	const now = Date.UTC(2026, 10, 20, 8);
	it.each([
		['7d', Date.UTC(2026, 10, 13, 8), Date.UTC(2026, 10, 13, 8)],
		['2026-11-18', Date.UTC(2026, 10, 18), Date.UTC(2026, 10, 19)],
		['2026-12-31', Date.UTC(2026, 11, 31), Date.UTC(2027, 0, 1)],
		['2026-11-18T08:42', Date.UTC(2026, 10, 18, 8, 42), Date.UTC(2026, 10, 18, 8, 43)],
		['2026-11-18T08:42:10+01:00', Date.UTC(2026, 10, 18, 7, 42), Date.UTC(2026, 10, 18, 7, 43)],
	])('%s', (text, from, to) => {
		expect(parsePeriod(text, now)).toEqual({from, to});
	});

	it.each(['', 'yesterday', '2026-02-30', '2026-13-01', '2026-11-18T25:00', '7 d'])('not %j', (text) => {
		expect(parsePeriod(text, now)).toBeUndefined();
	});
});
