import type {IncomingMessage} from 'node:http';
import {expect, it} from 'vitest';
import {createStripe} from '../../../src/adapters/stripe/stripe.ts';
import type {PaymentReport} from '../../../src/ports/payment-source.ts';
import {fixedClock, json, loopback, never, pathOf, queryOf} from '../loopback.ts';

const now = Date.parse('2026-11-20T08:00:00Z');
const seconds = now / 1000;
type Lists = Readonly<Record<string, (query: URLSearchParams) => readonly Record<string, unknown>[]>>;

/** Lists with Stripe's paging: `starting_after` and `has_more`. */
const serve = (lists: Lists, fail: (path: string, request: IncomingMessage) => number | undefined = () => undefined) =>
	loopback((request, response) => {
		const path = pathOf(request);
		const status = fail(path, request);
		if (status !== undefined)
			return json(response, {error: {type: 'invalid_request_error', message: 'no'}}, {status, headers: {'retry-after': '2'}});
		const query = queryOf(request);
		const all = lists[path.replace('/v1/', '')]?.(query) ?? [];
		const after = all.findIndex(({id}) => id === query.get('starting_after'));
		const page = all.slice(after + 1, after + 1 + Number(query.get('limit') ?? 10));
		return json(response, {object: 'list', url: path, data: page, has_more: after + 1 + page.length < all.length});
	});

const clock = fixedClock(now);
const read = (url: string, key = 'rk_test_abc'): Promise<PaymentReport> =>
	createStripe({
		random: () => 0,
		url,
		credential: {name: 'env:STRIPE_KEY', value: async () => key},
		dashboard: 'https://dashboard.stripe.com/',
		clock,
	}).failures({
		since: now - 86_400_000,
		stuckAfterMs: 15 * 60_000,
		signal: never,
	});

const event = (id: string, more: Record<string, unknown> = {}) => ({
	id,
	object: 'event',
	type: 'invoice.paid',
	created: seconds - 3600,
	pending_webhooks: 1,
	...more,
});
const invoice = (id: string, more: Record<string, unknown> = {}) => ({
	id,
	object: 'invoice',
	number: `N-${id}`,
	customer: 'cus_1',
	customer_name: 'Ada',
	currency: 'jpy',
	total: 900,
	amount_remaining: 700,
	attempted: true,
	attempt_count: 2,
	next_payment_attempt: seconds + 86_400,
	due_date: null,
	last_finalization_error: null,
	created: seconds - 7200,
	...more,
});
const intent = (id: string, more: Record<string, unknown> = {}) => ({
	id,
	object: 'payment_intent',
	status: 'requires_payment_method',
	currency: 'eur',
	amount: 1999,
	customer: {id: 'cus_2', object: 'customer'},
	created: seconds - 60,
	last_payment_error: {code: 'card_declined', decline_code: 'insufficient_funds', message: 'Your card has insufficient funds.'},
	...more,
});

it('counts a webhook as stuck only when it still waits after the time given', async () => {
	const asked: URLSearchParams[] = [];
	const url = await serve({
		events(query) {
			asked.push(query);
			if (query.get('delivery_success') !== 'false') return [];
			return [
				event('evt_new', {created: seconds - 60}),
				event('evt_stuck', {pending_webhooks: 2}),
				event('evt_given_up', {pending_webhooks: 0}),
			];
		},
	});
	expect((await read(url)).webhooks).toEqual([
		{
			id: 'evt_stuck',
			type: 'invoice.paid',
			createdAt: now - 3_600_000,
			pending: 2,
			url: 'https://dashboard.stripe.com/test/events/evt_stuck',
		},
	]);
	expect(asked[0]?.get('created[gte]')).toBe(String(seconds - 86_400));
});

it('tells the invoices that failed from those that only wait', async () => {
	let dueBefore: string | null = null;
	const url = await serve({
		invoices(query) {
			if (query.get('status') === 'draft')
				return [invoice('in_draft'), invoice('in_tax', {last_finalization_error: {message: 'No tax location'}})];
			if (query.get('collection_method') === 'send_invoice') {
				dueBefore = query.get('due_date[lt]');
				return [invoice('in_late', {due_date: seconds - 86_400}), invoice('in_time', {due_date: seconds + 86_400})];
			}
			return [invoice('in_failed'), invoice('in_first', {attempted: false, attempt_count: 0})];
		},
	});
	const {invoices, live} = await read(url);
	expect(live).toBe(false);
	expect(dueBefore).toBe(String(seconds));
	expect(invoices.map(({id, kind, amount, reason}) => [id, kind, amount.minor, reason])).toEqual([
		['in_failed', 'payment-failed', 700, undefined],
		['in_late', 'overdue', 700, 'was due 2026-11-19'],
		['in_tax', 'not-finalised', 900, 'No tax location'],
	]);
	expect(invoices[0]).toMatchObject({
		number: 'N-in_failed',
		customer: 'Ada',
		amount: {currency: 'JPY', minor: 700},
		attempts: 2,
		nextAttemptAt: now + 86_400_000,
		url: 'https://dashboard.stripe.com/test/invoices/in_failed',
	});
});

