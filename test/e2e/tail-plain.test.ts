/** `rounds tail` in pipes: the built program, its bytes, its exit codes, what it says on standard error. */
import {spawn} from 'node:child_process';
import {appendFileSync, copyFileSync, renameSync, truncateSync, writeFileSync} from 'node:fs';
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {cliEnv, cliPath, runCli, temporaryDirectory} from '../helpers/cli.ts';

interface Ended {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly out: Buffer;
	readonly err: string;
}

/** A shell in which `rounds` is the built program. */
function shell(script: string, cwd: string) {
	const child = spawn('sh', ['-c', `rounds() { "${process.execPath}" "${cliPath}" "$@"; }; ${script}`], {
		cwd,
		env: cliEnv(),
		stdio: 'pipe',
	});
	const out: Buffer[] = [];
	let err = '';
	const listeners = new Set<() => void>();
	child.stdout.on('data', (chunk: Buffer) => {
		out.push(chunk);
		for (const listener of listeners) listener();
	});
	child.stderr.on('data', (chunk: Buffer) => {
		err += chunk.toString();
		for (const listener of listeners) listener();
	});
	const ended = new Promise<Ended>((resolve) => {
		child.on('close', (code, signal) => resolve({code, signal, out: Buffer.concat(out), err}));
	});
	const text = () => Buffer.concat(out).toString();
	return {
		ended,
		interrupt: () => child.kill('SIGINT'),
		/** Waits until standard output, or standard error, holds it. */
		until: (what: string, where: 'out' | 'err' = 'out') =>
			new Promise<void>((resolve, reject) => {
				const timer = setTimeout(() => reject(new Error(`${what} never came; there is: ${text()}\n${err}`)), 20_000);
				const look = () => {
					if (!(where === 'out' ? text() : err).includes(what)) return;
					clearTimeout(timer);
					listeners.delete(look);
					resolve();
				};
				listeners.add(look);
				look();
			}),
	};
}

const run = (script: string, cwd: string) => shell(script, cwd).ended;

/** `exec`: the signal is for the program, not for the shell. */
const follow = (words: string, cwd: string) => shell(`exec "${process.execPath}" "${cliPath}" tail ${words}`, cwd);

/** Everything that is not text: bytes that are no UTF-8, NUL, CR within a line, colours, a title, an empty line. */
const odd = Buffer.concat([
	Buffer.from('2026-11-20T08:30:00.000Z INFO one\n'),
	Buffer.from([0xff, 0xfe, 0x20, 0xc3, 0x28, 0x0a]),
	Buffer.from('a\0b\rc\u001B[31md\u001B]0;title\u0007\u202Ee\n\n'),
	Buffer.from(`${'long '.repeat(200_000)}\n`),
	Buffer.from('2026-11-20T08:30:01.000Z ERROR two\n'),
]);

const files = (contents: Readonly<Record<string, string | Buffer>>): string => {
	const directory = temporaryDirectory();
	for (const [name, content] of Object.entries(contents)) writeFileSync(join(directory, name), content);
	return directory;
};

const timed = (second: number, text: string) => `2026-11-20T08:30:${String(second).padStart(2, '0')}.000Z ${text}\n`;

test('a file, a pipe, a compressed file: the bytes come out as they went in', async () => {
	const cwd = files({'app.log': odd, 'app.log.gz': gzipSync(odd)});
	for (const script of ['rounds tail app.log --no-follow', 'cat app.log | rounds tail - --plain', 'rounds tail app.log.gz --plain']) {
		const {code, out, err} = await run(script, cwd);
		expect({script, code, err, same: out.equals(odd)}).toEqual({script, code: 0, err: '', same: true});
	}
});

test('nothing is lost to a slow reader, however little memory there is', async () => {
	const lines = Array.from({length: 400_000}, (_, k) => `line ${k} ${'x'.repeat(60)}\n`).join('');
	const cwd = files({
		'app.log': lines,
		'slow.mjs': `for await (const chunk of process.stdin) {
			await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
			process.stdout.write(chunk);
		}`,
	});
	for (const source of ['rounds tail app.log --plain --no-follow', 'cat app.log | rounds tail - --plain']) {
		const {out, err} = await run(`${source} --memory 8MB | "${process.execPath}" slow.mjs`, cwd);
		expect({source, err, same: out.equals(Buffer.from(lines))}).toEqual({source, err: '', same: true});
	}
});

