/** What the person typed or wrote wrongly: each time one sentence or one list, an exit code of sysexits, and never a trace. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, describe, expect, it} from 'vitest';
import {runCli, temporaryDirectory} from '../helpers/cli.ts';

let cwd = '';

beforeEach(() => {
	cwd = temporaryDirectory();
});

const usual = `services:
  - name: checkout
    owner: payments
    environments: [{name: production}, {name: staging}]
  - {name: inventory, owner: warehouse, environments: [{name: production}]}
checks:
  - {check: command, id: own, options: {command: [echo, fine]}}
`;

const write = (text: string) => writeFileSync(join(cwd, 'rounds.yaml'), text);
const rounds = (...args: readonly string[]) => runCli(args, {cwd});

describe('no rounds.yaml', () => {
	it.each([['check'], ['rbac']])('rounds %s names the two ways out in one sentence', async (command) => {
		const {exitCode, stdout, stderr} = await rounds(command);
		expect(stdout).toBe('');
		expect(stderr).toMatch(
			/^rounds: No rounds\.yaml in \S+ or above, nor \S+\/config\/rounds\/rounds\.yaml: `rounds init` writes one, `rounds demo` works without\.\nSee: rounds help configuration\n$/,
		);
		expect(exitCode).toBe(78);
	});

	it('rounds without a terminal says the same', async () => {
		expect(await rounds()).toMatchObject({exitCode: 78, stdout: '', stderr: expect.stringContaining('`rounds init`')});
	});

	it('rounds doctor examines the rest', async () => {
		const {exitCode, stdout, stderr} = await rounds('doctor');
		expect(stdout).toMatch(/critical +File +No rounds\.yaml in .*`rounds init`/);
		expect(stdout).toMatch(/ok +Node/);
		expect(stderr).toBe('');
		expect(exitCode).toBe(2);
	});

	it('--config with a file that is not there, or a directory', async () => {
		expect(await rounds('check', '--config', 'nowhere.yaml')).toEqual({
			exitCode: 78,
			stdout: '',
			stderr: `rounds: ${join(cwd, 'nowhere.yaml')} does not exist.\nSee: rounds help configuration\n`,
		});
		mkdirSync(join(cwd, 'rounds.yaml'));
		expect(await rounds('check')).toMatchObject({exitCode: 78, stderr: expect.stringContaining('is a directory. Name the file')});
	});
});

describe('a rounds.yaml that is wrong', () => {
	it.each([
		['an open quote', 'services:\n  - name: "checkout\n', /^rounds: rounds\.yaml:\d+:\d+: something is not closed/],
		['an open bracket', 'services: [\n', /^rounds: rounds\.yaml:\d+:\d+: /],
		['a tab', 'services:\n\t- name: x\n', /^rounds: rounds\.yaml:2:1: this line is indented with a tab. Use spaces./],
		['a second colon', 'operator: alice: bob\n', /^rounds: rounds\.yaml:1:11: a second ": " on this line. Put text with ": " in quotes./],
		['no text', '\0\u0001\u0002', /^rounds: \S+ is not UTF-8 text\. Save it as UTF-8\.\nSee: rounds help configuration\n$/],
		[
			'nothing',
			'',
			/^rounds: rounds\.yaml is empty: delete it and let `rounds init` write a first one\.\nSee: rounds help configuration\n$/,
		],
		['a list', '- checkout\n', /^rounds: rounds\.yaml:1:1: the file is a list, expected a mapping/],
	])('%s: place and reason', async (_, text, expected) => {
		write(text);
		const {exitCode, stdout, stderr} = await rounds('check');
		expect(stderr).toMatch(expected);
		expect(stderr).not.toMatch(/^\s+at /m);
		expect({exitCode, stdout}).toEqual({exitCode: 78, stdout: ''});
	});

	it('gets all mistakes in one go, each with its place and the nearest right name', async () => {
		write(`servces: []
services:
  - name: checkout
    environments:
      - name: production
        sources:
          promtheus: {url: http://x}
          sentry: {organization: shop, token: sntrys_in-the-file}
checks:
  - podz
`);
		const {exitCode, stderr} = await rounds('check');
		expect(stderr.split('\n')).toEqual([
			expect.stringMatching(/^rounds: rounds\.yaml:1:1: unknown key "servces". Did you mean "services"\?/),
			expect.stringMatching(/^rounds\.yaml:3:5: services\[0\]\.owner is missing/),
			expect.stringMatching(/^rounds\.yaml:7:11: unknown key "promtheus" in .*. Did you mean "prometheus"\?/),
			expect.stringMatching(/^rounds\.yaml:8:47: services\[0\]\.environments\[0\]\.sources\.sentry\.token/),
			expect.stringMatching(/^rounds\.yaml:10:5: checks\[0\] is "podz", expected one of .*. Did you mean "pods"\?$/),
			'5 mistakes in rounds.yaml.',
			'See: rounds help configuration',
			'',
		]);
		expect(stderr).not.toContain('sntrys_in-the-file');
		expect(exitCode).toBe(78);
	});

	it('rounds doctor counts each mistake once', async () => {
		write('servces: []\nservices: []\n');
		const {exitCode, stdout} = await rounds('doctor');
		expect(stdout).toMatch(/File +rounds\.yaml:1:1: unknown key "servces"/);
		expect(stdout).toMatch(/File +rounds\.yaml:2:11: services is an empty list/);
		expect(stdout).toMatch(/, 2 critical\n$/);
		expect(exitCode).toBe(2);
	});
});

describe('a word that is wrong', () => {
	beforeEach(() => write(usual));

	it.each([
		[['chek'], /^error: unknown command 'chek'. Did you mean "check"\? \(known: demo, check, .*\)\n/],
		[['frobnicate', 'now'], /^error: unknown command 'frobnicate' \(known: /],
		[['check', '--frmat', 'json'], /^error: unknown option '--frmat'\n\(Did you mean --format\?\)\n/],
		[
			['check', '--format', 'jsn'],
			/^error: option '--format <FORMAT>' argument 'jsn' is invalid\. Allowed choices are text, json, junit\.\n/,
		],
		[['check', '--config'], /^error: option '--config <FILE>' argument missing\n/],
		[['demo', 'evening'], /^error: .*'evening' is invalid.* morning, all-clear, outage, flaky/],
		[['completion', 'csh'], /^error: .*'csh' is invalid.* bash, zsh, fish/],
		[['check', 'owm'], /^rounds: There is no check "owm" in this round. Did you mean "own"\? \(known: own\)\nSee: rounds help headless\n$/],
		[
			['check', '--service', 'chekout'],
			/^rounds: There is no service "chekout" in rounds\.yaml. Did you mean "checkout"\? \(known: checkout, inventory\)\nSee: rounds help headless\n$/,
		],
		[
			['check', '--environment', 'stagin'],
			/^rounds: There is no environment of checkout "stagin" in rounds\.yaml. Did you mean "staging"\? \(known: production, staging\)\nSee: rounds help headless\n$/,
		],
		[['doctor', '--service', 'invntory'], /^rounds: There is no service "invntory" in rounds\.yaml. Did you mean "inventory"\?/],
	])('rounds %j', async (args, expected) => {
		const {exitCode, stdout, stderr} = await rounds(...args);
		expect(stderr).toMatch(expected);
		expect({exitCode, stdout}).toEqual({exitCode: 64, stdout: ''});
	});

	it('and the right words work', async () => {
		const {exitCode, stdout} = await rounds('check', 'own', '--service', 'checkout', '--environment', 'staging');
		expect(stdout).toMatch(/^checkout · staging .*\n\n {2}ok +own +fine\n/);
		expect(exitCode).toBe(0);
	});
});
