import {expect, it} from 'vitest';
import {createSecrets} from '../../../src/adapters/machine/secrets.ts';
import {sourceDoctor} from '../../../src/adapters/doctor/source-doctor.ts';
import {createSources} from '../../../src/apps/create-sources.ts';
import {environment as schema} from '../../../src/service/service.ts';
import type {DoctorLine} from '../../../src/ports/doctor-line.ts';
import type {CommandRunner} from '../../../src/ports/commands.ts';
import {fixedClock, json, loopback, never, pathOf} from '../loopback.ts';

const now = Date.parse('2026-11-20T08:00:00Z');

async function examine(options: {
	readonly config: unknown;
	readonly env?: Readonly<Record<string, string>>;
	readonly commands?: CommandRunner;
}): Promise<readonly DoctorLine[]> {
	const environment = schema.parse({name: 'production', ...(options.config as object)});
	const commands = options.commands ?? {run: () => Promise.reject(new Error('no command expected'))};
	const secrets = createSecrets({env: options.env ?? {}, run: commands, baseDirectory: '/'});
	const sources = createSources({environment, clock: fixedClock(now), secrets, commands});
	return sourceDoctor({environment, sources, secrets, signal: never, now: () => now});
}

const byStatus = (lines: readonly DoctorLine[]) => lines.map(({subject, status}) => `${status} ${subject}`);

it('has one line for each source and permission that works', async () => {
	const url = await loopback((request, response) => {
		switch (pathOf(request)) {
			case '/api/v1/query':
				return json(response, {status: 'success', data: {resultType: 'vector', result: [{metric: {}, value: [1, '1']}]}});
			case '/api/v1/alerts':
				return json(response, {status: 'success', data: {alerts: []}});
			case '/api/v2/alerts':
			case '/api/0/organizations/shop/issues/':
			case '/api/0/organizations/shop/releases/':
				return json(response, []);
			case '/api/prometheus/grafana/api/v1/rules':
				return json(response, {status: 'success', data: {groups: []}});
			case '/v1/invoices':
				return json(response, {error: {message: 'no'}}, {status: 403});
			case '/healthz':
				return json(response, {status: 'degraded'}, {status: 503});
			default:
				return json(response, {object: 'list', data: [], has_more: false});
		}
	});
	const lines = await examine({
		env: {TOKEN: 'secret'},
		commands: {run: async () => ({exitCode: 0, stdout: '{"lastRestorableTime":"2026-11-20T07:55:00Z"}', stderr: '', durationMs: 1})},
		config: {
			health: [{name: 'api', url: `${url}/healthz`}],
			sources: {
				prometheus: {url},
				alertmanager: {url, token: 'env:TOKEN'},
				grafana: {url, token: 'env:TOKEN'},
				sentry: {url, organization: 'shop', token: 'env:TOKEN'},
				stripe: {url, key: 'env:TOKEN'},
				backups: [{system: 'command', database: 'orders', command: ['./status']}],
			},
		},
	});
	expect(byStatus(lines)).toEqual([
		'ok Health api',
		'ok Sentry event:read',
		'ok Sentry event:write',
		'ok Sentry project:read',
		'ok Prometheus query',
		'ok Alertmanager alerts',
		'ok Prometheus alerts',
		'ok Grafana alerts',
		'ok Stripe Events',
		'ok Stripe Webhook Endpoints',
		'critical Stripe Invoices',
		'ok Stripe PaymentIntents',
		'ok Backup orders',
	]);
	expect(lines.find(({subject}) => subject === 'Stripe Invoices')).toMatchObject({
		text: 'the key needs read on Invoices',
		advice: expect.stringContaining('Dashboard') as string,
	});
	expect(lines.at(-1)?.text).toBe('command answers. Last restorable time 2026-11-20T07:55:00Z');
});

it('says what is missing and how to get it', async () => {
	const url = await loopback((request, response) => {
		if (pathOf(request) === '/api/v1/query') return json(response, {status: 'success', data: {resultType: 'vector', result: []}});
		return json(response, {detail: `secret is wrong`}, {status: 401});
	});
	const lines = await examine({
		env: {TOKEN: 'secret'},
		config: {
			health: [{url: `${url}/private`}],
			sources: {
				prometheus: {url},
				sentry: {url, organization: 'shop', token: 'env:TOKEN'},
				stripe: {url, key: 'env:STRIPE_KEY'},
			},
		},
	});
	expect(byStatus(lines)).toEqual([
		`warning Health ${new URL(url).host}`,
		'critical Sentry event:read',
		'warning Prometheus query',
		'critical Prometheus alerts',
		'critical Stripe',
	]);
	const advice = (subject: string) => lines.find((line) => line.subject === subject)?.advice;
	expect(advice('Sentry event:read')).toContain('env:TOKEN');
	expect(advice('Stripe')).toBe('export STRIPE_KEY=…');
	expect(advice('Prometheus query')).toContain('scrapes');
	expect(JSON.stringify(lines)).not.toContain('secret is');
});

it('says nothing of what is not configured', async () => {
	expect(await examine({config: {}})).toEqual([]);
});

it('warns where only the releases may not be read', async () => {
	const url = await loopback((request, response) =>
		pathOf(request).endsWith('/releases/') ? json(response, {detail: 'No permission'}, {status: 403}) : json(response, []),
	);
	const lines = await examine({env: {TOKEN: 'secret'}, config: {sources: {sentry: {url, organization: 'shop', token: 'env:TOKEN'}}}});
	expect(byStatus(lines)).toEqual(['ok Sentry event:read', 'ok Sentry event:write', 'warning Sentry project:read']);
	expect(lines.at(-1)?.advice).toContain('project:read');
});
