/**
 * The company's money: sales that continue with the clock, and what failed in the scenario.
 * Times inside are epoch milliseconds; objects carry seconds, as Stripe does.
 */
import type Stripe from 'stripe';
import type {World} from '../kit/world.ts';
import {chargeObject, endpointObject, eventBase, intentObject, invoiceObject} from './stripe-objects.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** One sale every so often; Stripe keeps events for 30 days, the demo's shop has sold for a week. */
const saleEveryMs = 5 * minute;
const historyMs = 7 * day;
/** A delivery that goes well takes this long. */
const deliveryMs = 1500;

const letters = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Something Stripe tells by webhook. `deliveredAt` is Infinity where no endpoint ever takes it. */
interface Happening {
	readonly id: string;
	readonly at: number;
	readonly deliveredAt: number;
	readonly event: (base: ReturnType<typeof eventBase>) => Stripe.Event;
}

export interface Ledger {
	/** The endpoint takes this event from now on. */
	readonly resend: (event: string) => void;
	/** Newest first, as every list of Stripe's; only what has happened at `at`. */
	readonly events: (at: number) => readonly {
		readonly id: string;
		readonly created: number;
		readonly type: string;
		readonly pending: number;
		readonly object: Stripe.Event;
	}[];
	readonly invoices: (at: number) => readonly Stripe.Invoice[];
	readonly intents: (at: number) => readonly Stripe.PaymentIntent[];
	readonly charges: (at: number) => readonly Stripe.Charge[];
	readonly endpoints: () => readonly Stripe.WebhookEndpoint[];
}

const customers = [
	{id: 'cus_TQ7mZ0xw1nordl', name: 'Nordlicht Möbel GmbH', email: 'billing@nordlicht.example', currency: 'eur'},
	{id: 'cus_TQ7mZ0xw2sakur', name: 'Sakura Trading K.K.', email: 'keiri@sakura.example', currency: 'jpy'},
	{id: 'cus_TQ7mZ0xw3harbo', name: 'Harbour Books Ltd', email: 'accounts@harbourbooks.example', currency: 'gbp'},
	{id: 'cus_TQ7mZ0xw4prair', name: 'Prairie Bikes LLC', email: 'ap@prairiebikes.example', currency: 'usd'},
] as const;

const seconds = (at: number): number => Math.floor(at / 1000);

