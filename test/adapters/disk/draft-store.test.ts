import {chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {createDraftStore} from '../../../src/adapters/disk/draft-store.ts';
import {stateDirectory} from '../../../src/adapters/disk/state-directory.ts';

function temporary(): string {
	const path = mkdtempSync(join(tmpdir(), 'rounds-drafts-'));
	onTestFinished(() => rmSync(path, {recursive: true}));
	return path;
}

describe('createDraftStore', () => {
	it('has a draft on disk when save returns, for another process to load', () => {
		const directory = join(temporary(), 'drafts');
		let now = 1000;
		const store = createDraftStore({directory, now: () => now});
		expect(store.list()).toEqual([]);
		store.save('checkout/production/jo', {step: 1, 'a.b': {c: null}});
		const file = join(directory, readdirSync(directory)[0] ?? '');
		expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
			id: 'checkout/production/jo',
			savedAt: 1000,
			value: {step: 1, 'a.b': {c: null}},
		});
		expect(statSync(file).mode & 0o777).toBe(0o600);
		now = 2000;
		store.save('checkout/production/jo', {step: 2});
		store.save('checkout/staging/jo', 'text');
		const other = createDraftStore({directory});
		expect(other.load('checkout/production/jo')).toEqual({id: 'checkout/production/jo', savedAt: 2000, value: {step: 2}});
		expect(other.list()).toHaveLength(2);
		expect(other.load('checkout/other/jo')).toBeUndefined();
	});

	it('keeps ids apart that look the same as file names, and lists the newest first', () => {
		let now = 0;
		const store = createDraftStore({directory: temporary(), now: () => ++now});
		store.save('a/b', 1);
		store.save('a-b', 2);
		store.save('../../outside', 3);
		expect(store.list().map(({id}) => id)).toEqual(['../../outside', 'a-b', 'a/b']);
		store.remove('a-b');
		store.remove('never was');
		expect(store.load('a-b')).toBeUndefined();
		expect(store.load('a/b')?.value).toBe(1);
	});

	it('can save again after it was removed', () => {
		const store = createDraftStore({directory: temporary()});
		store.save('a', 1);
		store.remove('a');
		store.save('a', 2);
		expect(store.load('a')?.value).toBe(2);
	});

	it('moves a broken file aside, reports it and continues', () => {
		const directory = temporary();
		createDraftStore({directory}).save('a', {notes: 'precious'});
		const name = readdirSync(directory)[0] ?? '';
		const text = readFileSync(join(directory, name), 'utf8').slice(0, -10);
		writeFileSync(join(directory, name), text);
		const store = createDraftStore({directory, now: () => 42});
		expect(store.load('a')).toBeUndefined();
		expect(store.broken()).toEqual([{path: join(directory, name), movedTo: join(directory, `${name}.broken-42`), reason: 'no JSON'}]);
		expect(readFileSync(join(directory, `${name}.broken-42`), 'utf8')).toBe(text);
		store.save('a', 'new');
		expect(store.list()).toMatchObject([{id: 'a', value: 'new'}]);
	});

	it.skipIf(process.getuid?.() === 0)('lets the file system’s own error through where nothing can be written', () => {
		const directory = temporary();
		chmodSync(directory, 0o500);
		expect(() => createDraftStore({directory}).save('a', 1)).toThrow(/EACCES/);
	});
});

it('honours XDG_STATE_HOME, and ignores a relative one as the specification says', () => {
	expect(stateDirectory({XDG_STATE_HOME: '/s'})).toBe('/s/rounds');
	expect(stateDirectory({XDG_STATE_HOME: 'here'})).toMatch(/\/\.local\/state\/rounds$/);
});
