/** Several operators on one repository: who walks is known to the others, nothing is lost, and git gets what was shown. */
import {execa} from 'execa';
import {readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {parseEntry} from '../../src/ops-log/entry.ts';
import {entriesOf, openRounds, repositoryOf, type RoundsTerminal, scratch, serveCompany} from '../helpers/demo-terminal.ts';

/** A team's repository whose one check needs no server. */
async function smallRepository(opsLog = '{}'): Promise<string> {
	const directory = await scratch();
	const config = `services:
  - {name: checkout, owner: payments, environments: [{name: production}]}
checks:
  - {check: command, id: own, title: Own item, options: {command: [echo, fine]}}
opsLog: ${opsLog}
`;
	await writeFile(join(directory, 'rounds.yaml'), config);
	return directory;
}

const logOf = (repository: string) => join(repository, 'docs', 'ops', 'ops-log.md');

/** Decides the one check and is before the first write. */
async function walkToClosing(rounds: RoundsTerminal): Promise<string> {
	await rounds.at('Own item');
	await rounds.pressFor('a', 'Every check is reviewed');
	return rounds.pressFor('c', /append one line to docs\/ops\/ops-log\.md +y or n$/m);
}

test('a second operator is told who walks since when and takes over; the first one learns it and loses nothing', async () => {
	const company = await serveCompany('all-clear');
	const repository = await repositoryOf(company, ['health', 'alerts']);
	const homes = {alice: await scratch(), bob: await scratch()};
	const alice = openRounds({args: [], home: homes.alice, cwd: repository, env: company.environment});
	await alice.at('Health');
	alice.press('a');
	await alice.at('Alerts');

	const bob = openRounds({args: [], home: homes.bob, cwd: repository, operator: 'bob', env: company.environment});
	const told = await bob.waitFor('alice is walking this round now');
	expect(told).toMatch(/started \d+ m?s ago, saved \d+ m?s ago/);
	expect(told).toMatch(/1 of \d+ reviewed, 0 anomalies, at alerts/);
	await bob.pressFor('t', /1 Health +ok /);
	await bob.at('Alerts');
	bob.press('a');
	await bob.decided(2);

	await alice.pressFor('n', 'Note on alerts');
	await alice.pressFor('mine', 'bob took over this round');
	await alice.waitFor('> mine');
	const kept = (await readdir(join(homes.alice, 'state', 'rounds', 'drafts'))).filter((name) => name.includes('-aside-'));
	expect(kept).toHaveLength(1);
	const aside = await readFile(join(homes.alice, 'state', 'rounds', 'drafts', kept[0] ?? ''), 'utf8');
	expect(JSON.parse(aside)).toMatchObject({value: {state: {draft: {field: 'note', text: 'mine'}, operators: ['alice']}}});
	expect(JSON.parse(aside).value.state.steps[0]).toMatchObject({id: 'health', verdict: {kind: 'ok', operator: 'alice'}});
});

test('two operators closing at the same moment are both in the log', async () => {
	const repository = await smallRepository();
	const alice = openRounds({args: [], home: await scratch(), cwd: repository});
	await alice.at('Own item');
	const bob = openRounds({args: [], home: await scratch(), cwd: repository, operator: 'bob'});
	await bob.pressFor([], 'alice is walking this round now');
	bob.press('f');
	await Promise.all([walkToClosing(alice), walkToClosing(bob)]);
	alice.press('y');
	bob.press('y');
	await Promise.all([alice, bob].map((rounds) => rounds.waitFor(/write the record .*y or n/)));
	alice.press('y');
	bob.press('y');
	await Promise.all([alice, bob].map((rounds) => rounds.waitFor('The round is closed')));
	const entries = await entriesOf(logOf(repository));
	expect(entries).toHaveLength(2);
	expect(new Set(entries.map((line) => parseEntry(line)?.operator))).toEqual(new Set(['alice', 'bob']));
	const records = (await readdir(join(repository, 'docs', 'ops', 'rounds'))).filter((name) => name.endsWith('.json'));
	expect(records).toHaveLength(2);
	const next = openRounds({args: [], home: await scratch(), cwd: repository, operator: 'carol'});
	await next.waitFor(/alice|bob/);
});

/** A repository with a remote, and something of someone else's already staged. */
async function gitRepository() {
	const repository = await smallRepository('{commit: true, push: true}');
	const remote = await scratch();
	const identity = {
		GIT_AUTHOR_NAME: 'Alice',
		GIT_AUTHOR_EMAIL: 'alice@example.com',
		GIT_COMMITTER_NAME: 'Alice',
		GIT_COMMITTER_EMAIL: 'alice@example.com',
	};
	const git = async (...args: readonly string[]) => (await execa('git', args, {cwd: repository, env: identity})).stdout;
	await git('init', '--quiet', '--bare', '--initial-branch=main', remote);
	await git('init', '--quiet', '--initial-branch=main');
	await git('add', 'rounds.yaml');
	await git('commit', '--quiet', '-m', 'Configure the rounds');
	await git('remote', 'add', 'origin', remote);
	await git('push', '--quiet', '--set-upstream', 'origin', 'main');
	await writeFile(join(repository, 'half-done.txt'), 'not yet');
	await git('add', 'half-done.txt');
	return {repository, remote, git, identity};
}

test('commits the two files by the commands it showed, and pushes only where the service was named', async () => {
	const {repository, remote, git, identity} = await gitRepository();
	const rounds = openRounds({args: [], home: await scratch(), cwd: repository, env: identity});
	await walkToClosing(rounds);
	await rounds.pressFor('y', /write the record .*y or n/);
	const shown = await rounds.pressFor('y', /commit these two files .*y or n/);
	// Wrapped at the edge of the screen, but whole.
	expect(shown.replaceAll(/\s+/g, ' ')).toMatch(
		/git add -- docs\/ops\/ops-log\.md (\S+\.json) && git commit -m 'Round of checkout production by alice' -- docs\/ops\/ops-log\.md \1 /,
	);
	expect(await git('log', '--format=%s')).toBe('Configure the rounds');

	await rounds.pressFor('y', /▌ push the commit .*y or n/);
	expect(await git('log', '-1', '--format=%s')).toBe('Round of checkout production by alice');
	expect((await git('show', '--name-only', '--format=', 'HEAD')).split('\n')).toEqual([
		'docs/ops/ops-log.md',
		expect.stringMatching(/^docs\/ops\/rounds\/.*\.json$/),
	]);
	expect(await git('diff', '--cached', '--name-only')).toBe('half-done.txt');

	await rounds.pressFor('y', 'type checkout to confirm');
	await rounds.pressFor(['checkin', 'Enter'], 'that is not checkout: nothing was written');
	expect(await git('--git-dir', remote, 'log', '--format=%s', 'main')).toBe('Configure the rounds');
	await rounds.pressFor(['C-u', 'checkout', 'Enter'], 'The round is closed');
	expect(await git('--git-dir', remote, 'log', '-1', '--format=%s', 'main')).toBe('Round of checkout production by alice');
});

test('--read-only writes the log of this machine and refuses to push', async () => {
	const {repository, remote, git, identity} = await gitRepository();
	const rounds = openRounds({args: ['--read-only'], home: await scratch(), cwd: repository, env: identity});
	await walkToClosing(rounds);
	await rounds.pressFor('y', /write the record .*y or n/);
	await rounds.pressFor('y', /commit these two files .*y or n/);
	await rounds.pressFor('y', /▌ push the commit .*refused by --read-only +Press n to skip this write/);
	await rounds.pressFor('y', '--read-only refuses every write outside this machine. Press n to skip this write.');
	await rounds.pressFor('n', 'The round is closed');
	expect(await entriesOf(logOf(repository))).toHaveLength(1);
	expect(await git('--git-dir', remote, 'log', '--format=%s', 'main')).toBe('Configure the rounds');
});