/** The company's ledger in this world; `live` is what its keys say. */
export function createLedger(world: World, live: boolean): Ledger {
	const {story} = world;
	const start = story.startedAt;
	const livemode = live;
	const troubled = story.name !== 'all-clear';
	const down = !story.health.production.up;

	const idOf = (prefix: string, key: string): string => {
		const random = Array.from(
			{length: 16},
			(_, index) => letters[Math.floor(world.chance(`${prefix} ${key} ${index}`) * letters.length)] ?? 'x',
		);
		return `${prefix}_1SVq${random.join('')}`;
	};

	const [nordlicht, sakura, harbour, prairie] = customers;

	const failedInvoices = troubled
		? [
				{customer: nordlicht, total: 14_900, number: 'CO-2041', at: start - 9 * hour, attempts: 2, next: start + 2 * day},
				{customer: sakura, total: 12_000, number: 'CO-2044', at: start - 5 * hour, attempts: 1, next: start + 3 * day},
			].map(({customer, total, number, at, attempts, next}) =>
				invoiceObject({
					id: idOf('in', number),
					created: seconds(at),
					currency: customer.currency,
					total,
					livemode,
					status: 'open',
					customer: customer.id,
					customer_name: customer.name,
					customer_email: customer.email,
					number,
					attempted: true,
					attempt_count: attempts,
					next_payment_attempt: seconds(next),
				}),
			)
		: [];

	/** An open invoice no one has tried to charge yet, and one whose customer pays by transfer and has time. */
	const waitingInvoices = [
		invoiceObject({
			id: idOf('in', 'fresh'),
			created: seconds(start - 40 * minute),
			currency: 'gbp',
			total: 8_900,
			livemode,
			status: 'open',
			customer: harbour.id,
			customer_name: harbour.name,
			number: 'CO-2047',
			next_payment_attempt: seconds(start + 20 * minute),
		}),
		invoiceObject({
			id: idOf('in', 'transfer'),
			created: seconds(start - 6 * day),
			currency: 'eur',
			total: 240_000,
			livemode,
			status: 'open',
			collection_method: 'send_invoice',
			customer: nordlicht.id,
			customer_name: nordlicht.name,
			number: 'CO-2030',
			due_date: seconds(start + 8 * day),
		}),
		invoiceObject({
			id: idOf('in', 'draft'),
			created: seconds(start - 25 * minute),
			currency: 'usd',
			total: 5_900,
			livemode,
			status: 'draft',
			customer: prairie.id,
		}),
	];

	const paidInvoices = Array.from({length: 120}, (_, index) => {
		const customer = customers[index % customers.length] ?? nordlicht;
		return invoiceObject({
			id: idOf('in', `paid ${index}`),
			created: seconds(start - (index + 7) * 83 * minute),
			currency: customer.currency,
			total: 1_900 + Math.floor(world.chance(`invoice ${index}`) * 200) * 100,
			livemode,
			status: 'paid',
			customer: customer.id,
			customer_name: customer.name,
			number: `CO-${2029 - index}`,
			attempted: true,
			attempt_count: 1,
		});
	});

	const failedCharge = {id: idOf('ch', 'declined'), intent: idOf('pi', 'declined'), at: start - 2 * hour - 11 * minute};
	const declinedIntent = intentObject({
		id: failedCharge.intent,
		created: seconds(failedCharge.at),
		amount: 5_900,
		currency: 'usd',
		livemode,
		status: 'requires_payment_method',
		customer: prairie.id,
		latest_charge: failedCharge.id,
		last_payment_error: {
			type: 'card_error',
			code: 'card_declined',
			decline_code: 'insufficient_funds',
			message: 'Your card has insufficient funds.',
			charge: failedCharge.id,
			doc_url: 'https://docs.stripe.com/error-codes#card-declined',
		},
	});
	const declinedCharge = chargeObject({
		id: failedCharge.id,
		created: seconds(failedCharge.at),
		amount: 5_900,
		currency: 'usd',
		livemode,
		status: 'failed',
		customer: prairie.id,
		payment_intent: failedCharge.intent,
		failure_code: 'card_declined',
		failure_message: 'Your card has insufficient funds.',
	});
	/** Someone looked at the price and left: no error, and nothing to fix. */
	const abandoned = [35, 190, 610].map((minutes) =>
		intentObject({
			id: idOf('pi', `abandoned ${minutes}`),
			created: seconds(start - minutes * minute),
			amount: 4_200,
			currency: 'eur',
			livemode,
			status: 'requires_payment_method',
		}),
	);

	/** Sale number `index` counted from the start; before it the numbers are negative. */
	const draw = (index: number) => {
		const at = start + index * saleEveryMs + world.chance(`sale ${index}`) * saleEveryMs;
		const customer = customers[Math.floor(world.chance(`buyer ${index}`) * customers.length)] ?? nordlicht;
		const amount = (20 + Math.floor(world.chance(`price ${index}`) * 180)) * (customer.currency === 'jpy' ? 150 : 100);
		return {at, customer, amount, intent: idOf('pi', `sale ${index}`), charge: idOf('ch', `sale ${index}`)};
	};
	type Sale = ReturnType<typeof draw>;
	const known = new Map<number, Sale>();
	const sale = (index: number): Sale => {
		const one = known.get(index) ?? draw(index);
		known.set(index, one);
		return one;
	};

	/** In an outage no one can pay. */
	const salesUntil = (at: number): readonly Sale[] => {
		const sales: Sale[] = [];
		const last = Math.floor((at - start) / saleEveryMs);
		for (let index = Math.floor(-historyMs / saleEveryMs); index <= last; index += 1) {
			const one = sale(index);
			if (one.at <= at && !(down && story.burstAt !== undefined && one.at > story.burstAt)) sales.push(one);
		}
		return sales;
	};

	const intentOf = ({at, customer, amount, intent, charge}: Sale): Stripe.PaymentIntent =>
		intentObject({
			id: intent,
			created: seconds(at),
			amount,
			currency: customer.currency,
			livemode,
			status: 'succeeded',
			customer: customer.id,
			latest_charge: charge,
		});
	const chargeOf = ({at, customer, amount, intent, charge}: Sale): Stripe.Charge =>
		chargeObject({
			id: charge,
			created: seconds(at),
			amount,
			currency: customer.currency,
			livemode,
			status: 'succeeded',
			customer: customer.id,
			payment_intent: intent,
		});

	const soldEvent = (one: Sale): Happening => ({
		id: idOf('evt', one.intent),
		at: one.at + 1000,
		deliveredAt: one.at + 1000 + deliveryMs,
		event: (base) => ({...base, type: 'payment_intent.succeeded', data: {object: intentOf(one)}}),
	});

	/** In an outage nothing is taken since it began. */
	const taken = (at: number, normally: number): number => (down && story.burstAt !== undefined && at > story.burstAt ? Infinity : normally);

	const failures: readonly Happening[] = !troubled
		? []
		: [
				...failedInvoices.map((invoice): Happening => ({
					id: idOf('evt', `failed ${invoice.id}`),
					at: invoice.created * 1000 + hour,
					deliveredAt: invoice.created * 1000 + hour + deliveryMs,
					event: (base) => ({...base, type: 'invoice.payment_failed', data: {object: invoice}}),
				})),
				{
					id: idOf('evt', 'declined intent'),
					at: failedCharge.at,
					deliveredAt: failedCharge.at + deliveryMs,
					event: (base) => ({...base, type: 'payment_intent.payment_failed', data: {object: declinedIntent}}),
				},
				{
					id: idOf('evt', 'declined charge'),
					at: failedCharge.at,
					deliveredAt: failedCharge.at + deliveryMs,
					event: (base) => ({...base, type: 'charge.failed', data: {object: declinedCharge}}),
				},
			];

	/** Three that no endpoint has taken for an hour and more. */
	const stuckEvents: readonly Happening[] = !troubled
		? []
		: [190, 122, 58].map((minutes, index): Happening => {
				const at = start - minutes * minute;
				const paid =
					paidInvoices[index] ??
					invoiceObject({id: idOf('in', 'stuck'), created: seconds(at), currency: 'eur', total: 0, livemode, status: 'paid'});
				return {
					id: idOf('evt', `stuck ${minutes}`),
					at,
					deliveredAt: Infinity,
					event: (base) =>
						index === 1
							? {...base, type: 'charge.refunded', data: {object: chargeOf(sale(-30))}}
							: {...base, type: 'invoice.paid', data: {object: paid}},
				};
			});

	/** Deliveries that failed once and will be taken at the second attempt: young, and no reason to worry. */
	const retried = (at: number): readonly Happening[] => {
		const every = 9 * minute;
		const last = Math.floor((at - start) / every);
		return Array.from({length: 4}, (_, back) => last - back).map((index): Happening => {
			const happened = start + index * every;
			return {
				id: idOf('evt', `retried ${index}`),
				at: happened,
				deliveredAt: happened + 11 * minute,
				event: (base) => ({...base, type: 'charge.succeeded', data: {object: chargeOf(sale(index))}}),
			};
		});
	};

	/** Events that were sent once more, which an endpoint then takes. */
	const resent = new Set<string>();

	return {
		resend: (id) => resent.add(id),
		events: (at) =>
			[...salesUntil(at).map((one) => soldEvent(one)), ...failures, ...stuckEvents, ...retried(at)]
				.filter((happening) => happening.at <= at)
				.sort((a, b) => b.at - a.at)
				.map((happening) => {
					const pending = at < taken(happening.at, happening.deliveredAt) && !resent.has(happening.id) ? 1 : 0;
					const created = seconds(happening.at);
					const object = happening.event(eventBase({id: happening.id, created, livemode, pending}));
					return {id: happening.id, created, type: object.type, pending, object};
				}),
		invoices: (at) => newestFirst([...failedInvoices, ...waitingInvoices, ...paidInvoices], at),
		intents: (at) => newestFirst([...salesUntil(at).map(intentOf), ...abandoned, ...(troubled ? [declinedIntent] : [])], at),
		charges: (at) => newestFirst([...salesUntil(at).map(chargeOf), ...(troubled ? [declinedCharge] : [])], at),
		endpoints: () => [
			endpointObject({
				id: idOf('we', 'shop'),
				created: seconds(start - 400 * day),
				url: 'https://checkout.example.com/webhooks/stripe',
				status: 'enabled',
				livemode,
				enabled_events: ['invoice.paid', 'payment_intent.succeeded', 'charge.refunded', 'charge.succeeded'],
			}),
			endpointObject({
				id: idOf('we', 'ledger'),
				created: seconds(start - 210 * day),
				url: 'https://ledger.example.com/stripe',
				status: down ? 'disabled' : 'enabled',
				livemode,
				enabled_events: ['invoice.paid', 'invoice.payment_failed'],
			}),
		],
	};
}

function newestFirst<Item extends {readonly created: number}>(items: readonly Item[], at: number): readonly Item[] {
	return items.filter((item) => item.created * 1000 <= at).sort((a, b) => b.created - a.created);
}
