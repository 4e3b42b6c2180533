import {afterEach, expect, test} from 'vitest';
import {startAlertmanager} from '../../../src/demo/alertmanager/alertmanager-server.ts';
import type {ScenarioName} from '../../../src/demo/kit/world.ts';
import {morningAt, running, type Running} from '../clock.ts';

let alertmanager: Running;
afterEach(() => alertmanager.close());
const start = async (scenario?: ScenarioName) => {
	alertmanager = await running(startAlertmanager, scenario);
};

interface Alert {
	readonly labels: Readonly<Record<string, string>>;
	readonly status: {readonly state: string; readonly silencedBy: readonly string[]; readonly inhibitedBy: readonly string[]};
	readonly annotations: Readonly<Record<string, string>>;
	readonly fingerprint: string;
}
const names = async (query = '') =>
	(await alertmanager.json<readonly Alert[]>(`/api/v2/alerts${query}`))
		.map((alert) => alert.labels['alertname'] ?? '')
		.sort((a, b) => a.localeCompare(b));

test('one alert fires with its runbook, one is silenced', async () => {
	await start();
	const alerts = await alertmanager.json<readonly Alert[]>('/api/v2/alerts');
	const firing = alerts.find((alert) => alert.labels['alertname'] === 'CheckoutHighErrorRate');
	expect(firing?.status).toMatchObject({state: 'active', silencedBy: [], inhibitedBy: []});
	expect(firing?.annotations['runbook_url']).toMatch(/^https:/);
	expect(firing?.fingerprint).toMatch(/^[0-9a-f]{16}$/);
	const silenced = alerts.find((alert) => alert.labels['alertname'] === 'CheckoutDependencyDegraded');
	const silences = await alertmanager.json<readonly {readonly id: string; readonly comment: string}[]>('/api/v2/silences');
	expect(silenced?.status).toMatchObject({state: 'suppressed', silencedBy: [silences[0]?.id]});
	expect(silences[0]?.comment).toContain('reindexed');
});

test('filters and flags leave alerts out', async () => {
	await start();
	expect(await names('?silenced=false')).toEqual(['CheckoutHighErrorRate']);
	expect(await names('?active=false')).toEqual(['CheckoutDependencyDegraded']);
	expect(await names(`?filter=${encodeURIComponent('environment="staging"')}`)).toEqual(['CheckoutDependencyDegraded']);
	expect(await names(`?filter=${encodeURIComponent('severity!="warning"')}`)).toEqual(['CheckoutHighErrorRate']);
	expect(await names(`?filter=${encodeURIComponent('alertname=~"Checkout.*"')}&filter=${encodeURIComponent('severity="none"')}`)).toEqual(
		[],
	);
	const bad = await alertmanager.get('/api/v2/alerts?filter=nonsense');
	expect([bad.status, await bad.json()]).toEqual([400, 'bad matcher format: nonsense']);
});

test('in an outage the slow endpoint is inhibited by what is down, once it fires', async () => {
	await start('outage');
	alertmanager.clock.forward(90 * 60_000);
	const alerts = await alertmanager.json<readonly Alert[]>('/api/v2/alerts');
	const down = alerts.find((alert) => alert.labels['alertname'] === 'CheckoutDown');
	const slow = alerts.find((alert) => alert.labels['alertname'] === 'CheckoutSlowEndpoint');
	expect(slow?.status).toMatchObject({state: 'suppressed', inhibitedBy: [down?.fingerprint]});
	expect(await names('?inhibited=false')).not.toContain('CheckoutSlowEndpoint');
});

test('an alert starts while one watches, and nothing fires when all is clear', async () => {
	await start();
	expect(await names()).not.toContain('CheckoutSlowEndpoint');
	alertmanager.clock.forward(6 * 60_000);
	expect(await names()).toContain('CheckoutSlowEndpoint');
	await alertmanager.close();
	await start('all-clear');
	expect(await names()).toEqual([]);
});

test('a posted silence suppresses until it is deleted or over', async () => {
	await start();
	const silence = {
		matchers: [{name: 'alertname', value: 'CheckoutHigh.*', isRegex: true}],
		startsAt: new Date(morningAt).toISOString(),
		endsAt: new Date(morningAt + 3_600_000).toISOString(),
		createdBy: 'alice',
		comment: 'looking at it',
	};
	const post = (body: unknown) => alertmanager.get('/api/v2/silences', {method: 'POST', body: JSON.stringify(body)});
	const {silenceID} = (await (await post(silence)).json()) as {readonly silenceID: string};
	expect(await names('?silenced=false')).toEqual([]);
	await alertmanager.get(`/api/v2/silence/${silenceID}`, {method: 'DELETE'});
	expect(await names('?silenced=false')).toEqual(['CheckoutHighErrorRate']);
	await post(silence);
	alertmanager.clock.forward(3_600_001);
	expect(await names('?silenced=false')).toContain('CheckoutHighErrorRate');
	const bad = await post({...silence, endsAt: silence.startsAt});
	expect([bad.status, typeof (await bad.json())]).toEqual([400, 'string']);
	expect((await post({...silence, matchers: []})).status).toBe(400);
	expect((await alertmanager.get('/api/v2/silence/none')).status).toBe(404);
});

test('a wrong token gets 401', async () => {
	await start();
	const response = await alertmanager.get('/api/v2/alerts', {token: 'wrong'});
	expect([response.status, await response.text()]).toEqual([401, 'Unauthorized\n']);
});
