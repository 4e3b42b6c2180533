/** Payments and webhooks that failed. */

export interface Money {
	/** ISO 4217, upper case. */
	readonly currency: string;
	/** In the currency's minor unit, as Stripe sends it. */
	readonly minor: number;
}

export interface StuckWebhook {
	readonly id: string;
	readonly type: string;
	readonly createdAt: number;
	/** Deliveries not yet answered with 2xx. */
	readonly pending: number;
	readonly url: string;
}

export interface WebhookEndpoint {
	readonly id: string;
	readonly endpoint: string;
	readonly enabled: boolean;
	readonly url: string;
}

export interface FailedInvoice {
	readonly id: string;
	readonly number?: string;
	readonly customer?: string;
	readonly kind: 'payment-failed' | 'not-finalised' | 'overdue';
	readonly amount: Money;
	readonly attempts: number;
	readonly nextAttemptAt?: number | undefined;
	readonly reason?: string;
	readonly createdAt: number;
	readonly url: string;
}

export interface FailedPayment {
	readonly id: string;
	readonly customer?: string;
	readonly amount: Money;
	readonly reason: string;
	readonly createdAt: number;
	readonly url: string;
}

export interface PaymentReport {
	readonly live: boolean;
	readonly webhooks: readonly StuckWebhook[];
	readonly endpoints: readonly WebhookEndpoint[];
	readonly invoices: readonly FailedInvoice[];
	readonly payments: readonly FailedPayment[];
	/** What could not be read, one sentence each (`Invoices: the key needs read on Invoices`); that part is unknown, not fine. */
	readonly missing?: readonly string[];
	/** Parts of which there was more than was read: `PaymentIntents`. */
	readonly truncated?: readonly string[];
}

export interface PaymentSource {
	/** What failed since `since`; webhooks count as stuck when older than `stuckAfterMs`. */
	readonly failures: (options: {
		readonly since: number;
		readonly stuckAfterMs: number;
		readonly signal: AbortSignal;
	}) => Promise<PaymentReport>;
}
