import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {systemClock} from '../../src/adapters/machine/system-clock.ts';
import {startAlertmanager} from '../../src/demo/alertmanager/alertmanager-server.ts';
import {createWorld} from '../../src/demo/kit/story.ts';
import type {DemoServer} from '../../src/demo/kit/world.ts';

const run = promisify(execFile);
let server: DemoServer;
let address: string;
beforeAll(async () => {
	server = await startAlertmanager(createWorld({scenario: 'morning', clock: systemClock}), {token: 'secret'});
	address = `--alertmanager.url=${server.url.replace('://', '://anyone:secret@')}`;
});
afterAll(() => server.close());

const amtool = async (...argv: readonly string[]): Promise<string> => (await run('amtool', [...argv, address])).stdout;

test('amtool alert query shows what fires, and the silenced ones only when asked', async () => {
	const active = await amtool('alert', 'query');
	expect(active).toMatch(/CheckoutHighErrorRate\s+\S+ \S+ UTC\s+More than 1 % of checkout/);
	expect(active).not.toContain('CheckoutDependencyDegraded');
	expect(await amtool('alert', 'query', '--silenced')).toContain('CheckoutDependencyDegraded');
});

test('amtool alert query filters by matcher, and prints whole alerts as JSON', async () => {
	expect(await amtool('alert', 'query', 'environment=staging', '--silenced')).not.toContain('CheckoutHighErrorRate');
	const alerts = JSON.parse(await amtool('alert', 'query', '--output=json', 'severity=critical')) as readonly {
		readonly annotations: Readonly<Record<string, string>>;
		readonly status: {readonly state: string};
	}[];
	expect(alerts).toHaveLength(1);
	expect(alerts[0]?.status.state).toBe('active');
	expect(alerts[0]?.annotations['runbook_url']).toMatch(/^https:/);
});

test('amtool silences an alert and lets it speak again', async () => {
	expect(await amtool('silence', 'query')).toContain('reindexed');
	const id = (await amtool('silence', 'add', 'alertname=CheckoutHighErrorRate', '--author=alice', '--comment=looking')).trim();
	expect(await amtool('alert', 'query')).not.toContain('CheckoutHighErrorRate');
	await amtool('silence', 'expire', id);
	expect(await amtool('alert', 'query')).toContain('CheckoutHighErrorRate');
});

test('amtool config show reads the status; a wrong password is refused', async () => {
	expect(await amtool('config', 'show')).toContain('payments-channel');
	await expect(run('amtool', ['alert', 'query', `--alertmanager.url=${server.url}`])).rejects.toMatchObject({code: 1});
});
