import {Stripe} from 'stripe';
import {afterEach, expect, test} from 'vitest';
import {createWorld} from '../../../src/demo/kit/story.ts';
import {startStripe, type StripeResource} from '../../../src/demo/stripe/stripe-server.ts';
import type {DemoServer, ScenarioName} from '../../../src/demo/kit/world.ts';
import {morningAt, testClock, type TestClock} from '../clock.ts';

const key = 'rk_live_0123456789abcdef';
let server: DemoServer;
let clock: TestClock;
afterEach(() => server.close());

async function start(
	options: {readonly scenario?: ScenarioName; readonly forbidden?: readonly StripeResource[]; readonly as?: string} = {},
): Promise<Stripe> {
	clock = testClock();
	const world = createWorld({scenario: options.scenario ?? 'morning', clock});
	server = await startStripe(world, {token: key, ...(options.forbidden && {forbidden: options.forbidden})});
	const {hostname, port} = new URL(server.url);
	return new Stripe(options.as ?? key, {host: hostname, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false});
}

async function all<Item>(list: AsyncIterable<Item>): Promise<readonly Item[]> {
	const items: Item[] = [];
	for await (const item of list) items.push(item);
	return items;
}

const fifteenMinutes = 15 * 60;
const stuck = (events: readonly Stripe.Event[], now: number) =>
	events.filter((event) => event.pending_webhooks > 0 && event.created < now / 1000 - fifteenMinutes);

test('the SDK pages through all events, newest first, none twice', async () => {
	const stripe = await start();
	const events = await all(stripe.events.list({limit: 100}));
	expect(events.length).toBeGreaterThan(1500);
	expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
	expect(events.map((event) => event.created)).toEqual(events.map((event) => event.created).sort((a, b) => b - a));
	expect(events.every((event) => event.livemode && event.object === 'event')).toBe(true);
});

test('three webhooks are stuck; younger ones are only pending', async () => {
	const stripe = await start();
	const pending = await all(stripe.events.list({delivery_success: false, created: {gte: morningAt / 1000 - 86_400}, limit: 2}));
	expect(stuck(pending, morningAt)).toHaveLength(3);
	expect(pending.length).toBeGreaterThan(3);
	const types = await all(stripe.events.list({types: ['charge.failed', 'invoice.payment_failed']}));
	expect(types.map((event) => event.type).sort()).toEqual(['charge.failed', 'invoice.payment_failed', 'invoice.payment_failed']);
});

test('a young delivery is taken in the end, and sales continue', async () => {
	const stripe = await start();
	const before = await all(stripe.events.list({delivery_success: false}));
	const sold = (await all(stripe.charges.list({limit: 100}))).length;
	clock.forward(12 * 60_000);
	const after = await all(stripe.events.list({delivery_success: false}));
	const young = before.filter((event) => !stuck(before, morningAt).includes(event)).map((event) => event.id);
	expect(after.filter((event) => young.includes(event.id))).toEqual([]);
	expect(stuck(after, clock.now())).toHaveLength(3);
	expect((await all(stripe.charges.list({limit: 100}))).length).toBeGreaterThan(sold);
});

test('two invoices failed, in two currencies; others are merely open', async () => {
	const stripe = await start();
	const open = await all(stripe.invoices.list({status: 'open', collection_method: 'charge_automatically'}));
	const failed = open.filter((invoice) => invoice.attempted && invoice.attempt_count > 0);
	expect(failed.map(({currency, amount_remaining}) => [currency, amount_remaining])).toEqual([
		['jpy', 12_000],
		['eur', 14_900],
	]);
	expect(open.length).toBeGreaterThan(failed.length);
	expect((await all(stripe.invoices.list({status: 'paid', limit: 50}))).length).toBeGreaterThan(100);
	expect(await all(stripe.invoices.list({status: 'open', collection_method: 'send_invoice', due_date: {lt: morningAt / 1000}}))).toEqual(
		[],
	);
});

test('one payment failed with its error; abandoned checkouts have none', async () => {
	const stripe = await start();
	const intents = (await all(stripe.paymentIntents.list({limit: 100}))).filter((intent) => intent.status === 'requires_payment_method');
	expect(intents.map((intent) => intent.last_payment_error?.decline_code ?? 'abandoned').sort()).toEqual([
		'abandoned',
		'abandoned',
		'abandoned',
		'insufficient_funds',
	]);
});

test('endpoints are enabled, but for one in an outage', async () => {
	const stripe = await start();
	expect((await stripe.webhookEndpoints.list()).data.map((one) => one.status)).toEqual(['enabled', 'enabled']);
	await server.close();
	const down = await start({scenario: 'outage'});
	expect((await down.webhookEndpoints.list()).data.map((one) => one.status)).toContain('disabled');
	const pending = await all(down.events.list({delivery_success: false}));
	clock.forward(10 * 60_000);
	expect(stuck(await all(down.events.list({delivery_success: false})), clock.now()).length).toBeGreaterThan(
		stuck(pending, morningAt).length,
	);
});

test('when all is clear nothing has failed', async () => {
	const stripe = await start({scenario: 'all-clear'});
	expect(stuck(await all(stripe.events.list({delivery_success: false})), morningAt)).toEqual([]);
	expect((await all(stripe.invoices.list({status: 'open'}))).filter((invoice) => invoice.attempt_count > 0)).toEqual([]);
});

test('paging goes backwards, and single objects can be read', async () => {
	const stripe = await start();
	const first = await stripe.charges.list({limit: 3});
	const second = await stripe.charges.list({limit: 3, starting_after: first.data[2]?.id ?? ''});
	const back = await stripe.charges.list({limit: 3, ending_before: second.data[0]?.id ?? ''});
	expect(back.data.map((charge) => charge.id)).toEqual(first.data.map((charge) => charge.id));
	expect([first.has_more, back.has_more]).toEqual([true, false]);
	const one = await stripe.charges.retrieve(first.data[0]?.id ?? '');
	expect(one.id).toBe(first.data[0]?.id);
	expect(one.lastResponse.requestId).toMatch(/^req_/);
});

test('errors are the SDK’s own classes', async () => {
	const stripe = await start({forbidden: ['invoices']});
	await expect(stripe.invoices.list()).rejects.toBeInstanceOf(Stripe.errors.StripePermissionError);
	await expect(stripe.charges.retrieve('ch_none')).rejects.toMatchObject({code: 'resource_missing', statusCode: 404});
	await expect(stripe.charges.list({limit: 101})).rejects.toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
	await expect(stripe.charges.list({starting_after: 'ch_none'})).rejects.toMatchObject({param: 'starting_after', statusCode: 400});
	await expect(stripe.rawRequest('GET', '/v1/charges?colour=red')).rejects.toMatchObject({code: 'parameter_unknown'});
	await expect(stripe.customers.list()).rejects.toMatchObject({statusCode: 404});
	await server.close();
	const stranger = await start({as: 'rk_live_wrong_key_9999'});
	await expect(stranger.charges.list()).rejects.toMatchObject({
		statusCode: 401,
		message: expect.stringMatching(/^Invalid API Key provided: rk_live_\*+9999$/) as string,
	});
});