test('JSON, templates, times, filters and names', async () => {
	const cwd = files({
		'a.log': timed(1, 'INFO cache warm') + timed(3, 'ERROR creating issue: status=403'),
		'b.log': timed(2, 'WARN consumer lag 1,204'),
	});
	const text = async (words: string) => (await run(`rounds tail --no-follow ${words}`, cwd)).out.toString();
	expect(await text('a.log b.log --template "{stream} {level} {status}"')).toBe('a.log info -\nb.log warn -\na.log error 403\n');
	expect(await text('a.log b.log --no-names --timestamps utc --filter "level >= warn"')).toBe(
		`2026-11-20T08:30:02.000Z ${timed(2, 'WARN consumer lag 1,204')}2026-11-20T08:30:03.000Z ${timed(3, 'ERROR creating issue: status=403')}`,
	);
	expect(await text('a.log b.log')).toBe(
		`a.log ${timed(1, 'INFO cache warm')}b.log ${timed(2, 'WARN consumer lag 1,204')}a.log ${timed(3, 'ERROR creating issue: status=403')}`,
	);
	const json = (await text('a.log --format json --tail 1')).trimEnd();
	expect(JSON.parse(json)).toMatchObject({time: '2026-11-20T08:30:03.000Z', stream: 'a.log', level: 'error', fields: {status: '403'}});
});

test('a command: its lines, its errors by their name, its exit code', async () => {
	const cwd = files({});
	const {code, out, err} = await run(`rounds tail -- sh -c 'echo one; echo "no permission" >&2; exit 3'`, cwd);
	expect({code, err}).toEqual({code: 3, err: ''});
	expect(out.toString().split('\n').toSorted()).toEqual(['', 'one', 'stderr of sh no permission']);
	expect(await run(`rounds tail --filter one -- sh -c 'echo one; echo two'`, cwd)).toMatchObject({code: 0, out: Buffer.from('one\n')});
	expect(await run(`rounds tail -- sh -c 'kill -TERM $$'`, cwd)).toMatchObject({code: 143});
	const missing = await run('rounds tail -- nosuchprogram --flag', cwd);
	expect(missing).toMatchObject({
		code: 69,
		err: expect.stringMatching(/^rounds: nosuchprogram is not installed, or not in PATH.*\nSee: rounds help logs\n$/),
	});
});

test('a growing file: appended, renamed away, truncated, and every line once', async () => {
	const cwd = files({'app.log': 'one\n'});
	const log = join(cwd, 'app.log');
	const tail = follow('app.log --plain', cwd);
	await tail.until('one\n');
	appendFileSync(log, 'two\nthr');
	await tail.until('two\n');
	appendFileSync(log, 'ee\n');
	await tail.until('three\n');
	renameSync(log, `${log}.1`);
	writeFileSync(log, 'four\n');
	await tail.until('four\n');
	copyFileSync(log, `${log}.2`);
	truncateSync(log);
	appendFileSync(log, '5\n');
	await tail.until('\n5\n');
	tail.interrupt();
	const {code, out} = await tail.ended;
	expect({code, out: out.toString()}).toEqual({code: 130, out: 'one\ntwo\nthree\nfour\n5\n'});
});

test('ctrl-c ends with 130 and everything that was there is written', async () => {
	const lines = Array.from({length: 200_000}, (_, k) => `line ${k}\n`).join('');
	const cwd = files({'app.log': lines});
	const tail = follow('app.log --plain', cwd);
	await tail.until('line 199999\n');
	tail.interrupt();
	const {code, out, err} = await tail.ended;
	expect({code, err, same: out.equals(Buffer.from(lines))}).toEqual({code: 130, err: '', same: true});
});

test('a reader that goes away ends it silently', async () => {
	const cwd = files({'app.log': 'line\n'.repeat(300_000)});
	const {out, err} = await run('{ rounds tail app.log --plain; echo "code $?" >&2; } | head -1', cwd);
	expect(out.toString()).toBe('line\n');
	expect(err).toBe('code 141\n');
});

test('a line that is lost in a rotation is a gap on standard error, not among the lines', async () => {
	const cwd = files({'app.log': `${'x'.repeat(100)}\n`});
	const log = join(cwd, 'app.log');
	const tail = follow('app.log --plain', cwd);
	await tail.until('x\n');
	// Truncated to less than was read: what was written between could be lost.
	truncateSync(log);
	appendFileSync(log, 'after\n');
	await tail.until('after\n');
	await tail.until('app.log', 'err');
	tail.interrupt();
	const {out, err} = await tail.ended;
	expect(out.toString()).toBe(`${'x'.repeat(100)}\nafter\n`);
	expect(err).toMatch(/^(?:gap|note): .*app\.log: .+\n$/);
});

