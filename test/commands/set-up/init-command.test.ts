import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {describe, expect, it} from 'vitest';
import {init, type Ask, type InitInput} from '../../../src/commands/set-up/init-command.ts';
import {createPrompt} from '../../../src/commands/set-up/ask.ts';
import {loadConfig} from '../../../src/config/load-config-file.ts';
import type {Discovery} from '../../../src/config/surroundings.ts';
import {SourceError} from '../../../src/base/source-error.ts';
import {scratch} from '../../config/scratch.ts';

/** A machine with nothing on it, and what a test puts there. */
function machine(there: {
	readonly git?: Readonly<Record<string, string>>;
	readonly ready?: readonly string[];
	readonly contexts?: Awaited<ReturnType<Discovery['kubernetes']>>;
	readonly namespaces?: readonly string[];
}): Discovery {
	const absent = (source: string) => new SourceError({source, kind: 'not-configured', message: `no ${source}`});
	return {
		http: {get: async (url) => (there.ready?.includes(url) ? {url, status: 200, latencyMs: 1} : {url, latencyMs: 1, error: 'refused'})},
		commands: {
			async run(argv) {
				if (!there.git) throw absent('git');
				const stdout = there.git[argv.slice(3).join(' ')];
				return {exitCode: stdout === undefined ? 1 : 0, stdout: stdout ?? '', stderr: '', durationMs: 1};
			},
		},
		async kubernetes() {
			if (!there.contexts) throw absent('kubeconfig');
			return there.contexts;
		},
		async namespaces() {
			if (!there.namespaces) throw absent('permission');
			return there.namespaces;
		},
	};
}

function run(cwd: string, input: Partial<InitInput> = {}): {readonly printed: () => string; readonly done: Promise<void>} {
	const printed: string[] = [];
	const done = init({
		cwd,
		env: {},
		out: (text) => printed.push(text),
		discovery: machine({}),
		schema: () => '{"title": "rounds.yaml"}\n',
		signal: AbortSignal.timeout(10_000),
		...input,
	});
	return {printed: () => printed.join(''), done};
}

const everything = machine({
	git: {
		'remote get-url origin': 'git@github.com:example/checkout.git\n',
		'config user.name': 'Alice: "A" #1\n',
		'rev-parse --show-toplevel': '/x/y\n',
	},
	ready: ['http://localhost:9090/-/ready', 'http://localhost:9093/-/ready'],
	contexts: {currentContext: 'eu-1', contexts: [{name: 'eu-1', namespace: 'default'}, {name: 'us-1'}]},
	namespaces: ['default', 'checkout-prod', 'checkout-staging', 'inventory-prod'],
});

