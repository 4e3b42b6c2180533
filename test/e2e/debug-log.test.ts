/** ROUNDS_DEBUG: what the built program writes into its debug log, and what it never writes. */
import {readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {json, loopback} from '../adapters/loopback.ts';
import {runCli, temporaryDirectory} from '../helpers/cli.ts';
import {openRounds, scratch} from '../helpers/demo-terminal.ts';

const token = 'very"secret-token/1234567890';
const password = 'hunter22-of-prometheus';

const eventsIn = (file: string): readonly Record<string, unknown>[] =>
	readFileSync(file, 'utf8')
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line) as Record<string, unknown>);

test('writes each request with its attempt and each retry, and no secret', async () => {
	const cwd = temporaryDirectory();
	const file = join(cwd, 'debug.log');
	// Alertmanager fails at first, and its words repeat the token; Prometheus has a password in its address and in its path.
	let failed = false;
	const url = await loopback((request, response) => {
		if (request.url?.startsWith('/api/v2/alerts') && !failed) {
			failed = true;
			json(response, {message: `overloaded, ${token}`}, {status: 503, headers: {'retry-after': '1'}});
		} else json(response, []);
	});
	const withPassword = url.replace('http://', `http://alice:${password}@`);
	writeFileSync(
		join(cwd, 'rounds.yaml'),
		`services:
  - name: checkout
    owner: payments
    environments:
      - name: production
        sources:
          alertmanager: {url: "${url}", token: env:THE_TOKEN, filter: ['service="checkout"']}
          prometheus: {url: "${withPassword}/proxy"}
checks:
  - {check: alerts}
  - {check: http, id: front, options: {url: "${url}/front?key=${password}"}}
`,
	);
	await runCli(['check'], {cwd, env: {THE_TOKEN: token, ROUNDS_DEBUG: file}});
	const {host} = new URL(url);
	const events = eventsIn(file);
	expect(events[0]).toMatchObject({kind: 'start', node: process.versions.node});
	for (const {time} of events) expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
	const alerts = {kind: 'request', method: 'GET', address: `${host}/api/v2/alerts`, ms: expect.any(Number)};
	expect(events.filter(({address}) => address === alerts.address)).toMatchObject([
		{...alerts, attempt: 1, status: 503},
		{...alerts, attempt: 2, status: 200},
	]);
	expect(events).toContainEqual(expect.objectContaining({kind: 'request', method: 'GET', address: `${host}/front`, status: 200}));
	expect(events).toContainEqual(
		expect.objectContaining({kind: 'retry', source: 'alerts', attempt: 2, error: expect.stringContaining('overloaded, •••')}),
	);
	const [{inMs} = {}] = events.filter(({kind}) => kind === 'retry');
	expect(inMs).toBeGreaterThanOrEqual(1000);
	const text = readFileSync(file, 'utf8');
	for (const secret of [token, JSON.stringify(token).slice(1, -1), encodeURIComponent(token), password]) expect(text).not.toContain(secret);
	expect(text).not.toContain('filter=');
	expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('writes how checks change and what the operator decides', async () => {
	const home = await scratch();
	const file = join(home, 'debug.log');
	const rounds = openRounds({args: ['demo', 'all-clear'], home, env: {ROUNDS_DEBUG: file}});
	await rounds.at('Health');
	rounds.press('a');
	await rounds.decided(1);
	const events = eventsIn(file);
	expect(events).toContainEqual(expect.objectContaining({kind: 'check', check: 'health', phase: 'running'}));
	expect(events).toContainEqual(expect.objectContaining({kind: 'check', check: 'health', phase: 'done', status: 'ok'}));
	expect(events).toContainEqual(expect.objectContaining({kind: 'round', event: 'decided', step: 'health'}));
	// The company that is simulated next to it writes nothing here.
	expect(events.filter(({kind}) => kind === 'start')).toHaveLength(1);
});

test('writes how the streams of a log change', async () => {
	const cwd = temporaryDirectory();
	const file = join(cwd, 'debug.log');
	writeFileSync(join(cwd, 'app.log'), 'one line\n');
	const {stdout} = await runCli(['tail', 'app.log', '--no-follow'], {cwd, env: {ROUNDS_DEBUG: file}});
	expect(stdout).toContain('one line');
	expect(eventsIn(file)).toContainEqual(expect.objectContaining({kind: 'stream', stream: 'app.log', state: 'ended'}));
});

const unwritable: readonly (readonly [path: string, exitCode: number, sentence: string])[] = [
	['/no-such-directory/debug.log', 73, 'ROUNDS_DEBUG: /no-such-directory/debug.log: No such directory.'],
	['.', 73, 'ROUNDS_DEBUG: .: Is a directory.'],
	['/dev/full', 74, 'ROUNDS_DEBUG: /dev/full: No space left on device.'],
];
test.each(unwritable.filter(([path]) => path !== '/dev/full' || process.platform === 'linux'))(
	'says in one sentence that %s cannot be written, and ends with %i',
	async (path, exitCode, sentence) => {
		const result = await runCli(['completion', 'bash'], {cwd: temporaryDirectory(), env: {ROUNDS_DEBUG: path}});
		expect(result).toMatchObject({exitCode, stdout: ''});
		expect(result.stderr).toMatch(/^rounds: [^\n]*\nSee: rounds help troubleshooting\n$/);
		expect(result.stderr).toContain(sentence);
	},
);