test.each([
	['nosuch.log', 66, 'There is no file nosuch.log'],
	['./nosuch', 66, 'There is no file ./nosuch'],
	['logs/ --no-follow', 66, 'logs/ is a directory: name its files, such as logs/*.log.'],
	['app.log - ', 64, 'One source at a time: standard input and app.log are too many'],
	['- -- true', 64, 'One source at a time: a command after -- and standard input are too many'],
	['app.log api', 64, 'api is not a file, and app.log is. Name only files, or only pods.'],
	['app.log --filter "/(/"', 64, '--filter /(/: The regular expression /(/ at character 1 is wrong: unterminated group.'],
	['app.log --memory lots', 64, '--memory "lots": expected a size such as 256MB or 1GB'],
	['app.log --memory 1MB', 64, '--memory 1MB is too little: at least 8MB'],
	['app.log --tail -3', 64, '--tail "-3": expected a number of lines, such as 100'],
	['app.log --since yesterday', 64, '--since "yesterday" is neither a duration such as 10m nor a time such as 2026-11-20T08:33:04'],
	["'api('", 64, 'The pod pattern "api(" is not a regular expression: Invalid regular expression: /api(/: Unterminated group'],
	['--loki', 78, 'loki: is not under sources: of rounds.yaml, of which there is none here'],
])('rounds tail %s says what is wrong in one sentence', async (words, code, sentence) => {
	const cwd = files({'app.log': 'line\n'});
	await mkdir(join(cwd, 'logs'));
	expect(await run(`rounds tail ${words} --plain`.replace('-- true --plain', '--plain -- true'), cwd)).toEqual({
		code,
		signal: null,
		out: Buffer.alloc(0),
		err: `rounds: ${sentence}\nSee: rounds help ${sentence.startsWith('--filter') ? 'filters' : code === 78 ? 'configuration' : 'logs'}\n`,
	});
});

test('a directory that is called as pods are does not be in their way', async () => {
	const cwd = files({});
	await mkdir(join(cwd, 'api'));
	const {exitCode, stdout} = await runCli(['tail', 'api', '--demo', 'all-clear', '--no-follow', '--tail', '1', '--plain'], {cwd});
	expect(exitCode).toBe(0);
	expect(stdout).toMatch(/^(api-\S+ \S+ \{.*\}\n)+$/);
});

test('a kubeconfig that is not there is told in one sentence', async () => {
	const {code, err} = await run('KUBECONFIG=nosuch rounds tail api --plain', files({}));
	expect({code, err}).toEqual({
		code: 69,
		err: expect.stringMatching(/^rounds: Kubernetes: the kubeconfig nosuch named by KUBECONFIG does not exist.*\nSee: rounds help logs\n$/),
	});
});

test('pods that are not there are told, where nothing is followed', async () => {
	const {exitCode, stdout, stderr} = await runCli(['tail', 'nosuchpod', '--demo', 'all-clear', '--no-follow', '--plain'], {cwd: files({})});
	expect({exitCode, stdout}).toEqual({exitCode: 66, stdout: ''});
	expect(stderr).toContain('no container with a log is selected: kubectl get pods has the names');
});

test('where no container has that name, those that there are are named', async () => {
	const {exitCode, stdout, stderr} = await runCli(['tail', 'api', '-c', 'nosuch', '--demo', 'all-clear', '--no-follow', '--plain'], {
		cwd: files({}),
	});
	expect({exitCode, stdout}).toEqual({exitCode: 66, stdout: ''});
	expect(stderr).toBe('no container of that name in the selected pods: they have api, wait-for-database\n');
});

test('a file that cannot be read is told, and the others are read', async () => {
	const cwd = files({'a.log': 'one\n'});
	await writeFile(join(cwd, 'b.log.gz'), 'this is no gzip');
	const {out, err} = await run('rounds tail a.log b.log.gz --plain --no-follow', cwd);
	expect(out.toString()).toContain('a.log one\n');
	expect(`${out.toString()}${err}`).toContain('b.log.gz');
	expect(await readFile(join(cwd, 'a.log'), 'utf8')).toBe('one\n');
});
