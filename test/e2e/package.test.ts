/** What a user installs: the tarball, globally, into an empty prefix, with nothing else at hand. */
import {execa} from 'execa';
import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';

let directory: string;
let bin: string;

beforeAll(async () => {
	directory = await mkdtemp(path.join(tmpdir(), 'rounds-package-'));
	await execa('npm', ['pack', '--ignore-scripts', '--pack-destination', directory]);
	const tarball = (await readdir(directory)).find((name) => name.endsWith('.tgz'));
	if (!tarball) throw new Error('npm pack made no tarball');
	await execa('npm', ['install', '--global', '--offline', '--prefix', directory, path.join(directory, tarball)]);
	bin = path.join(directory, 'bin', 'rounds');
}, 120_000);
afterAll(async () => {
	await rm(directory, {recursive: true, force: true});
});

test('the installed rounds tells its version', async () => {
	const {stdout} = await execa(bin, ['--version'], {cwd: directory});
	expect(stdout).toMatch(/^\d+\.\d+\.\d+$/);
});

test('holds the manual and finds it with the runbooks when it is installed', async () => {
	const page = await execa(bin, ['help', 'walk'], {cwd: directory});
	expect(page.stdout).toMatch(/^# The walk\n/);
	const found = await execa(bin, ['runbook', 'silence', 'expire'], {cwd: directory, env: {HOME: directory}});
	expect(found.stdout).toContain('help-announcing');
});

test('the installed rounds makes the demo round with its runbooks and its schema inside', async () => {
	const {stdout, exitCode} = await execa(bin, ['check', '--demo', '--format', 'json'], {
		cwd: directory,
		reject: false,
		env: {HOME: directory},
	});
	expect(exitCode).toBe(2);
	const report = JSON.parse(stdout);
	expect(report).toMatchObject({version: 1, service: 'checkout', status: 'critical'});
	const installed = path.join(directory, 'lib', 'node_modules', 'rounds');
	expect(await readdir(path.join(installed, 'runbooks'))).toContain('pods.md');
	expect(await readdir(path.join(installed, 'dist'))).toEqual(
		expect.arrayContaining(['rounds.schema.json', 'report.schema.json', 'THIRD-PARTY-NOTICES.txt']),
	);
});
