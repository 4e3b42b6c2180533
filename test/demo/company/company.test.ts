import {access, mkdtemp, readFile, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {systemClock} from '../../../src/adapters/machine/system-clock.ts';
import {loadConfig} from '../../../src/config/load-config-file.ts';
import {defaultKinds} from '../../../src/checks/index.ts';
import {startCompany} from '../../../src/demo/company/company.ts';
import {serveDemo} from '../../../src/commands/kit/serve-demo.ts';
import {scenarioNames} from '../../../src/demo/kit/world.ts';
import {testClock} from '../clock.ts';

test.each(scenarioNames)('%s starts with a rounds.yaml that the product accepts', async (scenario) => {
	const company = await startCompany({scenario, clock: testClock()});
	try {
		const {config} = await loadConfig({cwd: company.directory, env: {}, path: company.configPath});
		expect(config.services[0]?.environments.map((environment) => environment.name)).toEqual(['production', 'staging']);
		expect(config.checks?.map((entry) => entry.check)).toEqual(defaultKinds);
		const text = await readFile(company.configPath, 'utf8');
		const references = [...text.matchAll(/env:(\w+)/g)].map((match) => match[1]);
		expect(references.length).toBeGreaterThan(4);
		expect(new Set(references)).toEqual(new Set(Object.keys(company.environment)));
		for (const secret of Object.values(company.environment)) expect(text).not.toContain(secret);
		expect((await stat(company.kubeconfigPath)).mode & 0o777).toBe(0o600);
	} finally {
		await company.close();
	}
});

test('closing frees every port and takes the temporary directory away', async () => {
	const company = await startCompany({scenario: 'all-clear', clock: testClock()});
	const health = company.addresses.find(({name}) => name === 'health')?.url ?? '';
	expect((await fetch(health)).status).toBe(200);
	await company.close();
	await expect(fetch(health)).rejects.toThrow('fetch failed');
	await expect(access(company.directory)).rejects.toThrow('ENOENT');
});

test('a directory of one’s own is kept', async () => {
	const directory = await mkdtemp(join(tmpdir(), 'rounds-kept-'));
	try {
		const company = await startCompany({scenario: 'all-clear', clock: testClock(), directory});
		await company.close();
		expect(company.directory).toBe(directory);
		await access(join(directory, 'rounds.yaml'));
	} finally {
		await rm(directory, {recursive: true});
	}
});

test('serving prints what a shell can evaluate, and every address, until it is told to end', async () => {
	const controller = new AbortController();
	const printed = Promise.withResolvers<string>();
	const served = serveDemo({scenario: 'morning', clock: systemClock, out: printed.resolve, signal: controller.signal});
	const text = await printed.promise;
	const exports = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
	expect(exports[0]).toMatch(/^export KUBECONFIG='.+'$/);
	expect(exports.every((line) => /^export \w+='[^']+'$/.test(line))).toBe(true);
	for (const name of ['Kubernetes', 'Sentry', 'Stripe', 'Prometheus', 'Alertmanager', 'Grafana', 'health', 'team scripts']) {
		expect(text).toMatch(new RegExp(`# ${name} +https?://`));
	}
	controller.abort();
	await served;
});
