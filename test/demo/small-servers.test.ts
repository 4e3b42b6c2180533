import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterEach, expect, test} from 'vitest';
import {startGrafana} from '../../src/demo/grafana/grafana-server.ts';
import {startHealth} from '../../src/demo/company/health-server.ts';
import {askScript, startTeamTools} from '../../src/demo/company/team-tools.ts';
import {morningAt, running, token, type Running} from './clock.ts';

let server: Running;
afterEach(() => server.close());

test('grafana: health is open, rules want the token, and a rule fires in an outage', async () => {
	server = await running(startGrafana);
	expect(await (await fetch(`${server.url}/api/health`)).json()).toMatchObject({database: 'ok'});
	const refused = await server.get('/api/prometheus/grafana/api/v1/rules', {token: 'wrong'});
	expect(refused.status).toBe(401);
	expect(await refused.json()).toMatchObject({message: 'Unauthorized', messageId: 'auth.unauthorized'});
	const states = async () => {
		const body = await server.json<{
			readonly data: {readonly groups: readonly {readonly rules: readonly {readonly alerts: readonly {readonly state: string}[]}[]}[]};
		}>('/api/prometheus/grafana/api/v1/rules');
		return body.data.groups.flatMap((group) => group.rules.flatMap((rule) => rule.alerts.map((alert) => alert.state)));
	};
	expect(await states()).toEqual(['Normal']);
	expect(await server.json<readonly unknown[]>('/api/search?query=payments')).toHaveLength(1);
	expect((await server.get('/api/nonsense')).status).toBe(404);
	await server.close();
	server = await running(startGrafana, 'outage');
	expect(await states()).toEqual(['Alerting']);
});

test('health: staging is degraded by search alone', async () => {
	server = await running(startHealth);
	const body = await server.json<{readonly dependencies: Readonly<Record<string, {readonly status: string}>>}>('/staging/healthz');
	expect(body).toMatchObject({status: 'degraded', version: '1.42.0'});
	expect(Object.entries(body.dependencies).filter(([, {status}]) => status !== 'ok')).toHaveLength(1);
	expect(body.dependencies['search']?.status).toBe('degraded');
	for (const path of ['/production/healthz', '/production/web/healthz', '/staging/web/healthz']) {
		expect({path, ...(await server.json<object>(path))}).toMatchObject({path, status: 'ok'});
	}
	expect((await server.get('/other/healthz')).status).toBe(404);
});

test('health: in an outage production answers 503 and says why', async () => {
	server = await running(startHealth, 'outage');
	const response = await server.get('/production/healthz');
	expect(response.status).toBe(503);
	expect(await response.json()).toMatchObject({status: 'down', dependencies: {database: {status: 'down'}}});
	expect((await server.get('/staging/healthz')).status).toBe(200);
});

interface Backup {
	readonly lastRestorableTime: string;
	readonly retentionDays: number;
}

test('backups: orders does not move since the night, customers continues', async () => {
	server = await running(startTeamTools);
	const lag = async (database: string) =>
		server.clock.now() - Date.parse((await server.json<Backup>(`/backups/${database}`)).lastRestorableTime);
	expect(await lag('orders')).toBe((10 * 60 + 21) * 60_000);
	expect(await lag('customers')).toBeLessThan(10 * 60_000);
	server.clock.forward(60_000);
	expect(await lag('orders')).toBe((10 * 60 + 22) * 60_000);
	expect(await lag('customers')).toBeLessThan(10 * 60_000);
	expect((await server.get('/backups/none')).status).toBe(404);
	expect((await server.get('/backups/orders', {token: 'wrong'})).status).toBe(401);
});

test('the team’s script prints the answer, and fails with the reason', async () => {
	server = await running(startTeamTools);
	const directory = await mkdtemp(join(tmpdir(), 'rounds-ask-'));
	try {
		const script = join(directory, 'ask.mjs');
		const tokenFile = join(directory, 'token');
		await Promise.all([writeFile(script, askScript), writeFile(tokenFile, `${token}\n`)]);
		const ask = (path: string) => promisify(execFile)(process.execPath, [script, `${server.url}${path}`, tokenFile]);
		const {stdout} = await ask('/backups/orders');
		expect((JSON.parse(stdout) as Backup).lastRestorableTime).toBe(new Date(morningAt - 621 * 60_000).toISOString());
		await writeFile(tokenFile, 'wrong');
		await expect(ask('/security')).rejects.toMatchObject({code: 1, stderr: expect.stringContaining('401') as string});
	} finally {
		await rm(directory, {recursive: true});
	}
});
