/** Record, git and the plan of the closing: against real files and a real repository. */
import {execFileSync} from 'node:child_process';
import {chmod, mkdir, mkdtemp, readdir, readFile, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeEach, describe, expect, it} from 'vitest';
import {systemClock as clock} from '../../src/adapters/machine/system-clock.ts';
import {createCommandRunner} from '../../src/adapters/programs/command-runner.ts';
import {commitCommands} from '../../src/ops-log/log-git.ts';
import {shown} from '../../src/base/shell-words.ts';
import {performWrite, type PerformOptions, planWrites} from '../../src/ops-log/planned-writes.ts';
import {findRecord, type RoundRecord, writeRecord} from '../../src/ops-log/record-file.ts';
import type {CommandRunner} from '../../src/ports/commands.ts';
import {SourceError} from '../../src/base/source-error.ts';
import {round} from '../round/samples.ts';

const entry = '- 2026-11-20 08:42 +01:00 · checkout/production · alice · ok · no anomalies · 6m12s';
const config = {path: 'docs/ops/ops-log.md', records: 'docs/ops/rounds', commit: true, push: true};
const state = round();
const commands = createCommandRunner();

let root = '';

beforeEach(async () => {
	root = await mkdtemp(join(tmpdir(), 'rounds-closing-'));
});

function options(over: Partial<PerformOptions> = {}): PerformOptions {
	return {config, root, state, entry, clock, commands, readOnly: false, keep: () => undefined, recorded: () => undefined, ...over};
}

