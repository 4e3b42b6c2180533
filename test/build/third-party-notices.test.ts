/** The licences that go with the package, and the packages they are of. */
import {readdirSync, readFileSync} from 'node:fs';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {bundledPackages, thirdPartyNotices} from '../../src/build/third-party-notices.mjs';

let directory: string;
beforeEach(async () => {
	directory = await mkdtemp(path.join(tmpdir(), 'rounds-notices-'));
});
afterEach(() => rm(directory, {recursive: true, force: true}));

async function packageIn(name: string, packageJson: object, files: Readonly<Record<string, string>>): Promise<string> {
	const folder = path.join(directory, 'node_modules', name);
	await mkdir(folder, {recursive: true});
	await writeFile(path.join(folder, 'package.json'), JSON.stringify({name, version: '1.0.0', ...packageJson}));
	for (const [file, text] of Object.entries(files)) await writeFile(path.join(folder, file), text);
	return folder;
}

test('names the packages with code in an output, nested and scoped ones too', () => {
	const inputs = {
		'src/cli.ts': {bytesInOutput: 10},
		'node_modules/ink/build/index.js': {bytesInOutput: 5},
		'node_modules/ink/node_modules/signal-exit/index.js': {bytesInOutput: 5},
		'node_modules/@sentry/core/a.js': {bytesInOutput: 1},
		'node_modules/@sentry/core/b.js': {bytesInOutput: 1},
		'node_modules/shaken-off/index.js': {bytesInOutput: 0},
	};
	expect(bundledPackages({outputs: {'dist/cli.js': {inputs}}})).toEqual([
		'node_modules/@sentry/core',
		'node_modules/ink',
		'node_modules/ink/node_modules/signal-exit',
	]);
});

test('gives the full licence and the notice of a package when it has both files', async () => {
	const folder = await packageIn(
		'one',
		{license: 'Apache-2.0'},
		{'LICENSE.md': 'Licence text\n', NOTICE: 'Notice text\n', 'readme.md': 'no'},
	);
	const text = thirdPartyNotices([folder]);
	expect(text).toContain('one 1.0.0\n\nLicence: Apache-2.0\n\nLicence text\n\nNotice text\n');
	expect(text).not.toContain('no licence file');
});

test('names licence and author when a package has no licence file', async () => {
	const folders = [
		await packageIn('first', {license: 'MIT', author: {name: 'Ada'}}, {}),
		await packageIn('second', {license: 'ISC', author: 'Bo <bo@example.com>'}, {}),
		await packageIn('third', {}, {}),
	];
	expect(thirdPartyNotices(folders)).toContain(
		'no licence file. Their package.json names this licence and this author:\n\n' +
			'  first 1.0.0: MIT, Ada\n  second 1.0.0: ISC, Bo <bo@example.com>\n  third 1.0.0: not stated, not stated\n',
	);
});

test('gives a package once when it is installed in two places', async () => {
	const folder = await packageIn('one', {license: 'MIT'}, {LICENSE: 'Licence text'});
	expect(thirdPartyNotices([folder, folder])).toContain('code of 1 packages');
});

test('holds the licence of every package in the bundle', () => {
	const {packages} = JSON.parse(readFileSync('dist/build.json', 'utf8')) as {readonly packages: readonly string[]};
	const notices = readFileSync('dist/THIRD-PARTY-NOTICES.txt', 'utf8');
	expect(packages).toEqual(expect.arrayContaining(['node_modules/ink', 'node_modules/react', 'node_modules/zod']));
	const missing = packages.filter((folder) => {
		const {name, version} = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
		const licence = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
		const text = licence === undefined ? '' : readFileSync(path.join(folder, licence), 'utf8').trim();
		return !notices.includes(`${name} ${version}`) || !notices.includes(text);
	});
	expect(missing).toEqual([]);
});
