/** Stripe's REST API for what rounds reads: lists with cursors, single objects, errors in Stripe's own shape. */
import type {ServerResponse} from 'node:http';
import {withFaults} from '../kit/faults.ts';
import {sendJson, startServer, type DemoRequest, type Handler} from '../kit/http-server.ts';
import {hexOf} from '../kubernetes/plan/random.ts';
import type {DemoServer, World} from '../kit/world.ts';
import {createLedger, type Ledger} from './payment-ledger.ts';
import {apiVersion} from './stripe-objects.ts';

/** Permission of a restricted key, as Stripe names it in its errors. */
const resources = {
	events: {name: 'event', permission: 'rak_event_read'},
	webhook_endpoints: {name: 'webhook_endpoint', permission: 'rak_webhook_read'},
	invoices: {name: 'invoice', permission: 'rak_invoice_read'},
	payment_intents: {name: 'payment_intent', permission: 'rak_payment_intent_read'},
	charges: {name: 'charge', permission: 'rak_charge_read'},
} as const;
export type StripeResource = keyof typeof resources;

const isResource = (text: string): text is StripeResource => Object.hasOwn(resources, text);

interface Row {
	readonly id: string;
	readonly created: number;
	readonly shown: object;
	/** Values that list parameters of the same name filter by. */
	readonly fields: Readonly<Record<string, string | number | null>>;
}

/** The demo never expands: a reference is an id, or nothing. */
const textOf = (reference: string | object | null): string | null => (typeof reference === 'string' ? reference : null);

function rowsOf(ledger: Ledger, resource: StripeResource, at: number): readonly Row[] {
	switch (resource) {
		case 'events':
			return ledger.events(at).map(({id, created, type, pending, object}) => ({
				id,
				created,
				shown: object,
				fields: {type, delivery_success: String(pending === 0)},
			}));
		case 'webhook_endpoints':
			return ledger.endpoints().map((one) => ({id: one.id, created: one.created, shown: one, fields: {}}));
		case 'invoices':
			return ledger.invoices(at).map((one) => ({
				id: one.id,
				created: one.created,
				shown: one,
				fields: {status: one.status, collection_method: one.collection_method, customer: textOf(one.customer), due_date: one.due_date},
			}));
		case 'payment_intents':
			return ledger.intents(at).map((one) => ({id: one.id, created: one.created, shown: one, fields: {customer: textOf(one.customer)}}));
		case 'charges':
			return ledger.charges(at).map((one) => ({
				id: one.id,
				created: one.created,
				shown: one,
				fields: {customer: textOf(one.customer), payment_intent: textOf(one.payment_intent)},
			}));
		default:
			return resource satisfies never;
	}
}

/** A refusal as Stripe words it. */
interface Refusal {
	readonly status: number;
	readonly error: {readonly type: string; readonly message: string; readonly code?: string; readonly param?: string};
}

const invalid = (message: string, param: string, code?: string): Refusal => ({
	status: 400,
	error: {type: 'invalid_request_error', message, param, ...(code === undefined ? {} : {code})},
});

const paging = new Set(['limit', 'starting_after', 'ending_before', 'expand']);
const filters: Readonly<Record<StripeResource, readonly string[]>> = {
	events: ['type', 'types', 'delivery_success', 'created'],
	webhook_endpoints: [],
	invoices: ['status', 'collection_method', 'customer', 'created', 'due_date'],
	payment_intents: ['customer', 'created'],
	charges: ['customer', 'created', 'payment_intent'],
};

/** `created[gte]=5` is the bound `gte` of `created`. */
const nameOf = (key: string): readonly [string, string] => {
	const match = /^([^[]+)(?:\[([^\]]*)\])?$/.exec(key);
	return [match?.[1] ?? key, match?.[2] ?? ''];
};

function meets(value: number | null | undefined, bound: string, limit: number): boolean {
	if (value === null || value === undefined) return false;
	switch (bound) {
		case 'gt':
			return value > limit;
		case 'gte':
			return value >= limit;
		case 'lt':
			return value < limit;
		case 'lte':
			return value <= limit;
		default:
			return value === limit;
	}
}

function filtered(rows: readonly Row[], resource: StripeResource, query: URLSearchParams): readonly Row[] | Refusal {
	const types = [...query].filter(([key]) => nameOf(key)[0] === 'types').map(([, value]) => value);
	if (types.length > 20) return invalid('You may pass up to 20 types.', 'types');
	const tests: ((row: Row) => boolean)[] = types.length > 0 ? [({fields}) => types.includes(String(fields['type']))] : [];
	for (const [key, value] of query) {
		const [name, bound] = nameOf(key);
		if (paging.has(name) || name === 'types') continue;
		if (!filters[resource].includes(name)) return invalid(`Received unknown parameter: ${name}`, name, 'parameter_unknown');
		if (name === 'created' || name === 'due_date') {
			const limit = Number(value);
			if (!Number.isInteger(limit)) return invalid(`Invalid integer: ${value}`, key, 'parameter_invalid_integer');
			tests.push((row) => meets(name === 'created' ? row.created : Number(row.fields['due_date'] ?? Number.NaN), bound, limit));
		} else if (name === 'type' && value.endsWith('*')) {
			tests.push(({fields}) => String(fields['type']).startsWith(value.slice(0, -1)));
		} else {
			tests.push(({fields}) => String(fields[name]) === value);
		}
	}
	return rows.filter((row) => tests.every((test) => test(row)));
}

