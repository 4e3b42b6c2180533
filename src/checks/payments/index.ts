/** Stripe: stuck webhooks first, then failed invoices and payments, disabled endpoints, totals by currency. */
import * as z from 'zod';
import {duration} from '../../base/duration.ts';
import type {PaymentReport} from '../../ports/payment-source.ts';
import {defineCheck} from '../kit/check.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {judgePayments} from './judge.ts';

export interface PaymentsData extends PaymentReport {
	/** Failures from here on were asked for; epoch milliseconds. */
	readonly since: number;
}

const options = z.strictObject({
	since: duration.prefault('24h').describe('How far back failures are looked for; Stripe keeps events for 30 days'),
	stuckAfter: duration.prefault('15m').describe('A webhook not delivered after this long is stuck'),
	criticalWebhooks: z.number().int().positive().default(1).describe('This many stuck webhooks are critical'),
	criticalInvoices: z.number().int().positive().default(10).describe('This many failed invoices are critical; fewer are a warning'),
	criticalPayments: z.number().int().positive().default(20).describe('This many failed payments are critical; fewer are a warning'),
});
export type PaymentsOptions = z.output<typeof options>;

export const payments = defineCheck<PaymentsData, PaymentsOptions>({
	kind: 'payments',
	title: 'Payments',
	why: 'A webhook that never arrived is a customer who paid and got nothing.',
	tips: [
		'Webhooks first: an order may be paid at Stripe and unpaid with us. Mend the endpoint, then resend.',
		'Stripe’s API does not say why a delivery failed: open the event in the dashboard for the HTTP status.',
		'A card that was declined is the customer’s bank and asks for nothing; many at once is us or Stripe (status.stripe.com).',
		'For each failed invoice: handle it or open a ticket. Before retrying, see when Stripe tries again by itself.',
	],
	serves: 'integrity',
	cadence: 'daily',
	runbook: 'payments',
	source: 'Stripe',
	options,
	everyMs: 120_000,
	timeoutMs: 30_000,
	configured: ({sources}) => sources.payments !== undefined,
	async read({sources, options, clock, signal}) {
		if (!sources.payments) throw notConfigured('Stripe', '`sources: {stripe: {key: env:STRIPE_KEY}}`');
		const since = clock.now() - options.since;
		return {...(await sources.payments.failures({since, stuckAfterMs: options.stuckAfter, signal})), since};
	},
	judge: judgePayments,
});
