/** Stripe through its own SDK: what failed, never what went well. */
import type Stripe from 'stripe';
import type {PaymentReport, PaymentSource} from '../../ports/payment-source.ts';
import type {Clock} from '../../ports/clock.ts';
import {type DebugLog, silentDebugLog} from '../../ports/debug-log.ts';
import {type BackOff, pauseAfter} from '../../base/back-off.ts';
import {SourceError} from '../../base/source-error.ts';
import type {Credential} from '../machine/secrets.ts';
import {systemRandom} from '../machine/system-random.ts';
import {explainStripeError} from './stripe-errors.ts';
import {toReport, type Links} from './stripe-report.ts';

export interface StripeOptions {
	readonly credential: Credential;
	/** Another address than api.stripe.com. */
	readonly url?: string;
	/** For links; `https://dashboard.stripe.com`. */
	readonly dashboard: string;
	readonly clock: Clock;
	/** Per request; 10 s by default, the SDK's own 80 s is longer than a person waits. */
	readonly timeoutMs?: number;
	/** In [0, 1), for the jitter of pauses; the machine's own if absent. */
	readonly random?: () => number;
	/** Silent if absent. */
	readonly debug?: DebugLog;
}

/** The parts of a report and the restricted-key permission each needs, as the Dashboard names it. */
export const stripePermissions = ['Events', 'Webhook Endpoints', 'Invoices', 'PaymentIntents'] as const;
type StripePermission = (typeof stripePermissions)[number];

const pageSize = 100;
const maxItems = 1000;
const maxTries = 3;
const rateBackOff: BackOff = {first: 500, longest: 5000};
/** Longer waits are the caller's business: it shows when it asks again. */
const maxWaitMs = 5000;

interface Connection {
	readonly stripe: Stripe;
	readonly links: Links;
	readonly live: boolean;
}

interface Part<T> {
	readonly items: readonly T[];
	readonly truncated: boolean;
}

/** Reads with a restricted key that may read Events, Webhook Endpoints, Invoices and PaymentIntents. */
export function createStripe(options: StripeOptions): PaymentSource {
	const {clock, random = systemRandom, debug = silentDebugLog} = options;

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

	/** Reads one part whole; the SDK does not retry 429 by itself. Throws the SourceError that `explain` makes. */
	const read = async <T>(
		list: () => AsyncIterable<T>,
		{explain, signal}: {readonly explain: (error: unknown) => SourceError; readonly signal: AbortSignal},
	): Promise<Part<T>> => {
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
				const explained = explain(error);
				const {kind, retryAfterMs = 0} = explained;
				if (kind !== 'rate-limited' || retryAfterMs > maxWaitMs || tries === maxTries) throw explained;
				const inMs = pauseAfter(tries, explained, rateBackOff, random);
				debug.write({kind: 'retry', source: 'Stripe', attempt: tries + 1, inMs, error: explained.message});
				await clock.sleep(inMs, signal);
			}
		}
	};

	return {
		async failures({since, stuckAfterMs, signal}): Promise<PaymentReport> {
			signal.throwIfAborted();
			const connection = await connect(signal);
			const {stripe, live, links} = connection;
			const now = clock.now();
			const charged = {status: 'open', collection_method: 'charge_automatically', limit: pageSize} as const;
			const created = {gte: Math.floor(since / 1000)};
			const missing: string[] = [];
			const truncated = new Set<string>();
			const refused: SourceError[] = [];

			/** One missing permission must not hide what the others tell. */
			const part = async <T>(
				permission: StripePermission,
				list: () => AsyncIterable<T>,
				lesser?: () => AsyncIterable<T>,
			): Promise<readonly T[]> => {
				try {
					const explain = (error: unknown) =>
						explainStripeError(error, {permission, credential: options.credential.name, now: clock.now(), ...hostOf(options.url)});
					const {items, truncated: more} = await read(list, {explain, signal});
					if (more) truncated.add(permission);
					return items;
				} catch (error) {
					signal.throwIfAborted();
					if (!(error instanceof SourceError) || error.kind !== 'forbidden') throw error;
					if (lesser) return part(permission, lesser);
					const sentence = `${permission}: the key needs read on ${permission}`;
					if (!missing.includes(sentence)) missing.push(sentence);
					refused.push(error);
					return [];
				}
			};

			const [events, endpoints, open, overdue, drafts, intents, charges] = await Promise.all([
				part('Events', () => stripe.events.list({delivery_success: false, created, limit: pageSize})),
				part('Webhook Endpoints', () => stripe.webhookEndpoints.list({limit: pageSize})),
				part(
					'Invoices',
					() => stripe.invoices.list({...charged, expand: ['data.payments']}),
					// Payments may be a permission of its own: the invoices alone are worth having.
					() => stripe.invoices.list(charged),
				),
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
				...toReport({events, endpoints, open, overdue, drafts, intents, charges}, {now, stuckAfterMs, links}),
				...(missing.length > 0 ? {missing} : {}),
				...(truncated.size > 0 ? {truncated: [...truncated]} : {}),
			};
		},
	};
}

function hostOf(url: string | undefined): {readonly host: string} {
	return {host: url === undefined ? 'api.stripe.com' : new URL(url).host};
}
