/** Stripe: stuck webhooks first, then failed invoices and payments, disabled endpoints, totals by currency. */
import {defineCheck} from '../kit/check.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {judgePayments} from './judge.ts';
import {type PaymentsData, options, type PaymentsOptions} from './types.ts';

export const payments = defineCheck<PaymentsData, PaymentsOptions>({
	kind: 'payments',
	title: 'Payments',
	why: 'A webhook that never arrived is a customer who paid and got nothing.',
	tips: [
		'Webhooks first: an order may be paid at Stripe and unpaid with us. Fix the endpoint, then resend.',
		'Stripe’s API does not say why a delivery failed: open the event in the dashboard for the HTTP status.',
		'A declined card is the customer’s bank and needs no action. Many at once is us or Stripe (status.stripe.com).',
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
