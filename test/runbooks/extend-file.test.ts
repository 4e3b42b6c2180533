import {chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile} from 'node:fs/promises';
import {writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {extendRunbook} from '../../src/runbooks/extend-file.ts';
import {parseRunbook} from '../../src/runbooks/parse.ts';

const isRoot = process.getuid?.() === 0;
let directory: string;
beforeEach(async () => {
	directory = await mkdtemp(join(tmpdir(), 'rounds-extend-'));
});
afterEach(() => rm(directory, {recursive: true, force: true}));

async function runbook({embedded = false, text = '# Pods\n'} = {}) {
	const path = join(directory, 'pods.md');
	await writeFile(path, text);
	return parseRunbook({id: 'pods', path, embedded, text}).runbook;
}
const extend = async (of: Awaited<ReturnType<typeof runbook>>, change = (source: string) => `${source}more\n`, teamDirectory?: string) =>
	extendRunbook({runbook: of, teamDirectory, what: 'The tip', change});

describe('the runbook’s own file', () => {
	test('is extended in place; nothing else is left in the directory', async () => {
		const path = await extend(await runbook());
		expect(await readFile(path, 'utf8')).toBe('# Pods\nmore\n');
		expect(await readdir(directory)).toEqual(['pods.md']);
	});

	test('keeps its mode, and a link stays a link', async () => {
		const of = await runbook();
		await chmod(of.path, 0o640);
		const linked = join(directory, 'linked.md');
		await symlink(of.path, linked);
		await extend({...of, path: linked});
		expect((await lstat(linked)).isSymbolicLink()).toBe(true);
		expect((await stat(of.path)).mode & 0o777).toBe(0o640);
		expect(await readFile(of.path, 'utf8')).toBe('# Pods\nmore\n');
	});

	test('what an editor saves meanwhile is not lost', async () => {
		const of = await runbook();
		let saves = 0;
		await extend(of, (source) => {
			if (saves++ === 0) writeFileSync(of.path, '# Pods\nfrom the editor\n');
			return `${source}more\n`;
		});
		expect(await readFile(of.path, 'utf8')).toBe('# Pods\nfrom the editor\nmore\n');
	});

	test('a file that is written again and again is given up, in one sentence', async () => {
		const of = await runbook();
		const busy = extend(of, (source) => {
			writeFileSync(of.path, `${source}x`);
			return source;
		});
		await expect(busy).rejects.toThrow('something else keeps writing it');
		expect(await readdir(directory)).toEqual(['pods.md']);
	});

	test('a file that became no text is left as it is', async () => {
		const of = await runbook();
		const bytes = Buffer.from([0x23, 0x20, 0xff, 0xfe, 0x0a]);
		await writeFile(of.path, bytes);
		await expect(extend(of)).rejects.toThrow('not UTF-8 text');
		expect(await readFile(of.path)).toEqual(bytes);
	});

	test.skipIf(isRoot)('a read-only file is heeded', async () => {
		const of = await runbook();
		await chmod(of.path, 0o444);
		await expect(extend(of)).rejects.toThrow('no permission to write it');
		expect(await readFile(of.path, 'utf8')).toBe('# Pods\n');
	});

	test('a directory in its place is one sentence', async () => {
		const of = await runbook();
		await rm(of.path);
		await mkdir(of.path);
		await expect(extend(of)).rejects.toThrow('The tip could not be written');
	});
});

test('an embedded one is copied to the team, and the copy is extended from then on', async () => {
	const embedded = await runbook({embedded: true});
	const team = join(directory, 'team', 'runbooks');
	const path = await extend(embedded, undefined, team);
	await extend(embedded, undefined, team);
	expect(path).toBe(join(team, 'pods.md'));
	expect(await readFile(path, 'utf8')).toBe('# Pods\nmore\nmore\n');
	expect(await readFile(embedded.path, 'utf8')).toBe('# Pods\n');
});

test('an embedded one without a team directory says what to add', async () => {
	await expect(extend(await runbook({embedded: true}))).rejects.toThrow(/runbooks: docs\/runbooks/);
});

test('a directory that cannot be made is one clear sentence and loses nothing', async () => {
	const embedded = await runbook({embedded: true});
	await expect(extend(embedded, undefined, join(embedded.path, 'below'))).rejects.toThrow(/could not be written to/);
	expect(await readdir(directory)).toEqual(['pods.md']);
});
