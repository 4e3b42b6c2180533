import {once} from 'node:events';
import {chmod, mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, onTestFinished, test} from 'vitest';
import {runbookFor} from '../../src/runbooks/match-runbook.ts';
import {loadRunbooks, readRunbookFiles} from '../../src/runbooks/load-runbooks-file.ts';

let directory: string;
beforeEach(async () => {
	directory = await mkdtemp(join(tmpdir(), 'rounds-runbooks-'));
	await mkdir(join(directory, 'embedded'));
	await mkdir(join(directory, 'team', 'deep'), {recursive: true});
});
afterEach(() => rm(directory, {recursive: true, force: true}));

const put = (path: string, text: string) => writeFile(join(directory, path), text);
const load = () => loadRunbooks({embeddedDirectory: join(directory, 'embedded'), teamDirectories: [join(directory, 'team')]});

test('the team’s first; theirs hides an embedded one of the same name', async () => {
	await put('embedded/pods.md', '# embedded pods');
	await put('embedded/health.md', '# embedded health');
	await put('team/deep/pods.md', '# our pods');
	await put('team/README.md', '# not a runbook');
	await put('team/notes.txt', 'not a runbook');
	const {runbooks, warnings} = await load();
	expect(runbooks.map(({id, title, embedded}) => [id, title, embedded])).toEqual([
		['pods', 'our pods', false],
		['health', 'embedded health', true],
	]);
	expect(warnings).toEqual([]);
});

test('bad front matter is one warning and the file still counts', async () => {
	await put('team/bad.md', '---\nchecks: pods\n---\n# Still here');
	const {runbooks, warnings} = await load();
	expect(runbooks.map(({title}) => title)).toEqual(['Still here']);
	expect(warnings).toEqual([expect.stringMatching(/bad\.md: front matter: checks/)]);
});

test('a directory that is not there is one warning', async () => {
	await rm(join(directory, 'team'), {recursive: true});
	await put('embedded/pods.md', '# pods');
	const {runbooks, warnings} = await load();
	expect(runbooks).toHaveLength(1);
	expect(warnings).toEqual([`Runbooks: ${join(directory, 'team')} does not exist`]);
});

test('a file in the place of the directory is one warning', async () => {
	await rm(join(directory, 'team'), {recursive: true});
	await put('team', 'x');
	expect((await load()).warnings).toEqual([`Runbooks: ${join(directory, 'team')} is not a directory`]);
});

test('a cyclic link and a dangling one do not trap it', async () => {
	await symlink(join(directory, 'team'), join(directory, 'team', 'deep', 'again'));
	await symlink(join(directory, 'nowhere'), join(directory, 'team', 'gone.md'));
	await put('team/pods.md', '# pods');
	const {runbooks, warnings} = await load();
	expect(runbooks.map(({id}) => id)).toEqual(['pods']);
	expect(warnings).toEqual([`${join(directory, 'team', 'gone.md')} is a link to what does not exist`]);
});

test('a runbook of 5 MB', async () => {
	await put('team/huge.md', `---\ntitle: Huge\n---\n${'a line of some length   \n'.repeat(220_000)}`);
	const {runbooks} = await load();
	expect(runbooks[0]?.title).toBe('Huge');
	expect(runbooks[0]?.markdown.length).toBeGreaterThan(5_000_000);
});

test('no team directory', async () => {
	await put('embedded/pods.md', '# pods');
	expect(await loadRunbooks({embeddedDirectory: join(directory, 'embedded'), teamDirectories: []})).toMatchObject({
		runbooks: [{id: 'pods'}],
		warnings: [],
	});
});

test.each([
	['no text', Buffer.from([0x23, 0x20, 0, 1, 2]), 'is not UTF-8 text'],
	['not UTF-8', Buffer.from('# Gr\u00F6\u00DFe', 'latin1'), 'is not UTF-8 text'],
])('a file that is %s is one warning', async (_, bytes, words) => {
	await writeFile(join(directory, 'team', 'bad.md'), bytes);
	await put('team/good.md', '# good');
	const {runbooks, warnings} = await load();
	expect(runbooks.map(({id}) => id)).toEqual(['good']);
	expect(warnings).toEqual([`${join(directory, 'team', 'bad.md')} ${words}`]);
});

