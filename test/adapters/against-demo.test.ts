/** The adapters against the simulated company: two readings of the vendors' documents that must agree. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {createAlertmanager} from '../../src/adapters/alertmanager/alertmanager.ts';
import {createBackup} from '../../src/adapters/backups/backups.ts';
import {systemClock} from '../../src/adapters/machine/system-clock.ts';
import {createCommandRunner} from '../../src/adapters/programs/command-runner.ts';
import {createGrafana} from '../../src/adapters/grafana/grafana.ts';
import {createHttpProbe} from '../../src/adapters/http/http-probe.ts';
import {createPrometheus} from '../../src/adapters/prometheus/prometheus.ts';
import type {Credential} from '../../src/adapters/machine/secrets.ts';
import {createSentry} from '../../src/adapters/sentry/sentry.ts';
import {createStripe} from '../../src/adapters/stripe/stripe.ts';
import {startAlertmanager} from '../../src/demo/alertmanager/alertmanager-server.ts';
import {startGrafana} from '../../src/demo/grafana/grafana-server.ts';
import {startHealth} from '../../src/demo/company/health-server.ts';
import {startPrometheus} from '../../src/demo/prometheus/prometheus-server.ts';
import {organization, startSentry} from '../../src/demo/sentry/sentry-server.ts';
import {createWorld} from '../../src/demo/kit/story.ts';
import {startStripe} from '../../src/demo/stripe/stripe-server.ts';
import {askScript, startTeamTools} from '../../src/demo/company/team-tools.ts';
import type {DemoServer, ScenarioName, World} from '../../src/demo/kit/world.ts';
import {never} from './loopback.ts';

const token = 'the-right-token';
const right: Credential = {name: 'env:TOKEN', value: async () => token};
const wrong: Credential = {name: 'env:TOKEN', value: async () => 'another-token'};
const clock = systemClock;
const world = (scenario: ScenarioName) => createWorld({scenario, clock, seed: 1});

async function started(server: Promise<DemoServer>): Promise<string> {
	const {url, close} = await server;
	onTestFinished(close);
	return url;
}

describe('Prometheus', () => {
	it('tells of the burst and of no data', async () => {
		const url = await started(startPrometheus(world('morning'), {token}));
		const prometheus = createPrometheus({url, credential: right, clock});
		expect((await prometheus.query('up', {signal: never})).length).toBeGreaterThan(0);
		expect(await prometheus.query('no_such_metric', {signal: never})).toEqual([]);
		const ratio =
			'sum(rate(http_requests_total{namespace="checkout-prod",status=~"5.."}[5m])) / sum(rate(http_requests_total{namespace="checkout-prod"}[5m]))';
		const [now] = await prometheus.query(ratio, {signal: never});
		const [lastWeek] = await prometheus.query(ratio, {at: clock.now() - 7 * 86_400_000, signal: never});
		expect(now?.value).toBeGreaterThan(2 * (lastWeek?.value ?? Number.POSITIVE_INFINITY));
		const hour = await prometheus.queryRange(ratio, {from: clock.now() - 3_600_000, to: clock.now(), stepMs: 60_000, signal: never});
		expect(hour[0]?.points.length).toBeGreaterThan(50);
		await expect(prometheus.query('sum(', {signal: never})).rejects.toMatchObject({kind: 'bad-request'});
		expect((await prometheus.alerts(never)).map(({name}) => name)).toContain('CheckoutHighErrorRate');
	});

	it('gets 401 with a wrong token', async () => {
		const url = await started(startPrometheus(world('morning'), {token}));
		await expect(createPrometheus({url, credential: wrong, clock}).query('up', {signal: never})).rejects.toMatchObject({
			kind: 'unauthorized',
		});
	});
});

describe('Alertmanager', () => {
	it('tells firing, silenced and inhibited apart', async () => {
		const morning = await started(startAlertmanager(world('morning'), {token}));
		const alerts = await createAlertmanager({url: morning, credential: right, clock}).alerts(never);
		expect(alerts.find(({name}) => name === 'CheckoutHighErrorRate')).toMatchObject({
			state: 'firing',
			severity: 'critical',
			runbookUrl: expect.stringContaining('https://') as string,
		});
		const silenced = alerts.find(({name}) => name === 'CheckoutDependencyDegraded');
		expect(silenced?.state).toBe('silenced');
		expect(silenced?.silencedUntil).toBeGreaterThan(clock.now());
		const filtered = await createAlertmanager({url: morning, credential: right, clock, filter: ['namespace="checkout-staging"']}).alerts(
			never,
		);
		expect(filtered.map(({name}) => name)).toEqual(['CheckoutDependencyDegraded']);
		const bad = createAlertmanager({url: morning, credential: right, clock, filter: ['nonsense']});
		await expect(bad.alerts(never)).rejects.toMatchObject({kind: 'bad-request'});
		await expect(createAlertmanager({url: morning, credential: wrong, clock}).alerts(never)).rejects.toMatchObject({kind: 'unauthorized'});
	});
});

describe('Grafana', () => {
	it('fires in the outage only', async () => {
		const read = async (of: World) =>
			createGrafana({url: await started(startGrafana(of, {token})), credential: right, clock}).alerts(never);
		expect((await read(world('outage'))).map(({name, state}) => [name, state])).toEqual([['NoOrders', 'firing']]);
		expect(await read(world('all-clear'))).toEqual([]);
	});
});

describe('Sentry', () => {
	const make = (url: string, credential: Credential, more: {readonly organization?: string; readonly projects?: readonly string[]} = {}) =>
		createSentry({url, organization, projects: [], environment: 'production', credential, clock, ...more});

	it('puts what needs eyes first, with figures per hour', async () => {
		const url = await started(startSentry(world('morning'), {token}));
		const {issues, truncated} = await make(url, right).unresolved(never);
		expect(truncated).toBe(false);
		expect(new Set(issues.map(({id}) => id)).size).toBe(issues.length);
		const substatuses = new Set(issues.map(({substatus}) => substatus));
		expect([...substatuses]).toEqual(expect.arrayContaining(['escalating', 'regressed', 'ongoing']));
		const reviewed = issues.findIndex(({forReview}) => !forReview);
		expect(reviewed).toBeGreaterThan(0);
		expect(issues.slice(reviewed).some(({forReview}) => forReview)).toBe(false);
		expect(issues.every(({hourly}) => hourly.length === 24)).toBe(true);
		expect(issues.every(({url}) => url.startsWith('http'))).toBe(true);
	});

	it('tells the releases, of this project and environment only, and what was first seen in the newest', async () => {
		const of = world('morning');
		const url = await started(startSentry(of, {token}));
		const {release} = of.story;
		expect(await make(url, right, {projects: ['checkout-api']}).releases(never)).toEqual([
			{version: release.version, at: release.deployedAt, projects: ['checkout-api'], newIssues: 1},
			{version: release.previous, at: release.deployedAt - 52 * 3_600_000, projects: ['checkout-api'], newIssues: 0},
		]);
		expect(await make(url, right, {projects: ['4508412002']}).releases(never)).toEqual([]);
		const staging = createSentry({url, organization, projects: [], environment: 'staging', credential: right, clock});
		expect(await staging.releases(never)).toEqual([]);
	});

	it('narrows to projects, and explains a wrong organization and a wrong token', async () => {
		const url = await started(startSentry(world('morning'), {token}));
		const all = (await make(url, right).unresolved(never)).issues;
		const one = all[0]?.project ?? '';
		const some = (await make(url, right, {projects: [one]}).unresolved(never)).issues;
		expect(new Set(some.map(({project}) => project))).toEqual(new Set([one]));
		await expect(make(url, right, {organization: 'another'}).unresolved(never)).rejects.toMatchObject({kind: 'not-found'});
		await expect(make(url, wrong).unresolved(never)).rejects.toMatchObject({kind: 'unauthorized'});
	});
});

describe('Stripe', () => {
	const read = async (of: World, options: {readonly forbidden?: readonly ['invoices']; readonly key?: string} = {}) => {
		const url = await started(startStripe(of, {token: 'rk_live_company', ...(options.forbidden ? {forbidden: options.forbidden} : {})}));
		const credential = {name: 'env:KEY', value: async () => options.key ?? 'rk_live_company'};
		const since = clock.now() - 86_400_000;
		return createStripe({url, credential, dashboard: 'https://dashboard.stripe.com', clock}).failures({
			since,
			stuckAfterMs: 15 * 60_000,
			signal: never,
		});
	};

	it('finds the stuck webhooks and the failed invoices in two currencies', async () => {
		const report = await read(world('morning'));
		expect(report.live).toBe(true);
		expect(report.webhooks).toHaveLength(3);
		const failed = report.invoices.filter(({kind}) => kind === 'payment-failed');
		expect(new Set(failed.map(({amount}) => amount.currency))).toEqual(new Set(['EUR', 'JPY']));
		expect(report.endpoints.length).toBeGreaterThan(0);
		expect(report).not.toHaveProperty('missing');
	});

	it('finds nothing on a calm day', async () => {
		const report = await read(world('all-clear'));
		expect({...report, endpoints: []}).toEqual({live: true, webhooks: [], endpoints: [], invoices: [], payments: []});
	});

	it('names a missing permission, and refuses another key', async () => {
		expect((await read(world('morning'), {forbidden: ['invoices']})).missing).toEqual(['Invoices: the key needs read on Invoices']);
		await expect(read(world('morning'), {key: 'rk_live_other'})).rejects.toMatchObject({kind: 'unauthorized'});
	});
});

describe('the rest', () => {
	it('reads the health addresses', async () => {
		const url = await started(startHealth(world('outage')));
		const probe = createHttpProbe(clock);
		const options = {timeoutMs: 10_000, signal: never};
		expect(await probe.get(`${url}/production/healthz`, options)).toMatchObject({status: 503, contentType: 'application/json'});
		expect((await probe.get(`${url}/staging/healthz`, options)).body).toContain('dependencies');
	});

	it('reads backups through the team’s command', async () => {
		const of = world('morning');
		const url = await started(startTeamTools(of, {token}));
		const directory = mkdtempSync(join(tmpdir(), 'rounds-tools-'));
		onTestFinished(() => rmSync(directory, {recursive: true}));
		writeFileSync(join(directory, 'ask.mjs'), askScript);
		writeFileSync(join(directory, 'token'), token);
		const backup = (database: string) =>
			createBackup(
				{system: 'command', database, command: [process.execPath, 'ask.mjs', `${url}/backups/${database}`, 'token']},
				{commands: createCommandRunner(), cwd: directory},
			).read(never);
		const [database] = of.story.databases;
		const found = await backup(database?.name ?? '');
		expect(found).toMatchObject({system: 'command', retentionDays: database?.retentionDays});
		expect(found.lastRestorableAt).toBeLessThanOrEqual(clock.now());
		await expect(backup('no-such-database')).rejects.toThrow(/404/);
	});
});