function page(rows: readonly Row[], resource: StripeResource, query: URLSearchParams): object | Refusal {
	const limit = Number(query.get('limit') ?? 10);
	if (!Number.isInteger(limit)) return invalid(`Invalid integer: ${query.get('limit') ?? ''}`, 'limit', 'parameter_invalid_integer');
	if (limit < 1 || limit > 100) return invalid('This value must be between 1 and 100 (inclusive).', 'limit');
	const chosen = filtered(rows, resource, query);
	if ('error' in chosen) return chosen;
	const after = query.get('starting_after');
	const before = query.get('ending_before');
	const cursor = after ?? before;
	// A cursor may name an object that the filters leave out, or that has changed since; its place counts.
	const place = rows.findIndex((row) => row.id === cursor);
	if (cursor !== null && place === -1) {
		return invalid(
			`No such ${resources[resource].name}: '${cursor}'`,
			after === null ? 'ending_before' : 'starting_after',
			'resource_missing',
		);
	}
	const position = new Map(rows.map((row, index) => [row.id, index]));
	const side = chosen.filter((row) => {
		const own = position.get(row.id) ?? 0;
		return cursor === null || (after === null ? own < place : own > place);
	});
	const shown = before === null ? side.slice(0, limit) : side.slice(-limit);
	return {object: 'list', data: shown.map((row) => row.shown), has_more: side.length > shown.length, url: `/v1/${resource}`};
}

const masked = (key: string): string => `${key.slice(0, 8)}${'*'.repeat(Math.max(4, key.length - 12))}${key.slice(-4)}`;

function keyOf(request: DemoRequest): string {
	const [scheme, value = ''] = (request.headers.authorization ?? '').split(' ');
	if (scheme === 'Basic') return Buffer.from(value, 'base64').toString('utf8').split(':')[0] ?? '';
	return scheme === 'Bearer' ? value : '';
}

/**
 * Starts Stripe with the company's account. The token is a key such as `rk_live_…`; its prefix decides `livemode`.
 * @param options.forbidden Resources the key may not read: 403, as for a restricted key that lacks the permission.
 */
export function startStripe(
	world: World,
	options: {readonly token: string; readonly forbidden?: readonly StripeResource[]},
): Promise<DemoServer> {
	const ledger = createLedger(world, /^[sr]k_live_/.test(options.token));
	let requests = 0;

	const refuse = (response: ServerResponse, {status, error}: Refusal): void => sendJson(response, status, {error});

	/** What the CLI's `events resend` asks for. */
	const resend = (id: string, endpoint: string | null): object | Refusal => {
		const event = rowsOf(ledger, 'events', world.clock.now()).find((row) => row.id === id);
		if (!event) return invalid(`No such event: '${id}'`, 'id', 'resource_missing');
		if (!ledger.endpoints().some((one) => one.id === endpoint && one.status === 'enabled')) {
			return invalid(`No such webhook endpoint: '${endpoint ?? ''}'`, 'webhook_endpoint', 'resource_missing');
		}
		ledger.resend(id);
		return event.shown;
	};

	const answer = (request: DemoRequest): object | Refusal => {
		const retried = /^\/v1\/events\/([^/]+)\/retry$/.exec(request.path)?.[1];
		if (retried !== undefined && request.method === 'POST') return resend(retried, request.query.get('webhook_endpoint'));
		const [, resource = '', id, rest] = /^\/v1\/([^/]+)(?:\/([^/]+))?(\/.*)?$/.exec(request.path) ?? [];
		if (!isResource(resource) || rest !== undefined || request.method !== 'GET') {
			const message = `Unrecognized request URL (${request.method}: ${request.path}). If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code. Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`;
			return {status: 404, error: {type: 'invalid_request_error', message}};
		}
		const {name, permission} = resources[resource];
		if (options.forbidden?.includes(resource)) {
			const message = `The provided key '${masked(options.token)}' does not have the required permissions for this endpoint on account 'acct_1SVqDemo'. Having the '${permission}' permission would allow this request to continue.`;
			return {status: 403, error: {type: 'invalid_request_error', code: 'permission_error', message}};
		}
		const rows = rowsOf(ledger, resource, world.clock.now());
		if (id === undefined) return page(rows, resource, request.query);
		const found = rows.find((row) => row.id === id);
		return (
			found?.shown ?? {
				status: 404,
				error: {type: 'invalid_request_error', code: 'resource_missing', param: 'id', message: `No such ${name}: '${id}'`},
			}
		);
	};

	const handler: Handler = (request, response) => {
		requests += 1;
		response.setHeader('Request-Id', `req_${hexOf(`${world.seed} ${requests}`, 14)}`);
		response.setHeader('Stripe-Version', request.headers['stripe-version'] ?? apiVersion);
		const key = keyOf(request);
		if (key !== options.token) {
			response.setHeader('WWW-Authenticate', 'Basic realm="Stripe"');
			const message =
				key === ''
					? "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
					: `Invalid API Key provided: ${masked(key)}`;
			return refuse(response, {status: 401, error: {type: 'invalid_request_error', message}});
		}
		const result = answer(request);
		return 'error' in result && 'status' in result ? refuse(response, result) : sendJson(response, 200, result);
	};

	return startServer(
		withFaults({
			world,
			source: 'stripe',
			handler,
			fail: (response) =>
				refuse(response, {
					status: 500,
					error: {type: 'api_error', message: 'An unknown error occurred. We have been notified of the issue.'},
				}),
			limit: (response, retryAfterSeconds) =>
				sendJson(
					response,
					429,
					{error: {type: 'invalid_request_error', code: 'rate_limit', message: 'Request rate limit exceeded.'}},
					{'Retry-After': String(retryAfterSeconds)},
				),
		}),
	);
}
