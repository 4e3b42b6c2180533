import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, it, onTestFinished, vi} from 'vitest';
import {createCommandRunner} from '../../../src/adapters/programs/command-runner.ts';

const commands = createCommandRunner();
const node = (script: string, ...rest: readonly string[]) => [process.execPath, '-e', script, ...rest];
const options = {timeoutMs: 10_000};

function directory(): string {
	const path = mkdtempSync(join(tmpdir(), 'rounds-commands-'));
	onTestFinished(() => rmSync(path, {recursive: true}));
	return path;
}

it('gives output and exit code as data, without a shell', async () => {
	const result = await commands.run(
		node('console.log(process.argv[1]); console.error("oops"); process.exitCode = 3', '$HOME; rm *'),
		options,
	);
	expect(result).toMatchObject({exitCode: 3, stdout: '$HOME; rm *\n', stderr: 'oops\n'});
	expect(result.durationMs).toBeGreaterThan(0);
});

it('passes input, environment and directory', async () => {
	const script = 'process.stdin.on("data", (d) => console.log(String(d), process.env.WORD, process.cwd()))';
	const result = await commands.run(node(script), {...options, input: 'hello', env: {WORD: 'world'}, cwd: '/'});
	expect(result.stdout).toBe('hello world /\n');
});

it('tells a signal as shells do', async () => {
	expect((await commands.run(node('process.kill(process.pid, "SIGKILL")'), options)).exitCode).toBe(137);
});

it('says what is not installed', async () => {
	await expect(commands.run(['rounds-no-such-program'], options)).rejects.toMatchObject({
		kind: 'not-configured',
		message: 'rounds-no-such-program is not installed, or not in PATH',
		advice: 'Install rounds-no-such-program',
	});
	const plain = join(directory(), 'plain');
	writeFileSync(plain, 'no program', {mode: 0o600});
	await expect(commands.run([plain], options)).rejects.toThrow(`${plain} is not executable`);
	await expect(commands.run([], options)).rejects.toThrow('The command is empty');
});

it('stops a command that takes too long, with what it started', async () => {
	const pidFile = join(directory(), 'pid');
	const child = `require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1000)`;
	const parent = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], {stdio: 'ignore'}); setInterval(() => {}, 1000)`;
	const controller = new AbortController();
	const running = commands.run(node(parent), {...options, signal: controller.signal});
	const ended = running.catch((error: unknown) => error);
	await vi.waitFor(() => expect(existsSync(pidFile) && readFileSync(pidFile, 'utf8')).toMatch(/^\d+$/), {timeout: 10_000});
	controller.abort(new Error('the operator left'));
	expect(await ended).toMatchObject({message: 'the operator left'});
	const pid = Number(readFileSync(pidFile, 'utf8'));
	await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), {timeout: 5000});
});

it('names the time limit', async () => {
	await expect(commands.run(node('setInterval(() => {}, 1000)'), {timeoutMs: 200})).rejects.toMatchObject({
		kind: 'timeout',
		message: expect.stringContaining('did not end within 0.2 s') as string,
	});
});