function git(...argv: string[]): string {
	return execFileSync('git', argv, {cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']});
}

function repository(): void {
	git('init', '-q', '-b', 'main');
	git('config', 'user.email', 'alice@example.com');
	git('config', 'user.name', 'alice');
}

it('shows a closed round in the record, although it is written just before', async () => {
	const {closedAt: _, ...open} = state;
	expect(await performWrite('record', options({state: {...open, phase: 'closing'}}))).toMatchObject({done: true});
	const written = await findRecord({directory: join(root, config.records), record: {version: 1, entry, round: state}});
	expect(JSON.parse(await readFile(written ?? '', 'utf8'))).toMatchObject({round: {phase: 'closed', closedAt: expect.any(Number)}});
});

describe('writeRecord', () => {
	const record: RoundRecord = {version: 1, entry, round: state};

	it('holds the whole round', async () => {
		const path = await writeRecord({directory: join(root, 'a', 'b'), record});
		expect(path).toBe(join(root, 'a', 'b', '2026-11-20T0831-checkout-production-alice.json'));
		expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(record);
	});

	it('replaces its own record, never another one', async () => {
		const path = await writeRecord({directory: root, record});
		expect(await writeRecord({directory: root, record: {...record, entry: 'again'}})).toBe(path);
		const other = {...record, round: {...state, startedAt: state.startedAt + 1}};
		expect(await findRecord({directory: root, record: other})).toBeUndefined();
		const beside = await writeRecord({directory: root, record: other});
		expect(beside).toBe(path.replace('.json', '-2.json'));
		expect(await findRecord({directory: root, record: other})).toBe(beside);
		expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({entry: 'again'});
		expect(await readdir(root)).toHaveLength(2);
	});

	it('keeps a file that it cannot read', async () => {
		const path = join(root, `${state.id}.json`);
		await writeFile(path, 'by hand');
		await writeRecord({directory: root, record});
		expect(await readFile(path, 'utf8')).toBe('by hand');
	});

	it('reports an error of the file system in one sentence', async () => {
		await writeFile(join(root, 'file'), '');
		await expect(writeRecord({directory: join(root, 'file'), record})).rejects.toThrow('a part of its path is a file, not a directory');
	});
});

describe('planWrites', () => {
	it('shows exactly what will be written and run, and what goes to other systems', () => {
		const record = `docs/ops/rounds/${state.id}.json`;
		expect(planWrites(options())).toEqual([
			{id: 'entry', title: 'append one line to docs/ops/ops-log.md', detail: entry, outside: false},
			{id: 'record', title: `write the record ${record}`, detail: join(root, record), outside: false},
			{
				id: 'commit',
				title: 'commit these two files',
				detail: `git add -- docs/ops/ops-log.md ${record} && git commit -m 'Round of checkout production by alice' -- docs/ops/ops-log.md ${record}`,
				outside: false,
			},
			{id: 'push', title: 'push the commit', detail: 'git push', outside: true},
		]);
	});

	it('plans only what is configured', () => {
		const plain = planWrites(options({config: {...config, commit: false, push: false}}));
		expect(plain.map(({id}) => id)).toEqual(['entry', 'record']);
	});

	it('quotes as a shell would need it', () => {
		expect(commitCommands(["it's; rm"], 'm').map(shown)[0]).toBe(String.raw`git add -- 'it'\''s; rm'`);
	});
});

describe('performWrite', () => {
	it('appends, records and commits exactly these two files', async () => {
		repository();
		await writeFile(join(root, 'mine.txt'), 'half done');
		git('add', 'mine.txt');
		const kept: string[] = [];
		const all = options({keep: (line) => kept.push(line)});
		expect(await performWrite('entry', all)).toEqual({id: 'entry', done: true, text: 'one line appended to docs/ops/ops-log.md'});
		expect(await performWrite('entry', all)).toMatchObject({done: true, text: 'docs/ops/ops-log.md has this line already'});
		expect(kept).toEqual([entry, entry]);
		expect(await performWrite('record', all)).toMatchObject({done: true, text: `record written to docs/ops/rounds/${state.id}.json`});
		expect(await performWrite('commit', all)).toEqual({id: 'commit', done: true, text: 'committed'});
		expect(git('show', '--name-only', '--format=%s', 'HEAD').trim().split('\n')).toEqual([
			'Round of checkout production by alice',
			'',
			'docs/ops/ops-log.md',
			`docs/ops/rounds/${state.id}.json`,
		]);
		expect(git('status', '--porcelain')).toBe('A  mine.txt\n');
		expect(await performWrite('commit', all)).toMatchObject({done: true, text: 'nothing to commit: already committed'});
	});

	it('pushes to the branch’s upstream', async () => {
		repository();
		const remote = await mkdtemp(join(tmpdir(), 'rounds-remote-'));
		git('init', '-q', '--bare', remote);
		git('remote', 'add', 'origin', remote);
		git('config', 'push.autoSetupRemote', 'true');
		for (const id of ['entry', 'record', 'commit', 'push'] as const) {
			// oxlint-disable-next-line no-await-in-loop -- one needs the other
			expect(await performWrite(id, options())).toMatchObject({id, done: true});
		}
		expect(execFileSync('git', ['log', '--format=%s', 'main'], {cwd: remote, encoding: 'utf8'})).toBe(
			'Round of checkout production by alice\n',
		);
	});

	it('reports git’s error in one sentence', async () => {
		const outside = await performWrite('commit', options());
		expect(outside).toMatchObject({done: false, text: expect.stringMatching(/^git add failed: not a git repository[^\n]*$/)});
		repository();
		await performWrite('entry', options());
		await performWrite('record', options());
		await performWrite('commit', options());
		expect(await performWrite('push', options())).toMatchObject({
			done: false,
			text: expect.stringMatching(/^git push failed: No configured push destination/),
		});
	});

	it('makes git’s output harmless', async () => {
		const failing: CommandRunner = {run: async () => ({exitCode: 1, stdout: '', stderr: 'fatal: \u001B]0;owned\u0007no\n', durationMs: 1})};
		expect(await performWrite('push', options({commands: failing}))).toEqual({id: 'push', done: false, text: 'git push failed: no'});
	});

	it('reports a missing git', async () => {
		const missing: CommandRunner = {
			run: () => Promise.reject(new SourceError({source: 'git', kind: 'not-configured', message: 'git is not installed, or not in PATH'})),
		};
		expect(await performWrite('commit', options({commands: missing}))).toMatchObject({
			done: false,
			text: 'git add failed: git is not installed, or not in PATH',
		});
	});

	it('keeps the line when the file cannot be written', async () => {
		await mkdir(join(root, 'docs', 'ops'), {recursive: true});
		await writeFile(join(root, config.path), '- before\n');
		await chmod(join(root, config.path), 0o444);
		const kept: string[] = [];
		const result = await performWrite('entry', options({keep: (line) => kept.push(line)}));
		expect(result).toMatchObject({
			done: false,
			text: expect.stringMatching(/^cannot write .*ops-log\.md: (it is read-only|no permission)/),
		});
		expect(kept).toEqual([entry]);
		expect(await readFile(join(root, config.path), 'utf8')).toBe('- before\n');
	});

	it('refuses external writes with --read-only', async () => {
		expect(await performWrite('push', options({readOnly: true}))).toMatchObject({
			done: false,
			text: 'push the commit: refused by --read-only',
		});
		expect(await performWrite('entry', options({readOnly: true}))).toMatchObject({done: true});
	});

	it('refuses writes that are not configured', async () => {
		expect(await performWrite('push', options({config: {...config, push: false}}))).toMatchObject({
			done: false,
			text: 'push is not configured in rounds.yaml',
		});
	});
});