it('leaves abandoned checkouts out and finds charges made without a PaymentIntent', async () => {
	const charge = (id: string, more: Record<string, unknown> = {}) => ({
		id,
		object: 'charge',
		currency: 'usd',
		amount: 500,
		customer: null,
		payment_intent: null,
		failure_code: 'expired_card',
		created: seconds - 90,
		...more,
	});
	const url = await serve({
		payment_intents: () => [
			intent('pi_failed'),
			intent('pi_left', {last_payment_error: null}),
			intent('pi_later_paid', {status: 'succeeded'}),
		],
		events: (query) =>
			query.get('types[0]') === 'charge.failed'
				? [
						event('evt_1', {type: 'charge.failed', data: {object: charge('ch_lone')}}),
						event('evt_2', {type: 'charge.failed', data: {object: charge('ch_of_intent', {payment_intent: 'pi_failed'})}}),
					]
				: [],
	});
	const {payments} = await read(url, 'sk_live_abc');
	expect(payments).toEqual([
		{
			id: 'pi_failed',
			customer: 'cus_2',
			amount: {currency: 'EUR', minor: 1999},
			reason: 'insufficient_funds',
			createdAt: now - 60_000,
			url: 'https://dashboard.stripe.com/payments/pi_failed',
		},
		{
			id: 'ch_lone',
			amount: {currency: 'USD', minor: 500},
			reason: 'expired_card',
			createdAt: now - 90_000,
			url: 'https://dashboard.stripe.com/payments/ch_lone',
		},
	]);
});

it('counts an invoice’s payment once, and gives the invoice its reason', async () => {
	const payments = {object: 'list', data: [{id: 'inpay_1', payment: {type: 'payment_intent', payment_intent: 'pi_of_invoice'}}]};
	const url = await serve({
		invoices: (query) =>
			query.get('collection_method') === 'charge_automatically'
				? [invoice('in_failed', query.get('expand[0]') === 'data.payments' ? {payments} : {})]
				: [],
		payment_intents: () => [intent('pi_of_invoice'), intent('pi_alone')],
	});
	const report = await read(url);
	expect(report.payments.map(({id}) => id)).toEqual(['pi_alone']);
	expect(report.invoices).toMatchObject([{id: 'in_failed', reason: 'insufficient_funds'}]);
});

it('reads invoices without their payments where only those may not be read', async () => {
	const url = await serve({invoices: (query) => (query.get('status') === 'open' ? [invoice('in_failed')] : [])}, (_, request) =>
		queryOf(request).has('expand[0]') ? 403 : undefined,
	);
	const report = await read(url);
	expect(report.invoices.some(({id}) => id === 'in_failed')).toBe(true);
	expect(report).not.toHaveProperty('missing');
});

it('reads all pages, up to a thousand, and then says that there is more', async () => {
	const many = (count: number) =>
		Array.from({length: count}, (_, index) => ({
			id: `we_${index}`,
			object: 'webhook_endpoint',
			url: 'https://shop.example.com',
			status: index === 0 ? 'disabled' : 'enabled',
		}));
	const some = await read(await serve({webhook_endpoints: () => many(250)}));
	expect(some.endpoints).toHaveLength(250);
	expect(some.endpoints[0]).toMatchObject({enabled: false, url: 'https://dashboard.stripe.com/test/webhooks/we_0'});
	expect(some).not.toHaveProperty('truncated');
	const more = await read(await serve({webhook_endpoints: () => many(1001)}));
	expect(more.endpoints).toHaveLength(1000);
	expect(more.truncated).toEqual(['Webhook Endpoints']);
});

it('shows the rest where one permission is missing, and names it', async () => {
	const url = await serve({payment_intents: () => [intent('pi_failed')]}, (path) => (path === '/v1/invoices' ? 403 : undefined));
	const report = await read(url);
	expect(report.missing).toEqual(['Invoices: the key needs read on Invoices']);
	expect(report.payments).toHaveLength(1);
});

it('is an error where no permission is there at all', async () => {
	const url = await serve({}, () => 403);
	await expect(read(url)).rejects.toMatchObject({kind: 'forbidden', advice: expect.stringContaining('The key needs read on') as string});
});

it('waits as long as a 429 asks, and then continues', async () => {
	const refused = new Set<string>();
	const url = await serve({payment_intents: () => [intent('pi_failed')]}, (path) => {
		if (path !== '/v1/payment_intents' || refused.has(path)) return undefined;
		refused.add(path);
		return 429;
	});
	clock.sleeps.length = 0;
	expect((await read(url)).payments).toHaveLength(1);
	expect(clock.sleeps).toEqual([2000]);
});

it('gives up after three times 429', async () => {
	const url = await serve({}, (path) => (path === '/v1/payment_intents' ? 429 : undefined));
	clock.sleeps.length = 0;
	await expect(read(url)).rejects.toMatchObject({kind: 'rate-limited', retryAfterMs: 2000});
	expect(clock.sleeps).toEqual([2000, 2000]);
});
