import type {ServerResponse} from 'node:http';
import {describe, expect, it} from 'vitest';
import {createAlertmanager} from '../../src/adapters/alertmanager/alertmanager.ts';
import {createGrafana} from '../../src/adapters/grafana/grafana.ts';
import {createPrometheus} from '../../src/adapters/prometheus/prometheus.ts';
import {createSentry} from '../../src/adapters/sentry/sentry.ts';
import {createStripe} from '../../src/adapters/stripe/stripe.ts';
import {SourceError, type SourceErrorKind} from '../../src/base/source-error.ts';
import type {Clock} from '../../src/ports/clock.ts';
import {closedPort, credential, fixedClock, json, loopback, never, token} from './loopback.ts';

const now = Date.parse('2026-11-20T08:00:00Z');

interface Target {
	readonly url: string;
	readonly clock: Clock;
	readonly timeoutMs?: number;
	readonly signal?: AbortSignal;
}

/** Every adapter that reads JSON over HTTP, behind the same question. */
const adapters: readonly {readonly source: string; readonly read: (target: Target) => Promise<unknown>}[] = [
	{
		source: 'Sentry',
		read: ({signal = never, ...rest}) => createSentry({...rest, organization: 'shop', projects: [], credential}).unresolved(signal),
	},
	{source: 'Prometheus', read: ({signal = never, ...rest}) => createPrometheus({...rest, credential}).query('up', {signal})},
	{source: 'Alertmanager', read: ({signal = never, ...rest}) => createAlertmanager({...rest, credential}).alerts(signal)},
	{source: 'Grafana', read: ({signal = never, ...rest}) => createGrafana({...rest, credential}).alerts(signal)},
	{
		source: 'Stripe',
		read: ({signal = never, ...rest}) =>
			createStripe({...rest, credential, dashboard: 'https://dashboard.stripe.com'}).failures({since: now - 1000, stuckAfterMs: 0, signal}),
	},
];

const status =
	(code: number, headers: Record<string, string> = {}) =>
	(response: ServerResponse) =>
		// The servers' error shapes in one: Sentry and Grafana read the others' fields over.
		json(response, {error: {message: 'no', type: 'invalid_request_error'}}, {status: code, headers});

const faults: readonly {
	readonly name: string;
	readonly answer: (response: ServerResponse) => void;
	readonly kinds: readonly SourceErrorKind[];
	readonly says: RegExp;
	readonly advises: RegExp;
}[] = [
	{name: '401', answer: status(401), kinds: ['unauthorized'], says: /401/, advises: /env:THE_TOKEN/},
	{name: '403', answer: status(403), kinds: ['forbidden'], says: /403/, advises: /needs|access/},
	{name: '404', answer: status(404), kinds: ['not-found'], says: /404/, advises: /url/},
	{name: '429', answer: status(429, {'retry-after': '120'}), kinds: ['rate-limited'], says: /wait 120 s/, advises: /Wait/},
	{name: '500', answer: status(500), kinds: ['server-error'], says: /500/, advises: /./},
	{name: '503', answer: status(503), kinds: ['server-error'], says: /503/, advises: /./},
	{
		name: 'a reset',
		answer: (response) => response.socket?.resetAndDestroy(),
		kinds: ['unreachable'],
		says: /closed the connection/,
		advises: /./,
	},
	{
		name: 'a body that breaks off',
		answer(response) {
			response.writeHead(200, {'content-type': 'application/json', 'content-length': '5000'});
			response.write('[{"id": "1", ', () => response.destroy());
		},
		kinds: ['unreachable'],
		says: /closed the connection/,
		advises: /./,
	},
	{name: 'half a JSON', answer: (response) => json(response, '[{"id": "1", "tit'), kinds: ['bad-response'], says: /JSON/, advises: /proxy/},
	{
		name: 'a web page',
		answer: (response) => response.writeHead(200, {'content-type': 'text/html'}).end('<html><form>log in</form></html>'),
		kinds: ['bad-response'],
		says: /web page|not complete JSON/,
		advises: /proxy/,
	},
	{
		name: 'nothing',
		answer: (response) => response.writeHead(200).end(),
		kinds: ['bad-response'],
		says: /empty|not complete JSON/,
		advises: /Try again/,
	},
	{
		name: 'another shape',
		answer: (response) => json(response, {surprise: true}),
		kinds: ['bad-response'],
		says: /unexpected shape/,
		advises: /Check/,
	},
];

describe.each(adapters)('$source', ({source, read}) => {
	const failure = async (target: Target): Promise<SourceError> => {
		const error: unknown = await read(target).then(
			() => undefined,
			(thrown: unknown) => thrown,
		);
		expect(error).toBeInstanceOf(SourceError);
		return error as SourceError;
	};

	it.each(faults)('explains $name', async ({answer, kinds, says, advises}) => {
		const url = await loopback((_, response) => answer(response));
		const error = await failure({url, clock: fixedClock(now)});
		expect(kinds).toContain(error.kind);
		expect(error.source).toBe(source);
		expect(error.message).toMatch(says);
		expect(error.message).toContain(source);
		expect(error.message).not.toMatch(/\.$|\n/);
		expect(error.advice).toMatch(advises);
		expect(`${error.message}${error.advice}`).not.toContain(token);
	});

	it('passes on what a 429 asks to wait', async () => {
		const url = await loopback((_, response) => status(429, {'retry-after': '120'})(response));
		expect((await failure({url, clock: fixedClock(now)})).retryAfterMs).toBe(120_000);
	});

	it('gives up on a server that is too slow', async () => {
		const url = await loopback(() => {});
		const error = await failure({url, clock: fixedClock(now), timeoutMs: 50});
		expect(error.kind).toBe('timeout');
	});

	it('gives up on a body that never ends', async () => {
		const url = await loopback((_, response) => {
			response.writeHead(200, {'content-type': 'application/json'});
			response.write('[');
		});
		expect((await failure({url, clock: fixedClock(now), timeoutMs: 50})).kind).toBe('timeout');
	});

	it('explains a closed port', async () => {
		const error = await failure({url: await closedPort(), clock: fixedClock(now)});
		expect(error.kind).toBe('unreachable');
		expect(error.message).toMatch(/127\.0\.0\.1:\d+ refuses connections/);
	});

	it('explains a wrong host name', async () => {
		const error = await failure({url: 'http://rounds-test.invalid', clock: fixedClock(now)});
		expect(error.kind).toBe('unreachable');
		expect(error.message).toMatch(/rounds-test\.invalid.*(not a known host name|name server)/);
	});

	it('explains a server without TLS behind https', async () => {
		const url = await loopback((_, response) => json(response, {}));
		const error = await failure({url: url.replace('http:', 'https:'), clock: fixedClock(now)});
		expect(error.message).toMatch(/does not speak TLS/);
	});

	it('ends with the caller’s own reason when aborted', async () => {
		const controller = new AbortController();
		const url = await loopback(() => controller.abort(new Error('the operator left')));
		await expect(read({url, clock: fixedClock(now), signal: controller.signal})).rejects.toThrow('the operator left');
	});
});
