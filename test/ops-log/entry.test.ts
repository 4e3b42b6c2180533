import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {entryOf} from '../../src/ops-log/entry-of.ts';
import {type Entry, entryProblem, formatEntry, parseEntry} from '../../src/ops-log/entry.ts';
import {formatSpan, offsetMinutesAt, parseStamp} from '../../src/base/times.ts';
import {reduce} from '../../src/round/reduce.ts';
import type {RoundEvent} from '../../src/round/round.ts';
import {statuses} from '../../src/base/status.ts';
import {investigated} from '../triage/answered.ts';
import {finding, round, startedAt, verdict} from '../round/samples.ts';

const line =
	'- 2026-11-20 08:42 +01:00 · checkout/production · alice · critical · health 4/4 · pods 2/38 failing · 2 anomalies: api-54fb9-n4vkg serious INC-7; staging intermittent · 6m12s';

const hostile = fc.oneof(
	fc.string({unit: 'binary'}),
	fc
		.array(
			fc.constantFrom(
				'·',
				' · ',
				'; ',
				';',
				'\\',
				'/',
				'\n',
				'\r',
				'\t',
				' ',
				'no anomalies',
				'1 anomaly: x',
				'3s',
				'\u001B[31m',
				'\u202E',
				'\uD83D',
				'n',
				'u{',
				'41}',
				'- ',
			),
			{maxLength: 8},
		)
		.map((parts) => parts.join('')),
);

const anyEntry: fc.Arbitrary<Entry> = fc.record({
	at: fc.integer({min: 0, max: 4_000_000_000}).map((seconds) => Math.floor(seconds / 60) * 60_000),
	offsetMinutes: fc.integer({min: -12 * 60, max: 14 * 60}),
	service: hostile,
	environment: hostile,
	operator: hostile,
	status: fc.constantFrom(...statuses),
	findings: fc.array(hostile, {maxLength: 5}),
	anomalies: fc.array(hostile, {maxLength: 4}),
	walkedMs: fc.integer({min: 0, max: 500_000}).map((seconds) => seconds * 1000),
});

describe('the line', () => {
	it('reads as the team writes it', () => {
		const entry = parseEntry(line);
		expect(entry).toEqual({
			at: Date.UTC(2026, 10, 20, 7, 42),
			offsetMinutes: 60,
			service: 'checkout',
			environment: 'production',
			operator: 'alice',
			status: 'critical',
			findings: ['health 4/4', 'pods 2/38 failing'],
			anomalies: ['api-54fb9-n4vkg serious INC-7', 'staging intermittent'],
			walkedMs: 372_000,
		});
		expect(formatEntry(entry as Entry)).toBe(line);
		expect(parseEntry(`${line}\r\n`)).toEqual(entry);
	});

	it('reads back any text exactly, from one harmless line', () => {
		fc.assert(
			fc.property(anyEntry, (entry) => {
				const text = formatEntry(entry);
				expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
				expect(parseEntry(Buffer.from(text, 'utf8').toString('utf8'))).toEqual(entry);
				expect(entryProblem(text)).toBeUndefined();
			}),
			{numRuns: 500},
		);
	});

	it('never throws, whatever the text', () => {
		fc.assert(
			fc.property(hostile, (text) => {
				expect(parseEntry(text) === undefined).toBe(entryProblem(text) !== undefined);
				expect(parseEntry(`- 2026-11-20 08:42 +01:00 · a/b · c · ok · ${text}`)?.operator ?? 'c').toBe('c');
			}),
		);
	});

	it.each([
		['', 'a log entry starts with “- ” and the date'],
		['- cleaned up by hand', '“cleaned up by hand” is not a date and time such as 2026-11-20 08:42 +01:00'],
		[line.replace('11-20', '02-30'), '“2026-02-30 08:42 +01:00” is not a date'],
		[line.replace('checkout/production', 'checkout'), 'service/environment'],
		[line.replace('critical', 'fine'), 'expected the status after the operator (ok, warning, critical, unknown), found “fine”'],
		[line.replace(' · 6m12s', ''), 'ends with the time taken'],
		[line.replace('health', 'hea\nlth'), 'one line'],
	])('%j: %s', (text, problem) => {
		expect(entryProblem(text)).toContain(problem);
		expect(parseEntry(text)).toBeUndefined();
	});

	it('may leave the anomalies out when edited', () => {
		expect(parseEntry('- 2026-11-20 08:42 +01:00 · a/b · c · ok · all well · 5s')).toMatchObject({findings: ['all well'], anomalies: []});
	});
});

