import {execFileSync} from 'node:child_process';
import {chmodSync, linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {link} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {type AtomicOptions, placeAtomically, writeAtomically, writeAtomicallyNow} from '../../src/base/atomic-file.ts';

function scratch(): string {
	const directory = mkdtempSync(join(tmpdir(), 'rounds-atomic-'));
	onTestFinished(() => rmSync(directory, {recursive: true}));
	return directory;
}

type Write = (path: string, text: string, options: AtomicOptions) => void | Promise<void>;
const writers: readonly (readonly [string, Write])[] = [
	['writeAtomically', writeAtomically],
	['writeAtomicallyNow', writeAtomicallyNow],
];

test.each(writers)('%s replaces the file by another one, so that who reads the old one reads all of it', async (_name, write) => {
	const directory = scratch();
	const path = join(directory, 'deep', 'file.json');
	await write(path, 'old', {sync: 'directory'});
	linkSync(path, join(directory, 'reader'));
	await write(path, 'new', {sync: 'none'});
	expect(readFileSync(path, 'utf8')).toBe('new');
	expect(readFileSync(join(directory, 'reader'), 'utf8')).toBe('old');
	expect(readdirSync(join(directory, 'deep'))).toEqual(['file.json']);
});

test.each(writers)('%s keeps private what is private', async (_name, write) => {
	const path = join(scratch(), 'deep', 'file.json');
	await write(path, 'text', {sync: 'file', private: true});
	expect([statSync(path).mode & 0o777, statSync(join(path, '..')).mode & 0o777]).toEqual([0o600, 0o700]);
});

test.skipIf(process.getuid?.() === 0).each(writers)('%s leaves nothing behind when the directory refuses', async (_name, write) => {
	const directory = scratch();
	chmodSync(directory, 0o500);
	await expect((async () => write(join(directory, 'file'), 'text', {sync: 'file'}))()).rejects.toThrow(/EACCES/);
	expect(readdirSync(directory)).toEqual([]);
});

test('placeAtomically leaves another file alone and nothing behind when the name is taken', async () => {
	const directory = scratch();
	const path = join(directory, 'file');
	writeFileSync(path, 'theirs');
	const place = (temporary: string) => link(temporary, path);
	await expect(placeAtomically(path, 'ours', {sync: 'file', place})).rejects.toThrow(/EEXIST/);
	expect([readdirSync(directory), readFileSync(path, 'utf8')]).toEqual([['file'], 'theirs']);
});

test.skipIf(process.platform === 'win32').each(writers)('%s keeps the old text when only a part of the new one fits', (name) => {
	const directory = scratch();
	const path = join(directory, 'file');
	writeFileSync(path, 'old');
	const source = new URL('../../src/base/atomic-file.ts', import.meta.url).href;
	// A size limit does what a nearly full disk does: the first bytes go out, the rest is refused.
	const program = `process.on('SIGXFSZ', () => {});
const {${name}: write} = await import(${JSON.stringify(source)});
try { await write(${JSON.stringify(path)}, 'x'.repeat(5000), {sync: 'file'}); console.log('written'); } catch (error) { console.log(error.code); }`;
	const argv = ['-c', 'ulimit -f 2; exec "$0" --input-type=module -e "$1"', process.execPath, program];
	expect(execFileSync('sh', argv, {encoding: 'utf8'}).trim()).toBe('EFBIG');
	expect([readdirSync(directory), readFileSync(path, 'utf8')]).toEqual([['file'], 'old']);
});
