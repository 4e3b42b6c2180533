/** `npm run new check NAME`, in a copy of the repository. */
import {execFileSync, spawnSync} from 'node:child_process';
import {cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {expect, test} from 'vitest';
import {repositoryFiles} from '../helpers/repository.ts';

function copyOfRepository(): string {
	const root = mkdtempSync(join(tmpdir(), 'copy-'));
	for (const file of repositoryFiles()) {
		mkdirSync(dirname(join(root, file)), {recursive: true});
		cpSync(file, join(root, file));
	}
	symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
	return root;
}

const run = (root: string, ...words: readonly string[]) =>
	spawnSync(process.execPath, ['src/build/new-check.mjs', ...words], {cwd: root, encoding: 'utf8'});

test('makes a check that passes types, lint and its tests when a name is given', () => {
	const root = copyOfRepository();
	expect(run(root, 'check', 'queue-depth')).toMatchObject({status: 0, stderr: ''});
	for (const file of ['src/checks/queue-depth/judge.ts', 'runbooks/queue-depth.md', 'views/panes/queue-depth-pane.ts'])
		expect(existsSync(join(root, file))).toBe(true);
	expect(readFileSync(join(root, 'src/manual/checks.md'), 'utf8')).toContain('| `queue-depth` | Queue depth |');
	const node = (...argv: readonly string[]) =>
		execFileSync(process.execPath, argv, {cwd: root, encoding: 'utf8', env: {...process.env, VITEST: undefined}});
	node('node_modules/typescript/bin/tsc', '-p', '.', '--incremental', 'false');
	node('node_modules/oxlint/bin/oxlint', 'src/checks', 'views/panes', 'test/checks');
	node('node_modules/oxfmt/bin/oxfmt', '--check', 'src/checks', 'views/panes', 'test/checks', 'test/helpers');
	node('node_modules/textlint/bin/textlint.js', '--rulesdir', 'test/words/prose', 'runbooks/queue-depth.md');
	node(
		'node_modules/vitest/vitest.mjs',
		'run',
		'--project',
		'rest',
		'test/checks/queue-depth',
		'test/checks/registry.test.ts',
		'test/views/round/panes.test.ts',
		'test/docs/readme.test.ts',
	);
}, 120_000);

test.each([
	[['check'], 64, 'npm run new check NAME'],
	[['check', 'Queue Depth'], 64, 'expected a name in lower case'],
	[['check', 'kit'], 73, 'already exists. Nothing was written.'],
	[['check', 'delete'], 64, 'is taken in the code'],
	[['check', 'options'], 64, 'is taken in the code'],
	[['check', 'log--standard'], 64, 'expected a name in lower case'],
	[['check', 'pods'], 73, 'already exists. Nothing was written.'],
	[['key', 'x'], 64, 'npm run new check NAME'],
])('refuses %j with one sentence', (words, status, sentence) => {
	const {stderr, ...result} = run(resolve('.'), ...words);
	expect(result).toMatchObject({status, stdout: ''});
	expect(stderr).toContain(sentence);
	expect(stderr.trim().split('\n')).toHaveLength(1);
});
