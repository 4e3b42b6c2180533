/** From Stripe's objects to what failed. */
import type Stripe from 'stripe';
import type {FailedInvoice, FailedPayment, PaymentReport, StuckWebhook, WebhookEndpoint} from '../../ports/payment-source.ts';

/** The Dashboard's address of a path such as `invoices/in_1`, in test or live mode. */
export type Links = (path: string) => string;

export interface StripeLists {
	/** Not delivered, or not yet. */
	readonly events: readonly Stripe.Event[];
	readonly endpoints: readonly Stripe.WebhookEndpoint[];
	/** Open and charged automatically; with their payments where the key may read them. */
	readonly open: readonly Stripe.Invoice[];
	/** Open, to be paid by the customer, and past the due date. */
	readonly overdue: readonly Stripe.Invoice[];
	readonly drafts: readonly Stripe.Invoice[];
	readonly intents: readonly Stripe.PaymentIntent[];
	/** `charge.failed` events. */
	readonly charges: readonly Stripe.Event[];
}

/** Picks what failed out of the lists; `now` is epoch milliseconds. */
export function toReport(
	lists: StripeLists,
	{now, stuckAfterMs, links}: {readonly now: number; readonly stuckAfterMs: number; readonly links: Links},
): Omit<PaymentReport, 'live'> {
	// requires_payment_method alone also means a checkout that someone left.
	const failed = lists.intents.filter((intent) => intent.status === 'requires_payment_method' && intent.last_payment_error);
	const reasons = new Map(failed.map((intent) => [intent.id, reasonOf(intent)]));
	const open = lists.open.filter((invoice) => invoice.attempted && invoice.attempt_count > 0);
	/** The same money must not count twice, as an invoice and as its payment. */
	const ofInvoices = new Set(open.flatMap(intentsOf));
	const failedInvoices = open.map((invoice) => {
		const reason = intentsOf(invoice)
			.map((id) => reasons.get(id))
			.find((each) => each !== undefined);
		return {...toInvoice(invoice, 'payment-failed', links), ...(reason === undefined ? {} : {reason})};
	});
	const overdue = lists.overdue.filter((invoice) => invoice.due_date !== null && invoice.due_date * 1000 < now);
	return {
		webhooks: stuck(lists.events, now - stuckAfterMs, links),
		endpoints: lists.endpoints.map((endpoint) => toEndpoint(endpoint, links)),
		invoices: [
			...failedInvoices,
			...overdue.map((each) => toInvoice(each, 'overdue', links)),
			...lists.drafts.filter((invoice) => invoice.last_finalization_error).map((each) => toInvoice(each, 'not-finalised', links)),
		],
		payments: [
			...failed.filter(({id}) => !ofInvoices.has(id)).map((intent) => toPayment(intent, links)),
			...loneCharges(lists.charges, links),
		],
	};
}

function intentsOf(invoice: Stripe.Invoice): readonly string[] {
	return (invoice.payments?.data ?? []).flatMap(({payment}) => {
		const id = idOf(payment.payment_intent ?? null);
		return id === undefined ? [] : [id];
	});
}

function reasonOf({last_payment_error: error}: Stripe.PaymentIntent): string {
	return error?.decline_code ?? error?.code ?? error?.message ?? 'unknown';
}

/** Undelivered includes just sent: only what still waits after `before` is stuck. */
function stuck(events: readonly Stripe.Event[], before: number, links: Links): readonly StuckWebhook[] {
	return events
		.filter((event) => event.pending_webhooks > 0 && event.created * 1000 <= before)
		.map((event) => ({
			id: event.id,
			type: event.type,
			createdAt: event.created * 1000,
			pending: event.pending_webhooks,
			url: links(`events/${event.id}`),
		}));
}

function toEndpoint(endpoint: Stripe.WebhookEndpoint, links: Links): WebhookEndpoint {
	return {id: endpoint.id, endpoint: endpoint.url, enabled: endpoint.status === 'enabled', url: links(`webhooks/${endpoint.id}`)};
}

function toInvoice(invoice: Stripe.Invoice, kind: FailedInvoice['kind'], links: Links): FailedInvoice {
	const customer = invoice.customer_name ?? idOf(invoice.customer);
	const reason = invoice.last_finalization_error?.message;
	return {
		id: invoice.id,
		kind,
		amount: {currency: invoice.currency.toUpperCase(), minor: kind === 'not-finalised' ? invoice.total : invoice.amount_remaining},
		attempts: invoice.attempt_count,
		createdAt: invoice.created * 1000,
		url: links(`invoices/${invoice.id}`),
		...(invoice.number ? {number: invoice.number} : {}),
		...(customer ? {customer} : {}),
		...(invoice.next_payment_attempt ? {nextAttemptAt: invoice.next_payment_attempt * 1000} : {}),
		...(kind === 'not-finalised' && reason ? {reason} : {}),
		...(kind === 'overdue' && invoice.due_date ? {reason: `was due ${new Date(invoice.due_date * 1000).toISOString().slice(0, 10)}`} : {}),
	};
}

function toPayment(intent: Stripe.PaymentIntent, links: Links): FailedPayment {
	const customer = idOf(intent.customer);
	return {
		id: intent.id,
		amount: {currency: intent.currency.toUpperCase(), minor: intent.amount},
		reason: reasonOf(intent),
		createdAt: intent.created * 1000,
		url: links(`payments/${intent.id}`),
		...(customer ? {customer} : {}),
	};
}

function loneCharges(events: readonly Stripe.Event[], links: Links): readonly FailedPayment[] {
	return events.flatMap((event) => {
		if (event.type !== 'charge.failed') return [];
		const charge = event.data.object;
		if (charge.payment_intent) return [];
		const customer = idOf(charge.customer);
		return [
			{
				id: charge.id,
				amount: {currency: charge.currency.toUpperCase(), minor: charge.amount},
				reason: charge.failure_code ?? charge.failure_message ?? 'unknown',
				createdAt: charge.created * 1000,
				url: links(`payments/${charge.id}`),
				...(customer ? {customer} : {}),
			},
		];
	});
}

function idOf(reference: string | {readonly id: string} | null): string | undefined {
	return typeof reference === 'string' ? reference : reference?.id;
}
