/** `rounds runbook` as a user types it: data on stdout, talk on stderr, exit codes of grep and sysexits. */
import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, expect, it} from 'vitest';
import {runCli, temporaryDirectory} from '../helpers/cli.ts';

let cwd = '';

beforeEach(() => {
	cwd = temporaryDirectory();
});

const rounds = (...args: readonly string[]) => runCli(args, {cwd});
const put = (name: string, text: string | Uint8Array) => writeFileSync(join(cwd, name), text);

function team(): void {
	mkdirSync(join(cwd, 'docs/runbooks'), {recursive: true});
	put(
		'rounds.yaml',
		'services:\n  - {name: checkout, owner: payments, runbooks: docs/runbooks, environments: [{name: production}]}\nchecks: [pods]\n',
	);
	put(
		'docs/runbooks/drain-queue.md',
		'---\ntitle: Drain the queue\nchecks: [pods]\nowner: alice\nlast_reviewed_on: 2026-11-20\nreview_in: 36500d\n---\n\n## Do\n\nAsk the broker.\n',
	);
}

it('lists, finds and shows the embedded ones where there is no rounds.yaml', async () => {
	const list = await rounds('runbook');
	expect(list).toMatchObject({exitCode: 0, stderr: ''});
	expect(list.stdout).toMatch(/^NAME +TITLE +CHECKS +REVIEWED\n(?:.+\n){25,}$/);

	const found = await rounds('runbook', 'stuck', 'webhoooks');
	expect(found).toMatchObject({exitCode: 0, stderr: ''});
	expect(found.stdout).toMatch(/^stuck-webhooks {2}Webhooks are stuck[^\n]*\n {4}\S[^\n]*\n {4}\/\S+\/runbooks\/stuck-webhooks\.md:\d+\n/);

	const shown = await rounds('runbook', 'show', 'https://wiki.example.com/OOM-Killed.md#decide');
	expect(shown).toMatchObject({exitCode: 0, stderr: ''});
	expect(shown.stdout).toMatch(/^OOMKilled: [^\n]+\n[^]+\n## Decide\n/);

	expect(await rounds('runbook', 'nonsense-of-ours')).toMatchObject({
		exitCode: 1,
		stdout: '',
		stderr: expect.stringMatching(/^rounds: nothing found in \d+ runbooks\n$/),
	});
	expect(await rounds('runbook', 'show', 'oom-kiled')).toEqual({
		exitCode: 1,
		stdout: '',
		stderr: 'rounds: there is no runbook "oom-kiled". Did you mean "oom-killed"?\n',
	});
});

it('has the team’s first, for people and for programs', async () => {
	team();
	expect((await rounds('runbook')).stdout.split('\n')[1]).toMatch(/^drain-queue +Drain the queue +pods +2026-11-20$/);
	const found = await rounds('runbook', 'broker', '--format', 'json');
	expect(JSON.parse(found.stdout)).toMatchObject([{id: 'drain-queue', heading: 'Do', line: 11, embedded: false}]);
});

it('lint is for a pipeline: 0, 65 for errors, 66 where there is nothing', async () => {
	expect(await rounds('runbook', 'lint')).toMatchObject({exitCode: 66, stdout: ''});
	team();
	expect(await rounds('runbook', 'lint', '--strict')).toEqual({
		exitCode: 0,
		stdout: '',
		stderr: 'rounds: 1 runbook, 0 errors, 0 warnings\n',
	});

	put('docs/runbooks/stale.md', '---\nowner: bob\nlast_reviewed_on: 2020-01-01\n---\nText.\n');
	expect(await rounds('runbook', 'lint')).toEqual({
		exitCode: 0,
		stdout: 'docs/runbooks/stale.md:3: warning: review overdue since 2020-06-29, last reviewed on 2020-01-01\n',
		stderr: 'rounds: 2 runbooks, 0 errors, 1 warning\n',
	});
	expect(await rounds('runbook', 'lint', '--strict')).toMatchObject({exitCode: 65});

	put('docs/runbooks/dead.md', '---\nowner: bob\nlast_reviewed_on: 2026-11-20\nreview_in: 36500d\n---\n[a](gone.md)\n');
	const dead = await rounds('runbook', 'lint', 'docs/runbooks', '--format', 'json');
	expect(dead).toMatchObject({exitCode: 65});
	expect(JSON.parse(dead.stdout)).toMatchObject([
		{line: 6, level: 'error'},
		{line: 3, level: 'warning'},
	]);
});

it('bad input is a line each, and the rest is found', async () => {
	team();
	put('docs/runbooks/broken.md', '---\ntitle: [\n---\nThe broker is broken.\n');
	put('docs/runbooks/huge.md', `# Huge\n\n${'the broker waits and waits\n'.repeat(200_000)}`);
	put('docs/runbooks/binary.md', Buffer.from([0x89, 0x50, 0, 1]));
	symlinkSync('.', join(cwd, 'docs/runbooks/again'));
	symlinkSync('self.md', join(cwd, 'docs/runbooks/self.md'));
	const found = await rounds('runbook', 'broker', '--format', 'json');
	expect(found).toMatchObject({
		exitCode: 0,
		stderr: 'rounds: docs/runbooks/binary.md is not UTF-8 text\nrounds: docs/runbooks/self.md is a link that leads to itself\n',
	});
	expect((JSON.parse(found.stdout) as readonly {id: string}[]).map(({id}) => id).toSorted()).toEqual(['broken', 'drain-queue', 'huge']);

	const list = await rounds('runbook');
	expect(list.exitCode).toBe(0);
	expect(list.stderr).toMatch(/rounds: docs\/runbooks\/broken\.md:2: front matter is not YAML: [^\n]+\n$/);

	const linted = await rounds('runbook', 'lint');
	expect(linted.exitCode).toBe(65);
	expect(linted.stdout.split('\n').filter((line) => line.includes(': error: '))).toHaveLength(3);
	expect(linted.stdout).toMatch(/huge\.md:1: warning: 5\.\d MB is too long/);
});

it('refuses what it cannot understand, with the code for a mistake on the command line', async () => {
	expect(await rounds('runbook', 'x', '--limit', 'many')).toMatchObject({exitCode: 64, stdout: ''});
	expect(await rounds('runbook', 'show')).toMatchObject({exitCode: 64, stdout: ''});
	expect(await rounds('runbook', '--format', 'xml')).toMatchObject({exitCode: 64, stdout: ''});
});
