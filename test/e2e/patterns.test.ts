/** `rounds patterns` as a person and a script run it. */
import {execFile} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {expect, test} from 'vitest';
import {cliEnv, cliPath, runCli, temporaryDirectory} from '../helpers/cli.ts';

const shell = promisify(execFile);
const log = Array.from({length: 2000}, (_, line) =>
	line % 4 ? `order ${line} accepted` : `payment of order ${line} failed: card declined`,
);

test('a log in a pipe becomes a table, and needs no rounds.yaml', async () => {
	const {exitCode, stdout, stderr} = await runCli(['patterns', '-'], {cwd: temporaryDirectory(), input: `${log.join('\n')}\n`});
	expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''});
	expect(stdout).toMatch(/^COUNT .*\n1,500 +75 % .* order <\*> accepted\n {2}500 +25 % .* payment of order <\*> failed: card declined\n$/);
});

test('--assign gives every line its id, in order', async () => {
	const {stdout} = await runCli(['patterns', '-', '--assign'], {cwd: temporaryDirectory(), input: log.join('\n')});
	expect(stdout).toBe(log.map((_, line) => (line % 4 ? '2\n' : '1\n')).join(''));
});

test('what cannot be read is one sentence and a code', async () => {
	const cwd = temporaryDirectory();
	const missing = await runCli(['patterns', 'none.log'], {cwd});
	expect(missing).toEqual({exitCode: 66, stdout: '', stderr: 'rounds: There is no file none.log.\nSee: rounds help logs\n'});
	const bare = await runCli(['patterns'], {cwd});
	expect(bare.exitCode).toBe(64);
	expect(bare.stderr).toContain('missing required argument');
});

test('a reader that goes away ends it without a word', async () => {
	const cwd = temporaryDirectory();
	writeFileSync(join(cwd, 'long.log'), `${Array.from({length: 300_000}, () => 'tick').join('\n')}\n`);
	const {stdout, stderr} = await shell('sh', ['-c', `"${process.execPath}" "${cliPath}" patterns long.log --assign | head -n 2`], {
		cwd,
		env: cliEnv(),
	});
	expect({stdout, stderr}).toEqual({stdout: '1\n1\n', stderr: ''});
});
