/** Files that cannot be written or are not as we would have written them: the round walks on, and no byte is lost. */
import {execFileSync} from 'node:child_process';
import {rmdirSync} from 'node:fs';
import {chmod, mkdir, open, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {beforeEach, describe, expect, it, onTestFinished} from 'vitest';
import {parseEntry} from '../../src/ops-log/entry.ts';
import {runCli, temporaryDirectory} from '../helpers/cli.ts';
import {entriesOf, openRounds, type RoundsTerminal, scratch} from '../helpers/demo-terminal.ts';

let home = '';
let log = '';

/** A round of one check that reads no source; `extra` is YAML at the end of the file. */
const config = (extra = '') => `services:
  - name: checkout
    owner: payments
    environments: [{name: production}]
checks:
  - {check: command, id: own, title: Own item, options: {command: [echo, fine]}}
${extra}`;

beforeEach(async () => {
	home = await scratch();
	log = join(home, 'docs', 'ops', 'ops-log.md');
	await writeFile(join(home, 'rounds.yaml'), config());
	await mkdir(dirname(log), {recursive: true});
});

/** Walks to the question whether the entry may be appended. */
async function closing(): Promise<RoundsTerminal> {
	const rounds = openRounds({args: [], home, columns: 200});
	await rounds.at('Own item');
	await rounds.pressFor('a', 'Press c to close the round');
	await rounds.pressFor('c', /append one line to \S+ +y or n/);
	return rounds;
}

/** The round walked, its line appended, the program left. */
async function walked(): Promise<string> {
	const rounds = await closing();
	await rounds.pressFor('y', /write the record .*y or n/);
	await rounds.pressFor('y', 'The round is closed');
	rounds.press('Enter');
	expect(await rounds.ended()).toMatchObject({exitCode: 0, alternate: false});
	const line = (await entriesOf(log)).at(-1) ?? '';
	expect(parseEntry(line.trimEnd())).toMatchObject({service: 'checkout', operator: 'alice', status: 'ok'});
	return line;
}

describe('an ops log', () => {
	it.each([
		['with CRLF', '# Ours\r\n\r\n- by hand\r\n', '\r\n'],
		['without a final line break', '# Ours\n- by hand', '\n'],
		[
			'full of hand-written lines',
			`# Ours\n${'- 2026-11-19 · bob · looked, fine?\n| a | table |\n\n\u001B[31m- red\u001B[0m\n- 2026-13-45 99:99 · x\n'.repeat(400)}`,
			'\n',
		],
		['that holds bytes which are no text', Buffer.from([0x23, 0xff, 0xfe, 0x00, 0x0a]).toString('latin1'), '\n'],
	])('%s gets its line, and every byte before it stays', async (_, before, lineBreak) => {
		await writeFile(log, before, 'latin1');
		const line = await walked();
		const between = before.endsWith('\n') ? '' : lineBreak;
		const after = await readFile(log, 'latin1');
		expect(after).toBe(before + between + Buffer.from(line.trimEnd()).toString('latin1') + lineBreak);
	});

	it('that is huge gets its line as quickly', async () => {
		const huge = await open(log, 'w');
		await huge.truncate(3 * 1024 ** 3);
		await huge.close();
		const rounds = await closing();
		await rounds.pressFor('y', /write the record .*y or n/);
		const {size} = await stat(log);
		expect(size).toBeGreaterThan(3 * 1024 ** 3 + 40);
		expect(size).toBeLessThan(3 * 1024 ** 3 + 400);
	});

	const refusals: readonly {
		readonly name: string;
		readonly says: RegExp;
		readonly prepare: () => Promise<unknown>;
		readonly mend: () => Promise<unknown>;
	}[] = [
		{
			name: 'that is a directory',
			says: /cannot write \S+ops-log\.md: it is a directory; opsLog\.path in rounds\.yaml must name a file/,
			prepare: () => mkdir(log),
			mend: () => rm(log, {recursive: true}),
		},
		{
			name: 'that is read-only',
			says: /cannot write \S+ops-log\.md: (it is read-only\. Run chmod u\+w on it|no permission to write it)/,
			prepare: async () => {
				await writeFile(log, '- by hand\n');
				await chmod(log, 0o444);
			},
			mend: () => chmod(log, 0o644),
		},
		{
			name: 'below a file',
			says: /cannot write \S+ops-log\.md: a part of its path is a file, not a directory/,
			prepare: async () => {
				await rm(join(home, 'docs'), {recursive: true});
				await writeFile(join(home, 'docs'), '');
			},
			mend: () => rm(join(home, 'docs')),
		},
	];

	it.each(refusals)('$name: says so, keeps the round, and takes the line once it is fixed', async ({says, prepare, mend}) => {
		await prepare();
		const examined = await runCli(['doctor'], {cwd: home});
		expect(examined.stdout).toMatch(/critical +Ops log/);
		expect(examined.exitCode).toBe(2);
		const rounds = await closing();
		await rounds.pressFor('y', says);
		rounds.press('C-c');
		expect(await rounds.ended()).toEqual({exitCode: 0, alternate: false, cursorShown: true});
		await mend();
		const second = openRounds({args: [], home, columns: 200});
		await second.waitFor(/resume/i);
		second.press('g');
		await second.pressFor('y', /write the record .*y or n/);
		expect(await entriesOf(log)).toHaveLength((await readFile(log, 'utf8')).includes('by hand') ? 2 : 1);
	});
});

/** The mount point of a file system of a few pages, which only root may make; undefined elsewhere. */
function smallDisk(): string | undefined {
	const directory = temporaryDirectory();
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', directory], {stdio: 'ignore'});
	} catch {
		return undefined;
	}
	onTestFinished(() => {
		execFileSync('umount', [directory], {stdio: 'ignore'});
		rmdirSync(directory);
	});
	return directory;
}

