/** Stripe through its own SDK: what failed, never what went well. */
import type Stripe from 'stripe';
import type {Clock, FailedInvoice, FailedPayment, PaymentReport, PaymentSource, StuckWebhook, WebhookEndpoint} from '../ports.ts';
import type {SourceError} from '../source-error.ts';
import type {Credential} from './secrets.ts';
import {explainStripeError, stripeRetryAfter} from './stripe-errors.ts';

export interface StripeOptions {
	readonly credential: Credential;
	/** Another address than api.stripe.com. */
	readonly url?: string;
	/** For links; `https://dashboard.stripe.com`. */
	readonly dashboard: string;
	readonly clock: Clock;
	/** Per request; 10 s by default, the SDK's own 80 s is longer than a person waits. */
	readonly timeoutMs?: number;
}

/** The parts of a report and the restricted-key permission each needs, as the Dashboard names it. */
export const stripePermissions = ['Events', 'Webhook Endpoints', 'Invoices', 'PaymentIntents'] as const;
export type StripePermission = (typeof stripePermissions)[number];

const pageSize = 100;
const maxItems = 1000;
const maxTries = 3;
/** Longer waits are the caller's business: it shows when it asks again. */
const maxWaitMs = 5000;

interface Connection {
	readonly stripe: Stripe;
	readonly links: (path: string) => string;
	readonly live: boolean;
}

interface Part<T> {
	readonly items: readonly T[];
	readonly truncated: boolean;
}

/** Reads with a restricted key that may read Events, Webhook Endpoints, Invoices and PaymentIntents. */
export function createStripe(options: StripeOptions): PaymentSource {
	const {clock} = options;

	const connect = async (signal: AbortSignal): Promise<Connection> => {
		const key = await options.credential.value();
		const {default: StripeClient} = await import('stripe');
		const live = /^[sr]k_live_/.test(key);
		const address = options.url === undefined ? undefined : new URL(options.url);
		const stripe = new StripeClient(key, {
			// Whoever asks decides when to ask again; a retry in here would hide the age of the data.
			maxNetworkRetries: 0,
			timeout: options.timeoutMs ?? 10_000,
			telemetry: false,
			// The SDK takes no signal; its fetch does.
			httpClient: StripeClient.createFetchHttpClient((input: string | URL | Request, init?: RequestInit) =>
				fetch(input, {...init, signal: init?.signal ? AbortSignal.any([init.signal, signal]) : signal}),
			),
			...(address
				? {
						host: address.hostname,
						port: address.port || (address.protocol === 'http:' ? 80 : 443),
						protocol: address.protocol === 'http:' ? 'http' : 'https',
					}
				: {}),
		});
		const dashboard = options.dashboard.replace(/\/+$/, '');
		return {stripe, live, links: (path) => `${dashboard}${live ? '' : '/test'}/${path}`};
	};

	/** Reads one part whole; the SDK does not retry 429 by itself. */
	const read = async <T>(list: () => AsyncIterable<T>, signal: AbortSignal): Promise<Part<T>> => {
		for (let tries = 1; ; tries++) {
			try {
				const items: T[] = [];
				for await (const item of list()) {
					if (items.length === maxItems) return {items, truncated: true};
					items.push(item);
				}
				return {items, truncated: false};
			} catch (error) {
				signal.throwIfAborted();
				const waitMs = stripeRetryAfter(error, clock.now());
				if (waitMs === undefined || waitMs > maxWaitMs || tries === maxTries) throw error;
				await clock.sleep(Math.max(waitMs, 250 * tries), signal);
			}
		}
	};

	return {
		async failures({since, stuckAfterMs, signal}): Promise<PaymentReport> {
			signal.throwIfAborted();
			const connection = await connect(signal);
			const {stripe, live, links} = connection;
			const now = clock.now();
			const created = {gte: Math.floor(since / 1000)};
			const missing: string[] = [];
			const truncated = new Set<string>();
			const refused: SourceError[] = [];

			/** One missing permission must not hide what the others tell. */
			const part = async <T>(permission: StripePermission, list: () => AsyncIterable<T>): Promise<readonly T[]> => {
				try {
					const {items, truncated: more} = await read(list, signal);
					if (more) truncated.add(permission);
					return items;
				} catch (error) {
					signal.throwIfAborted();
					const explained = explainStripeError(error, {permission, credential: options.credential.name, now, ...hostOf(options.url)});
					if (explained.kind !== 'forbidden') throw explained;
					const sentence = `${permission}: the key needs read on ${permission}`;
					if (!missing.includes(sentence)) missing.push(sentence);
					refused.push(explained);
					return [];
				}
			};

			const [events, endpoints, open, overdue, drafts, intents, charges] = await Promise.all([
				part('Events', () => stripe.events.list({delivery_success: false, created, limit: pageSize})),
				part('Webhook Endpoints', () => stripe.webhookEndpoints.list({limit: pageSize})),
				part('Invoices', () => stripe.invoices.list({status: 'open', collection_method: 'charge_automatically', limit: pageSize})),
				part('Invoices', () =>
					stripe.invoices.list({
						status: 'open',
						collection_method: 'send_invoice',
						due_date: {lt: Math.floor(now / 1000)},
						limit: pageSize,
					}),
				),
				part('Invoices', () => stripe.invoices.list({status: 'draft', limit: pageSize})),
				part('PaymentIntents', () => stripe.paymentIntents.list({created, limit: pageSize})),
				// Charges made without a PaymentIntent; the event carries the charge, and only failures are read.
				part('Events', () => stripe.events.list({types: ['charge.failed'], created, limit: pageSize})),
			]);
			if (refused.length > 0 && missing.length === stripePermissions.length && refused[0]) throw refused[0];
			return {
				live,
				webhooks: stuck(events, now - stuckAfterMs, links),
				endpoints: endpoints.map((endpoint) => toEndpoint(endpoint, links)),
				invoices: [
					...open
						.filter((invoice) => invoice.attempted && invoice.attempt_count > 0)
						.map((each) => toInvoice(each, 'payment-failed', links)),
					...overdue
						.filter((invoice) => invoice.due_date !== null && invoice.due_date * 1000 < now)
						.map((each) => toInvoice(each, 'overdue', links)),
					...drafts.filter((invoice) => invoice.last_finalization_error).map((each) => toInvoice(each, 'not-finalised', links)),
				],
				payments: [
					// requires_payment_method alone also means a checkout that somebody left.
					...intents
						.filter((intent) => intent.status === 'requires_payment_method' && intent.last_payment_error)
						.map((intent) => toPayment(intent, links)),
					...loneCharges(charges, links),
				],
				...(missing.length > 0 ? {missing} : {}),
				...(truncated.size > 0 ? {truncated: [...truncated]} : {}),
			};
		},
	};
}

function hostOf(url: string | undefined): {readonly host: string} {
	return {host: url === undefined ? 'api.stripe.com' : new URL(url).host};
}

type Links = Connection['links'];

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
	const error = intent.last_payment_error;
	const customer = idOf(intent.customer);
	return {
		id: intent.id,
		amount: {currency: intent.currency.toUpperCase(), minor: intent.amount},
		reason: error?.decline_code ?? error?.code ?? error?.message ?? 'unknown',
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
