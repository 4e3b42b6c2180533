import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmod, mkdtemp, open, readdir, readFile, stat, symlink, utimes, writeFile} from 'node:fs/promises';
import {hostname, tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {beforeEach, describe, expect, it} from 'vitest';
import {systemClock as clock} from '../../src/adapters/machine/system-clock.ts';
import {appendEntry} from '../../src/ops-log/append-file.ts';
import {withLock} from '../../src/ops-log/lock-file.ts';

let directory = '';
let path = '';

beforeEach(async () => {
	directory = await mkdtemp(join(tmpdir(), 'rounds-log-'));
	path = join(directory, 'ops-log.md');
});

const line = '- 2026-11-20 08:42 +01:00 · checkout/production · alice · ok · no anomalies · 6m12s';
const append = (text = line, over: Partial<Parameters<typeof appendEntry>[0]> = {}) => appendEntry({path, line: text, clock, ...over});

/** A process id that lived and is gone. */
async function deadPid(): Promise<number> {
	const child = spawn(process.execPath, ['-e', '']);
	await once(child, 'exit');
	return child.pid ?? 0;
}

describe('appendEntry', () => {
	it('creates directory, header and line', async () => {
		path = join(directory, 'docs', 'ops', 'ops-log.md');
		expect(await append()).toEqual({appended: true, path});
		const text = await readFile(path, 'utf8');
		expect(text.startsWith('# Ops log\n\n')).toBe(true);
		expect(text.endsWith(`\n\n${line}\n`)).toBe(true);
		expect(await readdir(join(directory, 'docs', 'ops'))).toEqual(['ops-log.md']);
	});

	it.each([
		['a final line break', '# Mine\n- by hand\n', ''],
		['no final line break', '# Mine\n- by hand', '\n'],
		['bytes that are no UTF-8', Buffer.from([0x23, 0xff, 0xfe, 0x0a]).toString('latin1'), ''],
	])('leaves a file with %s as it was', async (_, before, between) => {
		await writeFile(path, before, 'latin1');
		await append();
		expect(await readFile(path, 'latin1')).toBe(`${before}${between}${Buffer.from(`${line}\n`).toString('latin1')}`);
	});

	it.each([
		['# Mine\r\n- by hand\r\n', `# Mine\r\n- by hand\r\n${line}\r\n`],
		['# Mine\r\n- by hand', `# Mine\r\n- by hand\r\n${line}\r\n`],
	])('keeps CRLF in %j', async (before, after) => {
		await writeFile(path, before);
		await append();
		expect(await readFile(path, 'utf8')).toBe(after);
	});

	it('writes the same line once, also when another line follows it', async () => {
		await append();
		await append('- another');
		expect((await append()).appended).toBe(false);
		expect((await append(`${line}!`)).appended).toBe(true);
		expect((await readFile(path, 'utf8')).split(line)).toHaveLength(3);
	});

	it('refuses two lines in one entry', async () => {
		await expect(append('- a\n- b')).rejects.toThrow('a log entry is one line');
	});

	it.each([
		['half of it goes out', (bytes: Buffer) => bytes.subarray(0, 40)],
		['nothing goes out', () => Buffer.alloc(0)],
	])('leaves the file as it was when the disk is full and %s', async (_, part) => {
		await writeFile(path, '- before\n');
		const write = async (handle: Awaited<ReturnType<typeof open>>, bytes: Buffer) => (await handle.write(part(bytes))).bytesWritten;
		await expect(append(line, {write})).rejects.toThrow(`cannot write ${path}: No space left on device. Free some space and try again`);
		expect(await readFile(path, 'utf8')).toBe('- before\n');
		const failing = async (handle: Awaited<ReturnType<typeof open>>, bytes: Buffer) => {
			await handle.write(part(bytes));
			throw Object.assign(new Error('no space'), {code: 'ENOSPC'});
		};
		await expect(append(line, {write: failing})).rejects.toThrow('No space left on device');
		expect(await readFile(path, 'utf8')).toBe('- before\n');
		expect(await readdir(directory)).toEqual(['ops-log.md']);
	});

	it('never cuts off what another program added meanwhile', async () => {
		await writeFile(path, '- before\n');
		const write = async (handle: Awaited<ReturnType<typeof open>>) => {
			await handle.write('- by echo\n');
			throw Object.assign(new Error('no space'), {code: 'ENOSPC'});
		};
		await expect(append(line, {write})).rejects.toThrow('No space left on device');
		expect(await readFile(path, 'utf8')).toBe('- before\n- by echo\n');
	});

	it('reports an error of the file system in one sentence', async () => {
		await expect(append(line, {path: directory})).rejects.toThrow(
			`cannot write ${directory}: it is a directory; opsLog.path in rounds.yaml must name a file`,
		);
		await writeFile(path, '- before\n');
		await expect(append(line, {path: join(path, 'ops-log.md')})).rejects.toThrow(/a part of its path is a file, not a directory/);
		await chmod(path, 0o444);
		await expect(append()).rejects.toThrow(/read-only|no permission/);
		expect(await readFile(path, 'utf8')).toBe('- before\n');
		expect(await readdir(directory)).toEqual(['ops-log.md']);
	});

	it('follows a link to the file itself', async () => {
		const link = join(directory, 'link.md');
		await writeFile(path, '');
		await symlink(path, link);
		await append(line, {path: link});
		expect(await readFile(path, 'utf8')).toContain(line);
	});

	it('reads only the end of a huge file', async () => {
		const handle = await open(path, 'w');
		await handle.truncate(100 * 1024 * 1024);
		await handle.close();
		const before = process.memoryUsage().arrayBuffers;
		await append();
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5 * 1024 * 1024);
		const {size} = await stat(path);
		expect(size).toBe(100 * 1024 * 1024 + 1 + Buffer.byteLength(line) + 1);
	});

	it('loses nothing when twenty processes append at once', async () => {
		const script = fileURLToPath(new URL('appender.ts', import.meta.url));
		const names = Array.from({length: 20}, (_, index) => `process-${index}`);
		const codes = await Promise.all(
			names.map(async (name) => {
				const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, path, name, '3'], {
					stdio: ['ignore', 'ignore', 'inherit'],
				});
				const [code] = await once(child, 'exit');
				return code as number;
			}),
		);
		expect(codes).toEqual(names.map(() => 0));
		const text = await readFile(path, 'utf8');
		const lines = text.split('\n').filter((written) => written.startsWith('- '));
		expect(lines.toSorted()).toEqual(
			names.flatMap((name) => [0, 1, 2].map((number) => `- ${name} ${number} ${'x'.repeat(300)}`)).toSorted(),
		);
		expect(text.split('# Ops log')).toHaveLength(2);
		expect(await readdir(directory)).toEqual(['ops-log.md']);
	}, 60_000);
});

