import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {createRunBlock, type RunBlockOptions} from '../../../src/adapters/programs/run-argv.ts';
import type {RunPlan} from '../../../src/runbooks/blocks/run-block.ts';

let cwd = '';
beforeEach(async () => {
	cwd = await mkdtemp(join(tmpdir(), 'rounds-block-'));
});
afterEach(() => rm(cwd, {recursive: true}));

const env = {PATH: process.env['PATH']};

/** Runs the plan to its end. */
async function run(plan: Partial<RunPlan>, options: Partial<RunBlockOptions> = {}) {
	let output = '';
	const runBlock = createRunBlock({cwd, env, ...options});
	const {ended} = runBlock({argvs: [], env: {}, ...plan}, (text) => {
		output += text;
	});
	const {done, words} = await ended;
	return {done, words, output};
}

test('both streams come as they are, and nothing of an argument is read by a shell', async () => {
	const nasty = '$(touch made); `id` > made | x';
	expect(await run({argvs: [['echo', nasty]]})).toEqual({done: true, words: 'exit code 0', output: `${nasty}\n`});
	await expect(readFile(join(cwd, 'made'))).rejects.toThrow('ENOENT');
	expect((await run({argvs: [['sh', '-c', 'echo out; echo err >&2']]})).output.split('\n').toSorted()).toEqual(['', 'err', 'out']);
});

test('a value in the environment of a shell is a value: nothing of it is run', async () => {
	const value = '$(touch made); `touch made` "x';
	expect(await run({argvs: [['sh', '-c', 'echo "$POD"']], env: {POD: value}})).toMatchObject({output: `${value}\n`});
	await expect(readFile(join(cwd, 'made'))).rejects.toThrow('ENOENT');
});

test('commands run one after the other until one fails', async () => {
	expect(await run({argvs: [['echo', 'a'], ['false'], ['echo', 'b']]})).toEqual({done: false, words: 'exit code 1', output: 'a\n'});
});

test.each([
	[['no-such-program-here'], 'no-such-program-here is not installed, or not in PATH'],
	[['./plain'], './plain is not executable: no permission'],
	[['sh', '-c', 'no-such-program-here'], 'exit code 127: a program in it is not installed, or not in PATH'],
	[['sh', '-c', 'exit 3'], 'exit code 3'],
	[['sh', '-c', 'kill -KILL $$'], 'ended by SIGKILL'],
])('%j ends in words', async (argv, words) => {
	await writeFile(join(cwd, 'plain'), 'echo', {mode: 0o644});
	expect(await run({argvs: [argv]})).toMatchObject({done: false, words});
});

test('what takes too long is stopped and says so', async () => {
	expect(await run({argvs: [['sleep', '60']]}, {timeoutMs: 50})).toMatchObject({words: 'not done within 0 s, so it was stopped'});
});

test('stopping ends the program and what it started', async () => {
	let output = '';
	const started = Promise.withResolvers<void>();
	const {stop, ended} = createRunBlock({cwd, env, patienceMs: 100})(
		{argvs: [['sh', '-c', 'sleep 300 & echo $!; wait']], env: {}},
		(text) => {
			output += text;
			if (output.includes('\n')) started.resolve();
		},
	);
	await started.promise;
	stop();
	expect(await ended).toMatchObject({done: false, words: 'stopped'});
	await expect.poll(() => isAlive(Number(output)), {timeout: 5000}).toBe(false);
});

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

test('kubectl is told the context that is looked at, before any other kubeconfig', async () => {
	const argvs = [['sh', '-c', 'echo "$KUBECONFIG"; cat "${KUBECONFIG%%:*}"']];
	const {output} = await run({argvs}, {kubernetes: {context: 'eu-1', kubeconfig: '/etc/kube'}});
	expect(output).toMatch(/:\/etc\/kube\n/);
	expect(output).toContain('"current-context":"eu-1"');
	expect((await run({argvs: [['sh', '-c', 'echo "$KUBECONFIG"']]}, {kubernetes: {kubeconfig: '/etc/kube'}})).output).toBe('/etc/kube\n');
	expect((await run({argvs: [['sh', '-c', 'echo "$KUBECONFIG"']]})).output).toBe('\n');
});
