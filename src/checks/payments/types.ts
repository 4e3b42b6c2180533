/** What the check is set up with and what it reads. */
import * as z from 'zod';
import {duration} from '../../base/duration.ts';
import type {PaymentReport} from '../../ports/payment-source.ts';

export interface PaymentsData extends PaymentReport {
	/** Failures from here on were asked for; epoch milliseconds. */
	readonly since: number;
}

export const options = z.strictObject({
	since: duration.prefault('24h').describe('How far back to look for failures. Stripe keeps events for 30 days.'),
	stuckAfter: duration.prefault('15m').describe('A webhook not delivered after this long is stuck'),
	criticalWebhooks: z.number().int().positive().default(1).describe('This many stuck webhooks are critical'),
	criticalInvoices: z.number().int().positive().default(10).describe('This many failed invoices are critical. Fewer are a warning.'),
	criticalPayments: z.number().int().positive().default(20).describe('This many failed payments are critical. Fewer are a warning.'),
});

export type PaymentsOptions = z.output<typeof options>;
