/** `rounds log` as a user types it: data on stdout, talk on stderr, exit codes of grep and sysexits. */
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, expect, it} from 'vitest';
import {homeAt, runCli, temporaryDirectory} from '../helpers/cli.ts';

let cwd = '';

beforeEach(() => {
	cwd = temporaryDirectory();
	writeFileSync(join(cwd, 'rounds.yaml'), 'services:\n  - {name: checkout, owner: payments, environments: [{name: production}]}\n');
});

const rounds = (...args: readonly string[]) => runCli(args, {cwd});

it('begins, adds, finds, and says what it does not find', async () => {
	expect(await rounds('log')).toEqual({
		exitCode: 66,
		stdout: '',
		stderr: expect.stringMatching(/^rounds: No ops log at docs\/ops\/ops-log\.md yet[^\n]+\nSee: rounds help ops-log\n$/),
	});

	const added = await rounds('log', 'add', '--check', 'pods', 'restarted', 'the api');
	expect(added).toMatchObject({exitCode: 0, stderr: 'rounds: appended to docs/ops/ops-log.md\n'});
	expect(added.stdout).toMatch(
		/^- \d{4}-\d\d-\d\d \d\d:\d\d \+00:00 · checkout\/production · alice · ok · pods restarted the api · no anomalies · 0s\n$/,
	);

	const found = await rounds('log', 'RESTARTED', '--format', 'json');
	expect(found).toMatchObject({exitCode: 0, stderr: ''});
	expect(JSON.parse(found.stdout)).toMatchObject([{operator: 'alice', findings: ['pods restarted the api']}]);

	expect(await rounds('log', 'nonsense')).toEqual({exitCode: 1, stdout: '', stderr: 'rounds: nothing found in docs/ops/ops-log.md\n'});
	expect(await rounds('log', 'trends')).toMatchObject({exitCode: 1, stdout: ''});
});

it('refuses what it cannot read, with the code for a mistake on the command line', async () => {
	expect(await rounds('log', '--status', 'fine')).toMatchObject({exitCode: 64, stdout: ''});
	expect(await rounds('log', '--since', 'soon')).toMatchObject({exitCode: 64, stdout: ''});
});

it('takes a line from standard input', async () => {
	const {exitCode, stdout} = await runCli(['log', 'add', '-'], {cwd, input: 'from a script\n'});
	expect(exitCode).toBe(0);
	expect(stdout).toContain(' · from a script · ');
});

it('sees at once that rounds.yaml was changed, however often it was asked before', async () => {
	// All runs of one user.
	const rounds = (...args: readonly string[]) => runCli(args, {cwd, env: homeAt(cwd)});
	await rounds('log', 'add', 'restarted the api');
	expect(await rounds('log')).toMatchObject({exitCode: 0});
	expect(await rounds('log')).toMatchObject({exitCode: 0});

	const yaml = 'services:\n  - {name: checkout, owner: payments, environments: [{name: production}]}\n';
	writeFileSync(join(cwd, 'rounds.yaml'), `${yaml}opsLog: {path: elsewhere.md}\n`);
	expect(await rounds('log')).toMatchObject({exitCode: 66, stderr: expect.stringContaining('No ops log at elsewhere.md yet')});

	writeFileSync(join(cwd, 'rounds.yaml'), `${yaml}opsLog: {paht: elsewhere.md}\n`);
	expect(await rounds('log')).toMatchObject({exitCode: 78, stderr: expect.stringContaining('unknown key "paht"')});
	expect(await rounds('log')).toMatchObject({exitCode: 78});
});
