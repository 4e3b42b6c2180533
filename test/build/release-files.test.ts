/** The files of a release: the tarball, the list of its packages and the notes. */
import {execa} from 'execa';
import {existsSync, readFileSync} from 'node:fs';
import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';

const {version} = JSON.parse(readFileSync('package.json', 'utf8')) as {readonly version: string};
let folder: string;
const released = (ending: string) => path.join(folder, `rounds-${version}${ending}`);

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'rounds-release-'));
	await execa('node', ['src/build/release-files.mjs', '--built', folder]);
}, 120_000);
afterAll(() => rm(folder, {recursive: true, force: true}));

test('makes three files in the folder', async () => {
	expect((await readdir(folder)).sort()).toEqual([`rounds-${version}-notes.md`, `rounds-${version}.cdx.json`, `rounds-${version}.tgz`]);
});

test('packs the notices, the runbooks and the change log with the program', async () => {
	const {stdout} = await execa('tar', ['-tzf', released('.tgz')]);
	expect(stdout.split('\n')).toEqual(
		expect.arrayContaining([
			'package/dist/cli.js',
			'package/dist/THIRD-PARTY-NOTICES.txt',
			'package/runbooks/pods.md',
			'package/CHANGELOG.md',
			'package/LICENSE',
		]),
	);
});

test('lists exactly the packages of the bundle, without their download addresses', async () => {
	const list = JSON.parse(await readFile(released('.cdx.json'), 'utf8')) as {
		readonly metadata: {readonly component: {readonly name: string}};
		readonly components: readonly {readonly name: string; readonly version: string}[];
	};
	const {packages} = JSON.parse(await readFile('dist/build.json', 'utf8')) as {readonly packages: readonly string[]};
	const bundled = packages.map((place) => {
		const {name, version} = JSON.parse(readFileSync(path.join(place, 'package.json'), 'utf8'));
		return `${name} ${version}`;
	});
	expect(list.metadata.component.name).toBe('rounds');
	expect(new Set(list.components.map((one) => `${one.name} ${one.version}`))).toEqual(new Set(bundled));
	expect(JSON.stringify(list)).not.toContain('"distribution"');
});

/** The commits since the last release, without those that a later commit reverts. */
async function commitsToRelease(): Promise<readonly string[]> {
	const tag = await execa('git', ['describe', '--tags', '--abbrev=0'], {reject: false});
	const range = tag.exitCode === 0 ? `${tag.stdout}..HEAD` : 'HEAD';
	const {stdout} = await execa('git', ['log', '--no-merges', '--format=%H %s', range]);
	const {stdout: bodies} = await execa('git', ['log', '--format=%b', range]);
	const reverted = [...bodies.matchAll(/This reverts commit (\w{7,40})/g)].map(([, commit = '']) => commit);
	return stdout
		.split('\n')
		.filter((line) => !reverted.some((commit) => line.startsWith(commit)))
		.map((line) => line.slice(line.indexOf(' ') + 1));
}

test.skipIf(!existsSync('.git'))('notes each fix and feature since the last release', async () => {
	const notes = (await readFile(released('-notes.md'), 'utf8')).replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
	expect(notes).toMatch(new RegExp(`^#+ ${version.replaceAll('.', '\\.')}`));
	const subjects = (await commitsToRelease()).flatMap((line) => /^(?:feat|fix|perf)(?:\([^)]+\))?!?: (.+)$/.exec(line)?.[1] ?? []);
	expect(subjects.filter((subject) => !notes.includes(subject))).toEqual([]);
});
