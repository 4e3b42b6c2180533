/** The pages of the repository name folders, files, functions and scripts. Each must exist. */
import {existsSync, globSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';

const pages = globSync(['.github/**/*.md', 'findings/*.md']).sort();
const {scripts} = JSON.parse(readFileSync('package.json', 'utf8')) as {readonly scripts: Readonly<Record<string, string>>};

/** Places in the repository; NAME and SCREEN mean what the reader chooses. */
const place = /`((?:src|views|test|runbooks|findings|\.ci|\.github)\/[\w./-]*)`/g;
/** A function and its file: `reduce` (`src/round/reduce.ts`). */
const inFile = /`(\w+)`(?: of `\w+`)? (?:\(|in |of )`((?:src|views)\/[\w./-]+\.tsx?)`/g;
const link = /\]\((?!https?:|#)([^)#]+)/g;
const script = /npm run ([\w:]+)/g;

const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '', file = '']) => ({name, file}));

describe.each(pages)('%s', (page) => {
	const text = readFileSync(page, 'utf8');

	test('names places that exist', () => {
		const places = found(text, place).filter(({name}) => !/NAME|SCREEN/.test(name));
		expect(places.filter(({name}) => !existsSync(name))).toEqual([]);
	});
	test('links to files that exist', () => {
		expect(found(text, link).filter(({name}) => !existsSync(path.join(path.dirname(page), name)))).toEqual([]);
	});
	test('names functions that are in their file', () => {
		expect(found(text, inFile).filter(({name, file}) => !existsSync(file) || !readFileSync(file, 'utf8').includes(name))).toEqual([]);
	});
	test('names scripts of package.json', () => {
		expect(found(text, script).filter(({name}) => scripts[name] === undefined)).toEqual([]);
	});
});

test('finds places, functions and scripts in the pages', () => {
	const all = pages.map((page) => readFileSync(page, 'utf8')).join('\n');
	expect(found(all, inFile)).toContainEqual({name: 'reduce', file: 'src/round/reduce.ts'});
	expect(found(all, place).length).toBeGreaterThan(60);
	expect(found(all, script).length).toBeGreaterThan(5);
});