describe('the lock', () => {
	const held = (over: object) => writeFile(`${path}.lock`, JSON.stringify({pid: process.pid, host: hostname(), token: 'x', ...over}));

	it('is removed when its process on this machine is dead', async () => {
		await held({pid: await deadPid()});
		expect((await append()).appended).toBe(true);
		expect(await readdir(directory)).toEqual(['ops-log.md']);
	});

	it('blocks while its holder is alive and names the holder', async () => {
		await held({});
		await expect(append(line, {patienceMs: 30})).rejects.toThrow(
			`cannot write ${path}: process ${process.pid} on ${hostname()} has locked it. Try again, or remove ${path}.lock if nothing writes there`,
		);
		expect(await readdir(directory)).toEqual(['ops-log.md.lock']);
	});

	it('of another machine blocks until it is old', async () => {
		await held({host: 'elsewhere', pid: 1});
		await expect(append(line, {patienceMs: 30})).rejects.toThrow('process 1 on elsewhere');
		await utimes(`${path}.lock`, 1, 1);
		expect((await append()).appended).toBe(true);
	});

	it('that cannot be read blocks until it is old', async () => {
		await writeFile(`${path}.lock`, '{"pid":');
		await expect(append(line, {patienceMs: 30})).rejects.toThrow('another process has locked it');
		await utimes(`${path}.lock`, 1, 1);
		expect((await append()).appended).toBe(true);
	});

	it('lets one writer in at a time, and the next one after a failure', async () => {
		let inside = 0;
		let most = 0;
		const work = async (fail: boolean) => {
			most = Math.max(most, ++inside);
			await clock.sleep(1);
			inside--;
			if (fail) throw new Error('failed');
		};
		const results = await Promise.allSettled([1, 2, 3, 4, 5, 6].map((number) => withLock(path, {clock}, () => work(number % 2 === 0))));
		expect(most).toBe(1);
		expect(results.filter(({status}) => status === 'rejected')).toHaveLength(3);
		expect(await readdir(directory)).toEqual([]);
	});
});