test('what is no file does not hold it up, a link to itself neither', async () => {
	const server = createServer().listen(join(directory, 'team', 'pipe.md'));
	await once(server, 'listening');
	onTestFinished(() => void server.close());
	await symlink('self.md', join(directory, 'team', 'self.md'));
	await symlink(join(directory, 'team', 'deep'), join(directory, 'team', 'deep.md'));
	expect((await load()).warnings).toEqual([
		`${join(directory, 'team', 'deep.md')} is a directory`,
		`${join(directory, 'team', 'pipe.md')} is not a regular file`,
		`${join(directory, 'team', 'self.md')} is a link that leads to itself`,
	]);
});

test('a link to a file is that file', async () => {
	await put('embedded/else.txt', '# Linked');
	await symlink(join(directory, 'embedded', 'else.txt'), join(directory, 'team', 'linked.md'));
	expect((await load()).runbooks.map(({id, title}) => [id, title])).toEqual([['linked', 'Linked']]);
});

test.skipIf(process.getuid?.() === 0)('a directory and a file without permission take nothing else with them', async () => {
	await put('team/good.md', '# good');
	await put('team/bad.md', '# bad');
	await chmod(join(directory, 'team', 'bad.md'), 0);
	await chmod(join(directory, 'team', 'deep'), 0);
	const {runbooks, warnings} = await load();
	await chmod(join(directory, 'team', 'deep'), 0o755);
	expect(runbooks.map(({id}) => id)).toEqual(['good']);
	expect(warnings.map((warning) => warning.slice(join(directory, 'team').length))).toEqual([
		'/deep may not be read: no permission',
		'/bad.md may not be read: no permission',
	]);
});

test('what git and npm keep is left alone', async () => {
	for (const name of ['.git', 'node_modules']) {
		await mkdir(join(directory, 'team', name));
		await put(`team/${name}/x.md`, '# x');
	}
	expect((await load()).runbooks).toEqual([]);
});

test('several directories and single files, the first one’s name first', async () => {
	await put('team/pods.md', '# team');
	await put('team/deep/pods.md', '# deep');
	await put('embedded/pods.md', '# embedded');
	const paths = ['team/deep', 'team/pods.md'].map((path) => join(directory, path));
	const directories = {embeddedDirectory: join(directory, 'embedded'), teamDirectories: paths};
	const {files, problems} = await readRunbookFiles(directories, {all: true});
	expect(files.map(({text, embedded}) => [text, embedded])).toEqual([
		['# deep', false],
		['# team', false],
	]);
	expect(problems).toEqual([]);
	const first = await readRunbookFiles(directories);
	expect(first.files.map(({text}) => text)).toEqual(['# deep']);
	expect(first.problems.map(({text}) => text)).toEqual([
		`is not used: ${join(directory, 'team', 'deep', 'pods.md')} has the same name and comes first`,
	]);
});

test('of several directories of the team the first wins, also where the pattern of the second speaks', async () => {
	const [own, platform] = [join(directory, 'own'), join(directory, 'platform')];
	await Promise.all([own, platform].map((path) => mkdir(path, {recursive: true})));
	await writeFile(join(own, 'pods.md'), '# ours');
	await writeFile(join(platform, 'pods.md'), '---\nchecks: [pods]\nmatches: [OOMKilled]\n---\n# theirs');
	await writeFile(join(platform, 'nodes.md'), '# nodes');
	const {runbooks, warnings} = await loadRunbooks({embeddedDirectory: join(directory, 'none'), teamDirectories: [own, platform]});
	expect(runbooks.map(({title}) => title)).toEqual(['ours', 'nodes']);
	expect(runbookFor(runbooks, {id: 'pods', check: 'pods', texts: ['api OOMKilled']})?.title).toBe('ours');
	expect(warnings).toContain(`${join(platform, 'pods.md')} is not used: ${join(own, 'pods.md')} has the same name and comes first`);
});
