import {chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeEach, expect, it} from 'vitest';
import {remembered} from '../../../src/adapters/disk/remembered.ts';

let file = '';
let directory = '';
let worked = 0;

beforeEach(() => {
	const root = mkdtempSync(join(tmpdir(), 'rounds-remembered-'));
	file = join(root, 'rounds.yaml');
	directory = join(root, 'cache', 'ops-logs');
	worked = 0;
	writeFileSync(file, 'one');
});

const readText = (path: string) => Promise.resolve(readFileSync(path, 'utf8'));
const ask = ({build = 'build', work}: {readonly build?: string | false; readonly work?: () => Promise<string>} = {}) =>
	remembered({
		directory,
		file,
		readText,
		build: build === false ? undefined : build,
		isValue: (value) => typeof value === 'string',
		work:
			work ??
			(async () => {
				worked++;
				return (await readText(file)).toUpperCase();
			}),
	});
const kept = () => readdirSync(directory).map((name) => join(directory, name));

it('works it out once, for this user alone', async () => {
	expect([await ask(), await ask(), worked]).toEqual(['ONE', 'ONE', 1]);
	expect(kept().map((path) => statSync(path).mode & 0o777)).toEqual([0o600]);
});

it('works it out anew once the file or the program is another, and where no build is known', async () => {
	await ask();
	writeFileSync(file, 'two');
	expect(await ask()).toBe('TWO');
	writeFileSync(file, 'one');
	expect(await ask()).toBe('ONE');
	await ask({build: 'next build'});
	expect(worked).toBe(4);
	await ask({build: false, work: () => Promise.resolve('again')});
	expect(await ask({build: false, work: () => Promise.resolve('and again')})).toBe('and again');
});

it.each(['', '{', 'null', '{"build":"build","value":"x"}'])('works it out anew where what is kept is %j', async (text) => {
	await ask();
	for (const path of kept()) writeFileSync(path, text);
	expect([await ask(), worked]).toEqual(['ONE', 2]);
});

it('keeps nothing of a file that was saved while it was judged, nor of one that is wrong', async () => {
	const work = () => {
		writeFileSync(file, 'two');
		return Promise.resolve('between');
	};
	const changed = await ask({work});
	expect(changed).toBe('between');
	await expect(ask({work: () => Promise.reject(new Error('wrong'))})).rejects.toThrow('wrong');
	expect(await ask()).toBe('TWO');
});

it('answers where nothing can be kept', async () => {
	directory = join(file, 'below a file');
	expect([await ask(), await ask(), worked]).toEqual(['ONE', 'ONE', 2]);
	chmodSync(file, 0o400);
	expect(await ask()).toBe('ONE');
});
