import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {openSeenPatterns} from '../../../src/adapters/disk/seen-patterns-file.ts';

let directory: string;
beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), 'rounds-seen-'));
});
afterEach(() => rmSync(directory, {recursive: true, force: true}));

const open = (of = 'checkout production', at = 1000) => openSeenPatterns({directory: join(directory, 'state'), of, now: () => at});
const files = () => readdirSync(join(directory, 'state'));

it('knows at the next look what this one saw, each place for itself', () => {
	const first = open();
	expect(first.since).toBeUndefined();
	expect(first.isNew('order <*> accepted')).toBe(false);
	first.remember(['order <*> accepted']);
	const second = open();
	expect(second.since).toBe(1000);
	expect(second.isNew('order <*> accepted')).toBe(false);
	expect(second.isNew('payment <*> failed')).toBe(true);
	expect(open('billing production').since).toBeUndefined();
});

it('keeps what another program has remembered meanwhile', () => {
	const [one, other] = [open(), open()];
	one.remember(['a <*>']);
	other.remember(['b <*>']);
	const next = open();
	expect([next.isNew('a <*>'), next.isNew('b <*>'), next.isNew('c <*>')]).toEqual([false, false, true]);
});

it('leaves nothing but the file behind', () => {
	open().remember(['a']);
	expect(files()).toEqual([expect.stringMatching(/^patterns-[0-9a-f]{16}\.json$/)]);
});

it('puts a broken file aside, says so in one sentence, and begins anew', () => {
	open().remember(['a']);
	const [name = ''] = files();
	writeFileSync(join(directory, 'state', name), '{"version":1,"templ');
	const opened = open('checkout production', 2000);
	expect(opened.since).toBeUndefined();
	expect(opened.problem()).toMatch(
		/^\S+patterns-\w+\.json could not be read: it is not JSON; it was moved to \S+\.broken-2000, and the memory of patterns begins anew\.$/,
	);
	expect(readFileSync(join(directory, 'state', `${name}.broken-2000`), 'utf8')).toBe('{"version":1,"templ');
	opened.remember(['b']);
	expect(open().isNew('a')).toBe(true);
	expect(open().problem()).toBeUndefined();
});

it('says in words that it cannot write, and throws nothing', () => {
	writeFileSync(join(directory, 'state'), 'a file where the directory should be');
	const opened = open();
	opened.remember(['a']);
	expect(opened.problem()).toMatch(/could not be written: /);
});
