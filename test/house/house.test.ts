/** The rules of the house that no lint rule holds. */
import {readdirSync} from 'node:fs';
import {basename, dirname} from 'node:path';
import {expect, test} from 'vitest';
import {floors} from './floors.ts';
import {type Arrow, arrows, circles, sourceFiles} from './imports.ts';

const all = arrows();
const folders = new Map<string, string[]>();
for (const file of sourceFiles) folders.set(dirname(file), [...(folders.get(dirname(file)) ?? []), file]);

test('finds a circle when three files import each other', () => {
	const ring: readonly Arrow[] = [
		['a', 'b'],
		['b', 'c'],
		['c', 'a'],
		['c', 'd'],
	];
	expect(circles(ring)).toEqual([['a', 'b', 'c']]);
});

test('has no circle of files', () => {
	expect(circles(all)).toEqual([]);
});

test('has no circle of folders', () => {
	expect(circles(all.map(([from, to]): Arrow => [dirname(from), dirname(to)]))).toEqual([]);
});

test('holds at most 25 files in one folder', () => {
	expect([...folders].filter(([, files]) => files.length > 25).map(([folder, files]) => `${folder}: ${files.length}`)).toEqual([]);
});

test('gives each file of src a name of its own', () => {
	const shared = new Set(['index.ts', 'types.ts', 'judge.ts', 'json.ts', 'facts.ts']);
	const places = new Map<string, string[]>();
	for (const file of sourceFiles.filter((path) => path.startsWith('src/') && !shared.has(basename(path))))
		places.set(basename(file), [...(places.get(basename(file)) ?? []), file]);
	expect([...places.values()].filter((files) => files.length > 1)).toEqual([]);
});

test('lets a judge know the types of its check only, not the check', () => {
	expect(all.filter(([from, to]) => /checks\/.*\/(?!index)[^/]+\.ts$/.test(from) && to === `${dirname(from)}/index.ts`)).toEqual([]);
});

test('has a floor for every folder of src', () => {
	const names = readdirSync('src', {withFileTypes: true}).filter(
		(entry) => entry.isDirectory() && entry.name !== 'manual' && entry.name !== 'build',
	);
	expect(names.map(({name}) => `src/${name}`).sort()).toEqual(
		floors
			.map(({folder}) => folder)
			.filter((folder) => folder !== 'views')
			.sort(),
	);
});
