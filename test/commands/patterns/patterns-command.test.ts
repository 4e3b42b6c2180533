import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {PassThrough, Readable} from 'node:stream';
import {gzipSync} from 'node:zlib';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {type PatternsInput, runPatterns} from '../../../src/commands/patterns/patterns-command.ts';
import {width} from '../../../src/base/terminal/width.ts';
import {UserError} from '../../../src/base/user-error.ts';

let directory: string;
beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), 'rounds-patterns-'));
});
afterEach(() => rmSync(directory, {recursive: true, force: true}));

const log = [
	'2026-11-20T08:00:00Z INFO order 1 accepted',
	'2026-11-20T08:00:10Z ERROR order 2 refused: card declined',
	'2026-11-20T08:00:20Z INFO order 3 accepted',
	'',
	'2026-11-20T08:00:40Z INFO order 4 accepted',
].join('\n');

async function run(input: string | Buffer, options: PatternsInput['options'] = {}, more: Partial<PatternsInput> = {}) {
	const stdout = new PassThrough({highWaterMark: 16});
	let out = '';
	stdout.on('data', (chunk: Buffer) => {
		out += chunk.toString();
	});
	let said = '';
	const code = await runPatterns({
		words: ['-'],
		options: {format: 'table', ...options},
		stdin: Readable.from(input.length === 0 ? [] : [Buffer.from(input)]),
		stdout,
		err: (text) => {
			said += text;
		},
		env: {LANG: 'C.UTF-8'},
		columns: undefined,
		now: () => Date.UTC(2026, 10, 20, 9),
		...more,
	});
	return {code, out, said};
}

/** What a run that cannot be made says. */
async function failure(path: string): Promise<{readonly message: string; readonly exitCode: number}> {
	const error: unknown = await run('', {}, {words: [path]}).catch((thrown: unknown) => thrown);
	if (!(error instanceof UserError)) throw new Error(`no UserError: ${String(error)}`);
	return {message: error.message.replaceAll(directory, 'DIR'), exitCode: error.exitCode};
}

const file = (content: string | Buffer, name = 'app.log') => {
	const path = join(directory, name);
	writeFileSync(path, content);
	return path;
};

describe('the table', () => {
	it('is aligned, the most frequent first', async () => {
		const {code, out, said} = await run(log);
		const lines = out.trimEnd().split('\n');
		expect({code, said}).toEqual({code: 0, said: ''});
		const column = (lines[0] as string).indexOf('PATTERN');
		expect(lines[0]).toMatch(/^COUNT +SHARE {2}TREND +LEVEL {2}FIRST SEEN +PATTERN$/);
		expect(lines.slice(1).map((line) => line.slice(column))).toEqual([
			'INFO order <*> accepted',
			'ERROR order <*> refused: card declined',
			'(empty line)',
		]);
		expect(lines[1]).toMatch(/^ {4}3 {3}60 % {2}\S+ {2}info {3}2026-11-20 \d\d:\d\d [+-]\d\d:\d\d /);
		expect(lines[3]).toMatch(/^ {4}1 {3}20 % {2}\S+ {2}- {6}- /);
	});

	it('is cut to the terminal, and to twenty rows there, which it says', async () => {
		const many = Array.from(
			{length: 30},
			(_, index) => `${'abcdefghijklmnopqrstuvwxyzABCDEFG'[index]}x took a very long way to say nothing at all`,
		);
		const {out, said} = await run(many.map((text, index) => `${text} ${'word '.repeat(index)}`).join('\n'), {}, {columns: 60});
		expect(out.trimEnd().split('\n')).toHaveLength(21);
		expect(out.split('\n').every((line) => width(line) <= 60)).toBe(true);
		expect(said).toBe('rounds: the 20 most frequent of 30 patterns; --limit N shows more\n');
	});

	it('lets no control character through', async () => {
		const {out} = await run('boom \u001B]0;title\u0007 \u202Eevil\u0000\n');
		// oxlint-disable-next-line no-control-regex -- it is what must not be there
		expect(out).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202E]/);
		expect(out).toContain('boom');
	});

	it('says that there is nothing', async () => {
		expect(await run('')).toEqual({code: 0, out: '', said: 'rounds: there are no lines\n'});
	});
});

