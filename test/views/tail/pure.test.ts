import {stripVTControlCharacters} from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {sanitize} from '../../../src/base/terminal/sanitize.ts';
import {podName, shortNames} from '../../../views/tail/lines/short-names.ts';
import {matchSpans, overlay, paintRows, paintSlice, paintWindow, type Span} from '../../../views/tail/lines/spans.ts';
import {relativeTime, timeCell, timeColumns} from '../../../views/tail/lines/time-cell.ts';
import {createTheme} from '../../../views/kit/theme.ts';

const theme = createTheme({unicode: true, colour: true});
const bare = stripVTControlCharacters;
const anyText = fc
	.array(fc.constantFrom('a', ' ', '漢', 'e\u0301', '👩‍👩‍👧‍👦', 'xyz', '…'), {maxLength: 60})
	.map((parts) => sanitize(parts.join('')));

describe('a window of columns', () => {
	test('is never wider than asked for, whatever the text', () => {
		fc.assert(
			fc.property(anyText, fc.nat(80), fc.integer({min: 1, max: 60}), (text, left, columns) => {
				const spans = matchSpans(text, [/xyz|漢/g], 'cursor');
				expect(stringWidth(paintWindow(theme, {text, spans}, left, columns))).toBeLessThanOrEqual(columns);
			}),
		);
	});

	test('rows of a wrapped text hold all of it, none wider than asked for', () => {
		fc.assert(
			fc.property(anyText, fc.integer({min: 4, max: 30}), (text, columns) => {
				const rows = paintRows(theme, {text, spans: []}, columns, 1000);
				// Blanks at a cut are left out.
				expect(rows.map(bare).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
				const solid = text.replaceAll(' ', '');
				expect(paintRows(theme, {text: solid, spans: []}, columns, 1000).map(bare).join('')).toBe(solid);
				for (const row of rows) expect(stringWidth(row)).toBeLessThanOrEqual(columns);
			}),
		);
	});

	test('rows end between words, where that leaves no hole', () => {
		const rows = (text: string) => paintRows(theme, {text, spans: []}, 20, 9).map(bare);
		expect(rows('request completed  status=200  path=/v1')).toEqual(['request completed', 'status=200  path=/v1']);
		expect(rows('request completed ok x')).toEqual(['request completed ok', 'x']);
		expect(rows(`a ${'x'.repeat(30)}`)).toEqual([`a ${'x'.repeat(18)}`, 'x'.repeat(12)]);
	});

	test('says that there is more on both sides', () => {
		expect(bare(paintWindow(theme, {text: '0123456789', spans: []}, 3, 5))).toBe('…345…');
		expect(bare(paintWindow(theme, {text: '0123456789', spans: []}, 0, 10))).toBe('0123456789');
	});
});

test('highlights lie over tones without losing text', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(20), fc.integer({min: 1, max: 6})), {maxLength: 5}), (pairs) => {
			const text = 'abcdefghijklmnopqrstuvwxyz';
			let at = 0;
			const over: Span[] = pairs.flatMap(([skip, length]): readonly Span[] => {
				const start = at + skip;
				const end = Math.min(26, start + length);
				at = end;
				return start < end ? [{start, end, tone: 'cursor'}] : [];
			});
			const all = overlay([{start: 5, end: 20, tone: 'dim'}], over);
			expect(all.every(({start}, k) => start >= (all[k - 1]?.end ?? 0))).toBe(true);
			expect(bare(paintSlice(theme, {text, spans: all}, 0, text.length))).toBe(text);
			const dim = all.filter(({tone}) => tone === 'dim').reduce((sum, {start, end}) => sum + end - start, 0);
			const covered = over.reduce((sum, {start, end}) => sum + Math.max(0, Math.min(20, end) - Math.max(5, start)), 0);
			expect(dim).toBe(15 - covered);
		}),
	);
});

describe('short names', () => {
	const pod = (name: string, container = 'app') => ({key: `${name}/${container}`, name, pod: name, container});

	test('a pod is its own part; workloads and containers only where there are several', () => {
		expect(podName('api-54fb9-n4vkg')).toEqual({workload: 'api', own: 'n4vkg'});
		expect(podName('checkout-api-6d5f7c8b9d-8kq2p')).toEqual({workload: 'checkout-api', own: '8kq2p'});
		expect(podName('db-0')).toEqual({workload: 'db', own: 'db-0'});
		expect(podName('fluentd-xk2lp')).toEqual({workload: 'fluentd', own: 'xk2lp'});
		expect(shortNames([pod('api-54fb9-n4vkg'), pod('api-54fb9-2jw8k')], 20)).toEqual(['n4vkg', '2jw8k']);
		expect(shortNames([pod('api-54fb9-n4vkg'), pod('db-0')], 20)).toEqual(['api-n4vkg', 'db-0']);
		expect(shortNames([pod('api-54fb9-n4vkg'), pod('api-54fb9-n4vkg', 'proxy')], 20)).toEqual(['app', 'proxy']);
		expect(shortNames([pod('api-54fb9-n4vkg'), pod('api-54fb9-2jw8k', 'proxy')], 20)).toEqual(['n4vkg/app', '2jw8k/proxy']);
	});

	test('pods of several clusters tell theirs, and pods of one name their namespace', () => {
		const at = (context: string, namespace: string, name: string) => ({...pod(name), context, namespace});
		expect(shortNames([at('eu-1', 'shop', 'db-0'), at('us-1', 'shop', 'db-0')], 20)).toEqual(['eu-1:db-0', 'us-1:db-0']);
		expect(shortNames([at('eu-1', 'shop', 'db-0'), at('eu-1', 'pay', 'db-0'), at('eu-1', 'pay', 'db-1')], 20)).toEqual([
			'shop:db-0',
			'pay:db-0',
			'db-1',
		]);
	});

	test('a file is its last part, or the whole path where two are called alike', () => {
		const file = (name: string) => ({key: `file:${name}`, name});
		expect(shortNames([file('/var/log/app.log'), file('/var/log/db.log')], 28)).toEqual(['app.log', 'db.log']);
		expect(shortNames([file('/a/app.log'), file('/b/app.log')], 28)).toEqual(['/a/app.log', '/b/app.log']);
	});

	test('a long name keeps its end, by which it is told', () => {
		const [name = ''] = shortNames([pod('a-very-long-workload-54fb9-n4vkg'), pod('db-0')], 12);
		expect(name).toHaveLength(12);
		expect(name).toMatch(/n4vkg$/);
	});
});

describe('times', () => {
	test('a cell is as wide as its format, whatever the time', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.constant(NaN), fc.integer({min: 0, max: 4e12})),
				fc.constantFrom('local', 'utc', 'relative', 'none'),
				fc.boolean(),
				(at, format, day) => {
					expect(timeCell(at, {format, zero: 1.79e12}, day)).toHaveLength(timeColumns[format]);
				},
			),
		);
	});

	test.each([
		[493, '+0.493 s'],
		[-12_200, '-12.2 s'],
		[200_000, '+3 m 20 s'],
		[-7_500_000, '-2 h 05 m'],
	])('%i ms is %s', (ms, words) => {
		expect(relativeTime(1e12 + ms, 1e12)).toBe(words);
	});
});
