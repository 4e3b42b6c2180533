import {describe, expect, test} from 'vitest';
import {formatMoney} from '../../../src/checks/kit/money.ts';
import {payments} from '../../../src/checks/payments/index.ts';
import type {PaymentsData} from '../../../src/checks/payments/types.ts';
import type {FailedInvoice, FailedPayment, StuckWebhook} from '../../../src/ports/payment-source.ts';
import {day, hour, judging, minute, now, reading} from '../fixtures.ts';

const webhook = (id: string): StuckWebhook => ({
	id,
	type: 'invoice.paid',
	createdAt: now - 3 * hour,
	pending: 1,
	url: `https://dashboard.stripe.com/events/${id}`,
});
const invoice = (change: Partial<FailedInvoice> = {}): FailedInvoice => ({
	id: 'in_1',
	number: 'A-0001',
	kind: 'payment-failed',
	amount: {currency: 'EUR', minor: 14_900},
	attempts: 2,
	nextAttemptAt: now + 2 * day,
	reason: 'card_declined',
	createdAt: now - hour,
	url: 'https://dashboard.stripe.com/invoices/in_1',
	...change,
});
const payment: FailedPayment = {
	id: 'pi_1',
	amount: {currency: 'USD', minor: 500},
	reason: 'insufficient funds',
	createdAt: now - 20 * minute,
	url: 'https://dashboard.stripe.com/payments/pi_1',
};
const data = (change: Partial<PaymentsData> = {}): PaymentsData => ({
	live: true,
	webhooks: [],
	endpoints: [],
	invoices: [],
	payments: [],
	since: now - day,
	...change,
});
const off = {id: 'we_1', endpoint: 'https://example.com/hook', enabled: false, url: 'https://dashboard.stripe.com/webhooks/we_1'};

describe('judging payments', () => {
	test.each<[string, Partial<PaymentsData>, string, string, string]>([
		['nothing failed', {}, 'ok', 'payments none failed', 'nothing failed in 1 d'],
		[
			'a part that could not be read',
			{missing: ['Invoices: the key needs read on Invoices']},
			'unknown',
			'payments 1 part could not be read',
			'the key needs read on Invoices',
		],
		[
			'more than was read',
			{truncated: ['PaymentIntents']},
			'unknown',
			'payments none failed',
			'there are more PaymentIntents than were read',
		],
		['a stuck webhook', {webhooks: [webhook('evt_1')]}, 'critical', 'payments 1 webhook stuck', 'invoice.paid not delivered for 3 h'],
		[
			'a failed invoice',
			{invoices: [invoice()]},
			'warning',
			'payments 1 invoice failed (EUR 149.00)',
			'EUR 149.00 payment failed, card_declined, 2 attempts, Stripe tries again in 2 d',
		],
		[
			'the last attempt',
			{invoices: [invoice({nextAttemptAt: undefined})]},
			'warning',
			'payments 1 invoice failed (EUR 149.00)',
			'Stripe will not try again',
		],
		[
			'not finalised',
			{invoices: [invoice({kind: 'not-finalised', attempts: 0, nextAttemptAt: undefined})]},
			'warning',
			'payments 1 invoice failed (EUR 149.00)',
			'could not be finalised',
		],
		[
			'many invoices',
			{invoices: Array.from({length: 10}, (_, index) => invoice({id: `in_${index}`}))},
			'critical',
			'payments 10 invoices failed (EUR 1,490.00)',
			'',
		],
		[
			'a failed payment',
			{payments: [payment]},
			'warning',
			'payments 1 payment failed (USD 5.00)',
			'USD 5.00 failed 20 m ago: insufficient funds',
		],
		['a disabled endpoint', {endpoints: [off]}, 'warning', 'payments 1 endpoint disabled', 'https://example.com/hook is disabled'],
		['an enabled endpoint', {endpoints: [{...off, enabled: true}]}, 'ok', 'payments none failed', ''],
		['test mode', {live: false}, 'ok', 'payments none failed', 'test mode'],
	])('%s', (_, change, status, short, text) => {
		const finding = payments.judge(data(change), judging('payments'));
		expect(finding.status).toBe(status);
		expect(finding.short).toBe(short);
		expect([finding.summary, ...finding.reasons.map((reason) => reason.text)].join('\n')).toContain(text);
	});

	test('the sketch’s line: currencies are never added up', () => {
		const all = data({
			webhooks: ['a', 'b', 'c'].map(webhook),
			invoices: [invoice(), invoice({id: 'in_2', amount: {currency: 'JPY', minor: 12_000}})],
		});
		expect(payments.judge(all, judging('payments')).short).toBe('payments 3 webhooks stuck, 2 invoices failed (EUR 149.00, JPY 12,000)');
	});
});

test.each([
	['EUR', 14_900, 'EUR 149.00'],
	['JPY', 12_000, 'JPY 12,000'],
	['KWD', 1250, 'KWD 1.250'],
	['ISK', 120_000, 'ISK 1,200.00'],
	['USD', -5, 'USD -0.05'],
])('%s %d is %s', (currency, minor, expected) => {
	expect(formatMoney({currency, minor})).toBe(expected);
});

test('asks for the configured time', async () => {
	let asked: object = {};
	const source = {
		failures: (options: object) => (
			(asked = options),
			Promise.resolve({live: true, webhooks: [], endpoints: [], invoices: [], payments: []})
		),
	};
	const read = await payments.read(reading('payments', {payments: source}, {set: {since: '7d', stuckAfter: '30m'}}));
	expect(asked).toMatchObject({since: now - 7 * day, stuckAfterMs: 30 * minute});
	expect(read.since).toBe(now - 7 * day);
	await expect(payments.read(reading('payments'))).rejects.toMatchObject({kind: 'not-configured'});
});