describe('entryOf', () => {
	const investigation = investigated({
		problem: 'api-54fb9 is killed',
		'why.1': 'a cache without a bound',
		'why.2': '',
		outcome: 'serious',
		'follow-up': 'all',
	});

	it('has the results, the unreviewed checks and the outcomes', () => {
		let state = round(['health', 'pods', 'rate-limits', 'payments', 'logs']);
		for (const event of [
			{type: 'decided', step: 'health', verdict: verdict('ok')},
			{type: 'decided', step: 'pods', verdict: verdict('anomaly', {finding: finding({status: 'critical', short: 'pods 2/38 failing'})})},
			{type: 'investigated', step: 'pods', investigation},
			{
				type: 'decided',
				step: 'rate-limits',
				verdict: verdict('ok', {note: 'load\ntest', finding: finding({status: 'warning', short: 'reset 12x'})}),
			},
			{type: 'decided', step: 'payments', verdict: verdict('skipped', {note: 'Stripe answered 403'})},
		] as const) {
			state = reduce(state, event);
		}
		expect(formatEntry(entryOf(state, {now: startedAt + 672_500, timeZone: 'Europe/Berlin'}))).toBe(
			'- 2026-11-20 08:42 +01:00 · checkout/production · alice · critical · health 4/4 · pods 2/38 failing · reset 12x ok (load test) · payments skipped (Stripe answered 403) · logs not reviewed · 1 anomaly: pods: api-54fb9 is killed serious (a cache without a bound) · 11m12s',
		);
	});

	it('shows when it was announced and resolved, with the message’s address if there is one', () => {
		const post = {kind: 'announcement', investigation: 'pods', text: 'a', url: 'https://example.slack.com/archives/C1/p1'} as const;
		const sent = (
			of: typeof post | (Omit<typeof post, 'kind' | 'url'> & {readonly kind: 'resolved'}),
			at: number,
		): readonly RoundEvent[] => {
			const id = `announce ${of.kind}`;
			const record = {id, step: 'pods', system: 'Slack', title: 'announce', at, operator: 'alice'};
			return [
				{type: 'outside-begun', record},
				{type: 'outside-ended', id, outcome: {state: 'done', text: 'announced', post: of}},
			];
		};
		const {url: _, ...without} = post;
		const line = (...events: readonly RoundEvent[]) =>
			formatEntry(entryOf(events.reduce(reduce, round(['pods'])), {now: startedAt, timeZone: 'Europe/Berlin'}));
		const decided: RoundEvent = {type: 'decided', step: 'pods', verdict: verdict('anomaly')};
		const triaged: RoundEvent = {type: 'investigated', step: 'pods', investigation};
		const told = line(decided, triaged, ...sent(post, startedAt), ...sent({...without, kind: 'resolved'}, startedAt + 60_000));
		expect(told).toContain(
			' serious (a cache without a bound) [announced 08:31, resolved 08:32](https://example.slack.com/archives/C1/p1) · ',
		);
		const byHand = {...without, kind: 'announcement'} as unknown as typeof post;
		expect(line(decided, triaged, ...sent(byHand, startedAt))).toContain(' serious (a cache without a bound) announced 08:31 · ');
		// Without a triage, and without an anomaly, it is told all the same.
		expect(line(decided, ...sent(byHand, startedAt))).toContain('not triaged announced 08:31');
		expect(line({type: 'decided', step: 'pods', verdict: verdict('ok')}, ...sent(byHand, startedAt))).toContain(
			'health 4/4 announced 08:31 · ',
		);
		expect(parseEntry(told)?.anomalies).toHaveLength(1);
	});

	it('is ok only when every check was seen and accepted', () => {
		const decided = reduce(round(['health']), {type: 'decided', step: 'health', verdict: verdict('ok')});
		expect(entryOf(decided, {now: startedAt}).status).toBe('ok');
		expect(entryOf(round(['health']), {now: startedAt}).status).toBe('unknown');
	});

	it('quotes a long note in part, never half a character', () => {
		const note = '👩‍👩‍👧'.repeat(40);
		const state = reduce(round(['health']), {type: 'decided', step: 'health', verdict: verdict('skipped', {note})});
		const [text = ''] = entryOf(state, {now: startedAt}).findings;
		expect(text).toMatch(/^health skipped \((?:👩‍👩‍👧)+…\)$/u);
		expect(text.length).toBeLessThan(130);
	});
});

describe('times', () => {
	it.each([
		['Europe/Berlin', Date.UTC(2026, 10, 20), 60],
		['Europe/Berlin', Date.UTC(2026, 6, 20), 120],
		['Asia/Kolkata', Date.UTC(2026, 6, 20), 330],
		['America/St_Johns', Date.UTC(2026, 10, 20), -210],
		['UTC', Date.UTC(2026, 10, 20), 0],
	])('%s', (zone, at, minutes) => {
		expect(offsetMinutesAt(at, zone)).toBe(minutes);
	});

	it('reads a stamp west of Greenwich', () => {
		expect(parseStamp('2026-11-20 08:42 -03:30')).toEqual({at: Date.UTC(2026, 10, 20, 12, 12), offsetMinutes: -210});
	});

	it.each([
		[0, '0s'],
		[59_999, '59s'],
		[372_000, '6m12s'],
		[3_725_000, '1h02m05s'],
	])('%i is %s', (ms, text) => {
		expect(formatSpan(ms)).toBe(text);
	});
});
