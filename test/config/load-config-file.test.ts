import {chmodSync, mkdirSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {loadConfig} from '../../src/config/load-config-file.ts';
import {exitCodes, UserError} from '../../src/base/user-error.ts';
import {minimal, scratch} from './scratch.ts';

/** The lines of the refusal; fails where the file is taken. */
async function mistakesOf(text: string | Uint8Array, more: {runbooks?: string} = {}): Promise<readonly string[]> {
	const cwd = scratch({'rounds.yaml': text});
	const error = await loadConfig({cwd, env: {}, ...more}).then(
		() => undefined,
		(reason: unknown) => reason,
	);
	if (!(error instanceof UserError)) throw new Error(`no UserError but ${String(error)}`);
	expect(error.exitCode).toBe(exitCodes.config);
	return error.message.split('\n');
}

describe('a wrong file', () => {
	it('says that a log is a command or files, and that names differ', async () => {
		const of = async (logs: string) => (await mistakesOf(minimal(`        sources: {logs: [${logs}]}\n`))).join('\n');
		const both = await of('{name: a}, {name: b, command: [c], files: [d]}');
		expect(both).toContain('logs[0] is a mapping, expected a command or files, one of the two');
		expect(both).toContain('logs[1] is a mapping, expected a command or files, one of the two');
		expect(await of('{name: a, files: [b]}, {name: a, files: [c]}')).toContain('expected names that differ');
	});

	it('gets every mistake in one go, with line, column, value, what is allowed and the nearest name', async () => {
		const lines = await mistakesOf(`version: 2
servces: []
services:
  - name: checkout
    criticality: wake-somone
    environments:
      - name: production
        health: [{url: "htp://x"}]
        sources:
          promtheus: {url: http://x}
          sentry: {organization: 1, token: {comand: [x]}}
          backups: [{system: rdss, database: x}]
      - name: production
  - {name: checkout, owner: team, environments: []}
checks:
  - podz
  - check: pods
    timeout: 10
    options: {restart: 3, memory: 2}
  - chek: health
  - pods
opsLog: docs
`);
		expect(lines).toEqual([
			'rounds.yaml:1:10: version is 2, expected 1',
			'rounds.yaml:2:1: unknown key "servces". Did you mean "services"? (allowed: version, operator, services, checks, opsLog, crashReports, heartbeat)',
			'rounds.yaml:4:5: services[0].owner is missing. Expected text (The team that answers for it)',
			'rounds.yaml:5:18: services[0].criticality is "wake-somone", expected one of wake-someone, next-morning, next-week. Did you mean "wake-someone"?',
			'rounds.yaml:8:24: services[0].environments[0].health[0].url is "htp://x", expected an http:// or https:// address',
			'rounds.yaml:10:11: unknown key "promtheus" in services[0].environments[0].sources. Did you mean "prometheus"? (allowed: kubernetes, prometheus, alertmanager, grafana, sentry, stripe, github, backups, loki, elasticsearch, logs)',
			'rounds.yaml:11:34: services[0].environments[0].sources.sentry.organization is 1, expected text. Put it in quotes.',
			'rounds.yaml:11:44: services[0].environments[0].sources.sentry.token.command is missing. Expected a list',
			'rounds.yaml:11:45: unknown key "comand" in services[0].environments[0].sources.sentry.token. Did you mean "command"? (allowed: command)',
			'rounds.yaml:12:30: services[0].environments[0].sources.backups[0].system is "rdss", expected one of rds, aurora, dynamodb, cloud-sql, pgbackrest, command. Did you mean "rds"?',
			'rounds.yaml:13:15: services[0].environments[1].name is "production", the same environment name as in line 7. Names within a service must differ.',
			'rounds.yaml:14:12: services[1].name is "checkout", the same service name as in line 4. Names must differ.',
			'rounds.yaml:14:49: services[1].environments is an empty list, expected a list of at least 1 item',
			expect.stringMatching(/^rounds\.yaml:16:5: checks\[0\] is "podz", expected one of health, alerts, pods, .*. Did you mean "pods"\?$/),
			'rounds.yaml:18:14: checks[1].timeout is 10, expected a duration such as 90s, 15m, 36h or 7d',
			expect.stringMatching(
				/^rounds\.yaml:19:15: unknown key "restart" in checks\[1\]\.options. Did you mean "restarts"\? \(allowed: restarts, /,
			),
			'rounds.yaml:19:35: checks[1].options.memory is 2, expected at most 1',
			expect.stringMatching(
				/^rounds\.yaml:20:5: checks\[2\]\.check is missing. Expected one of health, .*. Did you mean "check" by "chek"\?$/,
			),
			'rounds.yaml:21:5: checks[3] is "pods", the same check id as in line 17. Give one of them its own id.',
			'rounds.yaml:22:9: opsLog is "docs", expected a mapping (key: value)',
			'20 mistakes in rounds.yaml.',
		]);
	});

	it('names each runbook that does not exist, for the common and the service’s own checklist', async () => {
		const runbooks = scratch({'pods.md': '# Pods', 'deeper/errors.md': '# Errors', 'notes.txt': ''});
		const text = minimal(
			'    checks: [{check: errors, runbook: error}]\nchecks: [{check: pods, runbook: pods}, {check: health, runbook: nothing-like-it}]\n',
		);
		expect(await mistakesOf(text, {runbooks})).toEqual([
			'rounds.yaml:6:39: services[0].checks[0].runbook is "error", but no such runbook exists. Did you mean "errors"? (known: errors, pods)',
			'rounds.yaml:7:65: checks[1].runbook is "nothing-like-it", but no such runbook exists (known: errors, pods)',
			'2 mistakes in rounds.yaml.',
		]);
	});

	it('says which options a kind cannot go without', async () => {
		const lines = await mistakesOf(minimal('checks: [http, {check: promql, options: {}}, {check: command}]\n'));
		expect(lines).toEqual([
			'rounds.yaml:6:10: checks[0] is "http", expected a mapping with "check: http" and its options (url)',
			'rounds.yaml:6:41: checks[1].options.query is missing. Expected text (PromQL. $service, $environment and $namespace are replaced by those of the round)',
			'rounds.yaml:6:46: checks[2].options is missing. Expected a mapping (key: value) (Thresholds and queries of this check)',
			'3 mistakes in rounds.yaml.',
		]);
	});

	it.each([
		['where a secret belongs', 'stripe: {key: hunter2-in-plain-text}'],
		['where a mapping belongs', 'stripe: sk_live_51abc'],
		['in an address', 'prometheus: {url: "ftp://bob:hunter2@example.com"}'],
		['in a header', 'prometheus: {url: "http://x", headers: {Authorization: [Bearer hunter2]}}'],
	])('never repeats a secret that is %s', async (_, line) => {
		const all = (await mistakesOf(minimal(`        sources: {${line}}\n`))).join('\n');
		expect(all).toMatch(/rounds\.yaml:6:\d+: /);
		expect(all).not.toMatch(/hunter2|sk_live/);
	});

	it('lets no escape sequence of the file through to the terminal', async () => {
		const all = (await mistakesOf(minimal('operator: ["\\e[31mred"]\n"\\e[2Jkey": 1\n'))).join('\n');
		expect(all).toContain('unknown key');
		// oxlint-disable-next-line no-control-regex -- the escape character is what must not be there
		expect(all).not.toMatch(/\u001B/);
	});
});

describe('broken YAML', () => {
	it.each([
		[
			'several syntax errors',
			'a: [1,\nb: "x\n',
			[/^rounds\.yaml:2:1: the indentation/, /^rounds\.yaml:3:1: something is not closed/, /^2 mistakes/],
		],
		['a tab', 'services:\n\t- name: a\n', [/^rounds\.yaml:2:1: this line is indented with a tab. Use spaces./, /^1 mistake /]],
		[
			'a key given twice, and what else is wrong',
			'operator: a\noperator: b\nservices: 1\n',
			[/:2:1: key "operator" is given twice/, /:3:11: services is 1, expected a list/, /^2 mistakes/],
		],
		['an alias without its anchor', 'services: *nowhere\n', [/^rounds\.yaml:1:11: Unresolved alias/, /^1 mistake /]],
		['a second document', 'a: 1\n---\nb: 2\n', [/^rounds\.yaml:2:1: a second document begins here/, /^1 mistake /]],
		['a list', '- 1\n', [/^rounds\.yaml:1:1: the file is a list, expected a mapping/, /^1 mistake /]],
		['plain words', 'hello\n', [/^rounds\.yaml:1:1: the file is "hello", expected a mapping/, /^1 mistake /]],
		[
			'aliases that explode',
			`a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [${'*a,'.repeat(30)}]\nc: &c [${'*b,'.repeat(30)}]\nd: [${'*c,'.repeat(30)}]\n`,
			[/alias/i, /^1 mistake /],
		],
	])('%s', async (_, text, expected) => {
		const lines = await mistakesOf(text);
		expect(lines).toHaveLength(expected.length);
		for (const [index, pattern] of expected.entries()) expect(lines[index]).toMatch(pattern);
	});
});

describe('a file that is none', () => {
	it.each([
		['empty', ''],
		['comments only', '# nothing yet\n'],
	])('%s', async (_, text) => {
		expect(await mistakesOf(text)).toEqual([expect.stringMatching(/^rounds\.yaml is empty: .*`rounds init`/)]);
	});

	it.each([
		['UTF-16', Buffer.from('\uFEFFservices:', 'utf16le')],
		['binary', Buffer.from([0x73, 0x00, 0x01])],
	])('%s', async (_, bytes) => {
		expect(await mistakesOf(bytes)).toEqual([expect.stringMatching(/is not UTF-8 text/)]);
	});

	it('huge', async () => {
		expect(await mistakesOf('#'.repeat(3 * 1024 * 1024))).toEqual([expect.stringMatching(/has 3\.0 MiB, but at most 1 MiB is read/)]);
	});

	it.each([
		['a directory', (at: string) => mkdirSync(at), /is a directory\. Name the file/],
		['a link that leads to itself', (at: string) => symlinkSync(at, at), /is a link that leads to itself/],
		['absent', () => undefined, /does not exist/],
	])('%s', async (_, make, expected) => {
		const cwd = scratch();
		make(join(cwd, 'other.yaml'));
		await expect(loadConfig({cwd, env: {}, path: 'other.yaml'})).rejects.toThrow(expected);
	});

	it.skipIf(process.getuid?.() === 0)('without permission', async () => {
		const cwd = scratch({'rounds.yaml': minimal()});
		chmodSync(join(cwd, 'rounds.yaml'), 0);
		await expect(loadConfig({cwd, env: {}})).rejects.toThrow(/cannot be read: permission denied/);
	});
});

describe('a file that is right', () => {
	it.each([
		['with a byte order mark', (text: string) => `\uFEFF${text}`],
		['with CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
		['without a final newline', (text: string) => text.trimEnd()],
	])('%s', async (_, change) => {
		const cwd = scratch({'rounds.yaml': change(minimal('operator: alice\n'))});
		const {config} = await loadConfig({cwd, env: {}});
		expect(config.operator).toBe('alice');
		expect(config.services[0]?.environments[0]).toMatchObject({name: 'production', health: [], sources: {}});
		expect(config.opsLog).toEqual({path: 'docs/ops/ops-log.md', records: 'docs/ops/rounds', commit: false, push: false});
	});

	it('places mistakes rightly also behind a byte order mark', async () => {
		expect((await mistakesOf(`\uFEFFservces: 1\n${minimal()}`))[0]).toMatch(/^rounds\.yaml:1:1: unknown key "servces"/);
	});

	it('turns durations into milliseconds and fills in the defaults of the checks', async () => {
		const cwd = scratch({
			'rounds.yaml': minimal('checks: [pods, {check: health, id: fast, every: 90s, timeout: 500ms, options: {slow: 2s}}]\n'),
		});
		const {config} = await loadConfig({cwd, env: {}});
		expect(config.checks).toMatchObject([
			{check: 'pods', options: {restarts: 3, window: 3_600_000}},
			{check: 'health', id: 'fast', every: 90_000, timeout: 500, options: {slow: 2000, timeout: 5000}},
		]);
	});

	it('shares parts by anchors and merge keys', async () => {
		const cwd = scratch({
			'rounds.yaml':
				'services:\n  - &base\n    name: a\n    owner: team\n    environments: [{name: production}]\n  - <<: *base\n    name: b\n',
		});
		expect((await loadConfig({cwd, env: {}})).config.services.map(({name, owner}) => `${name} ${owner}`)).toEqual(['a team', 'b team']);
	});
});

describe('where it is found', () => {
	it('is the nearest upwards, before the personal one', async () => {
		const root = scratch({
			'rounds.yaml': minimal('operator: far\n'),
			'a/.rounds.yaml': minimal('operator: near\n'),
			'a/b/c/empty': '',
			'xdg/rounds/rounds.yaml': minimal(),
		});
		const loaded = await loadConfig({cwd: join(root, 'a/b/c'), env: {XDG_CONFIG_HOME: join(root, 'xdg')}});
		expect(loaded.config.operator).toBe('near');
		expect(loaded.path).toBe(join(root, 'a/.rounds.yaml'));
		expect(loaded.directory).toBe(join(root, 'a'));
	});

	it.each([
		['XDG_CONFIG_HOME', (root: string) => ({XDG_CONFIG_HOME: join(root, 'home/.config')})],
		['HOME', (root: string) => ({HOME: join(root, 'home')})],
	])('is else the personal one of %s', async (_, env) => {
		const root = scratch({'home/.config/rounds/rounds.yaml': minimal(), 'work/empty': ''});
		expect((await loadConfig({cwd: join(root, 'work'), env: env(root)})).path).toBe(join(root, 'home/.config/rounds/rounds.yaml'));
	});

	it('is what --config says, before any other', async () => {
		const cwd = scratch({'rounds.yaml': minimal(), 'other.yaml': minimal('operator: other\n')});
		expect((await loadConfig({cwd, env: {}, path: 'other.yaml'})).config.operator).toBe('other');
	});

	it('is told in one sentence with the way on where there is none', async () => {
		const cwd = scratch();
		const refused = loadConfig({cwd, env: {XDG_CONFIG_HOME: join(cwd, 'xdg')}});
		await expect(refused).rejects.toMatchObject({exitCode: 78});
		await expect(refused).rejects.toThrow(/^No rounds\.yaml in [^\n]*`rounds init`[^\n]*`rounds demo`[^\n]*$/);
	});
});
