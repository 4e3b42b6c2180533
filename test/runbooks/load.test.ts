import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {loadRunbooks} from '../../src/runbooks/load.ts';

let directory: string;
beforeEach(async () => {
	directory = await mkdtemp(join(tmpdir(), 'rounds-runbooks-'));
	await mkdir(join(directory, 'embedded'));
	await mkdir(join(directory, 'team', 'deep'), {recursive: true});
});
afterEach(() => rm(directory, {recursive: true, force: true}));

const put = (path: string, text: string) => writeFile(join(directory, path), text);
const load = () => loadRunbooks({embeddedDirectory: join(directory, 'embedded'), teamDirectory: join(directory, 'team')});

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
	expect((await load()).warnings).toEqual([`Runbooks: ${join(directory, 'team')} is no directory`]);
});

test('a cyclic link and a dangling one do not trap it', async () => {
	await symlink(join(directory, 'team'), join(directory, 'team', 'deep', 'again'));
	await symlink(join(directory, 'nowhere'), join(directory, 'team', 'gone.md'));
	await put('team/pods.md', '# pods');
	const {runbooks, warnings} = await load();
	expect(runbooks.map(({id}) => id)).toEqual(['pods']);
	expect(warnings).toEqual([`${join(directory, 'team', 'gone.md')} does not exist`]);
});

test('a runbook of 5 MB', async () => {
	await put('team/huge.md', `---\ntitle: Huge\n---\n${'a line of some length   \n'.repeat(220_000)}`);
	const {runbooks} = await load();
	expect(runbooks[0]?.title).toBe('Huge');
	expect(runbooks[0]?.markdown.length).toBeGreaterThan(5_000_000);
});

test('no team directory', async () => {
	await put('embedded/pods.md', '# pods');
	expect(await loadRunbooks({embeddedDirectory: join(directory, 'embedded')})).toMatchObject({runbooks: [{id: 'pods'}], warnings: []});
});
