import {expect, test} from 'vitest';
import {reportSchema} from '../../../src/checks/kit/report-schema.ts';
import {jsonReport, junitReport, type Report, reportStatus, textReport} from '../../../src/checks/kit/check-report.ts';
import {unknownFinding} from '../../../src/checks/kit/check-runs.ts';
import {configuredCheck, finding, roundContext} from '../../helpers/fake-check.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';

const clock = createFakeClock();
const startedAt = clock.now();
const denied = {kind: 'forbidden', message: 'Stripe: the key needs read on Invoices', advice: 'Widen the key'};

function report(over: Partial<Report> = {}): Report {
	const good = {startedAt, durationMs: 84, data: {n: 1}};
	const pods = configuredCheck({id: 'pods'});
	const payments = configuredCheck({id: 'payments'});
	return {
		...roundContext(clock),
		cluster: 'eu-1',
		startedAt,
		durationMs: 1400,
		results: [
			{configured: configuredCheck({id: 'health'}), reading: good, finding: finding({summary: '4 of 4 answer 200'})},
			{
				configured: pods,
				reading: good,
				finding: finding({
					status: 'critical',
					summary: '1 of 38 failing',
					reasons: [
						{status: 'critical', subject: 'api-1', text: 'CrashLoopBackOff \u001B[31m& 14 restarts <now>'},
						{status: 'ok', subject: 'api-2', text: 'fine'},
					],
					evidence: [{id: 'api-1', check: 'pods', text: 'api-1', at: startedAt}],
				}),
			},
			{configured: payments, reading: {error: denied, startedAt, durationMs: 10}, finding: unknownFinding(payments, denied)},
		],
		...over,
	};
}

test('the text is aligned, names every status in words and gives what is wrong and what to do', () => {
	const lines = textReport(report(), {colour: false}).split('\n');
	expect(lines[0]).toBe('checkout · production · eu-1                        Fri 20 Nov 2026 08:31 +00:00');
	expect(lines[2]).toBe('  ok        health    4 of 4 answer 200');
	expect(lines[3]).toBe('  critical  pods      1 of 38 failing');
	expect(lines[4]).toMatch(/^ {22}api-1: CrashLoopBackOff .*& 14 restarts <now>$/);
	expect(lines[5]).toBe('  unknown   payments  Stripe: the key needs read on Invoices');
	expect(lines[6]?.trim()).toBe('payments: Widen the key');
	expect(lines.at(-2)).toBe('critical: 1 critical, 1 unknown, 1 ok in 1.4 s');
});

test('no escape sequence from outside reaches the terminal; ours only where colour is asked for', () => {
	expect(textReport(report(), {colour: false})).not.toContain('\u001B');
	const coloured = textReport(report(), {colour: true});
	expect(coloured).toContain('\u001B[31mcritical  \u001B[39m');
	expect(coloured).not.toContain('\u001B[31m&');
});

test('the json holds to its schema and keeps errors apart from data', () => {
	const parsed = reportSchema.parse(JSON.parse(jsonReport(report())));
	expect(parsed.status).toBe('critical');
	expect(parsed.checks[1]).toMatchObject({id: 'pods', data: {n: 1}, durationMs: 84});
	expect(parsed.checks[2]).toMatchObject({data: null, error: denied, status: 'unknown'});
});

test('junit counts failures and errors apart and escapes what it quotes', () => {
	const xml = junitReport(report());
	expect(xml).toContain('tests="3" failures="1" errors="1"');
	expect(xml).toContain('&amp; 14 restarts &lt;now&gt;');
	expect(xml).toContain('<error type="unknown" message="Stripe: the key needs read on Invoices">');
	expect(xml).not.toContain('\u001B');
});

test('a report of nothing is unknown, never ok', () => {
	expect(reportStatus(report({results: []}))).toBe('unknown');
});