/** Leaves no byte free on that file system. */
async function fill(directory: string): Promise<string> {
	const file = join(directory, 'filler');
	const handle = await open(file, 'w');
	try {
		for (;;) await handle.write(Buffer.alloc(4096, 1));
	} catch {
		// It is full.
	} finally {
		await handle.close();
	}
	return file;
}

describe('a full disk', () => {
	it('under the drafts: says what is not saved, and saves it once there is room', async ({skip}) => {
		const state = smallDisk() ?? skip('no permission to mount a small file system');
		const rounds = openRounds({args: [], home, columns: 200, env: {XDG_STATE_HOME: state}});
		await rounds.at('Own item');
		const filler = await fill(state);
		await rounds.pressFor('a', 'cannot save the round, so nothing changed: No space left on device. Free some space and try again');
		expect(rounds.screen()).toContain('0 of 1 reviewed');
		await rm(filler);
		await rounds.pressFor('a', '1 of 1 reviewed');
		rounds.kill('SIGKILL');
		await rounds.exited;
		const second = openRounds({args: [], home, columns: 200, env: {XDG_STATE_HOME: state}});
		await second.waitFor(/resume/i);
		await second.pressFor('g', '1 of 1 reviewed');
	});

	it('under the ops log: says so, and the file is as it was', async ({skip}) => {
		const directory = smallDisk() ?? skip('no permission to mount a small file system');
		log = join(directory, 'ops-log.md');
		await writeFile(join(home, 'rounds.yaml'), config(`opsLog: {path: ${log}, records: docs/rounds}\n`));
		// Not a byte more fits into its last page.
		await writeFile(log, `${'x'.repeat(4095)}\n`);
		const rounds = await closing();
		const filler = await fill(directory);
		await rounds.pressFor('y', /cannot write \S+ops-log\.md(\.lock)?: No space left on device. Free some space and try again/);
		expect(await readFile(log, 'utf8')).toBe(`${'x'.repeat(4095)}\n`);
		await rm(filler);
		expect(await readdir(directory)).not.toContain('ops-log.md.lock');
		// The line is asked for again before the record.
		await rounds.pressFor('y', 'one line appended to');
		await rounds.pressFor('y', 'The round is closed');
		expect(await entriesOf(log)).toHaveLength(1);
	});
});