describe('the other forms', () => {
	it('--assign prints an id per line, blank lines and the one without a line break too', async () => {
		expect((await run(log, {assign: true})).out).toBe('1\n2\n1\n3\n1\n');
		expect((await run('', {assign: true})).out).toBe('');
	});

	it('--format json is one object with times, trend and a sample', async () => {
		const {out} = await run(log, {format: 'json', limit: '1'});
		expect(JSON.parse(out)).toEqual({
			version: 1,
			lines: 5,
			found: 3,
			forgotten: {patterns: 0, lines: 0},
			patterns: [
				{
					id: 1,
					template: 'INFO order <*> accepted',
					count: 3,
					share: 0.6,
					level: 'info',
					firstSeen: '2026-11-20T08:00:00.000Z',
					lastSeen: '2026-11-20T08:00:40.000Z',
					trend: expect.any(Array),
					sample: {line: 1, text: 'INFO order 1 accepted'},
				},
			],
		});
	});

	it('takes the trend over the lines where the log tells no times', async () => {
		const {out} = await run(`${'early bird\n'.repeat(12)}${'late bird\n'.repeat(12)}`, {format: 'json'});
		const [early, late] = (JSON.parse(out) as {patterns: readonly {trend: readonly number[]}[]}).patterns;
		expect(early?.trend.slice(0, 12)).toEqual(Array.from({length: 12}, () => 1));
		expect(late?.trend.slice(0, 12)).toEqual(Array.from({length: 12}, () => 0));
	});
});

describe('the input', () => {
	it('is read the same from a file, compressed or not, and in any portions', async () => {
		const expected = (await run(log, {format: 'json'})).out;
		const words = [file(log)];
		expect((await run('', {format: 'json'}, {words})).out).toBe(expected);
		expect((await run('', {format: 'json'}, {words: [file(gzipSync(log), 'app.log.1.gz')]})).out).toBe(expected);
		expect((await run(gzipSync(log), {format: 'json'})).out).toBe(expected);
		const bytes = Array.from(Buffer.from(log), (byte) => Buffer.of(byte));
		expect((await run('', {format: 'json'}, {stdin: Readable.from(bytes)})).out).toBe(expected);
	});

	it('counts what is before the place where compressed data breaks off, and says so with 65', async () => {
		const zipped = gzipSync(Array.from({length: 20_000}, (_, line) => `order ${line} accepted by ${Math.sin(line)}`).join('\n'));
		const {code, out, said} = await run(zipped.subarray(0, zipped.length / 2));
		expect(code).toBe(65);
		expect(out).toContain('order <*> accepted by <*>');
		expect(said).toBe('rounds: standard input: the compressed data breaks off. Counted up to there.\n');
	});

	it('that does not exist, is a directory or no text is one sentence with its own code', async () => {
		expect(await failure(join(directory, 'none.log'))).toEqual({message: 'There is no file DIR/none.log.', exitCode: 66});
		expect(await failure(directory)).toEqual({message: 'DIR is a directory. Name a file in it, or - for standard input.', exitCode: 66});
		expect(await failure(file(Buffer.from(Array.from({length: 512}, (_, byte) => byte % 256)), 'core'))).toEqual({
			message: 'DIR/core is not text: it looks like a binary file.',
			exitCode: 65,
		});
	});

	it('may begin with the NULs that copytruncate leaves, and may hold bytes that are no UTF-8', async () => {
		const {code, out} = await run(Buffer.concat([Buffer.alloc(5000), Buffer.from('order 1 accepted\ncaf\xE9 closed\n', 'latin1')]));
		expect(code).toBe(0);
		expect(out).toContain('order <*> accepted');
	});

	it('may have a line of megabytes, which is one line', async () => {
		const {out} = await run(`short\n${'x'.repeat(20_000_000)}\nshort\n`, {assign: true});
		expect(out).toBe('1\n2\n1\n');
	});

	it.each(['0', '-1', 'x', '1.5'])('--limit %s is refused', async (limit) => {
		await expect(run(log, {limit})).rejects.toThrow(`--limit takes a number from 1, not "${limit}"`);
	});
});
