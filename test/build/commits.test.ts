/** The form of a commit message, as the hook and .ci/run check it. */
import {execa} from 'execa';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, test} from 'vitest';

const lint = (message: string) => execa('node', ['node_modules/.bin/commitlint'], {input: message, reject: false});

test.each([
	['fix(logs): keep the last line of a finished container\n\nThe server ends the stream before the last line is flushed.'],
	[`docs: ${'a'.repeat(66)}`],
	[`build(deps): bump ${'a-package '.repeat(9)}\n\nSigned-off-by: dependabot[bot] <support@github.com>`],
])('passes a message when it is a Conventional Commit: %s', async (message) => {
	const {exitCode, stdout} = await lint(message);
	expect(stdout).toBe('');
	expect(exitCode).toBe(0);
});

test.each([
	['Keep the last line', 'type-empty'],
	['repair(logs): keep the last line', 'type-enum'],
	[`docs: ${'a'.repeat(67)}`, 'header-max-length'],
	['fix(logs): keep the last line.', 'subject-full-stop'],
])('refuses a message when it is not one: %s', async (message, rule) => {
	const {exitCode, stdout} = await lint(message);
	expect(stdout).toContain(`[${rule}]`);
	expect(exitCode).toBe(1);
});

test('checks nothing when there is no history', async () => {
	const directory = await mkdtemp(path.join(tmpdir(), 'rounds-commits-'));
	try {
		await execa('mkdir', ['.ci'], {cwd: directory});
		await execa('cp', ['.ci/commits', path.join(directory, '.ci')]);
		const {stdout} = await execa('bash', [path.join(directory, '.ci', 'commits')], {cwd: directory});
		expect(stdout).toBe('No git history here: no commits to check');
	} finally {
		await rm(directory, {recursive: true, force: true});
	}
});
