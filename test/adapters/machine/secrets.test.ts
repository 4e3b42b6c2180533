import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import {createSecrets} from '../../../src/adapters/machine/secrets.ts';
import type {CommandRunner} from '../../../src/ports/commands.ts';
import {SourceError} from '../../../src/base/source-error.ts';

const result = {exitCode: 0, stdout: '', stderr: '', durationMs: 1};
const noCommands: CommandRunner = {
	run: () => Promise.reject(new SourceError({source: 'op', kind: 'not-configured', message: 'op is not installed, or not in PATH'})),
};

function directory(): string {
	const path = mkdtempSync(join(tmpdir(), 'rounds-secrets-'));
	onTestFinished(() => rmSync(path, {recursive: true}));
	return path;
}

it('reads a variable, and says what to export where it is missing or empty', async () => {
	const secrets = createSecrets({env: {TOKEN: ' abc \n', EMPTY: ''}, run: noCommands, baseDirectory: '/'});
	expect(await secrets.resolve('env:TOKEN', 'Sentry')).toBe('abc');
	await expect(secrets.resolve('env:OTHER', 'Sentry')).rejects.toMatchObject({
		kind: 'missing-credential',
		source: 'Sentry',
		message: 'The credential of Sentry is missing: OTHER is not set',
		advice: 'export OTHER=…',
	});
	await expect(secrets.resolve('env:EMPTY', 'Sentry')).rejects.toThrow('EMPTY is empty');
});

it('reads a file of mode 600 and refuses one that others can read', async () => {
	const baseDirectory = directory();
	const path = join(baseDirectory, 'token');
	writeFileSync(path, 'from-file\nsecond line\n');
	chmodSync(path, 0o640);
	const secrets = createSecrets({env: {}, run: noCommands, baseDirectory});
	await expect(secrets.resolve('file:token', 'Stripe')).rejects.toMatchObject({
		message: expect.stringContaining('mode 640') as string,
		advice: `chmod 600 ${path}`,
	});
	// What was fixed while the program runs is seen.
	chmodSync(path, 0o600);
	expect(await secrets.resolve('file:token', 'Stripe')).toBe('from-file');
	await expect(secrets.resolve('file:absent', 'Stripe')).rejects.toThrow('does not exist');
});

it('runs a command once and takes its first line', async () => {
	const calls: (readonly string[])[] = [];
	const run: CommandRunner = {
		async run(argv) {
			calls.push(argv);
			return {...result, stdout: '  top-secret  \nnoise\n'};
		},
	};
	const secrets = createSecrets({env: {}, run, baseDirectory: '/'});
	const reference = {command: ['op', 'read', 'op://ops/sentry']};
	expect(await Promise.all([secrets.resolve(reference, 'Sentry'), secrets.credential(reference, 'Sentry').value()])).toEqual([
		'top-secret',
		'top-secret',
	]);
	expect(calls).toEqual([['op', 'read', 'op://ops/sentry']]);
});

it('explains a command that is missing, fails or prints nothing', async () => {
	const resolve = (run: CommandRunner) => createSecrets({env: {}, run, baseDirectory: '/'}).resolve({command: ['op', 'read']}, 'Sentry');
	await expect(resolve(noCommands)).rejects.toMatchObject({
		kind: 'missing-credential',
		message: expect.stringContaining('not installed') as string,
	});
	await expect(resolve({run: async () => ({...result, exitCode: 1})})).rejects.toThrow('op ended with exit code 1');
	await expect(resolve({run: async () => result})).rejects.toThrow('op printed nothing');
});

it('replaces every secret that was read, also in its address form', async () => {
	const secrets = createSecrets({env: {A: 'p@ss/word', B: 'p@ss/word-longer', C: 'unread'}, run: noCommands, baseDirectory: '/'});
	await secrets.resolve('env:A', 'x');
	await secrets.resolve('env:B', 'x');
	expect(secrets.redact('p@ss/word-longer and p%40ss%2Fword, unread')).toBe('••• and •••, unread');
});
