import {expect, it} from 'vitest';
import {createSecrets} from '../../src/adapters/machine/secrets.ts';
import {createSources} from '../../src/apps/create-sources.ts';
import {environment as schema} from '../../src/service/service.ts';
import type {CommandRunner} from '../../src/ports/commands.ts';
import {fixedClock, never} from '../adapters/loopback.ts';

const asked: string[] = [];
const commands: CommandRunner = {
	async run(argv, options) {
		asked.push(`${argv.join(' ')} in ${options.cwd}`);
		return {exitCode: 0, stdout: '{}', stderr: '', durationMs: 1};
	},
};
const make = (sources: unknown) =>
	createSources({
		environment: schema.parse({name: 'staging', sources}),
		clock: fixedClock(0),
		secrets: createSecrets({env: {}, run: commands, baseDirectory: '/srv/team'}),
		commands,
		directory: '/srv/team',
	});

it('leaves out what is not configured', () => {
	const sources = make({});
	expect(Object.keys(sources).sort((a, b) => a.localeCompare(b))).toEqual(['alerts', 'backups', 'commands', 'http']);
	expect(sources.alerts).toEqual([]);
});

it('makes what is configured, reads no secret and runs nothing before it is asked', async () => {
	asked.length = 0;
	const sources = make({
		kubernetes: {namespace: 'shop', kubeconfig: 'kubeconfig'},
		prometheus: {url: 'http://prometheus:9090'},
		alertmanager: {url: 'http://alertmanager:9093'},
		grafana: {url: 'http://grafana/', token: 'env:ABSENT'},
		sentry: {organization: 'shop', token: 'env:ABSENT'},
		stripe: {key: 'env:ABSENT'},
		github: {repositories: ['shop/api']},
		backups: [{system: 'command', database: 'orders', command: ['./status']}],
	});
	expect(sources.alerts.map(({name}) => name)).toEqual(['Alertmanager', 'Prometheus', 'Grafana']);
	expect(sources.grafanaUrl).toBe('http://grafana');
	expect(sources.repositories?.repositories).toEqual(['shop/api']);
	expect(asked).toEqual([]);
	await expect(sources.issues?.unresolved(never)).rejects.toMatchObject({kind: 'missing-credential', source: 'Sentry'});
	await expect(sources.payments?.failures({since: 0, stuckAfterMs: 0, signal: never})).rejects.toMatchObject({kind: 'missing-credential'});
	await expect(sources.pods?.list(never)).rejects.toThrow('/srv/team/kubeconfig');
	await sources.backups[0]?.read(never);
	expect(asked).toEqual(['./status in /srv/team']);
});