describe('init', () => {
	it('writes what it found as a file that loads as it is', async () => {
		const cwd = scratch();
		const env = {
			SENTRY_AUTH_TOKEN: 'sntrys_secret',
			SENTRY_ORG: 'example',
			SENTRY_PROJECT: 'checkout',
			STRIPE_SECRET_KEY: 'sk_live_secret',
			GRAFANA_URL: 'https://grafana.example.com',
			GRAFANA_TOKEN: 'glsa_secret',
		};
		const {printed, done} = run(cwd, {env, discovery: everything});
		await done;
		const {config} = await loadConfig({cwd, env: {}});
		expect(config.services).toMatchObject([
			{
				name: 'checkout',
				owner: 'example',
				environments: [
					{
						name: 'production',
						sources: {
							kubernetes: {context: 'eu-1', namespace: 'checkout-prod'},
							prometheus: {url: 'http://localhost:9090'},
							alertmanager: {url: 'http://localhost:9093'},
							grafana: {url: 'https://grafana.example.com', token: 'env:GRAFANA_TOKEN'},
							sentry: {organization: 'example', projects: ['checkout'], token: 'env:SENTRY_AUTH_TOKEN'},
							stripe: {key: 'env:STRIPE_SECRET_KEY'},
							github: {repositories: ['example/checkout']},
						},
					},
					{name: 'staging', sources: {kubernetes: {context: 'eu-1', namespace: 'checkout-staging'}}},
				],
			},
		]);
		const text = readFileSync(join(cwd, 'rounds.yaml'), 'utf8');
		expect(text + printed()).not.toContain('_secret');
		expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=./rounds.schema.json');
		expect(readFileSync(join(cwd, 'rounds.schema.json'), 'utf8')).toBe('{"title": "rounds.yaml"}\n');
		expect(printed()).toMatch(/^Found: kubeconfig with 2 contexts; Prometheus at http:\/\/localhost:9090; .*\n/);
		expect(printed()).toMatch(/Wrote rounds\.yaml.*\nNext: run `rounds doctor`.*`rounds`/);
	});

	it('writes a file that loads also where there is nothing to find', async () => {
		const cwd = scratch();
		await run(cwd).done;
		const {config} = await loadConfig({cwd, env: {}});
		expect(config.services[0]?.environments).toMatchObject([{name: 'production', health: [], sources: {}}]);
	});

	it('stays valid when its examples are taken over', async () => {
		const cwd = scratch();
		await run(cwd).done;
		const text = readFileSync(join(cwd, 'rounds.yaml'), 'utf8')
			.replace(/sources: \{\} .*$/m, 'sources:')
			.replaceAll(/^( *)# (?=\S+:|  \S|- |  - )(?!yaml-language-server|Every|Secrets|What)/gm, '$1');
		const examples = scratch({'rounds.yaml': text});
		const {config} = await loadConfig({cwd: examples, env: {}});
		expect(config.checks).toHaveLength(3);
		expect(Object.keys(config.services[0]?.environments[0]?.sources ?? {})).toEqual(
			expect.arrayContaining(['kubernetes', 'prometheus', 'alertmanager', 'grafana', 'sentry', 'stripe', 'github', 'backups']),
		);
	});

	it('asks little, offers what it found, and takes the answers', async () => {
		const cwd = scratch();
		const asked: string[] = [];
		const answers: Readonly<Record<string, string>> = {
			'Name of the service': 'shop: the "front" #1',
			'Kubernetes context (eu-1, us-1), - for none': 'us-1',
			'Health address of production, - for none': 'shop.example.com',
			'shop.example.com is not an http:// or https:// address. Health address of production, - for none':
				'https://shop.example.com/healthz',
			'Sentry organization, - for none': 'example',
		};
		const ask: Ask = async (question, preset) => {
			asked.push(`${question} [${preset}]`);
			return answers[question] ?? preset;
		};
		await run(cwd, {discovery: everything, env: {SENTRY_AUTH_TOKEN: 'x'}, ask}).done;
		expect(asked).toEqual([
			'Name of the service [checkout]',
			'Owning team [example]',
			'Kubernetes context (eu-1, us-1), - for none [eu-1]',
			'Namespace of production (default, checkout-prod, checkout-staging, inventory-prod) [checkout-prod]',
			'Namespace of staging, - for none [checkout-staging]',
			'Health address of production, - for none [-]',
			'shop.example.com is not an http:// or https:// address. Health address of production, - for none [-]',
			'Sentry organization, - for none [-]',
		]);
		const {config} = await loadConfig({cwd, env: {}});
		expect(config.services[0]).toMatchObject({
			name: 'shop: the "front" #1',
			environments: [
				{health: [{url: 'https://shop.example.com/healthz'}], sources: {kubernetes: {context: 'us-1'}, sentry: {organization: 'example'}}},
				{name: 'staging'},
			],
		});
	});

	it('points at the installed schema where there is one', async () => {
		const cwd = scratch({'node_modules/rounds/dist/rounds.schema.json': '{}'});
		await run(cwd).done;
		expect(readFileSync(join(cwd, 'rounds.yaml'), 'utf8')).toMatch(
			/^# yaml-language-server: \$schema=\.\/node_modules\/rounds\/dist\/rounds\.schema\.json\n/,
		);
		expect(readdirSync(cwd)).not.toContain('rounds.schema.json');
	});

	it('never overwrites, and says so before it asks', async () => {
		const cwd = scratch({'rounds.yaml': 'mine\n'});
		const refused = run(cwd, {ask: () => Promise.reject(new Error('asked in vain'))}).done;
		await expect(refused).rejects.toMatchObject({exitCode: 73});
		await expect(refused).rejects.toThrow(/rounds\.yaml already exists and was not changed/);
		expect(readFileSync(join(cwd, 'rounds.yaml'), 'utf8')).toBe('mine\n');
	});

	it('says in one sentence where it cannot write', async () => {
		const cwd = scratch({file: ''});
		await expect(run(cwd, {path: 'file/rounds.yaml'}).done).rejects.toThrow(
			/^file\/rounds\.yaml cannot be written: file is not a directory\.$/,
		);
	});

	it('makes the directory that --config names', async () => {
		const cwd = scratch();
		await run(cwd, {path: 'deep/down/rounds.yaml'}).done;
		expect((await loadConfig({cwd, env: {}, path: 'deep/down/rounds.yaml'})).directory).toBe(join(cwd, 'deep/down'));
	});
});

describe('prompt', () => {
	it('takes Enter for the default, and the end of the input for a stop', async () => {
		const input = new PassThrough();
		const output = new PassThrough();
		const {ask} = createPrompt({input, output});
		const first = ask('Name', 'checkout');
		input.write('\n');
		expect(await first).toBe('checkout');
		const second = ask('Owner', 'me');
		input.write('  team  \n');
		expect(await second).toBe('team');
		const third = ask('Health', '-');
		input.end();
		await expect(third).rejects.toThrow(/Nothing was written/);
		expect(String(output.read()).trimEnd()).toBe('Name [checkout]: Owner [me]: Health [-]:');
	});
});
